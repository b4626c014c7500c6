// What a schedule says on a given day. The formulas are the sector's own; every indicator and every
// message uses these and no others.

#pragma once

#include "dialogs/facts/portfolio.hpp"

#include <span>

namespace tertulia {

// Everything still to be paid on the contract as it stands, interest of later instalments included.
[[nodiscard]] money outstanding(const loan& of);

// What was due on or before `today` and is not paid.
[[nodiscard]] money overdue(const loan& of, civil_date today);

// Days since the oldest instalment with due < today and something outstanding; 0 if there is none.
// The due day itself is never late.
[[nodiscard]] int days_past_due(const loan& of, civil_date today);

// Whether any of her loans is late.
[[nodiscard]] bool is_late(std::span<const loan> all, civil_date today);

// The first instalment not fully paid, or nullptr when all are.
[[nodiscard]] const instalment* next_instalment(const loan& of);

[[nodiscard]] int instalments_left(const loan& of);
[[nodiscard]] int instalments_paid(const loan& of);

// Of the last `count` instalments that fell due before `today`, how many were paid late or are late.
[[nodiscard]] int late_of_last(const loan& of, int count, civil_date today);

[[nodiscard]] money left_to_pay(const instalment& of);
// Whether anything is; for whoever looks through many schedules.
[[nodiscard]] inline bool is_open(const instalment& of) noexcept {
    return of.paid.minor < of.total.minor;
}

}  // namespace tertulia
