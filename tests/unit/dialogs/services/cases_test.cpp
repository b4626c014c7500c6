// The rules of cases: which clock runs out when, who may do what, and who is told.

#include "dialogs/services/cases.hpp"

#include <gtest/gtest.h>

namespace tertulia::dialogs {
namespace {

using namespace std::chrono_literals;

const instant monday = std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + 16h;

case_kind complaint() {
    return {
        .name = "complaint",
        .to = "complaints",
        .never_officer = true,
        .categories = {"charge", "treatment"},
        .acknowledge_within = 1h,
        .person_within = 24h,
        .resolve_within = 15 * 24h,
        .hard_limit = 30 * 24h,
        .resolve_by_category = {{"charge", 48h}},
        .escalate_to = {"supervisor", "manager"}};
}

struct cases_test : testing::Test {
    local_calendar calendar = *local_calendar::make("America/Guatemala");
    working_time always{"", {}, calendar};

    client_case opened(std::string_view category = "treatment") {
        client_case made{.number = "17-1", .kind = "complaint", .queue = "complaints"};
        made.excluded = "officer:7";
        made.opened_at = made.changed_at = monday;
        made.due = clocks_of(complaint(), category, monday, monday, always);
        return made;
    }
    static case_act act(case_deed what, std::string who) {
        return {.number = "17-1", .what = what, .by = {.id = std::move(who)}};
    }
};

TEST_F(cases_test, clocks_run_as_the_kind_and_the_category_say) {
    const auto of = opened();
    EXPECT_EQ(of.due[0], monday + 1h);
    EXPECT_EQ(of.due[1], monday + 24h);
    EXPECT_EQ(of.due[2], monday + 15 * 24h);
    EXPECT_EQ(of.due[3], monday + 30 * 24h);
    EXPECT_EQ(opened("charge").due[2], monday + 48h);
    EXPECT_EQ(next_due(of), monday + 1h);
    EXPECT_EQ(run_out(of, monday + 59min), std::nullopt);
    EXPECT_EQ(run_out(of, monday + 1h), case_clock::acknowledge);
    // Opened again, nothing is promised for later than the limit of its first day.
    const auto again = clocks_of(complaint(), "", monday, monday + 20 * 24h, always);
    EXPECT_EQ(again[2], monday + 30 * 24h);
}

TEST_F(cases_test, who_she_is_is_confirmed_on_a_case_that_asks_for_it_and_with_how) {
    auto of = opened();
    auto made = act(case_deed::confirm, "officer:8");
    made.text = "in_person";
    EXPECT_EQ(may(of, made, nullptr), case_report::nothing_to_confirm);
    of.kind = confirm_kind;
    EXPECT_EQ(may(of, made, nullptr), case_report::said);
    made.text = "by_the_moon";
    EXPECT_EQ(may(of, made, nullptr), case_report::nothing_to_confirm);
    made.text = "call_back";
    made.by.id = "officer:7";
    EXPECT_EQ(may(of, made, nullptr), case_report::not_hers);
    of.state = case_state::taken;
    of.holder.id = "officer:9";
    made.by.id = "officer:8";
    EXPECT_EQ(may(of, made, nullptr), case_report::has_another);
}

TEST_F(cases_test, a_clock_that_is_met_or_missed_runs_no_more) {
    auto of = opened();
    of.acknowledged = true;
    EXPECT_EQ(next_due(of), monday + 24h);
    of.state = case_state::taken;
    EXPECT_EQ(next_due(of), monday + 15 * 24h);
    of.missed = 1U << static_cast<unsigned>(case_clock::resolve);
    EXPECT_EQ(next_due(of), monday + 30 * 24h);
    of.state = case_state::resolved;
    EXPECT_EQ(next_due(of), monday + resolved_for);
    EXPECT_EQ(run_out(of, monday + 40 * 24h), std::nullopt);
    of.state = case_state::closed;
    EXPECT_EQ(next_due(of), std::nullopt);
    EXPECT_EQ(next_due(client_case{}), std::nullopt);  // of a plain kind
}

TEST_F(cases_test, what_runs_out_goes_one_level_up_each_time) {
    auto of = opened();
    escalate(of, complaint());
    EXPECT_EQ(of.queue, "supervisor");
    escalate(of, complaint());
    EXPECT_EQ(of.queue, "manager");
    escalate(of, complaint());
    EXPECT_EQ(of.queue, "manager");
    EXPECT_EQ(of.level, 3U);
}

TEST_F(cases_test, who_it_is_about_may_do_nothing_with_it) {
    const auto of = opened();
    for (const auto deed : {case_deed::take, case_deed::note, case_deed::say, case_deed::resolve,
                            case_deed::snooze, case_deed::give_back}) {
        EXPECT_EQ(may(of, act(deed, "officer:7"), nullptr), case_report::not_hers);
    }
    EXPECT_EQ(may(of, act(case_deed::take, "officer:8"), nullptr), case_report::said);
}

TEST_F(cases_test, two_never_have_it_at_once) {
    auto of = opened();
    of.state = case_state::taken;
    of.holder = {.id = "officer:8", .name = "seño Ana"};
    EXPECT_EQ(may(of, act(case_deed::take, "officer:9"), nullptr), case_report::has_another);
    EXPECT_EQ(may(of, act(case_deed::say, "officer:9"), nullptr), case_report::has_another);
    EXPECT_EQ(may(of, act(case_deed::resolve, "officer:9"), nullptr), case_report::has_another);
    EXPECT_EQ(may(of, act(case_deed::give_back, "officer:9"), nullptr), case_report::has_another);
    EXPECT_EQ(may(of, act(case_deed::note, "officer:9"), nullptr), case_report::said);
    EXPECT_EQ(may(of, act(case_deed::take, "officer:8"), nullptr), case_report::said);  // once more
    // Nor the person at once, by another case of hers.
    auto other = opened();
    other.number = "17-2";
    EXPECT_EQ(may(other, act(case_deed::take, "officer:9"), &of), case_report::busy);
    EXPECT_EQ(may(other, act(case_deed::take, "officer:8"), &of), case_report::said);
}

TEST_F(cases_test, what_is_over_stays_so) {
    auto of = opened();
    of.state = case_state::closed;
    EXPECT_EQ(may(of, act(case_deed::note, "officer:8"), nullptr), case_report::over);
    of.state = case_state::resolved;
    EXPECT_EQ(may(of, act(case_deed::take, "officer:8"), nullptr), case_report::over);
    EXPECT_EQ(may(of, act(case_deed::resolve, "officer:8"), nullptr), case_report::over);
    EXPECT_EQ(may(of, act(case_deed::note, "officer:8"), nullptr), case_report::said);
    of.state = case_state::open;
    EXPECT_EQ(may(of, act(case_deed::give_back, "officer:8"), nullptr), case_report::over);
}

TEST(people_of, a_queue_stands_for_whoever_can_be_told) {
    const std::vector<staff_person> staff{
        {.id = "officer:7", .name = "Brenda", .phone = "+50255550007", .branch_id = "1"},
        {.id = "officer:8", .name = "Ana", .phone = "+50255550008", .branch_id = "1"},
        {.id = "officer:9", .name = "Luis", .phone = "", .branch_id = "1"},
        {.id = "officer:10", .name = "Eva", .phone = "", .branch_id = ""},
        {.id = "staff:Marta", .name = "Marta", .phone = "+50255550001", .desks = {"support"}}};
    const auto names = [&](std::string_view queue, std::string_view excluded = {}) {
        std::string all;
        for (const auto& one : people_of(queue, excluded, staff)) all += one.name + " ";
        return all;
    };
    EXPECT_EQ(names("credit_agent:7"), "Brenda ");
    EXPECT_EQ(names("credit_agent:9"), "Brenda Ana ");  // no telephone: her branch
    EXPECT_EQ(names("credit_agent:10"), "Marta ");
    EXPECT_EQ(names("credit_agent:99"), "Marta ");
    EXPECT_EQ(names("branch:1", "officer:7"), "Ana ");
    EXPECT_EQ(names("branch:2"), "Marta ");
    EXPECT_EQ(names("complaints"), "Marta ");
    EXPECT_EQ(names("support", "staff:Marta"), "");
}

}  // namespace
}  // namespace tertulia::dialogs
