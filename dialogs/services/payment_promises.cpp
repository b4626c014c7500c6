#include "dialogs/services/payment_promises.hpp"

#include "dialogs/facts/arrears.hpp"
#include "dialogs/facts/iso_date.hpp"
#include "dialogs/services/record_fields.hpp"

#include <algorithm>
#include <array>

namespace tertulia::dialogs {
namespace {

constexpr std::array<std::string_view, 4> promise_state_names{"open", "kept", "broken", "withdrawn"};
constexpr std::array<std::string_view, 4> answer_names{
    "made", "too_late", "open_already", "officer"};

}  // namespace

std::string_view name_of(promise_state state) noexcept {
    return promise_state_names[static_cast<std::size_t>(state)];
}

std::string_view name_of(promise_answer answer) noexcept {
    return answer_names[static_cast<std::size_t>(answer)];
}

promise_answer may_promise(
    std::span<const payment_promise> before, const payment_promise& wanted,
    const promise_limits& limits, const money& due, civil_date today
) {
    if (wanted.client_id.empty() || wanted.loan_id.empty()) return promise_answer::officer;
    int broken = 0;
    for (const auto& one : before) {
        if (one.client_id != wanted.client_id) continue;
        if (one.state == promise_state::open && one.loan_id == wanted.loan_id) {
            return promise_answer::open_already;
        }
        const bool lately = days_between(one.on, today) <= limits.broken_within.count();
        if (one.state == promise_state::broken && lately) ++broken;
    }
    if (broken >= limits.broken_most) return promise_answer::officer;
    if (!wanted.on.ok()) return promise_answer::too_late;
    const auto ahead = days_between(today, wanted.on);
    if (ahead < 0 || ahead > limits.days_max) return promise_answer::too_late;
    const bool compares = wanted.amount.minor > 0 && due.minor > 0 &&
                          due.currency == wanted.amount.currency;
    if (compares && wanted.amount.minor * 100 < due.minor * limits.percent_least) {
        return promise_answer::officer;
    }
    return promise_answer::made;
}

promise_state judge(
    const payment_promise& of, std::span<const payment_on_loan> payments, civil_date today
) {
    if (of.state == promise_state::kept || of.state == promise_state::withdrawn) return of.state;
    std::int64_t paid = 0;
    for (const auto& one : payments) {
        const bool counts = !one.what.reversed && one.loan_id == of.loan_id &&
                            one.what.on >= of.made_on && one.what.on <= of.on &&
                            (of.amount.minor == 0 ||
                             one.what.amount.currency == of.amount.currency);
        if (counts) paid += one.what.amount.minor;
    }
    if (paid > 0 && paid >= of.amount.minor) return promise_state::kept;
    return today > of.on ? promise_state::broken : of.state;
}

const loan* loan_due_first(const client_facts& who) {
    const loan* first = nullptr;
    for (const auto& one : who.loans) {
        const auto* next = next_instalment(one);
        if (next == nullptr) continue;
        if (first == nullptr || next->due < next_instalment(*first)->due) first = &one;
    }
    return first;
}

money due_on(const loan& of, civil_date today) {
    if (const auto late = overdue(of, today); late.minor > 0) return late;
    const auto* next = next_instalment(of);
    return next == nullptr ? money{0, of.principal.currency} : left_to_pay(*next);
}

std::string record_of(const payment_promise& of) {
    return record_fields(
        {of.loan_id, iso_date(of.on), minor_units(of.amount), std::string{name_of(of.state)},
         of.case_number}
    );
}

}  // namespace tertulia::dialogs
