// A sync goes on where it was, whatever fails on the way, and never stores half of anything.

#include "dialogs/facts/arrears.hpp"
#include "gateway/portfolio/import.hpp"
#include "gateway/portfolio/sqlite_mirror.hpp"
#include "tests/unit/gateway/core_banking/sync_fixture.hpp"

#include <SQLiteCpp/Statement.h>

namespace tertulia::gateway::testing_core {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST_F(sync_test, a_first_round_brings_people_groups_officers_and_branches) {
    open();
    settle();
    const auto& ours = house.clients.at(10);
    const auto her = known(ours.id);
    ASSERT_NE(her, nullptr);
    EXPECT_EQ(her->who.first_name, ours.first_name);
    EXPECT_EQ(her->who.language, "es");
    ASSERT_TRUE(her->home_branch && her->credit_agent);
    if (!ours.group_id.empty()) {
        EXPECT_EQ(her->village_bank->meeting_rhythm, "P14D");
        EXPECT_EQ(her->village_bank->meeting_time, "10:00");
    }
    EXPECT_EQ(stamp().as_of, morning) << "when the round began";
    EXPECT_EQ(sync->cursor().broken, 0);
    int with_phone = 0;
    for (const auto& each : house.clients) {
        const auto read = known(each.id)->who.phones;
        if (read.empty()) continue;
        EXPECT_THAT(each.phones, Contains(read.front()));
        ++with_phone;
    }
    EXPECT_GT(with_phone, 350);
}

TEST_F(sync_test, a_second_round_reads_only_the_loans_that_changed) {
    open();
    settle();
    auto& one = some_loan();
    std::mt19937_64 by{1};
    ASSERT_TRUE(house.pay(one, by));
    const auto before = core.asked_for("associations=repaymentSchedule");
    next_round();
    EXPECT_EQ(core.asked_for("associations=repaymentSchedule") - before, 1U);
    const auto her = known(one.head.client_id);
    std::int64_t told = 0;
    for (const auto& each : her->loans) {
        if (each.id == std::to_string(house.number_of(one.head.id))) told = outstanding(each).minor;
    }
    EXPECT_EQ(told, house.owed_of(one).outstanding);
    EXPECT_EQ(stamp().as_of, morning + 15min);
}

TEST_F(sync_test, savings_are_read_and_a_hook_brings_a_deposit_at_once) {
    open();
    settle();
    ASSERT_FALSE(house.savings.empty());
    auto& one = house.savings.front();
    const auto balance = [&] { return known(one.head.client_id)->savings.at(0).balance.minor; };
    EXPECT_EQ(balance(), books::balance_of(one));
    one.moves.push_back(12'345);
    sync->hint({.savings_id = std::to_string(house.number_of(one.head.id))}, now);
    now += 3s;
    settle();
    EXPECT_EQ(balance(), books::balance_of(one));
    house.savings.erase(house.savings.begin());
    const auto gone = house.clients.front().id;
    next_round(24h);
    EXPECT_TRUE(known(gone)->savings.empty()) << "a sweep removes what is no more";
}

TEST_F(sync_test, a_role_that_may_not_read_savings_stops_nothing_else) {
    core.fail(
        {.path = "/savingsaccounts",
         .times = 100,
         .status = 403,
         .body = R"({"userMessageGlobalisationCode":"error.msg.not.authorized"})"}
    );
    open();
    settle();
    EXPECT_THAT(troubles, testing::IsEmpty());
    EXPECT_THAT(notes, Contains(HasSubstr("READ_SAVINGSACCOUNT")));
    EXPECT_FALSE(known(some_loan().head.client_id)->loans.empty());
}

TEST_F(sync_test, a_loan_core_banking_will_not_prepay_has_no_figure) {
    core.fail(
        {.path = "/transactions/template",
         .times = 1'000,
         .status = 403,
         .body = R"({"userMessageGlobalisationCode":"error.msg.loan.cannot.be.prepaid"})"}
    );
    open();
    settle();
    EXPECT_THAT(troubles, testing::IsEmpty());
    for (const auto& each : known(some_loan().head.client_id)->loans) EXPECT_FALSE(each.payoff);
}

TEST_F(sync_test, a_round_in_which_nothing_changed_leaves_the_version_alone) {
    open();
    settle();
    const auto before = stamp();
    next_round();
    EXPECT_EQ(stamp().version, before.version);
    EXPECT_GT(stamp().as_of, before.as_of);
}

TEST_F(sync_test, a_killed_process_goes_on_at_its_page) {
    open();
    for (int steps = 0;; ++steps) {
        ASSERT_LT(steps, 60);
        const auto before = sync->cursor();
        open();  // as after a kill: nothing but the database is left
        EXPECT_EQ(sync->cursor(), before);
        if (step().round_ended) break;
    }
    EXPECT_EQ(core.asked_for("/clients?"), 3U) << "420 people are three pages, each read once";
    EXPECT_EQ(stamp().as_of, morning);
}

TEST_F(sync_test, an_answer_that_was_cut_off_is_asked_for_again) {
    open();
    core.fail({.path = "/clients?offset=200", .times = 2, .cut_off = true});
    core.fail({.path = "/groups/", .times = 1, .cut_off = true});
    settle();
    EXPECT_EQ(troubles.size(), 3U);
    EXPECT_THAT(troubles, Contains(HasSubstr("cut off")));
    EXPECT_NE(known(house.clients.back().id), nullptr);
}

TEST_F(sync_test, trouble_waits_longer_each_time_and_what_is_known_stays) {
    open();
    settle();
    const auto before = stamp();
    core.fail({.path = "/", .times = 8});
    now += 15min;
    std::vector<std::chrono::milliseconds> waits;
    for (int i = 0; i < 8; ++i) {
        const auto done = step();
        EXPECT_FALSE(done.worked);
        EXPECT_FALSE(done.needs_operator);
        waits.push_back(done.next - now);
        EXPECT_FALSE(sync->step(now).worked) << "not before its time";
        now = done.next;
    }
    EXPECT_THAT(waits, ElementsAre(5s, 10s, 20s, 40s, 80s, 160s, 5min, 5min));
    EXPECT_EQ(stamp(), before);
    settle();
    EXPECT_GT(stamp().as_of, before.as_of);
}

TEST_F(sync_test, the_mirror_says_how_old_its_figures_are_and_then_says_none) {
    open();
    settle();
    sqlite_mirror mirror{database, {.stale_after = 2h, .down_after = 48h, .look_again = 0ms}};
    const std::vector<std::string> phone{house.clients.at(10).phones.at(0)};
    EXPECT_EQ(mirror.facts_of(phone, morning + 1h)->core, core_state::up);
    const auto later = mirror.facts_of(phone, morning + 3h);
    EXPECT_EQ(later->core, core_state::stale);
    EXPECT_EQ(later->as_of, morning) << "the hour that is told with them";
    EXPECT_EQ(later->clients.size(), 1U) << "the last known";
    EXPECT_EQ(mirror.facts_of(phone, morning + 49h)->core, core_state::down);
}

TEST_F(sync_test, a_wrong_password_calls_the_operator_and_is_not_tried_all_the_time) {
    core.password = "changed";
    open();
    core.password = "another";
    const auto done = step();
    EXPECT_TRUE(done.needs_operator);
    EXPECT_THAT(done.trouble, HasSubstr("password"));
    EXPECT_EQ(done.next - now, 5min);
}

TEST_F(sync_test, a_wrong_tenant_and_a_missing_permission_call_the_operator) {
    open();
    core.fail({.path = "/offices", .status = 400, .body = "<html>no such tenant</html>"});
    core.fail(
        {.path = "/offices",
         .status = 403,
         .body = R"({"userMessageGlobalisationCode":"error.msg.not.authorized"})"});
    EXPECT_THAT(step().trouble, HasSubstr("tenant"));
    now += 5min;
    const auto done = step();
    EXPECT_TRUE(done.needs_operator);
    EXPECT_THAT(done.trouble, HasSubstr("permission"));
}

TEST_F(sync_test, too_many_calls_are_answered_by_waiting_as_long_as_asked) {
    open();
    core.fail({.path = "/staff", .status = 429, .body = "{}", .retry_after = "120"});
    ASSERT_TRUE(step().worked);
    const auto done = step();
    EXPECT_EQ(done.next - now, 120s);
    settle();
}

TEST_F(sync_test, a_loan_the_close_of_business_holds_is_read_later) {
    open();
    const auto& one = some_loan();
    core.lock(one.head.id);
    for (int i = 0; i < 60 && !step().round_ended; ++i) {
    }
    EXPECT_EQ(sync->cursor().kind, round_kind::none) << "the round does not wait for it";
    EXPECT_THAT(troubles, IsEmpty());
    const auto number = std::to_string(house.number_of(one.head.id));
    const auto has = [&] {
        const auto her = known(one.head.client_id);
        return std::ranges::any_of(her->loans, [&](const loan& each) { return each.id == number; });
    };
    EXPECT_FALSE(has());
    core.unlock_all();
    now += 5min;
    ASSERT_TRUE(step().worked);
    EXPECT_TRUE(has());
}

TEST_F(sync_test, a_record_that_cannot_be_read_keeps_its_copy_and_is_told) {
    open();
    settle();
    const auto& her = house.clients.at(20);
    core.unreadable = {her.id};
    next_round(24h);
    EXPECT_THAT(notes, Contains(HasSubstr("a status we do not know")));
    EXPECT_EQ(sync->cursor().broken, 1);
    EXPECT_NE(known(her.id), nullptr) << "also after a sweep";
}

TEST_F(sync_test, a_sweep_removes_what_is_gone_with_all_its_parts) {
    open();
    settle();
    const auto gone = house.clients.back();
    house.clients.pop_back();
    std::erase_if(house.loans, [&](const auto& each) { return each.head.client_id == gone.id; });
    next_round();
    EXPECT_NE(known(gone.id), nullptr) << "only a sweep knows that nothing was missed";
    next_round(24h);
    EXPECT_EQ(known(gone.id), nullptr);
    SQLite::Database look{database};
    SQLite::Statement orphans{
        look, "SELECT count(*) FROM instalments WHERE loan_id NOT IN (SELECT id FROM loans)"};
    ASSERT_TRUE(orphans.executeStep());
    EXPECT_EQ(orphans.getColumn(0).getInt(), 0);
}

TEST_F(sync_test, a_list_that_moves_under_a_sweep_removes_nobody) {
    open();
    settle();
    now += 24h;
    while (sync->cursor().stage != sync_stage::clients || sync->cursor().position == 0) {
        ASSERT_TRUE(step().worked);
    }
    // Somebody on the first page goes, so the first of the second page slips past us.
    const auto lowest = std::ranges::min_element(
        house.clients, {}, [&](const client& each) { return house.number_of(each.id); });
    const auto first = *lowest;
    house.clients.erase(lowest);
    settle();
    for (const auto& each : house.clients) EXPECT_NE(known(each.id), nullptr) << each.id;
    EXPECT_NE(known(first.id), nullptr) << "the next whole sweep finds out";
}

TEST_F(sync_test, what_core_banking_has_no_place_for_stays) {
    open();
    settle();
    const auto id = std::to_string(house.number_of(house.clients.at(10).id));
    {
        const auto portfolio = open_portfolio(database);
        const auto report = import_files(
            *portfolio,
            std::vector<adapters::ledger::file>{
                {"clients.csv",
                 "id,first_name,courtesy,language,maturity,village\n" + id +
                     ",Old,doña Tana,quc,nascent,Pachaj\n"}},
            {.now = now}
        );
        ASSERT_TRUE(report.stored()) << text_of(report);
    }
    next_round();
    const auto her = known(house.clients.at(10).id)->who;
    EXPECT_EQ(her.courtesy, "doña Tana");
    EXPECT_EQ(her.language, "quc");
    EXPECT_EQ(her.maturity, archetype::nascent);
    EXPECT_EQ(her.village, "Pachaj");
    EXPECT_EQ(her.first_name, house.clients.at(10).first_name) << "her name is core banking's";
}

TEST_F(sync_test, a_hook_is_a_reason_to_read_again_and_nothing_more) {
    open();
    settle();
    auto& one = some_loan();
    std::mt19937_64 by{2};
    ASSERT_TRUE(house.pay(one, by));
    const auto number = std::to_string(house.number_of(one.head.id));
    sync->hint({.loan_id = number}, now);
    EXPECT_FALSE(step().worked) << "its transaction may still be open";
    now += 2s;
    ASSERT_TRUE(step().worked);
    const auto her = known(one.head.client_id);
    const auto found = std::ranges::find(her->loans, number, &loan::id);
    EXPECT_EQ(outstanding(*found).minor, house.owed_of(one).outstanding);
    EXPECT_FALSE(step().worked);

    sync->hint({.client_id = "999999", .loan_id = "999998"}, now);
    now += 2s;
    EXPECT_TRUE(step().worked) << "what does not exist is forgotten";
    EXPECT_TRUE(step().worked);
    EXPECT_FALSE(step().worked);
}

TEST_F(sync_test, a_hint_survives_the_process_and_an_outage) {
    open();
    settle();
    auto& one = some_loan();
    std::mt19937_64 by{3};
    ASSERT_TRUE(house.pay(one, by));
    const auto number = std::to_string(house.number_of(one.head.id));
    sync->hint({.loan_id = number}, now);
    core.fail({.path = "/loans/" + number, .times = 2, .status = 502, .body = "<html>"});
    now += 2s;
    EXPECT_FALSE(step().worked);
    open();
    now += 1min;
    EXPECT_FALSE(step().worked);
    now += 1min;
    EXPECT_TRUE(step().worked);
    const auto her = known(one.head.client_id);
    EXPECT_EQ(
        outstanding(*std::ranges::find(her->loans, number, &loan::id)).minor,
        house.owed_of(one).outstanding
    );
}

}  // namespace
}  // namespace tertulia::gateway::testing_core
