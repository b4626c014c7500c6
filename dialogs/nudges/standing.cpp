#include "dialogs/nudges/standing.hpp"

#include "dialogs/facts/arrears.hpp"
#include "dialogs/facts/iso_date.hpp"

#include <algorithm>

namespace tertulia::dialogs {
namespace {

// The last day on which the history before `next` is what it is today: on the day after, another
// instalment has fallen due; and where one is late already it is later every day.
civil_date history_holds_until(
    std::span<const loan> all, const loan& of, const instalment& next, civil_date today
) {
    civil_date last = next.due;
    for (const auto& each : all) {
        for (const auto& one : each.schedule) {
            const bool same = each.id == of.id && one.number == next.number;
            if (same || one.due >= next.due) continue;
            if (one.due >= today) {
                last = std::min(last, one.due);
            } else if (is_open(one)) {
                return today;
            }
        }
    }
    return last == next.due ? plus_days(next.due, standing_days_most) : last;
}

}  // namespace

std::optional<loan_standing> standing_of(
    std::span<const loan> all, const loan& of, civil_date today
) {
    if (of.status != loan_status::active) return std::nullopt;
    bool with_people = false;
    for (const auto& one : of.schedule) {
        if (!is_open(one)) continue;
        const int late = days_between(one.due, today);
        if (late > standing_days_most) with_people = true;
        if (late > standing_days_most || (with_people && late > 0)) continue;
        return loan_standing{
            .instalment = one.number,
            .due = one.due,
            .history = history_before(all, of, one, today),
            .until = history_holds_until(all, of, one, today)};
    }
    return std::nullopt;
}

}  // namespace tertulia::dialogs
