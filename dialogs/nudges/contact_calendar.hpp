// When people may be written to about money: the law of the country, the institution's own hours
// within it, and no holiday. Both are the institution's local time; what she writes to us is answered
// at any hour and asks nobody here.
//
// Pure. Sources of the country rules: contact_calendar.cpp, one line each; not legal advice.

#pragma once

#include "dialogs/message/time.hpp"
#include "dialogs/services/opening_hours.hpp"
#include "dialogs/wording/calendar.hpp"

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace tertulia::dialogs {

// What a country allows a creditor to do unasked.
struct country_rule {
    std::string_view country{};  // ISO 3166
    std::string_view hours{};    // as opening_hours reads it
    int a_day{};                 // contacts a day, over everything; 0: the law names no number
    std::string_view source{};
    bool one_channel_a_week{};   // whom one channel has reached, no other does for seven days
};

// The rule of the country; one of our own for those without a known one, as strict as the strictest
// neighbours: Monday to Friday 8 to 18, Saturday 9 to 13.
[[nodiscard]] const country_rule& rule_of_country(std::string_view country) noexcept;
[[nodiscard]] std::span<const country_rule> country_rules() noexcept;

inline constexpr int shift_days_most = 14;  // so far a day nobody may be written to moves a nudge

// Hours that both allow, without the holidays. `calendar` and `holidays` outlive it.
class contact_calendar {
public:
    contact_calendar(
        const opening_hours& law, const opening_hours& ours, std::span<const civil_date> holidays,
        const local_calendar& calendar
    )
        : law_{law}, ours_{ours}, holidays_{holidays}, calendar_{calendar} {}

    [[nodiscard]] bool open_at(instant at) const noexcept;
    // Whether there is an hour of that day in which she may be written to.
    [[nodiscard]] bool contact_day(civil_date day) const noexcept;
    // The day itself, or the nearest contact day before (a reminder of what is to come) or after it
    // (a word about what is late), at most shift_days_most away; else the day itself.
    enum class shift { earlier, later };
    [[nodiscard]] civil_date shifted(civil_date day, shift to) const noexcept;
    // The minute since midnight of that day nearest to the wanted one, as near as five minutes;
    // nothing: not on that day.
    [[nodiscard]] std::optional<int> minute_near(civil_date day, int wanted) const noexcept;
    // The first moment from then on; nothing: none within a month.
    [[nodiscard]] std::optional<instant> opens(instant from) const noexcept;
    [[nodiscard]] const local_calendar& local() const noexcept { return calendar_; }

private:
    [[nodiscard]] bool open_at(civil_date day, int minute) const noexcept;
    [[nodiscard]] bool holiday(civil_date day) const noexcept;
    // The first minute of that day from then on at which both are open, be it a holiday or not.
    [[nodiscard]] std::optional<int> next_open(civil_date day, int minute) const noexcept;

    const opening_hours& law_;
    const opening_hours& ours_;
    std::span<const civil_date> holidays_;
    const local_calendar& calendar_;
};

}  // namespace tertulia::dialogs
