#include "gateway/referrals/referral_judgement.hpp"

#include "dialogs/facts/iso_date.hpp"

#include <algorithm>

namespace tertulia::gateway {
namespace {

// Why it never counted; empty: it does.
std::string void_because(
    const referral_evidence& seen, const referral_account& account, civil_date consented_on
) {
    const bool self = std::ranges::any_of(seen.clients, [&](const std::string& id) {
        return std::ranges::find(seen.referrer_clients, id) != seen.referrer_clients.end();
    });
    if (self) return "the same client recommended and was recommended";
    if (!account.earlier.empty()) return "the same client agreed before: " + account.earlier;
    const bool before = std::ranges::any_of(seen.loans, [&](const dialogs::financed& one) {
        return one.disbursed_on < consented_on;
    });
    return before ? "she was a client already" : std::string{};
}

const dialogs::financed* loan_that_counts(
    const referral_entry& now, const referral_evidence& seen, civil_date consented_on
) {
    if (now.loan_id.empty()) return dialogs::counted(seen.loans, consented_on, now.terms);
    const auto bound = std::ranges::find(seen.loans, now.loan_id, &dialogs::financed::loan_id);
    return bound == seen.loans.end() ? nullptr : &*bound;
}

bool won(referral_state state) noexcept {
    return dialogs::told_state({.number = {}, .state = state, .hidden = false, .parts = {}}) == "won";
}

}  // namespace

std::optional<referral_move> judge(
    const referral_entry& now,
    const referral_evidence& seen,
    const referral_account& account,
    civil_date consented_on,
    civil_date today
) {
    referral_move made{
        .number = now.number,
        .state = now.state,
        .client_id = now.client_id,
        .loan_id = now.loan_id,
        .reason = now.reason};
    if (made.client_id.empty() && !seen.clients.empty()) made.client_id = seen.clients.front();
    const auto why = void_because(seen, account, consented_on);
    // What is booked is booked: a loan that is bound goes on being followed.
    const auto* loan = why.empty() || !now.loan_id.empty()
                           ? loan_that_counts(now, seen, consented_on)
                           : nullptr;
    auto parts = account.booked;
    if (loan != nullptr) {
        made.loan_id = loan->loan_id;
        made.booked = dialogs::to_book(now.terms, *loan, account.booked, account.others);
        parts.insert(parts.end(), made.booked.begin(), made.booked.end());
    }
    const bool late = today > plus_days(consented_on, now.terms.lapse_days);
    made.state = dialogs::state_of(
        {.applied = now.applied || seen.applied,
         .approved = seen.approved,
         .disbursed = loan != nullptr || !now.loan_id.empty(),
         .out_of_time = late,
         .void_ = !why.empty() && now.loan_id.empty()},
        parts,
        now.terms.steps.size()
    );
    made.reason = made.state != referral_state::lapsed ? std::string{}
                  : !why.empty()                       ? why
                                                       : "no loan in time";
    const bool earns = std::ranges::any_of(made.booked, [](const commission_part& one) {
        return one.amount.minor > 0;
    });
    made.tell = earns || (won(made.state) && !won(now.state) && !now.hidden);
    const bool same = made.booked.empty() && made.state == now.state &&
                      made.client_id == now.client_id && made.loan_id == now.loan_id &&
                      made.reason == now.reason;
    return same ? std::nullopt : std::optional{std::move(made)};
}

}  // namespace tertulia::gateway
