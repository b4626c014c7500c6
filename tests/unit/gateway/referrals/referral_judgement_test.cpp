// How a referral stands by what the portfolio shows, case by case.

#include "gateway/referrals/referral_judgement.hpp"

#include "dialogs/facts/iso_date.hpp"
#include "gateway/referrals/referral_export.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::gateway {
namespace {

using testing::HasSubstr;

constexpr civil_date agreed = std::chrono::year{2026} / 11 / 23;

struct judgement : testing::Test {
    referral_entry now{.number = "R2", .terms = {
        .version = 1, .amount = {10'000, {}}, .steps = {{0, 50}, {3, 50}}, .lapse_days = 30}};
    referral_evidence seen{.number = "R2", .clients = {"C2"}, .referrer_clients = {"C1"}};
    referral_account account{};
    civil_date today = plus_days(agreed, 10);

    std::optional<referral_move> result() { return judge(now, seen, account, agreed, today); }
    void has_loan(int days, int met) {
        dialogs::financed loan{.loan_id = "L2", .disbursed_on = plus_days(agreed, days)};
        for (int i = 1; i <= met; ++i) loan.met.push_back(plus_days(agreed, days + 7 * i));
        seen.loans.push_back(std::move(loan));
    }
};

TEST_F(judgement, nothing_new_is_nothing) {
    seen.clients.clear();
    EXPECT_FALSE(result());
}

TEST_F(judgement, an_application_and_its_approval_move_it) {
    seen.applied = true;
    ASSERT_TRUE(result());
    EXPECT_EQ(result()->state, referral_state::applied);
    EXPECT_EQ(result()->client_id, "C2");
    EXPECT_FALSE(result()->tell);
    seen.approved = true;
    EXPECT_EQ(result()->state, referral_state::approved);
}

TEST_F(judgement, the_loan_earns_the_first_part_and_its_referrer_hears_of_it) {
    has_loan(5, 0);
    const auto made = result();
    ASSERT_TRUE(made);
    EXPECT_EQ(made->state, referral_state::earned);
    EXPECT_EQ(made->loan_id, "L2");
    ASSERT_EQ(made->booked.size(), 1U);
    EXPECT_EQ(made->booked[0].amount.minor, 5'000);
    EXPECT_TRUE(made->tell);
}

TEST_F(judgement, without_a_commission_it_is_won_all_the_same) {
    now.terms = {};
    has_loan(5, 3);
    ASSERT_TRUE(result());
    EXPECT_EQ(result()->state, referral_state::disbursed);
    EXPECT_TRUE(result()->tell);
    now.hidden = true;
    EXPECT_FALSE(result()->tell) << "she does not want it seen";
}

TEST_F(judgement, herself_an_older_client_and_the_second_of_two_never_count) {
    has_loan(5, 3);
    seen.referrer_clients = {"C2"};
    ASSERT_TRUE(result());
    EXPECT_EQ(result()->state, referral_state::lapsed);
    EXPECT_THAT(result()->reason, HasSubstr("the same client"));
    EXPECT_TRUE(result()->booked.empty());
    seen.referrer_clients.clear();
    account.earlier = "R1";
    EXPECT_THAT(result()->reason, HasSubstr("R1"));
    account.earlier.clear();
    seen.loans.push_back({.loan_id = "L0", .disbursed_on = plus_days(agreed, -400), .met = {}});
    EXPECT_THAT(result()->reason, HasSubstr("a client already"));
}

TEST_F(judgement, after_its_time_it_lapses_but_not_the_loan_that_came_in_time) {
    today = plus_days(agreed, 31);
    ASSERT_TRUE(result());
    EXPECT_EQ(result()->state, referral_state::lapsed);
    EXPECT_FALSE(result()->tell);
    has_loan(30, 0);
    EXPECT_EQ(result()->state, referral_state::earned) << "the news came late, the loan did not";
    seen.loans.front().disbursed_on = plus_days(agreed, 31);
    EXPECT_EQ(result()->state, referral_state::lapsed);
}

TEST_F(judgement, a_loan_that_is_bound_is_followed_whatever_else_comes) {
    now.loan_id = "L2";
    now.client_id = "C2";
    now.state = referral_state::earned;
    account.booked = {{.step = 1, .amount = {5'000, {}}, .earned_on = agreed}};
    account.earlier = "R1";  // found out too late
    has_loan(5, 3);
    seen.loans.push_back({.loan_id = "L1", .disbursed_on = plus_days(agreed, 1), .met = {}});
    ASSERT_TRUE(result());
    EXPECT_EQ(result()->loan_id, "L2");
    ASSERT_EQ(result()->booked.size(), 1U);
    EXPECT_EQ(result()->booked[0].step, 2);
}

TEST_F(judgement, the_table_has_a_line_for_each_part_and_no_formulas) {
    referral_row row{.what = now};
    row.what.reason = "=1+1";
    EXPECT_THAT(csv_of({&row, 1}), HasSubstr(",,,,,,,\"'=1+1\"\r\n"));
    row.parts.push_back({.number = "R2", .part = {.step = 1, .amount = {5'000, {}}, .earned_on = agreed}});
    row.parts.push_back(
        {.number = "R2",
         .part = {.step = 2, .amount = {5'000, {}}, .earned_on = agreed, .paid_on = agreed},
         .reference = "recibo 7",
         .paid_by = "Ana"}
    );
    const auto table = csv_of({&row, 1});
    EXPECT_THAT(table, HasSubstr(",1,50.00,GTQ,2026-11-23,,\"\",\"\","));
    EXPECT_THAT(table, HasSubstr(",2,50.00,GTQ,2026-11-23,2026-11-23,\"recibo 7\",\"Ana\","));
}

}  // namespace
}  // namespace tertulia::gateway
