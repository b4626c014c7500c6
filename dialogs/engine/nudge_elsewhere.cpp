#include "dialogs/engine/nudge_elsewhere.hpp"

#include "dialogs/clients/preferences.hpp"
#include "dialogs/services/hardship.hpp"

#include <algorithm>

namespace tertulia::dialogs {

void add_told_in(
    told_elsewhere& into, const session& other, bool hers_alone, const planned_nudge& what,
    civil_date today
) {
    into.claims_paid |= std::ranges::any_of(other.claims, [&](const payment_claim& one) {
        return is_open_for(one, what.client_id, what.loan_id);
    });
    for (const auto& one : other.promises) {
        if (is_open_for(one, what.client_id, what.loan_id, today)) into.promised = one.on;
    }
    if (!hers_alone) return;
    if (other.wishes.opted_out) into.opted_out_at = std::max(into.opted_out_at, other.wishes.changed_at);
    into.paused_until = std::max(into.paused_until, paused_until(other.preferences, today));
    into.wants_none |= wants_fewer_reminders(other.preferences);
    into.disputes |= in_dispute(other.cases);
    into.in_hardship |= in_hardship(other.hardship, other.cases, today);
    into.with_person |= !other.queue.empty();  // or one is awaited
}

}  // namespace tertulia::dialogs
