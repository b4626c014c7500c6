// Loans of the demo: a schedule laid around the day of the next payment, and what was paid of it.
// Every amount is in whole centavos, and the instalments add up to the contract exactly.

#pragma once

#include "dialogs/facts/portfolio.hpp"
#include "gateway/portfolio/demo_random.hpp"

#include <cstdint>
#include <string>

namespace tertulia::gateway {

enum class repayment_rhythm : std::uint8_t { weekly, four_weekly, monthly };

struct loan_plan {
    std::string id{};
    std::string client_id{};
    std::string group_id{};
    std::string product{};
    int cycle{1};
    money principal{};
    money interest{};  // of the whole term; principal + interest is the contract
    repayment_rhythm rhythm{repayment_rhythm::four_weekly};
    int instalments{};
    civil_date next_due{};  // of the instalment after those in `passed`
    int passed{};           // how many fell due before next_due, paid or not
};

// `periods` later, or earlier when negative. A month later is the same day of the month, or the
// last one of a shorter month.
[[nodiscard]] civil_date periods_after(civil_date day, repayment_rhythm rhythm, int periods);

// Active, paid out one period before the first instalment, and nothing paid back yet. All
// instalments are equal but the last, which holds what does not divide.
[[nodiscard]] loan planned_loan(const loan_plan& plan);

// Pays the oldest open instalments first. More than is owed is a mistake of the caller.
void record_payment(loan& of, money amount, civil_date on, std::string place);

enum class repayment_history : std::uint8_t {
    reliable,         // on the day or just before
    occasional_late,  // some days late now and then
    frequently_late,  // every second time, up to three weeks
    at_risk,          // stopped paying more than 30 days ago
    fresh,            // nothing has fallen due yet
    none,             // no loan now
};

// Plays what such a person has paid up to and including `today`.
void repay(
    loan& of, repayment_history how, civil_date today, const std::string& place, demo_random& dice
);

}  // namespace tertulia::gateway
