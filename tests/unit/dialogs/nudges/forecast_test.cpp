// What is foretold is what the planner and the gates would do: no message twice, nothing kept back longer
// than it is known to hold, and the talks as far apart as they are.

#include "dialogs/nudges/forecast.hpp"

#include "dialogs/facts/iso_date.hpp"
#include "dialogs/nudges/talks.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace tertulia::dialogs {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr civil_date tuesday = std::chrono::year{2026} / 11 / 24;

class forecast_test : public testing::Test {
protected:
    forecast_test() {
        rules.law = rules.ours = opening_hours::parse("Mo-Su 08:00-18:00");
        rules.country = "GT";
        her.reach = {.usual = "whatsapp", .by_sms = true, .by_whatsapp = true};
        her.talks = {{.on = plus_days(tuesday, -1), .about = "any"}};
    }

    void has_loan(int first_due_in, int instalments = 6, int every = 7) {
        loan made{.id = "L" + std::to_string(her.loans.size() + 1), .client_id = "C1"};
        made.disbursed_on = plus_days(tuesday, -60);
        for (int i = 0; i < instalments; ++i) {
            made.schedule.push_back(
                {.number = i + 1, .due = plus_days(tuesday, first_due_in + every * i), .total = {100, {}}}
            );
        }
        made.matures_on = made.schedule.back().due;
        her.loans.push_back(std::move(made));
    }
    void reminds(std::vector<nudge_step> steps) {
        nudge_policy made{.name = "repayment", .counts_from = nudge_anchor::instalment};
        made.segments.push_back(
            {.name = "all", .holds = {}, .steps = std::move(steps), .before_most = 2, .after_most = 2}
        );
        rules.policies.push_back(std::move(made));
    }
    void talks_of(std::initializer_list<const char*> stages) {
        nudge_policy made{.name = "contact", .counts_from = nudge_anchor::contact, .at_minute = 600};
        for (const auto* stage : stages) {
            made.segments.push_back(
                {.name = stage,
                 .holds = {},
                 .steps = {{.day = 0, .begins = "ask", .task = {}},
                           {.day = 4, .begins = "ask", .task = {}},
                           {.day = 7, .begins = {}, .task = "contact_call"}}}
            );
        }
        rules.policies.push_back(std::move(made));
    }
    // "2026-11-25 ask", "2026-11-25 ask (promised)", "2026-11-25 task".
    [[nodiscard]] std::vector<std::string> in(int days) const {
        std::vector<std::string> all;
        for (const auto& one : forecast(her, rules, when, tuesday, days)) {
            auto line = iso_date(one.on) + " " + std::string{one.dialog};
            if (one.opens_task) line += one.dialog.empty() ? "task" : "+task";
            if (!one.kept_by.empty()) line += " (" + one.kept_by + ")";
            all.push_back(line);
        }
        return all;
    }

    forecast_client her{.id = "C1"};
    nudge_rules rules{.limits = {.a_day = 1, .a_week = 7}};
    local_calendar calendar{*local_calendar::make("America/Guatemala")};
    contact_calendar when{rules.law.emplace(*opening_hours::parse("Mo-Su 08:00-18:00")),
                          rules.ours.emplace(*opening_hours::parse("Mo-Su 08:00-18:00")), {}, calendar};
};

TEST_F(forecast_test, what_was_sent_or_decided_is_not_foretold_again_and_counts) {
    has_loan(1);
    reminds({{.day = -1, .begins = "thanks", .task = {}}});
    EXPECT_THAT(in(8), ElementsAre("2026-11-24 thanks", "2026-12-01 thanks"));
    her.over = {{nudge_anchor::instalment, "L1", plus_days(tuesday, 1), -1}};
    EXPECT_THAT(in(8), ElementsAre("2026-12-01 thanks"));
    // The other loan's of today comes second.
    has_loan(1);
    her.touches = {{.at = calendar.at(tuesday, 9, 31), .client_id = "C1", .loan_id = "L1",
                    .instalment = 1, .policy = "repayment", .day = -1, .channel = "whatsapp"}};
    EXPECT_THAT(
        in(2), ElementsAre("2026-11-24 thanks (cap_of_day)")
    );
}

TEST_F(forecast_test, a_promise_holds_until_its_day_and_no_talk) {
    has_loan(1);
    her.promises = {{"L1", plus_days(tuesday, 5)}};
    reminds({{.day = -1, .begins = "thanks", .task = {}}, {.day = 3, .begins = {}, .task = "call"}});
    her.talks = {{.on = plus_days(tuesday, -22), .about = "any"}};
    talks_of({"any"});
    EXPECT_THAT(
        in(9),
        ElementsAre(
            "2026-11-24 thanks (promised)", "2026-11-27 ask",
            "2026-12-01 thanks"
        )
    );
    her.promises = {{"L7", plus_days(tuesday, 5)}};
    EXPECT_EQ(in(1).front(), "2026-11-24 thanks") << "of another loan";
}

TEST_F(forecast_test, a_claim_hardship_and_a_complaint_hold_as_long_as_is_known) {
    has_loan(1);
    reminds({{.day = -1, .begins = "thanks", .task = {}}});
    her.claims = {{"L1", plus_days(tuesday, 2)}};
    EXPECT_THAT(in(8), ElementsAre("2026-11-24 thanks (says_she_paid)", "2026-12-01 thanks"));
    her.claims = {{"", plus_days(tuesday, 2)}};
    EXPECT_EQ(in(1).front(), "2026-11-24 thanks (says_she_paid)") << "she did not say of which";
    her.claims.clear();
    her.hardship_until = plus_days(tuesday, 7);
    EXPECT_THAT(
        in(15), ElementsAre("2026-11-24 thanks (hardship)", "2026-12-01 thanks (hardship)", "2026-12-08 thanks")
    );
    her.hardship_until.reset();
    her.disputes_until = tuesday;
    EXPECT_THAT(in(8), ElementsAre("2026-11-24 thanks (dispute)", "2026-12-01 thanks"));
}

