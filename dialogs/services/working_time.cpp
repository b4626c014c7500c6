#include "dialogs/services/working_time.hpp"

#include "dialogs/services/local_moment.hpp"

#include <algorithm>

namespace tertulia::dialogs {
namespace {

using std::chrono::days;
using std::chrono::minutes;

constexpr int steps_max = 4 * 366;  // openings and closings looked through: about a year of them
constexpr int week_minutes = 7 * minutes_a_day;

int until(opening_hours::moment from, opening_hours::moment to) noexcept {
    const int gap = (to.day - from.day) * minutes_a_day + to.minute - from.minute;
    return gap > 0 ? gap : gap + week_minutes;
}

}  // namespace

working_time::working_time(
    std::string_view hours, std::span<const civil_date> holidays, const local_calendar& calendar
)
    : hours_{hours.empty() ? std::nullopt : opening_hours::parse(hours)},
      holidays_{holidays},
      calendar_{calendar} {}

bool working_time::holiday(civil_date day) const noexcept {
    return std::ranges::find(holidays_, day) != holidays_.end();
}

bool working_time::works_on(civil_date day) const noexcept {
    if (holiday(day)) return false;
    if (!hours_) return true;
    const auto midnight = moment_of({.date = day});
    if (hours_->open_at(midnight)) return true;
    const auto first = hours_->opens(midnight);
    return first && first->day == midnight.day;
}

bool working_time::open_at(instant at) const noexcept {
    const auto there = calendar_.local(at);
    return !holiday(there.date) && (!hours_ || hours_->open_at(moment_of(there)));
}

instant working_time::opens(instant from) const noexcept {
    auto at = from;
    for (int step = 0; step < steps_max; ++step) {
        if (open_at(at)) return at;
        const auto there = calendar_.local(at);
        const auto midnight = calendar_.at(next_day(there.date), 0, 0);
        at = midnight;
        if (holiday(there.date) || !hours_) continue;
        const auto here = moment_of(there);
        const auto next = hours_->opens(here);
        if (next && next->day == here.day && next->minute > here.minute) {
            at = calendar_.at(there.date, next->minute / 60, next->minute % 60);
        }
    }
    return at;
}

instant working_time::after(instant from, milliseconds worked) const noexcept {
    auto at = opens(from);
    if (worked.count() % milliseconds{days{1}}.count() == 0) {
        auto there = calendar_.local(at);
        for (auto left = worked / milliseconds{days{1}}; left > 0; --left) {
            auto day = next_day(there.date);
            for (int step = 0; step < steps_max && !works_on(day); ++step) day = next_day(day);
            there.date = day;
        }
        return opens(calendar_.at(there.date, there.hour, there.minute));
    }
    for (int step = 0; step < steps_max && worked.count() > 0; ++step) {
        at = opens(at);
        if (!open_at(at)) break;  // it never opens
        const auto there = calendar_.local(at);
        auto shuts = calendar_.at(next_day(there.date), 0, 0);
        const auto here = moment_of(there);
        if (const auto next = hours_ ? hours_->closes(here) : std::nullopt) {
            const auto whole = std::chrono::floor<minutes>(at);
            shuts = std::min(shuts, instant{whole + minutes{until(here, *next)}});
        }
        const auto part = std::min(worked, shuts - at);
        worked -= part;
        at += part;
    }
    return at;
}

}  // namespace tertulia::dialogs
