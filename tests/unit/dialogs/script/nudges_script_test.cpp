// nudges/*.yaml: what may stand there loads and means what it says; every slip is told with its place
// and how to mend it. The policies that are shipped are the default table, cell by cell.

#include "dialogs/script/program.hpp"
#include "dialogs/script/script_set.hpp"

#include "tests/talks/sources.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>

namespace tertulia::dialogs {
namespace {

using namespace testing_sources;
using testing::HasSubstr;

constexpr auto asks = R"(dialog: remind
about: It is due soon.
begin: ask
states:
  ask: {ask: remind.ask, choices: [{pick: paid, say: remind.thanks, end: true}, {pick: help, say: remind.thanks, end: true}]}
)";
constexpr auto other = R"(dialog: remind_other
about: The same in other words.
begin: tell
states:
  tell: {say: remind.other, end: true}
)";
constexpr auto words = R"(remind.ask:
  text: "El {reminder.on, date, weekday} toca."
  template: {name: remind, body: ["{reminder.on, date, weekday}"], buttons: [paid, help]}
remind.ask.paid: "Ya pagué"
remind.ask.help: "Ayuda"
remind.thanks: "Gracias"
remind.other:
  text: "Toca."
  template: {name: other}
)";
constexpr auto repayment = R"(policy: repayment
about: Before a payment and after it.
counts_from: instalment
at: "10:15"
segments:
  - name: often_late
    when: "history.late >= 3 || history.longest_late > 7"
    most: {before: 2, after: 0}
    steps:
      - {day: 3, task: arrears_call}
      - {day: -7, begin: remind}
  - name: rest
    steps: [{day: -1, begin: remind, task: arrears_call}]
experiment: {name: words, held_out: 100, arms: [{name: other, share: 200, instead: {remind: remind_other}}]}
)";
constexpr auto limits = R"(country: CO
hours: "Mo-Fr 09:00-17:00"
a_day: 1
a_week: 2
hard_seasons: [01-10, 10-15]
)";

load_result load(const std::string& policy, const std::string& above = limits) {
    auto from = basic();
    from.dialogs.push_back({"dialogs/remind.yaml", asks});
    from.dialogs.push_back({"dialogs/remind_other.yaml", other});
    from.messages[0].text += words;
    if (!policy.empty()) from.nudges.push_back({"nudges/repayment.yaml", policy});
    from.nudges.push_back({"nudges/limits.yaml", above});
    return load_scripts(from);
}

std::string problems_of(const std::string& policy, const std::string& above = limits) {
    const auto made = load(policy, above);
    EXPECT_FALSE(made.scripts) << "it loads";
    return all_problems(made);
}
std::string with(std::string_view from, const std::string& old, const std::string& fresh) {
    std::string text{from};
    const auto at = text.find(old);
    EXPECT_NE(at, std::string::npos) << old;
    return text.replace(at, old.size(), fresh);
}

TEST(nudges_script, what_may_stand_there_loads_and_means_what_it_says) {
    const auto made = load(repayment);
    ASSERT_TRUE(made.scripts) << all_problems(made);
    const auto& rules = made.scripts->compiled().nudges;
    EXPECT_EQ(rules.country, "CO");
    EXPECT_EQ(rules.limits.a_week, 2);
    EXPECT_EQ(rules.hard_seasons.size(), 2U);
    const auto* policy = rules.find("repayment");
    ASSERT_NE(policy, nullptr);
    EXPECT_EQ(policy->counts_from, nudge_anchor::instalment);
    EXPECT_EQ(policy->at_minute, 10 * 60 + 15);
    ASSERT_EQ(policy->segments.size(), 2U);
    EXPECT_EQ(policy->segment_of({.late = 3})->name, "often_late");
    EXPECT_EQ(policy->segment_of({.late = 1, .longest_late = 8})->name, "often_late");
    EXPECT_EQ(policy->segment_of({.late = 2, .longest_late = 7})->name, "rest");
    const auto& often = policy->segments[0];
    EXPECT_EQ(often.after_most, 0);
    EXPECT_EQ(often.steps.front().day, -7) << "in the order of the days";
    EXPECT_EQ(often.steps.back().task, "arrears_call");
    EXPECT_TRUE(policy->segments[1].steps[0].speaks());
    EXPECT_EQ(policy->segments[1].steps[0].task, "arrears_call");
    ASSERT_TRUE(policy->experiment);
    EXPECT_EQ(policy->experiment->arms.at(0).instead.at(0).second, "remind_other");
}

