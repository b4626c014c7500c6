// Which step falls on a day, for whom, and when on that day.

#include "dialogs/nudges/policy.hpp"

#include "dialogs/facts/iso_date.hpp"
#include "tests/unit/dialogs/nudges/default_policy.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

namespace tertulia::dialogs {
namespace {

using namespace std::chrono_literals;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

constexpr civil_date monday = 2026y / 11 / 23;
constexpr civil_date saturday = 2026y / 11 / 28;

nudge_policy two_steps() {
    nudge_policy made{.name = "two"};
    made.segments = {
        {.name = "all",
         .holds = {},
         .steps = {
             {.day = -1, .begins = "before"},
             {.day = 1, .begins = "after"},
             {.day = 7, .task = "call"}}}};
    return made;
}

// "before 2026-11-24": what falls on a day, and of which contract's date.
std::vector<std::string> landings(
    const nudge_policy& policy, civil_date day, const contact_calendar& when
) {
    std::vector<std::string> all;
    for (const auto& one : landings_on(policy, day, when)) {
        all.push_back(one.step->begins + one.step->task + " " + iso_date(one.anchor));
    }
    return all;
}

TEST(policy, everybody_is_in_the_first_segment_that_holds) {
    nudge_policy policy{};
    policy.segments = {
        {.name = "late", .holds = [](const repayment_history& of) { return of.late > 0; }},
        {.name = "very_late", .holds = [](const repayment_history& of) { return of.late > 3; }}};
    EXPECT_EQ(policy.segment_of({.late = 5})->name, "late");
    EXPECT_EQ(policy.segment_of({.late = 0}), nullptr) << "in none: nothing is sent";
    policy.segments.push_back({.name = "rest"});
    EXPECT_EQ(policy.segment_of({.late = 0})->name, "rest");
    EXPECT_EQ(policy.find("very_late"), &policy.segments[1]);
    EXPECT_EQ(policy.find("nobody"), nullptr);
}

TEST(policy, anchors_are_named_both_ways) {
    for (const auto anchor :
         {nudge_anchor::instalment,
          nudge_anchor::promise,
          nudge_anchor::loan_end,
          nudge_anchor::contact,
          nudge_anchor::survey,
          nudge_anchor::campaign,
          nudge_anchor::feedback}) {
        EXPECT_EQ(parse_nudge_anchor(name_of(anchor)), anchor);
    }
    EXPECT_EQ(parse_nudge_anchor("birthday"), std::nullopt);
}

TEST(policy, on_a_working_day_among_others_each_step_lands_once) {
    const contact_place place{"GT", "America/Guatemala"};
    const auto wednesday = plus_days(monday, 2);
    EXPECT_THAT(
        landings(two_steps(), wednesday, place.when),
        UnorderedElementsAre("before 2026-11-26", "after 2026-11-24", "call 2026-11-18")
    );
}

TEST(policy, a_saturday_has_the_reminders_of_sunday_too) {
    const contact_place place{"GT", "America/Guatemala"};
    EXPECT_THAT(
        landings(two_steps(), saturday, place.when),
        UnorderedElementsAre(
            "before 2026-11-29", "before 2026-11-30", "after 2026-11-27", "call 2026-11-21"
        )
    );
}

TEST(policy, a_monday_has_what_was_late_on_sunday_too) {
    const contact_place place{"GT", "America/Guatemala"};
    EXPECT_THAT(
        landings(two_steps(), monday, place.when),
        UnorderedElementsAre(
            "before 2026-11-24",
            "after 2026-11-21",
            "after 2026-11-22",
            "call 2026-11-15",
            "call 2026-11-16"
        )
    );
}

TEST(policy, nothing_lands_on_a_day_nobody_may_be_written_to) {
    const contact_place place{"GT", "America/Guatemala", "24/7", {monday}};
    EXPECT_THAT(landings(two_steps(), plus_days(monday, -1), place.when), IsEmpty());
    EXPECT_THAT(landings(two_steps(), monday, place.when), IsEmpty());
}

TEST(policy, over_a_year_of_holidays_every_step_of_every_day_lands_exactly_once) {
    const std::vector<civil_date> holidays{
        2026y / 1 / 1,
        2026y / 4 / 1,
        2026y / 4 / 2,
        2026y / 4 / 3,
        2026y / 4 / 4,
        2026y / 5 / 1,
        2026y / 12 / 24,
        2026y / 12 / 25,
        2026y / 12 / 28,
        2026y / 12 / 31};
    const contact_place place{"GT", "America/Guatemala", "24/7", holidays};
    const auto policy = two_steps();
    std::map<std::pair<int, civil_date>, int> seen;
    for (civil_date day = 2025y / 12 / 1; day < 2027y / 2 / 1; day = plus_days(day, 1)) {
        for (const auto& one : landings_on(policy, day, place.when)) {
            ++seen[{one.step->day, one.anchor}];
        }
    }
    for (civil_date day = 2026y / 1 / 1; day <= 2026y / 12 / 31; day = plus_days(day, 1)) {
        for (const int step : {-1, 1, 7}) {
            EXPECT_EQ((seen[{step, day}]), 1) << step << " of " << iso_date(day);
        }
    }
}

TEST(policy, a_message_with_a_task_lands_as_the_message_does) {
    const contact_place place{"GT", "America/Guatemala"};
    nudge_policy policy{};
    policy.segments = {{.name = "all", .steps = {{.day = 0, .begins = "both", .task = "+call"}}}};
    EXPECT_THAT(
        landings(policy, saturday, place.when),
        UnorderedElementsAre("both+call 2026-11-28", "both+call 2026-11-29")
    );
}

TEST(policy, a_task_of_the_day_itself_comes_on_the_next_contact_day) {
    const contact_place place{"GT", "America/Guatemala"};
    nudge_policy policy{};
    policy.segments = {{.name = "all", .steps = {{.day = 0, .task = "call"}}}};
    EXPECT_THAT(
        landings(policy, monday, place.when),
        UnorderedElementsAre("call 2026-11-22", "call 2026-11-23")
    );
}

struct moments : testing::Test {
    contact_place place{"GT", "America/Guatemala"};
    nudge_policy policy{.name = "any", .at_minute = 9 * 60 + 30};
    [[nodiscard]] local_time at(
        civil_date day, std::optional<int> preferred, std::uint64_t spread = 0
    ) const {
        return place.calendar.local(moment_on(day, preferred, policy, spread, place.when));
    }
};

TEST_F(moments, without_a_wish_it_is_the_policys_hour_spread_over_half_an_hour) {
    EXPECT_EQ(at(monday, {}), (local_time{monday, 9, 30}));
    EXPECT_EQ(at(monday, {}, 29), (local_time{monday, 9, 59}));
    EXPECT_EQ(at(monday, {}, 30), (local_time{monday, 9, 30}));
}

TEST_F(moments, her_own_hour_wins) {
    EXPECT_EQ(at(monday, 16 * 60 + 20, 17), (local_time{monday, 16, 20}));
}

TEST_F(moments, as_far_as_the_hours_allow_it) {
    EXPECT_EQ(at(monday, 19 * 60), (local_time{monday, 17, 55}));
    EXPECT_EQ(at(saturday, 16 * 60), (local_time{saturday, 11, 55}));
    policy.at_minute = 5 * 60;
    EXPECT_EQ(at(monday, {}), (local_time{monday, 8, 0}));
}

TEST(policy_in_an_experiment, an_arm_says_it_in_its_own_dialog_but_never_what_is_late) {
    nudge_policy policy{.name = "any"};
    const nudge_step before{.day = -1, .begins = "usual_words"};
    const nudge_step after{.day = 1, .begins = "usual_words"};
    EXPECT_EQ(policy.begins(before, "C1"), "usual_words");
    policy.experiment = nudge_experiment{
        .name = "words",
        .arms = {{.name = "short", .share = 1000, .instead = {{"usual_words", "short_words"}}}}};
    EXPECT_EQ(policy.begins(before, "C1"), "short_words");
    EXPECT_EQ(policy.begins(after, "C1"), "usual_words");
    EXPECT_EQ(policy.begins({.day = -1, .begins = "other"}, "C1"), "other");
    policy.experiment->runs = false;
    EXPECT_EQ(policy.begins(before, "C1"), "usual_words");
}

TEST(rules, a_policy_is_found_by_its_name) {
    nudge_rules rules{};
    rules.policies = {default_arrears_policy(), default_promise_policy()};
    EXPECT_EQ(rules.find("promise"), &rules.policies[1]);
    EXPECT_EQ(rules.find("birthday"), nullptr);
}

// ---- what an officer has asked for

TEST(policy, fewer_reminders_leave_the_last_of_those_up_to_the_day) {
    nudge_segment of{.name = "often"};
    of.steps = {
        {.day = -7, .begins = "early"},
        {.day = -1, .begins = "last"},
        {.day = 0, .task = "call"},
        {.day = 3, .begins = "late"}};
    const auto kept = [&](attention wanted) {
        std::vector<int> days;
        for (const auto& step : of.steps) {
            if (of.keeps_back(wanted, step)) days.push_back(step.day);
        }
        return days;
    };
    EXPECT_THAT(kept(attention::usual), IsEmpty());
    EXPECT_THAT(kept(attention::more), IsEmpty());
    EXPECT_THAT(kept(attention::less), testing::ElementsAre(-7));
    EXPECT_THAT(kept(attention::none), testing::ElementsAre(-7, -1));
}

TEST(policy, more_reminders_are_those_of_the_segment_that_hers_names) {
    nudge_policy policy{};
    policy.segments = {
        {.name = "late", .holds = [](const repayment_history& of) { return of.late > 0; }},
        {.name = "rest", .more = "late"}};
    EXPECT_EQ(policy.segment_of({}, attention::more)->name, "late");
    EXPECT_EQ(policy.segment_of({}, attention::less)->name, "rest");
    EXPECT_EQ(policy.segment_of({.late = 1}, attention::more)->name, "late") << "there is no more";
    for (const auto each : {attention::usual, attention::less, attention::none, attention::more}) {
        EXPECT_EQ(parse_attention(name_of(each)), each);
    }
    EXPECT_EQ(parse_attention("often"), std::nullopt);
}

// ---- a step, a policy

TEST(policy, a_step_and_the_policy_that_counts_from_something_are_found) {
    nudge_rules rules{};
    rules.policies = {two_steps()};
    rules.policies.front().counts_from = nudge_anchor::promise;
    EXPECT_EQ(rules.counting_from(nudge_anchor::promise), &rules.policies.front());
    EXPECT_EQ(rules.counting_from(nudge_anchor::contact), nullptr);
    const auto& policy = rules.policies.front();
    EXPECT_EQ(policy.step_of("all", 7)->task, "call");
    EXPECT_EQ(policy.step_of("all", 8), nullptr);
    EXPECT_EQ(policy.step_of("none", 7), nullptr);
}

// ---- talks that would all come on one day

TEST(policy, what_is_spread_comes_on_each_of_its_days_and_stays_where_it_is) {
    std::array<int, 14> on{};
    for (int i = 0; i < 460; ++i) {
        const auto id = "C" + std::to_string(i);
        const auto day = spread_day("pre_hard_season", id, 14, monday, std::nullopt);
        const auto away = days_between(monday, day);
        ASSERT_GE(away, 0);
        ASSERT_LT(away, 14);
        ++on[static_cast<std::size_t>(away)];
        // Asked for again on a later day it is the same; on one that it is no day of, another.
        EXPECT_EQ(spread_day("pre_hard_season", id, 14, plus_days(monday, away / 2), day), day);
        EXPECT_NE(spread_day("pre_hard_season", id, 14, plus_days(monday, 20), day), day);
    }
    for (const int count : on) {
        EXPECT_GT(count, 15);
        EXPECT_LT(count, 55) << "not 460 on one day";
    }
    EXPECT_EQ(spread_day("any", "C1", 0, monday, std::nullopt), monday);
    EXPECT_EQ(spread_day("any", "C1", 1, monday, saturday), monday);
}

}  // namespace
}  // namespace tertulia::dialogs
