// Where a loan stands for the planner: which instalment she is reminded of, how she has paid so far,
// and until when that holds without anything happening. One row a loan; made anew whenever the loan
// changes, so that planning a day never reads a schedule.

#pragma once

#include "dialogs/facts/repayment_history.hpp"
#include "dialogs/nudges/contact_calendar.hpp"

#include <optional>
#include <span>

namespace tertulia::dialogs {

// No step of any ladder is counted further from its instalment. One that is later than that by more
// than holidays can move a step is with people.
inline constexpr int ladder_days_most = 30;
inline constexpr int standing_days_most = ladder_days_most + shift_days_most;

struct loan_standing {
    int instalment{};    // its number
    civil_date due{};
    repayment_history history{};
    civil_date until{};  // from the day after on it may be another one; today: she is late elsewhere
};

// The oldest open instalment, unless it is so late that only people deal with it: then the next that
// is to come. Nothing: none is open, or all that are open are with people.
[[nodiscard]] std::optional<loan_standing> standing_of(
    std::span<const loan> all, const loan& of, civil_date today
);

}  // namespace tertulia::dialogs