TEST(nudges_script, the_version_of_a_set_is_of_its_policies_too) {
    const auto one = load(repayment);
    const auto another = load(with(repayment, "day: 3", "day: 4"));
    ASSERT_TRUE(one.scripts && another.scripts);
    EXPECT_NE(one.scripts->version(), another.scripts->version());
}

TEST(nudges_script, every_slip_is_told_with_its_place) {
    EXPECT_THAT(problems_of(with(repayment, "begin: remind,", "begin: remnd,")), HasSubstr("there is no dialog 'remnd'"));
    EXPECT_THAT(problems_of(with(repayment, "begin: remind,", "begin: balance,")), HasSubstr("needs her PIN"));
    EXPECT_THAT(problems_of(with(repayment, "day: 3", "day: 300")), HasSubstr("from -90 to 90"));
    EXPECT_THAT(problems_of(with(repayment, "day: 3", "day: -7")), HasSubstr("day -7 has two steps"));
    EXPECT_THAT(problems_of(with(repayment, "counts_from: instalment", "counts_from: instalmnt")), HasSubstr("did you mean 'instalment'"));
    EXPECT_THAT(problems_of(with(repayment, "10:15", "25:15")), HasSubstr("'at' is an hour of the day"));
    EXPECT_THAT(problems_of(with(repayment, "history.late >= 3", "loan.overdue > 3")), HasSubstr("history"));
    EXPECT_THAT(problems_of(with(repayment, "history.late >= 3", "history.lat >= 3")), HasSubstr("history.late"));
    EXPECT_THAT(problems_of(with(repayment, "name: rest", "name: often_late")), HasSubstr("there are two segments"));
    EXPECT_THAT(problems_of(with(repayment, "most: {before", "most: {befor")), HasSubstr("did you mean 'before'"));
    EXPECT_THAT(problems_of(with(repayment, "policy: repayment", "policy: payments")), HasSubstr("name the file payments.yaml"));
    EXPECT_THAT(problems_of(with(repayment, "{day: -1, begin: remind, task: arrears_call}", "{day: -1}")), HasSubstr("this step does nothing"));
    EXPECT_THAT(problems_of(with(repayment, "share: 200", "share: 950")), HasSubstr("more than a thousand"));
    EXPECT_THAT(problems_of("policy: repayment\n"), HasSubstr("'segments' is missing"));
    EXPECT_THAT(problems_of("- a list\n"), HasSubstr("policy: repayment"));
    EXPECT_THAT(problems_of("a: [\n"), HasSubstr("nudges/repayment.yaml"));
}

// Warnings with their places: "3:6 with 'a_day: 0' nothing…".
std::string warnings_of(const std::string& policy, const std::string& above = limits) {
    const auto made = load(policy, above);
    EXPECT_TRUE(made.scripts) << all_problems(made);
    std::string all;
    for (const auto& one : made.problems) {
        if (one.breaks != rule::never_said) continue;
        EXPECT_EQ(one.level, severity::warning);
        all += one.file + ":" + std::to_string(one.line) + ":" + std::to_string(one.column) + " " + one.what + "\n";
    }
    return all;
}

