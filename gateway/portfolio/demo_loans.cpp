#include "gateway/portfolio/demo_loans.hpp"

#include "dialogs/facts/arrears.hpp"
#include "dialogs/facts/iso_date.hpp"
#include "gateway/portfolio/demo_places.hpp"

#include <boost/assert.hpp>

#include <algorithm>
#include <utility>

namespace tertulia::gateway {
namespace {

// The part of `whole` in instalment `number`: equal in steps of five centavos, the last takes the
// rest.
money share(money whole, int instalments, int number) {
    constexpr std::int64_t step = 5;
    const std::int64_t each = whole.minor / instalments / step * step;
    if (number < instalments) return {each, whole.currency};
    return {whole.minor - each * (instalments - 1), whole.currency};
}

// How many days after its due day such a person pays an instalment.
int delay_of(repayment_history how, demo_random& dice) {
    switch (how) {
        case repayment_history::occasional_late:
            return dice.chance(15) ? dice.between(1, 6) : 0;
        case repayment_history::frequently_late:
            return dice.chance(50) ? dice.between(1, 20) : 0;
        case repayment_history::at_risk:
            return dice.chance(30) ? dice.between(1, 10) : 0;
        case repayment_history::reliable:
        case repayment_history::fresh:
        case repayment_history::none:
            break;
    }
    return dice.chance(10) ? -dice.between(1, 2) : 0;
}

}  // namespace

civil_date periods_after(civil_date day, repayment_rhythm rhythm, int periods) {
    if (rhythm == repayment_rhythm::weekly) return plus_days(day, 7 * periods);
    if (rhythm == repayment_rhythm::four_weekly) return plus_days(day, 28 * periods);
    const auto month = day.year() / day.month() + std::chrono::months{periods};
    const civil_date last{month / std::chrono::last};
    return std::min(month / day.day(), last);
}

loan planned_loan(const loan_plan& plan) {
    BOOST_ASSERT(plan.instalments > 0 && plan.passed >= 0 && plan.passed <= plan.instalments);
    const auto due = [&](int number) {
        return periods_after(plan.next_due, plan.rhythm, number - plan.passed - 1);
    };
    loan out{
        .id = plan.id,
        .client_id = plan.client_id,
        .group_id = plan.group_id,
        .product = plan.product,
        .cycle = plan.cycle,
        .principal = plan.principal,
        .disbursed_on = due(0),
        .matures_on = due(plan.instalments)};
    const auto contract = plan.principal + plan.interest;
    for (int number = 1; number <= plan.instalments; ++number) {
        out.schedule.push_back(
            {.number = number,
             .due = due(number),
             .total = share(contract, plan.instalments, number),
             .principal = share(plan.principal, plan.instalments, number),
             .paid = {0, contract.currency}}
        );
    }
    return out;
}

void record_payment(loan& of, money amount, civil_date on, std::string place) {
    BOOST_ASSERT(amount.minor > 0 && amount <= outstanding(of));
    auto rest = amount;
    for (auto& each : of.schedule) {
        const auto part = std::min(rest, left_to_pay(each));
        if (part.minor == 0) continue;
        each.paid = each.paid + part;
        if (each.paid == each.total) each.met_on = on;
        rest = rest - part;
    }
    payment made{
        .id = "P-" + of.id + "-" + std::to_string(of.payments.size() + 1),
        .on = on,
        .amount = amount,
        .place = std::move(place)};
    of.payments.insert(of.payments.begin(), std::move(made));  // newest first
}

void repay(
    loan& of, repayment_history how, civil_date today, const std::string& place, demo_random& dice
) {
    // Two periods and more, so that whatever the rhythm something is over 30 days late.
    const auto stopped = plus_days(today, -dice.between(63, 125));
    const bool pays_today = dice.chance(50);
    auto before = of.disbursed_on;
    for (const auto& each : of.schedule) {
        if (how == repayment_history::at_risk && each.due >= stopped) {
            if (dice.chance(40)) {
                const money half{each.total.minor / 2, each.total.currency};
                record_payment(of, half, std::max(before, plus_days(each.due, 3)), place);
            }
            return;
        }
        // Whoever is late with one does not pay the next before it.
        const auto on = std::max(before, plus_days(each.due, delay_of(how, dice)));
        if (on > today || (on == today && !pays_today)) return;
        const bool at_bank = dice.chance(25);
        record_payment(of, each.total, on, at_bank ? std::string{dice.pick(demo_banks())} : place);
        before = on;
        if (dice.chance(1)) {  // keyed in twice at the counter, then taken back
            payment twice = of.payments.front();
            twice.id = "P-" + of.id + "-" + std::to_string(of.payments.size() + 1);
            twice.reversed = true;
            of.payments.insert(of.payments.begin(), std::move(twice));
        }
    }
}

}  // namespace tertulia::gateway
