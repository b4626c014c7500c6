// Loans of the demonstration with their schedules and payments, worked out to the cent from a plan
// relative to today.

#pragma once

#include "dialogs/facts/portfolio.hpp"

#include <span>
#include <string>
#include <vector>

namespace tertulia::gateway::demo {

// How one instalment was, or was not, paid. Those after the last entry of a history are unpaid.
struct paid_how {
    int days_late{};         // negative: early
    std::int64_t minor{-1};  // -1: all of it
    bool in_two_parts{};     // half three days before, as those who save up pay
};

struct loan_plan {
    std::string id{};
    std::string client_id{};
    std::string group_id{};
    std::string product{};
    int cycle{1};
    int instalments{};
    int fallen_due{};  // before today; the next is due `next_in_days` after today
    int next_in_days{};
    int days_apart{28};             // 0: the same day of every month
    std::int64_t principal_each{};  // minor units a instalment
    std::int64_t interest_each{};
    std::vector<paid_how> history{};
};

// Payments never fall after today: one that would is made today.
[[nodiscard]] loan make_loan(const loan_plan& plan, civil_date today);

// The same day `months` later, or the last of a shorter month.
[[nodiscard]] civil_date plus_months(civil_date day, int months) noexcept;

}  // namespace tertulia::gateway::demo