TEST(nudges_script, what_is_never_said_or_not_as_it_reads_is_warned_of_with_its_place) {
    EXPECT_THAT(warnings_of(with(repayment, "10:15", "06:00")), HasSubstr("nudges/repayment.yaml:4:5 this hour is outside"));
    EXPECT_THAT(warnings_of(with(repayment, "10:15", "06:00")), HasSubstr("it is said at 09:00"));
    EXPECT_THAT(warnings_of(repayment), HasSubstr("repayment.yaml:11:9 day -7 stands after day 3"));
    EXPECT_THAT(warnings_of(with(repayment, "day: -7, begin", "day: 5, begin")), HasSubstr("day 5 never comes: 'most' lets no message go after the day"));
    EXPECT_THAT(warnings_of(with(repayment, "day: 3", "day: 31")), HasSubstr("day 31 never comes: an instalment that is later than 30 days"));
    EXPECT_THAT(warnings_of(repayment, with(limits, "a_day: 1", "a_day: 0")), HasSubstr("nudges/limits.yaml:3:8 with 'a_day: 0' nothing is ever said first"));
    EXPECT_THAT(warnings_of(repayment, with(limits, "a_week: 2", "a_week: 0")), HasSubstr("'a_week: 0'"));
    const auto in_order = with(
        repayment, "      - {day: 3, task: arrears_call}\n      - {day: -7, begin: remind}\n",
        "      - {day: -7, begin: remind}\n      - {day: 3, task: arrears_call}\n"
    );
    EXPECT_EQ(warnings_of(in_order, with(limits, "CO", "GT")), "");
    EXPECT_THAT(problems_of(repayment, with(limits, "CO", "GX")), HasSubstr("'GX' is not a country"));
}

TEST(nudges_script, hours_that_the_law_does_not_allow_are_told_with_what_is_left) {
    const auto hours = [](const std::string& ours) {
        return warnings_of(repayment, with(with(limits, "CO", "GT"), "Mo-Fr 09:00-17:00", ours));
    };
    EXPECT_THAT(hours("Mo-Su 00:00-24:00"), HasSubstr("nudges/limits.yaml:2:8 the law of GT allows fewer hours than these: what counts is Mo-Fr 08:00-18:00; Sa 08:00-12:00"));
    EXPECT_THAT(hours("Mo-Fr 18:00-08:00; Sa 08:00-12:00"), HasSubstr("what counts is Sa 08:00-12:00"));
    EXPECT_THAT(hours("Mo-Fr 09:00-12:30,14:00-19:00"), HasSubstr("what counts is Mo-Fr 09:00-12:30,14:00-18:00"));
    EXPECT_THAT(hours("Mo-Fr 08:00-18:00; Sa 08:00-12:00"), testing::Not(HasSubstr("the law of")));
    EXPECT_THAT(warnings_of(repayment), HasSubstr("nudges/limits.yaml:1:10 the hours of CO hold here, and the institution is in GT"));
    EXPECT_THAT(problems_of("", with(limits, "01-10, 10-15", "01-10, 10-15, 01-10")), HasSubstr("limits.yaml:5:30: '01-10' stands here twice"));
}

TEST(nudges_script, a_segment_that_hides_the_others_or_is_never_used_is_warned_of) {
    const auto when = [](const std::string& text) {
        return warnings_of(with(repayment, "history.late >= 3 || history.longest_late > 7", text));
    };
    const auto everybody = HasSubstr("nudges/repayment.yaml:7:11 this holds of everybody: nobody is left for 'rest'");
    const auto nobody = HasSubstr("nudges/repayment.yaml:7:11 this holds of nobody: 'often_late' is never used");
    EXPECT_THAT(when("true"), everybody);
    EXPECT_THAT(when("history.late >= 0"), everybody);
    EXPECT_THAT(when("history.cycle >= 1 || history.late > 2"), everybody);
    EXPECT_THAT(when("history.late < 7"), everybody);
    EXPECT_THAT(when("false"), nobody);
    EXPECT_THAT(when("history.late >= 9"), nobody);
    EXPECT_THAT(when("history.late > 2 && history.late < 2"), nobody);
    for (const auto* fine :
         {"history.late >= 6", "history.longest_late > 90", "history.cycle == 12", "history.known == 0",
          "history.late >= 3 && history.broken_promises >= 8 && history.days_past_due > 400",
          "history.known + history.late + history.cycle + history.due_before + history.longest_late > 50"}) {
        EXPECT_THAT(when(fine), testing::Not(HasSubstr("this holds of"))) << fine;
    }
}

