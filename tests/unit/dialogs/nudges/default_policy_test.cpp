// The ladders the institution starts with, cell by cell: who hears what on which day.

#include "tests/unit/dialogs/nudges/default_policy.hpp"

#include "dialogs/nudges/standing.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace tertulia::dialogs {
namespace {

constexpr std::array days{-7, -3, -1, 0, 1, 3, 7, 15, 30};

// One line of the table: what happens on each of those days; "" is nothing.
struct ladder {
    std::string_view segment{};
    std::array<std::string_view, days.size()> cells{};
    int before_most{};
    int after_most{};
};

// clang-format off
constexpr std::array<ladder, 5> table{{
    {"reliable",
     {"", "", "reminder_thanks", "", "", "reminder_concern", "+arrears_call", "+arrears_visit", ""}, 1, 1},
    {"new",
     {"reminder_welcome", "", "reminder_place", "", "reminder_concern", "+arrears_call",
      "reminder_help+arrears_call", "+arrears_visit", "+arrears_supervisor"}, 2, 2},
    {"occasional",
     {"", "reminder_plan", "", "reminder_day", "reminder_concern", "+arrears_call",
      "reminder_help", "+arrears_visit", "+arrears_supervisor"}, 2, 2},
    {"frequent",
     {"reminder_plan", "", "reminder_day", "", "reminder_options", "+arrears_call",
      "reminder_help+arrears_visit", "+arrears_supervisor", "+arrears_committee"}, 2, 2},
    {"at_risk",
     {"reminder_help", "", "", "", "+arrears_call", "", "+arrears_visit", "+arrears_supervisor",
      "+arrears_committee"}, 1, 1},
}};
// clang-format on

std::string cell_of(const nudge_segment& segment, int day) {
    std::string made;
    int seen = 0;
    for (const auto& step : segment.steps) {
        if (step.day != day) continue;
        EXPECT_EQ(++seen, 1) << segment.name << " " << day;
        made = step.begins + (step.task.empty() ? "" : "+" + step.task);
    }
    return made;
}

struct every_cell : testing::TestWithParam<std::tuple<std::size_t, std::size_t>> {};

TEST_P(every_cell, holds_what_the_table_says) {
    const auto& line = table.at(std::get<0>(GetParam()));
    const auto at = std::get<1>(GetParam());
    const auto policy = default_arrears_policy();
    ASSERT_NE(policy.find(line.segment), nullptr);
    EXPECT_EQ(cell_of(*policy.find(line.segment), days.at(at)), line.cells.at(at));
}

INSTANTIATE_TEST_SUITE_P(
    default_policy,
    every_cell,
    testing::Combine(
        testing::Range<std::size_t>(0, table.size()), testing::Range<std::size_t>(0, days.size())
    ),
    [](const auto& one) {
        const int day = days.at(std::get<1>(one.param));
        return std::string{table.at(std::get<0>(one.param)).segment} +
               (day < 0 ? "_before_" : "_after_") + std::to_string(std::abs(day));
    }
);

TEST(default_policy, has_no_step_beside_the_table) {
    const auto policy = default_arrears_policy();
    for (const auto& segment : policy.segments) {
        for (const auto& step : segment.steps) {
            EXPECT_NE(std::ranges::find(days, step.day), days.end()) << segment.name << step.day;
            EXPECT_LE(step.day, ladder_days_most);
        }
    }
}

TEST(default_policy, caps_are_those_of_the_table_and_allow_every_message_of_it) {
    const auto policy = default_arrears_policy();
    for (const auto& line : table) {
        const auto* segment = policy.find(line.segment);
        EXPECT_EQ(segment->before_most, line.before_most) << line.segment;
        EXPECT_EQ(segment->after_most, line.after_most) << line.segment;
        const auto messages = [&](bool after) {
            return std::ranges::count_if(segment->steps, [&](const nudge_step& step) {
                return step.speaks() && (step.day > 0) == after;
            });
        };
        EXPECT_LE(messages(false), line.before_most) << line.segment;
        EXPECT_LE(messages(true), line.after_most) << line.segment;
    }
}

TEST(default_policy, segments_are_asked_in_the_order_of_their_weight) {
    const auto policy = default_arrears_policy();
    const auto of = [&](const repayment_history& history) {
        return policy.segment_of(history)->name;
    };
    EXPECT_EQ(of({.days_past_due = 31}), "at_risk");
    EXPECT_EQ(of({.known = 6, .late = 6, .longest_late = 40, .days_past_due = 31}), "at_risk");
    EXPECT_EQ(of({.known = 6, .cycle = 2, .broken_promises = 2}), "at_risk");
    EXPECT_EQ(of({.known = 6, .late = 3, .longest_late = 2}), "frequent");
    EXPECT_EQ(of({.known = 6, .late = 1, .longest_late = 8}), "frequent");
    EXPECT_EQ(of({.known = 6, .late = 2, .longest_late = 30, .days_past_due = 30}), "frequent");
    EXPECT_EQ(of({.known = 6, .late = 2, .longest_late = 7}), "occasional");
    EXPECT_EQ(of({.known = 1, .late = 1, .longest_late = 1, .due_before = 1}), "occasional");
    EXPECT_EQ(of({}), "new");
    EXPECT_EQ(of({.known = 2, .due_before = 2}), "new");
    EXPECT_EQ(of({.known = 3, .due_before = 3}), "reliable");
    EXPECT_EQ(of({.cycle = 2}), "reliable") << "she is known from her first loan";
    EXPECT_EQ(of({.known = 6, .due_before = 12, .cycle = 2, .broken_promises = 1}), "reliable");
}

TEST(default_policy, of_a_promise_the_day_before_a_word_after_and_then_a_call) {
    const auto policy = default_promise_policy();
    EXPECT_EQ(policy.counts_from, nudge_anchor::promise);
    ASSERT_EQ(policy.segments.size(), 1U);
    const auto& all = policy.segments.front();
    EXPECT_EQ(policy.segment_of({.days_past_due = 90}), &all);
    EXPECT_EQ(cell_of(all, -1), "reminder_promise");
    EXPECT_EQ(cell_of(all, 0), "");
    EXPECT_EQ(cell_of(all, 1), "reminder_concern");
    EXPECT_EQ(cell_of(all, 2), "+arrears_call");
    EXPECT_EQ(all.before_most + all.after_most, 2);
}

}  // namespace
}  // namespace tertulia::dialogs
