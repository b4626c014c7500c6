#include "dialogs/services/referrals.hpp"

#include "dialogs/facts/iso_date.hpp"

#include <algorithm>

namespace tertulia::dialogs {
namespace {

constexpr std::int64_t whole = 100;

bool same_month(civil_date left, civil_date right) noexcept {
    return left.year() == right.year() && left.month() == right.month();
}

std::int64_t earned_in_month(std::span<const commission_part> parts, civil_date day) {
    std::int64_t sum = 0;
    for (const auto& one : parts) {
        if (same_month(one.earned_on, day)) sum += one.amount.minor;
    }
    return sum;
}

}  // namespace

commission_rule rule_on(
    std::span<const commission_rule> all, civil_date day, referrer_kind of
) {
    const commission_rule* found = nullptr;
    for (const auto& one : all) {
        if (one.valid_from > day) continue;
        if (found == nullptr || one.valid_from > found->valid_from) found = &one;
    }
    if (found == nullptr) return {};
    return (of == referrer_kind::client ? found->for_clients : found->for_others)
               ? *found
               : commission_rule{};
}

std::vector<money> step_amounts(const commission_rule& rule) {
    std::vector<money> all;
    std::int64_t given = 0;
    for (const auto& step : rule.steps) {
        const bool last = all.size() + 1 == rule.steps.size();
        const auto share = last ? rule.amount.minor - given
                                : rule.amount.minor / whole * step.percent +
                                      rule.amount.minor % whole * step.percent / whole;
        given += share;
        all.push_back({share, rule.amount.currency});
    }
    return all;
}

const financed* counted(
    std::span<const financed> all, civil_date consented_on, const commission_rule& rule
) {
    const auto last = plus_days(consented_on, rule.lapse_days);
    const financed* first = nullptr;
    for (const auto& one : all) {
        if (one.disbursed_on < consented_on || one.disbursed_on > last) continue;
        const bool before = first == nullptr || one.disbursed_on < first->disbursed_on ||
                            (one.disbursed_on == first->disbursed_on && one.loan_id < first->loan_id);
        if (before) first = &one;
    }
    return first;
}

std::vector<commission_part> to_book(
    const commission_rule& rule,
    const financed& loan,
    std::span<const commission_part> booked,
    std::span<const commission_part> others
) {
    auto met = loan.met;
    std::ranges::sort(met);
    const auto amounts = step_amounts(rule);
    std::vector<commission_part> fresh;
    for (std::size_t i = 0; i < rule.steps.size(); ++i) {
        const auto number = static_cast<int>(i + 1);
        if (std::ranges::find(booked, number, &commission_part::step) != booked.end()) continue;
        const auto needed = static_cast<std::size_t>(std::max(rule.steps[i].instalments, 0));
        if (needed > met.size()) continue;
        // No instalment counts before the loan: whoever dates one so has made a slip.
        const auto on = needed == 0 ? loan.disbursed_on : std::max(met[needed - 1], loan.disbursed_on);
        auto amount = amounts[i];
        if (rule.most_per_month.minor > 0) {
            const auto left = rule.most_per_month.minor - earned_in_month(booked, on) -
                              earned_in_month(others, on) - earned_in_month(fresh, on);
            amount.minor = std::clamp<std::int64_t>(left, 0, amount.minor);
        }
        fresh.push_back({.step = number, .amount = amount, .earned_on = on});
    }
    return fresh;
}

commission_totals totals_of(std::span<const commission_part> parts, currency_code currency) {
    commission_totals all{{0, currency}, {0, currency}, {0, currency}};
    for (const auto& one : parts) {
        all.earned = all.earned + one.amount;
        auto& side = one.paid_on ? all.paid : all.open;
        side = side + one.amount;
    }
    return all;
}

referral_state state_of(
    const referral_progress& how, std::span<const commission_part> parts, std::size_t steps
) {
    if (!parts.empty()) {
        const bool all_paid = parts.size() == steps && std::ranges::all_of(parts, [](const auto& one) {
            return one.paid_on.has_value() || one.amount.minor == 0;
        });
        return all_paid ? referral_state::paid : referral_state::earned;
    }
    if (how.void_) return referral_state::lapsed;
    if (how.disbursed) return referral_state::disbursed;
    if (how.out_of_time) return referral_state::lapsed;
    if (how.approved) return referral_state::approved;
    return how.applied ? referral_state::applied : referral_state::consented;
}

std::string_view told_state(const known_referral& of) noexcept {
    if (of.hidden) return "hidden";
    switch (of.state) {
        case referral_state::consented:
            return "contacted";
        case referral_state::applied:
        case referral_state::approved:
            return "in_progress";
        case referral_state::disbursed:
        case referral_state::earned:
        case referral_state::paid:
            return "won";
        case referral_state::lapsed:
            break;
    }
    return "ended";
}

std::string referral_number(std::int64_t conversation) {
    return "R" + std::to_string(conversation);
}

bool may_ask_for_referral(const referral_ask& of) noexcept {
    const bool rested = of.asked_at == instant{} || of.now - of.asked_at >= referral_ask_rest;
    return !of.arrears && !of.trouble && !of.wants_peace && rested;
}

// Herself first: who writes her own code is told so, client or not.
std::string_view introduced_state(
    const referral_sides& hers, const introduced_person& who
) noexcept {
    if (!hers.introduced) return {};
    const auto& code = *hers.introduced;
    if (code.by.value == 0) return "unknown";
    if (code.by.value == who.conversation || code.code == hers.code) return "self";
    if (who.staff) return "staff";
    if (!hers.by_code.empty()) return hers.by_code == code.code ? "again" : "taken";
    if (who.on_file) return "client";
    return "new";
}

}  // namespace tertulia::dialogs