TEST(nudges_script, more_and_spread_stand_where_they_mean_something) {
    const auto made = load(with(repayment, "name: rest\n", "name: rest\n    more: often_late\n"));
    ASSERT_TRUE(made.scripts) << all_problems(made);
    const auto& rules = made.scripts->compiled().nudges;
    EXPECT_EQ(rules.find("repayment")->find("rest")->more, "often_late");
    EXPECT_THAT(problems_of(with(repayment, "name: rest\n", "name: rest\n    more: often_lat\n")), HasSubstr("did you mean 'often_late'"));
    EXPECT_THAT(problems_of(with(repayment, "name: rest\n", "name: rest\n    more: rest\n")), HasSubstr("'rest' names itself"));
    EXPECT_THAT(problems_of(with(repayment, "name: rest\n", "name: rest\n    spread: 7 days\n")), HasSubstr("only talks are spread"));
    EXPECT_THAT(problems_of(with(repayment, "name: rest\n", "name: rest\n    spread: 90 days\n")), HasSubstr("'spread' is from 1 to 25 days"));
    EXPECT_THAT(problems_of(with(repayment, "name: rest\n", "name: rest\n    spread: soon\n")), HasSubstr("'spread' is from 1 to 25 days"));
}

constexpr auto news = R"(policy: news
about: What is told many at once.
counts_from: campaign
segments:
  - {name: feast, steps: [{day: 0, begin: remind_other}]}
  - {name: fair, steps: [{day: 0, begin: remind_other}]}
)";

TEST(nudges_script, what_is_told_many_at_once_is_said_once_and_on_its_day) {
    const auto load_news = [](const std::string& text) {
        auto from = basic();
        from.dialogs.push_back({"dialogs/remind.yaml", asks});
        from.dialogs.push_back({"dialogs/remind_other.yaml", other});
        from.messages[0].text += words;
        from.nudges = {{"nudges/news.yaml", text}, {"nudges/limits.yaml", limits}};
        return load_scripts(from);
    };
    const auto made = load_news(news);
    ASSERT_TRUE(made.scripts) << all_problems(made);
    const auto* policy = made.scripts->compiled().nudges.counting_from(nudge_anchor::campaign);
    ASSERT_NE(policy, nullptr);
    EXPECT_EQ(policy->segments.size(), 2U);
    for (const auto* wrong :
         {"[{day: 1, begin: remind_other}]", "[{day: 0, task: arrears_call}]", "[]",
          "[{day: 0, begin: remind_other}, {day: 1, begin: remind_other}]"}) {
        const auto broken = load_news(with(news, "[{day: 0, begin: remind_other}]", wrong));
        EXPECT_FALSE(broken.scripts) << wrong;
        EXPECT_THAT(all_problems(broken), HasSubstr("has one step, which begins a dialog on day 0")) << wrong;
    }
    const auto compared = load_news(std::string{news} + "experiment: {name: two, held_out: 10}\n");
    EXPECT_THAT(all_problems(compared), HasSubstr("not of what is told many at once"));
}

constexpr auto changed = R"(policy: changed
about: What became of an idea.
counts_from: feedback
segments:
  - {name: told, steps: [{day: 0, begin: remind_other}]}
)";

TEST(nudges_script, what_became_of_an_idea_is_told_in_one_way_and_once) {
    const auto load_changed = [](const std::string& text) {
        auto from = basic();
        from.dialogs.push_back({"dialogs/remind.yaml", asks});
        from.dialogs.push_back({"dialogs/remind_other.yaml", other});
        from.messages[0].text += words;
        from.nudges = {{"nudges/changed.yaml", text}, {"nudges/limits.yaml", limits}};
        return load_scripts(from);
    };
    const auto made = load_changed(changed);
    ASSERT_TRUE(made.scripts) << all_problems(made);
    EXPECT_NE(made.scripts->compiled().nudges.counting_from(nudge_anchor::feedback), nullptr);
    EXPECT_THAT(
        all_problems(load_changed(with(changed, "day: 0", "day: 1"))),
        HasSubstr("has one step, which begins a dialog on day 0")
    );
    const auto second = std::string{changed} + "  - {name: other, steps: [{day: 0, begin: remind_other}]}\n";
    EXPECT_THAT(all_problems(load_changed(second)), HasSubstr("changed.yaml:6:5: what became of an idea is told in one way"));
    EXPECT_THAT(
        all_problems(load_changed(std::string{changed} + "experiment: {name: two, held_out: 10}\n")),
        HasSubstr("not of what became of an idea")
    );
}