TEST_F(forecast_test, whom_no_check_in_reaches_is_called_a_week_later) {
    has_loan(1, 20, 28);
    talks_of({"any"});
    her.talks = {{.on = plus_days(tuesday, -25), .about = "any"}};
    EXPECT_THAT(in(30), ElementsAre("2026-11-24 ask", "2026-12-19 ask"));
    her.opted_out = true;
    EXPECT_THAT(
        in(30),
        ElementsAre("2026-11-24 ask (opted_out)", "2026-11-28 ask (opted_out)", "2026-12-01 task")
    );
    her.opted_out = false;
    her.paused_until = plus_days(tuesday, 2);
    EXPECT_THAT(in(8), ElementsAre("2026-11-24 ask (paused)", "2026-11-28 ask"));
    her.opted_out = true;
    her.reach = {};
    EXPECT_THAT(
        in(8),
        ElementsAre("2026-11-24 ask (never_wrote)", "2026-11-28 ask (never_wrote)", "2026-12-01  (never_wrote)")
    ) << "who has no telephone is not called either";
}

TEST_F(forecast_test, talks_are_about_a_month_apart_whatever_her_loans_bring) {
    rules.hard_seasons = {std::chrono::month{1} / 5};
    for (const int begins : {-28, -14, 0, 7}) has_loan(begins, 10, 14);
    talks_of({"welcome", "after_late", "pre_hard_season", "near_end", "mid", "any"});
    rules.policies.back().segments[2].spread_days = 14;
    std::optional<civil_date> last = her.talks.back().on;
    for (const auto& one : forecast(her, rules, when, tuesday, 180)) {
        ASSERT_EQ(one.kept_by, "");
        EXPECT_GE(days_between(*last, one.on), contact_apart_days) << iso_date(one.on);
        EXPECT_LE(days_between(*last, one.on), contact_every_days) << iso_date(one.on);
        last = one.on;
    }
}

TEST_F(forecast_test, a_talk_that_comes_early_for_a_holiday_is_had) {
    rules.law = rules.ours = opening_hours::parse("Mo-Sa 08:00-18:00");
    has_loan(1, 20, 28);
    talks_of({"any"});
    her.talks = {{.on = plus_days(tuesday, -20), .about = "any"}};  // due on Sunday, the 29th
    EXPECT_THAT(in(12), ElementsAre("2026-11-28 ask"));
}

TEST_F(forecast_test, a_talk_of_a_season_is_spread_over_no_day_that_is_too_late_for_it) {
    rules.hard_seasons = {std::chrono::month{12} / 20};  // 26 days ahead
    has_loan(1, 20, 28);
    talks_of({"pre_hard_season"});
    rules.policies.back().segments.front().spread_days = 25;
    std::set<civil_date> on;
    for (int i = 0; i < 50; ++i) {
        const auto due = talk_to_plan(rules, "C" + std::to_string(i), her.loans, her.talks, {}, tuesday);
        ASSERT_TRUE(due);
        EXPECT_EQ(due->stage, contact_stage::pre_hard_season);
        EXPECT_GE(due->on, plus_days(tuesday, contact_apart_days - 1));
        EXPECT_LE(due->on, plus_days(tuesday, 26));
        on.insert(due->on);
    }
    EXPECT_EQ(on.size(), 7U) << "over the days that are left";
}

TEST_F(forecast_test, who_is_late_is_not_told_of_the_next_loan) {
    has_loan(-3, 3, 7);
    nudge_policy ends{.name = "renewal", .counts_from = nudge_anchor::loan_end};
    ends.segments.push_back({.name = "all", .holds = {}, .steps = {{.day = -3, .begins = "renew", .task = {}}}});
    rules.policies = {ends};
    EXPECT_THAT(in(9), ElementsAre("2026-12-02 renew (late)"));
}

TEST_F(forecast_test, by_one_channel_a_week_where_it_reaches_her) {
    rules.limits.one_channel_a_week = true;
    has_loan(1);
    reminds({{.day = -1, .begins = "thanks", .task = {}}});
    rules.policies.back().segments.front().channel = "sms";
    her.touches = {{.at = calendar.at(plus_days(tuesday, -2), 9, 31), .client_id = "C1", .channel = "whatsapp"}};
    EXPECT_EQ(forecast(her, rules, when, tuesday, 1).front().channel, "whatsapp");
    her.reach.by_whatsapp = false;
    her.reach.usual = "sms";
    EXPECT_THAT(in(1), ElementsAre("2026-11-24 thanks (second_channel)"));
}

TEST_F(forecast_test, of_who_is_held_out_nothing_is_said_ahead) {
    has_loan(1);
    reminds({{.day = -1, .begins = "thanks", .task = {}}});
    rules.policies.back().experiment = nudge_experiment{.name = "few", .held_out = 1000};
    EXPECT_THAT(in(1), ElementsAre("2026-11-24 thanks (held_out)"));
    her.loans.clear();
    EXPECT_THAT(in(30), IsEmpty());
}

}  // namespace
}  // namespace tertulia::dialogs
