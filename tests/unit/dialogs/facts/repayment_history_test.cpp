// How she has paid so far, in numbers that whatever comes of the next instalment does not change.

#include "dialogs/facts/repayment_history.hpp"

#include "dialogs/facts/iso_date.hpp"

#include <gtest/gtest.h>

namespace tertulia {
namespace {

using namespace std::chrono_literals;

constexpr civil_date first = 2026y / 1 / 5;

struct repayment_history_test : testing::Test {
    // Weekly, each of 100.00; the first `paid` of them on their day.
    static loan weekly(std::string id, int count, int paid, civil_date from = first) {
        loan made{.id = std::move(id), .client_id = "C1"};
        for (int i = 0; i < count; ++i) {
            instalment one{.number = i + 1, .due = plus_days(from, 7 * i), .total = {10'000}};
            if (i < paid) {
                one.paid = one.total;
                one.met_on = one.due;
            }
            made.schedule.push_back(one);
        }
        return made;
    }
    static void pay_late(loan& of, std::size_t index, int days) {
        of.schedule[index].met_on = plus_days(of.schedule[index].due, days);
    }
    std::vector<loan> all{weekly("L1", 10, 8)};
    [[nodiscard]] repayment_history before(int number, civil_date today) const {
        return history_before(
            all, all[0], all[0].schedule[static_cast<std::size_t>(number - 1)], today
        );
    }
    civil_date due_9 = plus_days(first, 56);
};

TEST_F(repayment_history_test, the_last_six_are_looked_at_and_all_are_counted) {
    const auto seen = before(9, due_9);
    EXPECT_EQ(seen.known, 6);
    EXPECT_EQ(seen.due_before, 8);
    EXPECT_EQ(seen.late, 0);
    EXPECT_EQ(seen.longest_late, 0);
    EXPECT_EQ(seen.days_past_due, 0);
}

TEST_F(repayment_history_test, what_was_paid_after_its_day_is_late_by_so_many_days) {
    pay_late(all[0], 7, 3);
    pay_late(all[0], 4, 9);
    EXPECT_EQ(before(9, due_9).late, 2);
    EXPECT_EQ(before(9, due_9).longest_late, 9);
}

TEST_F(repayment_history_test, the_seventh_last_is_forgiven) {
    pay_late(all[0], 1, 20);
    EXPECT_EQ(before(9, due_9).late, 0);
    pay_late(all[0], 2, 20);
    EXPECT_EQ(before(9, due_9).late, 1);
}

TEST_F(repayment_history_test, paying_before_or_on_the_day_is_in_time) {
    pay_late(all[0], 7, 0);
    pay_late(all[0], 6, -4);
    EXPECT_EQ(before(9, due_9).late, 0);
}

TEST_F(repayment_history_test, paid_on_no_known_day_is_in_time) {
    all[0].schedule[7].met_on.reset();
    EXPECT_EQ(before(9, due_9).late, 0);
}

TEST_F(repayment_history_test, its_own_lateness_and_payment_change_nothing) {
    const auto on_the_day = before(9, due_9);
    EXPECT_EQ(before(9, plus_days(due_9, 40)), on_the_day);
    all[0].schedule[8].paid = {4'000};
    EXPECT_EQ(before(9, plus_days(due_9, 6)), on_the_day);
}

TEST_F(repayment_history_test, an_open_one_before_it_is_late_by_today) {
    all[0].schedule[7].paid = {9'999};
    all[0].schedule[7].met_on.reset();
    const auto due_8 = all[0].schedule[7].due;
    EXPECT_EQ(before(9, due_8).due_before, 7) << "on its day it is not late yet";
    EXPECT_EQ(before(9, plus_days(due_8, 1)).days_past_due, 1);
    EXPECT_EQ(before(9, plus_days(due_8, 5)).days_past_due, 5);
    EXPECT_EQ(before(9, plus_days(due_8, 5)).longest_late, 5);
    EXPECT_EQ(before(9, plus_days(due_8, 5)).late, 1);
}

TEST_F(repayment_history_test, her_other_loans_count_too) {
    all.push_back(weekly("L2", 2, 1, plus_days(due_9, -10)));
    EXPECT_EQ(before(9, due_9).days_past_due, 3) << "the second of L2 is open";
    EXPECT_EQ(before(9, due_9).due_before, 10);
    all[1].status = loan_status::closed;
    EXPECT_EQ(before(9, due_9).due_before, 10) << "closed ones are history as well";
}

TEST_F(repayment_history_test, of_two_of_one_day_the_later_is_looked_at_first_whichever_loan_it_is_of) {
    all.push_back(weekly("L2", 10, 8));  // on the same days as L1: three days are six instalments
    pay_late(all[0], 5, 2);
    pay_late(all[1], 4, 5);
    EXPECT_EQ(before(9, due_9).late, 1);
    all.push_back(weekly("L3", 10, 8));  // two days, and of the second the later one is no sixth
    pay_late(all[2], 6, 1);
    EXPECT_EQ(before(9, due_9).late, 1);
    EXPECT_EQ(before(9, due_9).longest_late, 1);
    all.push_back(weekly("L4", 10, 8));  // of the second day two of four have a place
    EXPECT_EQ(before(9, due_9).late, 1);
}

TEST_F(repayment_history_test, what_is_older_than_a_year_is_no_longer_looked_at) {
    all = {weekly("L1", 10, 8), weekly("L0", 4, 4, plus_days(first, -400))};
    all[0].schedule.erase(all[0].schedule.begin() + 1, all[0].schedule.end());
    all[0].schedule[0].paid = {};
    for (std::size_t i = 0; i < 4; ++i) pay_late(all[1], i, 30);
    EXPECT_EQ(before(1, first).due_before, 4);
    EXPECT_EQ(before(1, first).known, 0);
    EXPECT_EQ(before(1, first).late, 0);
}

TEST_F(repayment_history_test, the_first_instalment_of_a_first_loan_has_no_history) {
    EXPECT_EQ(before(1, plus_days(first, -7)), repayment_history{});
    all[0].cycle = 3;
    EXPECT_EQ(before(1, plus_days(first, -7)).cycle, 3);
}

}  // namespace
}  // namespace tertulia