TEST(nudges_script, a_task_is_a_kind_of_case_that_is_declared) {
    auto from = as_configured();
    for (auto& file : from.nudges) {
        const auto at = file.text.find("task: arrears_call}");
        if (at != std::string::npos) file.text.replace(at, 19, "task: arrears_cal}");
    }
    const auto made = load_scripts(from);
    EXPECT_FALSE(made.scripts);
    EXPECT_THAT(all_problems(made), HasSubstr("arrears_cal'"));
}

TEST(nudges_script, limits_are_read_as_strictly) {
    EXPECT_THAT(problems_of("", with(limits, "CO", "Colombia")), HasSubstr("two capital letters"));
    EXPECT_THAT(problems_of("", with(limits, "Mo-Fr 09:00-17:00", "always")), HasSubstr("hours cannot be read"));
    EXPECT_THAT(problems_of("", with(limits, "a_week: 2", "a_week: many")), HasSubstr("'a_week' is a whole number"));
    EXPECT_THAT(problems_of("", with(limits, "01-10", "13-40")), HasSubstr("no day of the year"));
    EXPECT_THAT(problems_of("", with(limits, "a_day", "per_day")), HasSubstr("per_day"));
    EXPECT_THAT(problems_of("", with(limits, "a_week: 2", "one_channel_a_week: often")), HasSubstr("'one_channel_a_week' is true or false"));
}

TEST(nudges_script, a_segment_names_a_kind_of_channel_that_there_is) {
    const auto made = load(
        with(repayment, "name: rest\n", "name: rest\n    channel: sms\n"),
        with(limits, "a_week: 2", "a_week: 2\none_channel_a_week: true")
    );
    ASSERT_TRUE(made.scripts) << all_problems(made);
    const auto& rules = made.scripts->compiled().nudges;
    EXPECT_TRUE(rules.limits.one_channel_a_week);
    EXPECT_EQ(rules.find("repayment")->find("rest")->channel, "sms");
    EXPECT_EQ(rules.find("repayment")->find("often_late")->channel, "");
    EXPECT_THAT(problems_of(with(repayment, "name: rest\n", "name: rest\n    channel: smoke\n")), HasSubstr("'smoke' is no kind of channel"));
}

TEST(nudges_script, what_may_come_a_day_after_she_wrote_needs_a_template) {
    auto from = basic();
    from.dialogs.push_back({"dialogs/remind.yaml", "dialog: remind\nabout: x\nbegin: tell\nstates:\n  tell: {say: remind.tell, end: true}\n"});
    from.messages[0].text += "remind.tell: \"Toca.\"\n";
    from.nudges.push_back(
        {"nudges/repayment.yaml",
         "policy: repayment\nabout: x\ncounts_from: instalment\nsegments:\n  - {name: all, steps: [{day: -1, begin: remind}]}\n"}
    );
    const auto made = load_scripts(from);
    EXPECT_FALSE(made.scripts);
    EXPECT_THAT(all_problems(made), HasSubstr("give it a 'template:'"));
}

// ---- the table that is shipped

