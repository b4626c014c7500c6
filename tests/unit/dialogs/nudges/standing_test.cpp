// Which instalment of a loan is spoken of, and for how long that holds by itself.

#include "dialogs/nudges/standing.hpp"

#include "dialogs/facts/iso_date.hpp"

#include <gtest/gtest.h>

namespace tertulia::dialogs {
namespace {

using namespace std::chrono_literals;

constexpr civil_date first = 2026y / 1 / 5;

loan loan_of(std::string id, int every, int count, int paid, civil_date from = first) {
    loan made{.id = std::move(id), .client_id = "C1"};
    for (int i = 0; i < count; ++i) {
        instalment one{.number = i + 1, .due = plus_days(from, every * i), .total = {10'000}};
        if (i < paid) {
            one.paid = one.total;
            one.met_on = one.due;
        }
        made.schedule.push_back(one);
    }
    return made;
}

struct standing_test : testing::Test {
    std::vector<loan> all{loan_of("L1", 28, 6, 2)};
    [[nodiscard]] std::optional<loan_standing> on(civil_date today) const {
        return standing_of(all, all[0], today);
    }
    civil_date due_3 = plus_days(first, 56);
};

TEST_F(standing_test, it_is_the_oldest_open_instalment) {
    const auto found = on(plus_days(due_3, -10));
    ASSERT_TRUE(found);
    EXPECT_EQ(found->instalment, 3);
    EXPECT_EQ(found->due, due_3);
    EXPECT_EQ(found->history.due_before, 2);
    EXPECT_EQ(found->until, plus_days(due_3, standing_days_most));
}

TEST_F(standing_test, part_of_it_paid_is_open_and_all_of_it_is_not) {
    all[0].schedule[2].paid = {9'999};
    EXPECT_EQ(on(due_3)->instalment, 3);
    all[0].schedule[2].paid = {10'000};
    EXPECT_EQ(on(due_3)->instalment, 4);
}

TEST_F(standing_test, it_stays_while_any_step_may_come_though_holidays_moved_it) {
    EXPECT_EQ(on(plus_days(due_3, ladder_days_most + shift_days_most))->instalment, 3);
}

TEST_F(standing_test, later_than_that_it_is_with_people_and_the_next_to_come_is_spoken_of) {
    const auto day = plus_days(due_3, standing_days_most + 1);  // the fourth is late as well
    const auto found = on(day);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->instalment, 5);
    EXPECT_EQ(found->history.days_past_due, standing_days_most + 1);
    EXPECT_EQ(found->until, day) << "her history is another one every day";
    // On its day it is still to come, on the day after it is one of the late ones.
    EXPECT_EQ(on(plus_days(due_3, 56))->instalment, 5);
    EXPECT_EQ(on(plus_days(due_3, 57))->instalment, 6);
    EXPECT_EQ(on(plus_days(due_3, 85)), std::nullopt);
}

TEST_F(standing_test, paid_off_or_not_running_it_has_none) {
    all[0] = loan_of("L1", 28, 6, 6);
    EXPECT_FALSE(on(due_3));
    for (const auto status :
         {loan_status::submitted,
          loan_status::approved,
          loan_status::closed,
          loan_status::written_off,
          loan_status::rejected}) {
        all[0] = loan_of("L1", 28, 6, 2);
        all[0].status = status;
        EXPECT_FALSE(on(due_3));
    }
}

TEST_F(standing_test, it_holds_until_an_instalment_of_another_loan_falls_due_before_it) {
    const auto other = plus_days(due_3, -5);
    all.push_back(loan_of("L2", 28, 1, 0, other));
    const auto before = on(plus_days(other, -3));
    EXPECT_EQ(before->until, other);
    EXPECT_EQ(on(other)->history, before->history);
    const auto late = on(plus_days(other, 1));
    EXPECT_NE(late->history, before->history);
    EXPECT_EQ(late->until, plus_days(other, 1)) << "and while it is open, every day";
}

// What `until` says, by asking again on each day.
TEST_F(standing_test, until_is_never_too_late) {
    for (int paid = 0; paid <= 6; ++paid) {
        for (int other_paid = 0; other_paid <= 5; ++other_paid) {
            all = {
                loan_of("L1", 28, 6, paid),
                loan_of("L2", 14, 5, other_paid, first + std::chrono::months{1})};
            for (int day = -10; day < 200; ++day) {
                const auto today = plus_days(first, day);
                const auto found = on(today);
                if (!found) continue;
                ASSERT_GE(found->until, today);
                for (auto later = today; later <= found->until; later = plus_days(later, 1)) {
                    const auto again = on(later);
                    ASSERT_TRUE(again) << iso_date(later);
                    ASSERT_EQ(again->instalment, found->instalment) << iso_date(later);
                    ASSERT_EQ(again->history, found->history) << iso_date(later);
                }
            }
        }
    }
}

}  // namespace
}  // namespace tertulia::dialogs
