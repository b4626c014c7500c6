// The formulas of lateness, each against the definition written out the slow way.

#include "dialogs/facts/arrears.hpp"

#include "dialogs/facts/iso_date.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace tertulia {
namespace {

using namespace std::chrono;

constexpr civil_date today = 2026y / 11 / 23;

instalment due(int number, civil_date day, std::int64_t total, std::int64_t paid) {
    return {.number = number, .due = day, .total = {total}, .principal = {total}, .paid = {paid}};
}

loan three_instalments() {
    loan of{.principal = {30000}};
    of.schedule = {
        due(1, 2026y / 10 / 26, 10000, 10000),
        due(2, 2026y / 11 / 23, 10000, 2500),
        due(3, 2026y / 12 / 21, 10000, 0)};
    return of;
}

TEST(arrears, outstanding_is_everything_left_on_the_schedule) {
    EXPECT_EQ(outstanding(three_instalments()), money{17500});
}

TEST(arrears, an_instalment_due_today_is_overdue_money_but_not_a_late_day) {
    EXPECT_EQ(overdue(three_instalments(), today), money{7500});
    EXPECT_EQ(days_past_due(three_instalments(), today), 0);
    EXPECT_EQ(days_past_due(three_instalments(), plus_days(today, 1)), 1);
}

TEST(arrears, days_count_from_the_oldest_unpaid_instalment) {
    auto of = three_instalments();
    of.schedule[0].paid.minor = 9999;
    EXPECT_EQ(days_past_due(of, today), 28);
}

TEST(arrears, the_next_instalment_is_the_first_not_fully_paid) {
    auto of = three_instalments();
    ASSERT_NE(next_instalment(of), nullptr);
    EXPECT_EQ(next_instalment(of)->number, 2);
    EXPECT_EQ(left_to_pay(*next_instalment(of)), money{7500});
    EXPECT_EQ(instalments_left(of), 2);
    EXPECT_EQ(instalments_paid(of), 1);

    for (auto& each : of.schedule) each.paid = each.total;
    EXPECT_EQ(next_instalment(of), nullptr);
    EXPECT_EQ(instalments_left(of), 0);
}

TEST(arrears, paying_too_much_on_one_instalment_does_not_pay_another) {
    auto of = three_instalments();
    of.schedule[0].paid.minor = 99999;
    EXPECT_EQ(left_to_pay(of.schedule[0]), money{0});
    EXPECT_EQ(outstanding(of), money{17500});
}

TEST(arrears, a_loan_without_a_schedule_owes_nothing_in_its_own_currency) {
    loan of{.principal = {500, {{'X', 'O', 'F'}}}};
    EXPECT_EQ(outstanding(of), (money{0, {{'X', 'O', 'F'}}}));
    EXPECT_EQ(days_past_due(of, today), 0);
    EXPECT_EQ(next_instalment(of), nullptr);
    EXPECT_EQ(late_of_last(of, 5, today), 0);
}

TEST(arrears, late_of_last_counts_paid_late_and_still_late_but_not_what_is_not_yet_due) {
    loan of{.principal = {50000}};
    of.schedule = {
        due(1, 2026y / 8 / 3, 10000, 10000),
        due(2, 2026y / 8 / 31, 10000, 10000),
        due(3, 2026y / 9 / 28, 10000, 10000),
        due(4, 2026y / 10 / 26, 10000, 9999),
        due(5, 2026y / 11 / 23, 10000, 0)};
    of.schedule[0].met_on = 2026y / 8 / 4;  // late, but older than the last three
    of.schedule[1].met_on = 2026y / 9 / 2;
    of.schedule[2].met_on = 2026y / 9 / 28;

    EXPECT_EQ(late_of_last(of, 3, today), 2);
    EXPECT_EQ(late_of_last(of, 99, today), 3);
    EXPECT_EQ(late_of_last(of, 0, today), 0);
}

TEST(arrears, paid_in_full_on_an_unknown_day_is_not_called_late) {
    loan of{.principal = {10000}};
    of.schedule = {due(1, 2026y / 8 / 3, 10000, 10000)};
    EXPECT_EQ(late_of_last(of, 1, today), 0);
}

// ---- against a naive twin ------------------------------------------------------------------

loan any_loan() {
    loan of{.principal = {100}};
    auto day = plus_days(today, *rc::gen::inRange(-120, 30));
    const int count = *rc::gen::inRange(0, 12);
    for (int number = 1; number <= count; ++number) {
        const auto total = *rc::gen::inRange<std::int64_t>(1, 5000);
        auto each = due(number, day, total, *rc::gen::inRange<std::int64_t>(0, total + 2));
        if (each.paid >= each.total && *rc::gen::arbitrary<bool>()) {
            each.met_on = plus_days(day, *rc::gen::inRange(-5, 20));
        }
        of.schedule.push_back(each);
        day = plus_days(day, *rc::gen::inRange(1, 30));
    }
    return of;
}

RC_GTEST_PROP(arrears, money_and_days_agree_with_the_definition_walked_day_by_day, ()) {
    const auto of = any_loan();
    std::int64_t all = 0;
    std::int64_t due_by_now = 0;
    int late_days = 0;
    for (const auto& each : of.schedule) {
        const auto left = std::max<std::int64_t>(each.total.minor - each.paid.minor, 0);
        all += left;
        if (each.due <= today) due_by_now += left;
        int waited = 0;
        for (auto day = each.due; left > 0 && day < today; day = plus_days(day, 1)) ++waited;
        late_days = std::max(late_days, waited);
    }
    RC_ASSERT(outstanding(of).minor == all);
    RC_ASSERT(overdue(of, today).minor == due_by_now);
    RC_ASSERT(days_past_due(of, today) == late_days);
    RC_ASSERT((days_past_due(of, today) > 0) <= (overdue(of, today).minor > 0));
}

RC_GTEST_PROP(arrears, paid_and_left_are_the_whole_schedule_and_next_is_the_first_left, ()) {
    const auto of = any_loan();
    RC_ASSERT(instalments_left(of) + instalments_paid(of) == static_cast<int>(of.schedule.size()));
    const auto* next = next_instalment(of);
    RC_ASSERT((next == nullptr) == (instalments_left(of) == 0));
    for (const auto& each : of.schedule) {
        if (next == nullptr || each.number < next->number) {
            RC_ASSERT(each.paid >= each.total);
        }
    }
}

RC_GTEST_PROP(arrears, late_of_last_agrees_with_sorting_out_a_list, ()) {
    const auto of = any_loan();
    const int count = *rc::gen::inRange(0, 8);
    std::vector<bool> was_late;
    for (const auto& each : of.schedule) {
        if (!(each.due < today)) continue;
        was_late.push_back(each.paid < each.total || (each.met_on && *each.met_on > each.due));
    }
    const auto from = was_late.size() > static_cast<std::size_t>(count)
                          ? was_late.size() - static_cast<std::size_t>(count)
                          : 0;
    const auto expected =
        std::count(was_late.begin() + static_cast<std::ptrdiff_t>(from), was_late.end(), true);
    RC_ASSERT(late_of_last(of, count, today) == expected);
}

}  // namespace
}  // namespace tertulia
