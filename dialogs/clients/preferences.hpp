// How she wants to be treated, and what she has agreed to, each with who said so and when. Values;
// the words of the files are checked where they are compiled, so that what stands here holds.

#pragma once

#include "dialogs/facts/consents.hpp"
#include "dialogs/message/time.hpp"

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::dialogs {

// Where a preference comes from. The words are stored.
inline constexpr std::string_view asked_her = "asked";       // she answered a question
inline constexpr std::string_view seen_of_her = "observed";  // by what she does
inline constexpr std::string_view told_by_staff = "staff";

struct preference {
    std::string name{};    // address, form, hour, reminders, pause; language, channel
    std::string value{};   // one of its words; of "hour" also "14:00"; of "pause" the day it is over
    std::string source{};  // asked, observed or staff
    instant at{};
    bool operator==(const preference&) const = default;
};
inline constexpr std::size_t preferences_max = 16;

// The newest word holds. Nothing is kept of a value that means "no preference" (an empty one), but
// that she has none, and who said so.
void prefer(
    std::vector<preference>& all, std::string_view name, std::string value, std::string_view source,
    instant now
);
// Empty: none.
[[nodiscard]] std::string_view preferred(
    std::span<const preference> all, std::string_view name
) noexcept;

// She asked for none of what is to come.
[[nodiscard]] inline bool wants_fewer_reminders(std::span<const preference> all) noexcept {
    return preferred(all, "reminders") == "less";
}

// She asked to be left in peace: the first day on which we may begin again, if that is still to come.
[[nodiscard]] std::optional<civil_date> paused_until(
    std::span<const preference> all, civil_date today
);
// Of a pause until that day, or the longest there is: longer is to stop, which she can say, too.
[[nodiscard]] std::string pause_word(civil_date until, civil_date today);
inline constexpr int pause_days_max = 92;

// "morning", "afternoon", "evening" or "14:00" as minutes since midnight; nothing: no hour.
[[nodiscard]] std::optional<int> minutes_of_hour(std::string_view hour) noexcept;
// 14 -> "14:00". Only of hours in which people may be written to: 7 to 20. Else empty.
[[nodiscard]] std::string hour_word(std::int64_t hour);

// Whether staff may note so: address, form, hour and reminders with a word of theirs, "any" among
// them where she may have none; of hour also "14:00"; of pause a day, "2027-01-01".
[[nodiscard]] bool is_preference(std::string_view name, std::string_view value);

struct agreement {
    consent_kind what{};
    bool given{};  // false: taken back, or refused
    instant at{};
    bool operator==(const agreement&) const = default;
};

void agree(std::vector<agreement>& all, consent_kind what, bool given, instant now);
[[nodiscard]] std::array<bool, consent_kinds> agreed(std::span<const agreement> all) noexcept;

}  // namespace tertulia::dialogs
