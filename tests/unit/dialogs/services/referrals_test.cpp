// What is earned follows from the rule a referral began under and from the loan alone: in whatever
// order news come, and however often, the ledger balances and nothing is earned twice.

#include "dialogs/services/referrals.hpp"

#include "dialogs/facts/iso_date.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <random>

namespace tertulia::dialogs {
namespace {

using namespace std::chrono_literals;

constexpr civil_date monday = std::chrono::year{2026} / 11 / 23;

commission_rule halves() {
    return {
        .version = 1,
        .valid_from = std::chrono::year{2026} / 1 / 1,
        .amount = {10'001, {}},
        .steps = {{.instalments = 0, .percent = 50}, {.instalments = 3, .percent = 50}}};
}

financed loan_with(int met, civil_date on = monday) {
    financed made{.loan_id = "L1", .disbursed_on = on, .met = {}};
    for (int i = 1; i <= met; ++i) made.met.push_back(plus_days(on, i * 7));
    return made;
}

std::vector<commission_part> booked(
    const commission_rule& rule, const financed& loan, std::vector<commission_part> all = {}
) {
    const auto fresh = to_book(rule, loan, all, {});
    all.insert(all.end(), fresh.begin(), fresh.end());
    return all;
}

TEST(referrals, the_parts_are_the_amount_to_the_last_cent) {
    const auto amounts = step_amounts(halves());
    ASSERT_EQ(amounts.size(), 2U);
    EXPECT_EQ(amounts[0].minor, 5'000);
    EXPECT_EQ(amounts[1].minor, 5'001) << "the last takes what rounding leaves";
}

TEST(referrals, half_is_earned_with_the_loan_and_half_with_the_third_instalment) {
    EXPECT_EQ(booked(halves(), loan_with(0)).size(), 1U);
    EXPECT_EQ(booked(halves(), loan_with(2)).size(), 1U);
    const auto all = booked(halves(), loan_with(3));
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].earned_on, monday);
    EXPECT_EQ(all[1].earned_on, plus_days(monday, 21));
}

TEST(referrals, a_step_that_is_booked_is_not_booked_again) {
    const auto once = booked(halves(), loan_with(1));
    EXPECT_EQ(booked(halves(), loan_with(1), once), once);
    EXPECT_EQ(booked(halves(), loan_with(5), once).size(), 2U);
}

TEST(referrals, beyond_the_months_limit_nothing_is_earned_and_that_stays_so) {
    auto rule = halves();
    rule.most_per_month = {6'000, {}};
    const std::vector<commission_part> others{
        {.step = 1, .amount = {5'500, {}}, .earned_on = std::chrono::year{2026} / 11 / 2},
        {.step = 2, .amount = {9'000, {}}, .earned_on = std::chrono::year{2026} / 10 / 31}};
    const auto cut = to_book(rule, loan_with(0), {}, others);
    ASSERT_EQ(cut.size(), 1U);
    EXPECT_EQ(cut[0].amount.minor, 500) << "October does not count";
    EXPECT_TRUE(to_book(rule, loan_with(0), cut, {}).empty());
}

TEST(referrals, only_a_loan_after_the_consent_and_in_time_counts) {
    auto rule = halves();
    rule.lapse_days = 30;
    const std::vector<financed> all{
        {.loan_id = "old", .disbursed_on = plus_days(monday, -1), .met = {}},
        {.loan_id = "late", .disbursed_on = plus_days(monday, 31), .met = {}},
        {.loan_id = "B", .disbursed_on = plus_days(monday, 30), .met = {}},
        {.loan_id = "A", .disbursed_on = plus_days(monday, 30), .met = {}}};
    const auto* found = counted(all, monday, rule);
    ASSERT_NE(found, nullptr);
    EXPECT_EQ(found->loan_id, "A");
    EXPECT_EQ(counted(std::span{all}.first(2), monday, rule), nullptr);
}

TEST(referrals, the_rule_is_that_of_the_day_and_of_who_recommends) {
    auto first = halves();
    auto second = halves();
    second.version = 2;
    second.valid_from = monday;
    second.for_others = false;
    const std::vector<commission_rule> all{first, second};
    EXPECT_EQ(rule_on(all, plus_days(monday, -1), referrer_kind::other).version, 1);
    EXPECT_EQ(rule_on(all, monday, referrer_kind::client).version, 2);
    EXPECT_EQ(rule_on(all, monday, referrer_kind::other).version, 0);
    EXPECT_EQ(rule_on(all, std::chrono::year{2025} / 12 / 31, referrer_kind::client).version, 0);
    EXPECT_TRUE(to_book(commission_rule{}, loan_with(9), {}, {}).empty());
}

TEST(referrals, a_referral_goes_on_as_far_as_is_known) {
    EXPECT_EQ(state_of({}, {}, 2), referral_state::consented);
    EXPECT_EQ(state_of({.applied = true}, {}, 2), referral_state::applied);
    EXPECT_EQ(state_of({.applied = true, .approved = true}, {}, 2), referral_state::approved);
    EXPECT_EQ(state_of({.disbursed = true}, {}, 0), referral_state::disbursed);
    EXPECT_EQ(state_of({.out_of_time = true}, {}, 2), referral_state::lapsed);
    EXPECT_EQ(state_of({.disbursed = true, .out_of_time = true}, {}, 0), referral_state::disbursed);
    EXPECT_EQ(state_of({.disbursed = true, .void_ = true}, {}, 2), referral_state::lapsed);
    auto parts = booked(halves(), loan_with(3));
    EXPECT_EQ(state_of({}, parts, 2), referral_state::earned);
    parts[0].paid_on = monday;
    EXPECT_EQ(state_of({}, parts, 2), referral_state::earned);
    parts[1].paid_on = monday;
    EXPECT_EQ(state_of({}, parts, 2), referral_state::paid);
    EXPECT_EQ(state_of({}, parts, 3), referral_state::earned) << "a part is still to come";
}

TEST(referrals, a_referrer_is_told_a_word_and_of_who_hides_it_nothing) {
    EXPECT_EQ(told_state({.state = referral_state::consented}), "contacted");
    EXPECT_EQ(told_state({.state = referral_state::approved}), "in_progress");
    EXPECT_EQ(told_state({.state = referral_state::earned}), "won");
    EXPECT_EQ(told_state({.state = referral_state::lapsed}), "ended");
    EXPECT_EQ(told_state({.state = referral_state::earned, .hidden = true}), "hidden");
}

TEST(referrals, nobody_is_asked_for_one_who_is_late_in_trouble_or_at_peace_or_was_asked_just_now) {
    const instant now = std::chrono::sys_days{monday};
    EXPECT_TRUE(may_ask_for_referral({.now = now}));
    EXPECT_FALSE(may_ask_for_referral({.arrears = true, .now = now}));
    EXPECT_FALSE(may_ask_for_referral({.trouble = true, .now = now}));
    EXPECT_FALSE(may_ask_for_referral({.wants_peace = true, .now = now}));
    EXPECT_FALSE(may_ask_for_referral({.asked_at = now - 89 * 24h, .now = now}));
    EXPECT_TRUE(may_ask_for_referral({.asked_at = now - 90 * 24h, .now = now}));
}

TEST(referrals, a_code_is_for_a_stranger_who_agreed_to_no_other) {
    referral_sides hers{};
    const introduced_person nobody{.conversation = 23};
    EXPECT_EQ(introduced_state(hers, nobody), "");
    hers.introduced = introduction{.code = "X"};
    EXPECT_EQ(introduced_state(hers, nobody), "unknown");
    hers.introduced->by = {17};
    EXPECT_EQ(introduced_state(hers, nobody), "new");
    EXPECT_EQ(introduced_state(hers, {.conversation = 17}), "self");
    EXPECT_EQ(introduced_state(hers, {.conversation = 23, .staff = true}), "staff");
    EXPECT_EQ(introduced_state(hers, {.conversation = 23, .on_file = true}), "client");
    hers.by_code = "X";
    EXPECT_EQ(introduced_state(hers, nobody), "again");
    hers.by_code = "Y";
    EXPECT_EQ(introduced_state(hers, nobody), "taken");
}

// ---- properties

struct happening {
    std::size_t whose{};
    int met{};
};

commission_rule any_rule() {
    commission_rule made{.version = 1, .valid_from = std::chrono::year{2026} / 1 / 1};
    made.amount = {*rc::gen::inRange<std::int64_t>(1, 100'000), {}};
    const auto first = *rc::gen::inRange(1, 99);
    made.steps = {{.instalments = 0, .percent = first},
                  {.instalments = *rc::gen::inRange(1, 6), .percent = 100 - first}};
    if (*rc::gen::arbitrary<bool>()) {
        made.most_per_month = {*rc::gen::inRange<std::int64_t>(1, 150'000), {}};
    }
    return made;
}

RC_GTEST_PROP(referrals, in_any_order_and_however_often_the_month_comes_to_the_same, ()) {
    const auto rule = any_rule();
    const auto count = *rc::gen::inRange<std::size_t>(1, 6);
    std::vector<financed> loans;
    for (std::size_t i = 0; i < count; ++i) {
        const auto on = plus_days(monday, *rc::gen::inRange(0, 60));
        loans.push_back(loan_with(*rc::gen::inRange(0, 7), on));
    }
    const auto play = [&](unsigned seed) {
        std::mt19937 chance{seed};
        std::vector<std::vector<commission_part>> ledger(count);
        // Each loan is seen growing, in a random order among the others, each news up to thrice.
        std::vector<happening> all;
        for (std::size_t i = 0; i < count; ++i) {
            for (std::size_t met = 0; met <= loans[i].met.size(); ++met) {
                for (auto again = chance() % 3 + 1; again > 0; --again) {
                    all.push_back({i, static_cast<int>(met)});
                }
            }
        }
        std::shuffle(all.begin(), all.end(), chance);
        for (const auto& one : all) {
            auto seen = loans[one.whose];
            seen.met.resize(static_cast<std::size_t>(one.met));
            std::shuffle(seen.met.begin(), seen.met.end(), chance);
            std::vector<commission_part> others;
            for (std::size_t i = 0; i < count; ++i) {
                if (i != one.whose) others.insert(others.end(), ledger[i].begin(), ledger[i].end());
            }
            const auto fresh = to_book(rule, seen, ledger[one.whose], others);
            ledger[one.whose].insert(ledger[one.whose].end(), fresh.begin(), fresh.end());
        }
        std::vector<commission_part> parts;
        for (const auto& of : ledger) {
            std::vector<int> steps;
            for (const auto& part : of) steps.push_back(part.step);
            std::ranges::sort(steps);
            RC_ASSERT(std::ranges::adjacent_find(steps) == steps.end());  // none twice
            parts.insert(parts.end(), of.begin(), of.end());
        }
        return parts;
    };
    const auto by_month = [](const std::vector<commission_part>& parts) {
        std::map<std::pair<int, unsigned>, std::int64_t> sums;
        for (const auto& one : parts) {
            sums[{static_cast<int>(one.earned_on.year()),
                  static_cast<unsigned>(one.earned_on.month())}] += one.amount.minor;
        }
        return sums;
    };
    const auto one = by_month(play(*rc::gen::arbitrary<unsigned>()));
    RC_ASSERT(one == by_month(play(*rc::gen::arbitrary<unsigned>())));
    for (const auto& [month, sum] : one) {
        RC_ASSERT(rule.most_per_month.minor == 0 || sum <= rule.most_per_month.minor);
    }
}

RC_GTEST_PROP(referrals, what_is_earned_is_paid_and_open_together, ()) {
    const auto rule = any_rule();
    auto parts = booked(rule, loan_with(*rc::gen::inRange(0, 7)));
    for (auto& one : parts) {
        if (*rc::gen::arbitrary<bool>()) one.paid_on = monday;
    }
    const auto totals = totals_of(parts, {});
    RC_ASSERT(totals.earned.minor == totals.paid.minor + totals.open.minor);
    RC_ASSERT(totals.earned.minor <= rule.amount.minor);
    const auto amounts = step_amounts(rule);
    std::int64_t sum = 0;
    for (const auto& one : amounts) sum += one.minor;
    RC_ASSERT(sum == rule.amount.minor);
}

}  // namespace
}  // namespace tertulia::dialogs
