// What may never happen, rule by rule, each with its word and its numbers; and in which order they
// are asked when several refuse.

#include "dialogs/nudges/gates.hpp"

#include "dialogs/facts/iso_date.hpp"
#include "tests/unit/dialogs/nudges/default_policy.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::dialogs {
namespace {

using namespace std::chrono_literals;

constexpr civil_date monday = 2026y / 11 / 23;
constexpr civil_date tuesday = 2026y / 11 / 24;

// Everything as it should be on a Monday morning, for a reminder of the day before.
struct morning {
    contact_place place{"GT", "America/Guatemala"};
    nudge_policy policy = default_arrears_policy();
    nudge_limits limits{};
    std::vector<touch> touches{};
    planned_nudge what{
        .id = 7,
        .policy = "arrears",
        .segment = "new",
        .day = -1,
        .anchor = tuesday,
        .client_id = "C1",
        .loan_id = "L1",
        .instalment = 4,
        .due = at(monday, 10)};
    nudge_situation now{
        .now = at(monday, 10),
        .when = &place.when,
        .limits = &limits,
        .law_a_day = 1,
        .hers = true,
        .agreed = true,
        .anchor = tuesday,
        .instalment = 4,
        .has_template = true,
        .unit = "C1"};

    [[nodiscard]] instant at(civil_date day, int hour, int minute = 0) const {
        return place.calendar.at(day, hour, minute);
    }
    [[nodiscard]] nudge_verdict judged() const {
        auto with = now;
        with.touches = touches;
        return judge(what, policy, with);
    }
    // "never caps cap_of_day 1 of 1 today"
    [[nodiscard]] std::string said() const {
        const auto verdict = judged();
        if (verdict.answer == nudge_answer::go) return "go";
        std::string made = verdict.answer == nudge_answer::later ? "later " : "never ";
        made += std::string{name_of(verdict.by)} + " " + verdict.reason;
        return verdict.numbers.empty() ? made : made + " " + verdict.numbers;
    }
    // A word about the instalment of the Friday before.
    void about_something_late() {
        what.day = 1;
        what.anchor = plus_days(monday, -1);
        now.anchor = what.anchor;
    }
    // The same moment, as a step that opens a case.
    void as_task() {
        what.day = 3;
        what.anchor = plus_days(monday, -3);
        now.anchor = what.anchor;
    }
    // As a step that says something and opens a case.
    void as_both() {
        what.day = 7;
        what.anchor = plus_days(monday, -7);
        now.anchor = what.anchor;
    }
    void touched(instant when, std::string loan = "L9", int instalment = 1, bool after = false) {
        remember(
            touches,
            {.at = when,
             .client_id = "C1",
             .loan_id = std::move(loan),
             .instalment = instalment,
             .policy = "arrears",
             .day = after ? 2 : -20}
        );
    }
};

struct gates_test : testing::Test, morning {};

TEST_F(gates_test, where_nothing_speaks_against_it_it_goes) {
    EXPECT_EQ(said(), "go");
    EXPECT_FALSE(judged().with_task);
}

// ---- consent

TEST_F(gates_test, consent_a_number_that_is_not_hers_hears_nothing) {
    now.hers = false;
    EXPECT_EQ(said(), "never consent not_hers");
}

TEST_F(gates_test, consent_who_never_wrote_nor_agreed_hears_nothing) {
    now.agreed = false;
    EXPECT_EQ(said(), "never consent never_wrote");
}

// ---- opt-out

TEST_F(gates_test, opt_out_is_for_everything) {
    now.opted_out = true;
    EXPECT_EQ(said(), "never opt_out opted_out");
    about_something_late();
    EXPECT_EQ(said(), "never opt_out opted_out");
}

TEST_F(gates_test, a_pause_is_for_everything_until_its_day) {
    now.paused_until = std::chrono::year{2099} / 1 / 1;
    EXPECT_EQ(said(), "never opt_out paused until 2099-01-01");
    about_something_late();
    EXPECT_EQ(said(), "never opt_out paused until 2099-01-01");
    now.paused_until = now.when->local().date_of(now.now);
    EXPECT_EQ(said(), "go") << "the day it is over is none of it";
}

TEST_F(gates_test, opt_out_of_reminders_is_for_what_is_to_come_only) {
    now.wants_none = true;
    EXPECT_EQ(said(), "never opt_out wants_no_reminder");
    about_something_late();
    EXPECT_EQ(said(), "go");
}

TEST_F(gates_test, opt_out_of_reminders_is_not_for_what_she_herself_promised) {
    now.wants_none = true;
    policy = default_promise_policy();
    what.segment = "promised";
    EXPECT_EQ(said(), "go");
}

// ---- blocked

TEST_F(gates_test, blocked_says_by_what) {
    now.blocked = "dispute";
    EXPECT_EQ(said(), "never blocked dispute");
    now.blocked = "deceased";
    EXPECT_EQ(said(), "never blocked deceased");
}

// ---- balance

TEST_F(gates_test, balance_that_is_old_is_asked_for_again_in_five_minutes) {
    now.core_is_down = true;
    now.age = 15min;
    EXPECT_EQ(said(), "later balance old_balance 15 minutes old");
    EXPECT_EQ(judged().again, now.now + 5min);
}

TEST_F(gates_test, balance_that_stays_old_past_the_last_day_is_never_spoken_of) {
    now.core_is_down = true;
    now.age = 3h;
    now.now = at(tuesday, 23, 54);
    EXPECT_EQ(said(), "later balance old_balance 180 minutes old");
    now.now = at(tuesday, 23, 56);
    EXPECT_EQ(said(), "never balance old_balance 180 minutes old");
}

TEST_F(gates_test, balance_paid_is_the_end_of_it) {
    now.anchor.reset();
    EXPECT_EQ(said(), "never balance paid");
}

TEST_F(gates_test, balance_another_instalment_means_that_this_one_is_paid) {
    now.instalment = 5;
    now.anchor = plus_days(tuesday, 7);
    EXPECT_EQ(said(), "never balance paid");
}

TEST_F(gates_test, balance_with_another_day_was_planned_for_a_day_that_no_longer_holds) {
    now.anchor = plus_days(tuesday, 3);
    EXPECT_EQ(said(), "never balance day_moved now 2026-11-27");
}

TEST_F(gates_test, balance_is_not_asked_for_where_it_is_about_no_loan) {
    policy.counts_from = nudge_anchor::contact;
    what.loan_id = "";
    what.instalment = 0;
    now.anchor.reset();
    now.core_is_down = true;
    EXPECT_EQ(said(), "go");
}

// ---- claim, hardship, promise

TEST_F(gates_test, claim_she_says_she_paid_and_it_is_looked_for) {
    now.claims_paid = true;
    EXPECT_EQ(said(), "never claim says_she_paid");
}

TEST_F(gates_test, claim_does_not_keep_a_word_away_that_is_not_about_money) {
    now.claims_paid = true;
    policy.counts_from = nudge_anchor::contact;
    EXPECT_EQ(said(), "go");
}

TEST_F(gates_test, hardship_is_left_to_people) {
    now.in_hardship = true;
    EXPECT_EQ(said(), "never hardship hardship");
}

TEST_F(gates_test, promise_she_has_named_a_day) {
    now.promised = tuesday;
    EXPECT_EQ(said(), "never promise promised 2026-11-24");
}

TEST_F(gates_test, promise_itself_may_be_spoken_of_and_so_may_what_is_not_about_money) {
    now.promised = tuesday;
    for (const auto anchor :
         {nudge_anchor::promise, nudge_anchor::contact, nudge_anchor::campaign, nudge_anchor::feedback}) {
        policy.counts_from = anchor;
        EXPECT_EQ(said(), "go");
    }
    policy.counts_from = nudge_anchor::loan_end;
    EXPECT_EQ(said(), "never promise promised 2026-11-24");
}

// ---- hours

TEST_F(gates_test, hours_that_are_quiet_wait_for_the_next_that_are_not) {
    now.now = at(monday, 18);
    EXPECT_EQ(said(), "later hours quiet_hours");
    EXPECT_EQ(judged().again, at(tuesday, 8));
}

TEST_F(gates_test, hours_a_reminder_never_comes_after_its_day) {
    now.now = at(tuesday, 18);
    EXPECT_EQ(said(), "never hours too_late");
    now.now = at(plus_days(tuesday, 1), 10);
    EXPECT_EQ(said(), "never hours too_late");
}

TEST_F(gates_test, hours_a_word_about_what_is_late_waits_a_week_and_no_longer) {
    about_something_late();
    now.now = at(plus_days(monday, 7), 10);
    EXPECT_EQ(said(), "go");
    now.now = at(plus_days(monday, 7), 18);
    EXPECT_EQ(said(), "never hours too_late");
}

TEST_F(gates_test, hours_while_a_person_talks_with_her_it_waits_an_hour) {
    now.with_person = true;
    EXPECT_EQ(said(), "later hours with_person");
    EXPECT_EQ(judged().again, at(monday, 11));
    now.now = at(monday, 17, 30);
    EXPECT_EQ(judged().again, at(tuesday, 8)) << "within the hours";
    now.now = at(tuesday, 17, 30);
    EXPECT_EQ(said(), "never hours too_late");
}

TEST_F(gates_test, hours_while_she_writes_it_waits_ten_minutes) {
    now.talking = true;
    EXPECT_EQ(said(), "later hours talking");
    EXPECT_EQ(judged().again, at(monday, 10, 10));
}

// ---- caps

TEST_F(gates_test, caps_one_a_day_over_all_loans) {
    touched(at(monday, 8));
    EXPECT_EQ(said(), "never caps cap_of_day 1 of 1 today");
    touches[0].at = at(plus_days(monday, -1), 23, 59);
    EXPECT_EQ(said(), "go");
    touches[0] = {.at = at(monday, 8), .client_id = "C2"};
    EXPECT_EQ(said(), "go") << "who shares her phone is somebody else";
}

TEST_F(gates_test, caps_of_the_law_hold_where_ours_are_laxer_and_ours_where_they_are_stricter) {
    touched(at(monday, 8));
    limits.a_day = 2;
    EXPECT_EQ(said(), "never caps cap_of_day 1 of 1 today");
    now.law_a_day = 0;
    EXPECT_EQ(said(), "go");
    now.law_a_day = 3;
    touched(at(monday, 9));
    EXPECT_EQ(said(), "never caps cap_of_day 2 of 2 today");
}

TEST_F(gates_test, caps_three_within_seven_days) {
    for (const int day : {-6, -4, -2}) touched(at(plus_days(monday, day), 9));
    EXPECT_EQ(said(), "never caps cap_of_week 3 of 3 in 7 days");
    touches[0].at = now.now - 7 * 24h + 1ms;
    EXPECT_EQ(said(), "never caps cap_of_week 3 of 3 in 7 days");
    touches[0].at = now.now - 7 * 24h;
    EXPECT_EQ(said(), "go");
}

TEST_F(gates_test, caps_one_channel_in_seven_days_where_the_law_or_the_policy_says_so) {
    touched(at(plus_days(monday, -6), 9));
    touches[0].channel = "whatsapp";
    now.channel = "sms";
    EXPECT_EQ(said(), "go") << "no law, no policy";
    now.law_one_channel = true;
    EXPECT_EQ(said(), "never caps second_channel sms after whatsapp of " + iso_date(plus_days(monday, -6)));
    now.law_one_channel = false;
    limits.one_channel_a_week = true;
    EXPECT_THAT(said(), testing::StartsWith("never caps second_channel"));
    now.channel = "whatsapp";
    EXPECT_EQ(said(), "go") << "the same again";
    now.channel = "sms";
    touches[0].at = now.now - 7 * 24h;
    EXPECT_EQ(said(), "go") << "a week is over";
    touches[0].at += 1ms;
    EXPECT_THAT(said(), testing::StartsWith("never caps second_channel"));
    touches[0].client_id = "C2";
    EXPECT_EQ(said(), "go") << "somebody else";
}

TEST_F(gates_test, caps_a_contact_of_an_unknown_channel_keeps_no_other_back) {
    limits.one_channel_a_week = true;
    touched(at(plus_days(monday, -2), 9));
    now.channel = "sms";
    EXPECT_EQ(said(), "go");
    touches[0].channel = "sms";
    now.channel = {};
    EXPECT_EQ(said(), "go");
}

TEST_F(gates_test, caps_of_one_instalment_before_its_day) {
    for (const int day : {-20, -10}) touched(at(plus_days(monday, day), 9), "L1", 4);
    EXPECT_EQ(said(), "never caps cap_of_instalment 2 of 2 before its day");
    touches[1].loan_id = "L2";
    EXPECT_EQ(said(), "go") << "the same number of another loan";
    touches[1] = touches[0];
    touches[1].instalment = 3;
    EXPECT_EQ(said(), "go");
}

TEST_F(gates_test, caps_of_one_instalment_after_its_day_count_apart) {
    for (const int day : {-20, -10}) touched(at(plus_days(monday, day), 9), "L1", 4);
    about_something_late();
    EXPECT_EQ(said(), "go");
    for (auto& one : touches) one.day = 2;
    EXPECT_EQ(said(), "never caps cap_of_instalment 2 of 2 after its day");
    for (auto& one : touches) one.policy = "promise";
    EXPECT_EQ(said(), "go") << "what was said of her promise counts for the promise";
}

// ---- window, row, experiment

TEST_F(gates_test, window_closed_and_no_template_leaves_nothing_to_say_it_with) {
    now.has_template = false;
    EXPECT_EQ(said(), "never window no_template");
    now.window_open = true;
    EXPECT_EQ(said(), "go");
}

TEST_F(gates_test, row_that_the_policy_no_longer_has) {
    what.day = -2;
    EXPECT_EQ(said(), "never row no_such_step new -2");
    what.day = -1;
    what.segment = "gone";
    EXPECT_EQ(said(), "never row no_such_step gone -1");
}

TEST_F(gates_test, experiment_who_is_held_out_hears_nothing_before_the_day_and_everything_after) {
    policy.experiment = nudge_experiment{.name = "none", .held_out = 1000};
    EXPECT_EQ(said(), "never experiment held_out none");
    about_something_late();
    EXPECT_EQ(said(), "go");
    policy.experiment->runs = false;
    what.day = -1;
    what.anchor = tuesday;
    now.anchor = tuesday;
    EXPECT_EQ(said(), "go");
}

TEST_F(gates_test, experiment_draws_for_her_group_where_she_has_one) {
    policy.experiment = nudge_experiment{.name = "half", .held_out = 500};
    std::string held_out = "G0";
    for (int i = 0; draw_of("half", held_out) >= 500; ++i) held_out = "G" + std::to_string(i);
    now.unit = held_out;
    EXPECT_EQ(said(), "never experiment held_out half");
}

// ---- tasks

// One way in which each gate refuses.
struct refusal {
    gate by{};
    void (*make)(morning&){};
    bool of_tasks{};  // it is asked of a task too
};
const std::vector<refusal> refusals{
    {gate::consent, [](morning& of) { of.now.hers = false; }, false},
    {gate::opt_out, [](morning& of) { of.now.opted_out = true; }, false},
    {gate::blocked, [](morning& of) { of.now.blocked = "dispute"; }, true},
    {gate::balance, [](morning& of) { of.now.anchor.reset(); }, true},
    {gate::claim, [](morning& of) { of.now.claims_paid = true; }, true},
    {gate::hardship, [](morning& of) { of.now.in_hardship = true; }, true},
    {gate::promise, [](morning& of) { of.now.promised = tuesday; }, true},
    {gate::hours, [](morning& of) { of.now.with_person = true; }, false},
    {gate::caps, [](morning& of) { of.limits.a_day = 0; }, false},
    {gate::window, [](morning& of) { of.now.has_template = false; }, false},
    {gate::row, [](morning& of) { of.what.segment = "gone"; }, true},
    {gate::experiment,
     [](morning& of) { of.policy.experiment = nudge_experiment{.name = "all", .held_out = 1000}; },
     false}};

TEST_F(gates_test, a_task_goes_at_any_hour_and_costs_no_touch) {
    as_task();
    now.now = at(monday, 3);
    now.opted_out = true;
    now.hers = false;
    now.has_template = false;
    touched(at(monday, 2));
    EXPECT_EQ(said(), "go");
    EXPECT_TRUE(judged().with_task);
}

TEST_F(gates_test, a_task_is_kept_back_only_by_what_says_that_there_is_nothing_to_talk_of) {
    for (const auto& one : refusals) {
        if (one.by == gate::row || one.by == gate::experiment)
            continue;  // of no task; of none late
        morning fresh_one;
        fresh_one.as_task();
        one.make(fresh_one);
        const auto verdict = fresh_one.judged();
        EXPECT_EQ(verdict.answer == nudge_answer::go, !one.of_tasks) << name_of(one.by);
        EXPECT_EQ(verdict.with_task, !one.of_tasks) << name_of(one.by);
    }
}

TEST_F(gates_test, in_a_pause_people_are_asked_about_what_is_late_and_about_nothing_else) {
    as_task();
    now.paused_until = std::chrono::year{2099} / 1 / 1;
    EXPECT_TRUE(judged().with_task);
    policy.counts_from = nudge_anchor::contact;
    EXPECT_FALSE(judged().with_task);
    EXPECT_EQ(judged().reason, "paused");
}

TEST_F(gates_test, of_words_with_a_task_the_task_is_opened_even_where_the_words_may_not_be_said) {
    as_both();
    EXPECT_EQ(said(), "go");
    EXPECT_TRUE(judged().with_task);
    now.opted_out = true;
    EXPECT_EQ(said(), "never opt_out opted_out");
    EXPECT_TRUE(judged().with_task);
}

TEST_F(gates_test, of_words_with_a_task_neither_is_done_where_there_is_nothing_to_talk_of) {
    as_both();
    now.opted_out = true;
    now.anchor.reset();
    EXPECT_EQ(said(), "never opt_out opted_out");
    EXPECT_FALSE(judged().with_task);
    now.opted_out = false;
    EXPECT_EQ(said(), "never balance paid");
    EXPECT_FALSE(judged().with_task);
}

TEST_F(gates_test, of_words_with_a_task_both_wait_for_a_balance) {
    as_both();
    now.opted_out = true;
    now.core_is_down = true;
    EXPECT_EQ(said(), "later balance old_balance 0 minutes old");
    EXPECT_FALSE(judged().with_task);
}

// ---- their order

TEST(gate_order_test, is_the_one_that_was_agreed) {
    const std::vector<std::string_view> agreed{
        "consent",
        "opt_out",
        "blocked",
        "balance",
        "claim",
        "hardship",
        "promise",
        "hours",
        "caps",
        "window",
        "row",
        "experiment"};
    std::vector<std::string_view> asked;
    for (const auto& one : gate_order()) asked.push_back(name_of(one.which));
    EXPECT_EQ(asked, agreed);
}

std::vector<std::pair<std::size_t, std::size_t>> pairs() {
    std::vector<std::pair<std::size_t, std::size_t>> all;
    for (std::size_t other = 1; other < gates; ++other) {
        for (std::size_t one = 0; one < other; ++one) all.emplace_back(one, other);
    }
    return all;
}

struct each_pair : testing::TestWithParam<std::pair<std::size_t, std::size_t>> {};

TEST_P(each_pair, the_earlier_answers_where_both_refuse) {
    const auto [one, other] = GetParam();
    morning both;
    refusals.at(other).make(both);
    EXPECT_EQ(both.judged().by, refusals.at(other).by) << both.said();
    refusals.at(one).make(both);
    EXPECT_EQ(both.judged().by, refusals.at(one).by) << both.said();
}

INSTANTIATE_TEST_SUITE_P(gates, each_pair, testing::ValuesIn(pairs()), [](const auto& one) {
    return std::string{name_of(refusals.at(one.param.first).by)} + "_before_" +
           std::string{name_of(refusals.at(one.param.second).by)};
});

// ---- touches

TEST(touches, the_oldest_is_forgotten_when_there_are_too_many) {
    std::vector<touch> all;
    for (int i = 0; i < static_cast<int>(touches_max) + 3; ++i) remember(all, {.nudge = i});
    ASSERT_EQ(all.size(), touches_max);
    EXPECT_EQ(all.front().nudge, 3);
    EXPECT_EQ(all.back().nudge, static_cast<int>(touches_max) + 2);
}

TEST(touches, a_week_of_the_most_that_is_allowed_is_never_forgotten) {
    EXPECT_GT(touches_max, static_cast<std::size_t>(7 * nudge_limits{}.a_week));
}

}  // namespace
}  // namespace tertulia::dialogs
