// How somebody has paid so far, in the few numbers by which it is decided how she is reminded.

#pragma once

#include "dialogs/facts/portfolio.hpp"

#include <span>

namespace tertulia {

// Of the instalments that fell due before the one that is spoken of, on all her loans: the last six
// of the last twelve months. Whatever comes of that one itself changes nothing here, so that she is
// treated the same way until it is paid.
struct repayment_history {
    int known{};         // instalments looked at: 0 to 6
    int late{};          // of those, paid after their day or not at all
    int longest_late{};  // days
    int due_before{};    // instalments that ever fell due before it, on all loans we know of
    int cycle{1};        // of the loan: 1 is her first
    int days_past_due{};    // today, of her oldest open instalment before it
    int broken_promises{};  // within the time hardship.yaml counts
    bool operator==(const repayment_history&) const = default;
};
inline constexpr int history_instalments = 6;
inline constexpr int history_months = 12;

// `all`: her loans, closed ones too where they are known; `of` is one of them.
[[nodiscard]] repayment_history history_before(
    std::span<const loan> all, const loan& of, const instalment& next, civil_date today
);

}  // namespace tertulia
