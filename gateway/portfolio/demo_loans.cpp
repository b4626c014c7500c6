#include "gateway/portfolio/demo_loans.hpp"

#include "dialogs/facts/iso_date.hpp"

#include <algorithm>

namespace tertulia::gateway::demo {
namespace {

civil_date due_of(const loan_plan& plan, int index, civil_date today) {
    const auto next = plus_days(today, plan.next_in_days);
    const int steps = index - plan.fallen_due;
    return plan.days_apart == 0 ? plus_months(next, steps)
                                : plus_days(next, steps * plan.days_apart);
}

void pay(loan& of, instalment& what, const paid_how& how, civil_date today) {
    const auto amount = how.minor < 0 ? what.total.minor : std::min(how.minor, what.total.minor);
    // Whoever was late with one did not pay the next before it.
    const auto before = of.payments.empty() ? of.disbursed_on : of.payments.back().on;
    const auto on = std::clamp(plus_days(what.due, how.days_late), before, today);
    const auto id = "P" + of.id.substr(1) + "-" + std::to_string(what.number);
    const auto add = [&](std::string payment_id, civil_date day, std::int64_t minor) {
        of.payments.push_back(
            {.id = std::move(payment_id), .on = day, .amount = {minor}, .place = "Agencia"}
        );
    };
    if (how.in_two_parts && amount > 1) {
        add(id + "a", std::max(plus_days(on, -3), before), amount / 2);
        add(id + "b", on, amount - amount / 2);
    } else if (amount > 0) {
        add(id, on, amount);
    }
    what.paid.minor = amount;
    if (what.paid == what.total) what.met_on = on;
}

}  // namespace

civil_date plus_months(civil_date day, int months) noexcept {
    const auto month =
        std::chrono::year_month{day.year(), day.month()} + std::chrono::months{months};
    const std::chrono::year_month_day_last last{
        month.year(), std::chrono::month_day_last{month.month()}};
    return {month.year(), month.month(), std::min(day.day(), last.day())};
}

loan make_loan(const loan_plan& plan, civil_date today) {
    loan out{
        .id = plan.id,
        .client_id = plan.client_id,
        .group_id = plan.group_id,
        .product = plan.product,
        .cycle = plan.cycle,
        .principal = {plan.principal_each * plan.instalments}};
    for (int index = 0; index < plan.instalments; ++index) {
        out.schedule.push_back(
            {.number = index + 1,
             .due = due_of(plan, index, today),
             .total = {plan.principal_each + plan.interest_each},
             .principal = {plan.principal_each}}
        );
    }
    out.disbursed_on = due_of(plan, -1, today);
    out.matures_on = out.schedule.back().due;
    for (std::size_t i = 0; i < plan.history.size(); ++i) {
        pay(out, out.schedule.at(i), plan.history[i], today);
    }
    return out;
}

}  // namespace tertulia::gateway::demo
