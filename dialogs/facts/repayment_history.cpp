#include "dialogs/facts/repayment_history.hpp"

#include "dialogs/facts/arrears.hpp"
#include "dialogs/facts/iso_date.hpp"

#include <algorithm>
#include <array>

namespace tertulia {
namespace {

// Of two that fell due on one day on different loans the later one weighs more.
struct seen {
    civil_date due{};
    int days_late{};
    auto operator<=>(const seen&) const = default;
};

// Paid in full but with no day on record counts as in time: nobody is called late on a guess.
int days_late(const instalment& what, civil_date today) {
    if (is_open(what)) return std::max(0, days_between(what.due, today));
    return what.met_on ? std::max(0, days_between(what.due, *what.met_on)) : 0;
}

}  // namespace

repayment_history history_before(
    std::span<const loan> all, const loan& of, const instalment& next, civil_date today
) {
    repayment_history made{.cycle = of.cycle};
    const civil_date since{
        std::chrono::sys_days{next.due} - std::chrono::days{history_months * 365 / 12}};
    std::array<seen, history_instalments> last{};  // the newest first
    for (const auto& each : all) {
        const bool own = each.id == of.id;
        for (const auto& one : each.schedule) {
            if (one.due >= next.due || one.due >= today) continue;
            if (own && one.number == next.number) continue;
            ++made.due_before;
            if (is_open(one)) {
                made.days_past_due = std::max(made.days_past_due, days_between(one.due, today));
            }
            if (one.due < since) continue;
            seen found{one.due, days_late(one, today)};
            for (auto& place : last) {
                if (!place.due.ok() || place < found) std::swap(place, found);
            }
        }
    }
    for (const auto& one : last) {
        if (!one.due.ok()) continue;
        ++made.known;
        if (one.days_late > 0) ++made.late;
        made.longest_late = std::max(made.longest_late, one.days_late);
    }
    return made;
}

}  // namespace tertulia