struct cell {
    const char* segment;
    int day;
    const char* begins;
    const char* task;
};
constexpr std::array<cell, 29> default_table{{
    {"at_risk", -7, "reminder_help", ""},
    {"at_risk", 1, "", "arrears_call"},
    {"at_risk", 7, "", "arrears_visit"},
    {"at_risk", 15, "", "arrears_supervisor"},
    {"at_risk", 30, "", "arrears_committee"},
    {"frequent", -7, "reminder_plan", ""},
    {"frequent", -1, "reminder_day", ""},
    {"frequent", 1, "reminder_options", ""},
    {"frequent", 3, "", "arrears_call"},
    {"frequent", 7, "reminder_help", "arrears_visit"},
    {"frequent", 15, "", "arrears_supervisor"},
    {"frequent", 30, "", "arrears_committee"},
    {"occasional", -3, "reminder_plan", ""},
    {"occasional", 0, "reminder_day", ""},
    {"occasional", 1, "reminder_concern", ""},
    {"occasional", 3, "", "arrears_call"},
    {"occasional", 7, "reminder_help", ""},
    {"occasional", 15, "", "arrears_visit"},
    {"occasional", 30, "", "arrears_supervisor"},
    {"new", -7, "reminder_welcome", ""},
    {"new", -1, "reminder_place", ""},
    {"new", 1, "reminder_concern", ""},
    {"new", 3, "", "arrears_call"},
    {"new", 7, "reminder_help", "arrears_call"},
    {"new", 15, "", "arrears_visit"},
    {"new", 30, "", "arrears_supervisor"},
    {"reliable", -1, "reminder_thanks", ""},
    {"reliable", 3, "reminder_concern", ""},
    {"reliable", 7, "", "arrears_call"},
}};

TEST(nudges_script, the_policies_that_are_shipped_are_the_default_table_cell_by_cell) {
    const auto made = load_scripts(as_configured());
    ASSERT_TRUE(made.scripts) << all_problems(made);
    const auto* policy = made.scripts->compiled().nudges.find("repayment");
    ASSERT_NE(policy, nullptr);
    std::size_t cells = 0;
    for (const auto& segment : policy->segments) cells += segment.steps.size();
    EXPECT_EQ(cells, default_table.size() + 1) << "and the visit to who never was late, below";
    for (const auto& one : default_table) {
        const auto* segment = policy->find(one.segment);
        ASSERT_NE(segment, nullptr) << one.segment;
        const auto step = std::ranges::find(segment->steps, one.day, &nudge_step::day);
        ASSERT_NE(step, segment->steps.end()) << one.segment << " " << one.day;
        EXPECT_EQ(step->begins, one.begins) << one.segment << " " << one.day;
        EXPECT_EQ(step->task, one.task) << one.segment << " " << one.day;
    }
    EXPECT_EQ(policy->find("reliable")->steps.back().task, "arrears_visit");
    const auto caps = [&](const char* name) {
        const auto* segment = policy->find(name);
        return std::pair{segment->before_most, segment->after_most};
    };
    EXPECT_EQ(caps("reliable"), (std::pair{1, 1}));
    EXPECT_EQ(caps("new"), (std::pair{2, 2}));
    EXPECT_EQ(caps("occasional"), (std::pair{2, 2}));
    EXPECT_EQ(caps("frequent"), (std::pair{2, 2}));
    EXPECT_EQ(caps("at_risk"), (std::pair{1, 1}));
}

TEST(nudges_script, the_segments_that_are_shipped_hold_for_whom_they_should) {
    const auto made = load_scripts(as_configured());
    ASSERT_TRUE(made.scripts) << all_problems(made);
    const auto* policy = made.scripts->compiled().nudges.find("repayment");
    ASSERT_NE(policy, nullptr);
    const auto segment = [&](const repayment_history& of) { return policy->segment_of(of)->name; };
    EXPECT_EQ(segment({.known = 6, .due_before = 9, .days_past_due = 31}), "at_risk");
    EXPECT_EQ(segment({.known = 6, .due_before = 9, .broken_promises = 2}), "at_risk");
    EXPECT_EQ(segment({.known = 6, .late = 3, .longest_late = 2, .due_before = 9}), "frequent");
    EXPECT_EQ(segment({.known = 6, .late = 1, .longest_late = 8, .due_before = 9}), "frequent");
    EXPECT_EQ(segment({.known = 6, .late = 2, .longest_late = 7, .due_before = 9}), "occasional");
    EXPECT_EQ(segment({.known = 2, .due_before = 2, .cycle = 1}), "new");
    EXPECT_EQ(segment({.known = 2, .due_before = 2, .cycle = 2}), "reliable");
    EXPECT_EQ(segment({.known = 6, .due_before = 9, .cycle = 1}), "reliable");
}

}  // namespace
}  // namespace tertulia::dialogs
