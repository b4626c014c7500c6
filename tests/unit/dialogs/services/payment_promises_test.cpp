// What may be promised, and what has become of it.

#include "dialogs/services/payment_promises.hpp"

#include "dialogs/facts/iso_date.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>

namespace tertulia::dialogs {
namespace {

using namespace std::chrono_literals;

constexpr civil_date monday = 2026y / 11 / 23;

payment_promise wish(int days, std::int64_t minor = 0) {
    payment_promise made{};
    made.client_id = "C1";
    made.loan_id = "L1";
    made.on = plus_days(monday, days);
    made.amount = {minor};
    made.made_on = monday;
    return made;
}

payment_on_loan paid(std::int64_t minor, int days) {
    payment_on_loan made{.loan_id = "L1"};
    made.what.id = std::to_string(days);
    made.what.on = plus_days(monday, days);
    made.what.amount = {minor};
    return made;
}

promise_answer asked(
    const payment_promise& wanted, const std::vector<payment_promise>& before = {},
    const money& due = {}
) {
    return may_promise(before, wanted, {.percent_least = 50}, due, monday);
}

TEST(payment_promises, a_week_ahead_may_be_promised) {
    EXPECT_EQ(asked(wish(0)), promise_answer::made);
    EXPECT_EQ(asked(wish(7)), promise_answer::made);
    EXPECT_EQ(asked(wish(8)), promise_answer::too_late);
    EXPECT_EQ(asked(wish(-1)), promise_answer::too_late);
}

TEST(payment_promises, one_at_a_time_on_a_loan) {
    EXPECT_EQ(asked(wish(1), {wish(3)}), promise_answer::open_already);
    auto other = wish(3);
    other.loan_id = "L2";
    EXPECT_EQ(asked(wish(1), {other}), promise_answer::made);
    auto sisters = wish(3);
    sisters.client_id = "C2";
    EXPECT_EQ(asked(wish(1), {sisters}), promise_answer::made);
}

TEST(payment_promises, after_two_broken_ones_a_person_agrees_the_next) {
    auto broken = wish(-30);
    broken.state = promise_state::broken;
    EXPECT_EQ(asked(wish(1), {broken}), promise_answer::made);
    EXPECT_EQ(asked(wish(1), {broken, broken}), promise_answer::officer);
    broken.on = plus_days(monday, -91);
    EXPECT_EQ(asked(wish(1), {broken, broken}), promise_answer::made) << "long ago";
}

TEST(payment_promises, less_than_half_of_what_is_due_is_a_persons) {
    EXPECT_EQ(asked(wish(1, 50), {}, {100}), promise_answer::made);
    EXPECT_EQ(asked(wish(1, 49), {}, {100}), promise_answer::officer);
    EXPECT_EQ(asked(wish(1), {}, {100}), promise_answer::made) << "she did not say how much";
}

TEST(payment_promises, of_who_is_not_known_there_is_nothing_to_promise) {
    auto stranger = wish(1);
    stranger.client_id.clear();
    EXPECT_EQ(asked(stranger), promise_answer::officer);
    auto no_loan = wish(1);
    no_loan.loan_id.clear();
    EXPECT_EQ(asked(no_loan), promise_answer::officer);
}

TEST(payment_promises, kept_by_what_was_paid_from_then_on_until_its_day) {
    const auto of = wish(4, 300);
    const auto friday = plus_days(monday, 4);
    EXPECT_EQ(judge(of, std::vector{paid(300, 4)}, friday), promise_state::kept);
    EXPECT_EQ(judge(of, std::vector{paid(100, 1), paid(200, 2)}, friday), promise_state::kept);
    EXPECT_EQ(judge(of, std::vector{paid(299, 4)}, friday), promise_state::open);
    EXPECT_EQ(judge(of, std::vector{paid(300, -1)}, friday), promise_state::open) << "before";
    EXPECT_EQ(judge(of, {}, plus_days(friday, 1)), promise_state::broken);
    EXPECT_EQ(judge(wish(4), std::vector{paid(1, 0)}, friday), promise_state::kept);
}

TEST(payment_promises, one_entered_late_turns_it_and_one_paid_late_does_not) {
    auto of = wish(4, 300);
    of.state = promise_state::broken;
    const auto later = plus_days(monday, 8);
    EXPECT_EQ(judge(of, std::vector{paid(300, 4)}, later), promise_state::kept);
    EXPECT_EQ(judge(of, std::vector{paid(300, 5)}, later), promise_state::broken);
}

TEST(payment_promises, withdrawn_stays_withdrawn) {
    auto of = wish(4, 300);
    of.state = promise_state::withdrawn;
    EXPECT_EQ(judge(of, std::vector{paid(300, 4)}, monday), promise_state::withdrawn);
}

TEST(payment_promises, it_is_about_the_loan_that_is_due_first) {
    client_facts who;
    EXPECT_EQ(loan_due_first(who), nullptr);
    who.loans = {{.id = "L1"}, {.id = "L2"}, {.id = "paid"}};
    who.loans[0].schedule = {{.number = 1, .due = plus_days(monday, 9), .total = {100}}};
    who.loans[1].schedule = {{.number = 1, .due = plus_days(monday, -9), .total = {80}, .paid = {30}}};
    who.loans[2].schedule = {{.number = 1, .due = plus_days(monday, -20), .total = {5}, .paid = {5}}};
    ASSERT_NE(loan_due_first(who), nullptr);
    EXPECT_EQ(loan_due_first(who)->id, "L2");
    EXPECT_EQ(due_on(who.loans[1], monday).minor, 50) << "the arrears";
    EXPECT_EQ(due_on(who.loans[0], monday).minor, 100) << "else the next";
    EXPECT_EQ(due_on(who.loans[2], monday).minor, 0);
}

TEST(payment_promises, paying_more_never_breaks_one) {
    EXPECT_TRUE(rc::check([] {
        const auto of = wish(*rc::gen::inRange(0, 8), *rc::gen::inRange(0, 5) * 100);
        std::vector<payment_on_loan> all;
        const auto count = *rc::gen::inRange(0, 5);
        for (int i = 0; i < count; ++i) {
            all.push_back(paid(*rc::gen::inRange(1, 4) * 100, *rc::gen::inRange(-3, 10)));
        }
        const auto today = plus_days(monday, *rc::gen::inRange(0, 12));
        const auto before = judge(of, all, today);
        all.push_back(paid(*rc::gen::inRange(1, 4) * 100, *rc::gen::inRange(-3, 10)));
        const auto after = judge(of, all, today);
        RC_ASSERT(before != promise_state::kept || after == promise_state::kept);
        RC_ASSERT((after == promise_state::broken) <= (today > of.on));
    }));
}

}  // namespace
}  // namespace tertulia::dialogs
