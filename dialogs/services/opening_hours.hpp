// When a place is open, as lists of payment points say it: "Lun-Vie 8:00-17:00, Sáb 8:00-12:00",
// "Mo-Fr 08:00-12:00,14:00-18:00; Sa off", "24/7". Days in Spanish, French, English or as
// OpenStreetMap writes them (opening_hours), by their first letters; times on the clock of 24
// hours, or with am and pm. What is after the last rule of a day holds for it; a day without one is
// closed.

#pragma once

#include "dialogs/message/language.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::dialogs {

inline constexpr int minutes_a_day = 24 * 60;

class opening_hours {
public:
    // Nothing for what is not written so: then it can only be told as it stands.
    [[nodiscard]] static std::optional<opening_hours> parse(std::string_view text);

    struct moment {
        int day{};     // 0 Monday … 6 Sunday
        int minute{};  // since midnight
        bool operator==(const moment&) const = default;
    };
    [[nodiscard]] bool open_at(moment now) const noexcept;
    // When it closes; nothing if it is closed now, or never closes.
    [[nodiscard]] std::optional<moment> closes(moment now) const noexcept;
    // When it opens next; nothing if it is open now, or never opens.
    [[nodiscard]] std::optional<moment> opens(moment now) const noexcept;

    // The week in her language, equal days together: "lun-vie 08:00-17:00, sáb 08:00-12:00".
    [[nodiscard]] std::string text(const language_tag& language) const;

private:
    struct span {
        int from{};  // minutes since midnight
        int to{};    // more than a day's where it goes past midnight
        bool operator==(const span&) const = default;
    };
    using day_spans = std::vector<span>;

    [[nodiscard]] int week_of(moment at) const noexcept {
        return at.day * minutes_a_day + at.minute;
    }
    // Of the week that begins with Monday 0:00: joined, in order, the last may reach over its end.
    [[nodiscard]] std::vector<span> whole_week() const;

    std::array<day_spans, 7> days_{};
    std::vector<span> week_{};
};

// As the clock is read in that language: "17:00", "5:00 PM".
[[nodiscard]] std::string clock_text(int minute, const language_tag& language);
// "lunes", "Monday", "lundi".
[[nodiscard]] std::string weekday_text(int day, const language_tag& language);

}  // namespace tertulia::dialogs
