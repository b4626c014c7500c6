// Turns see the portfolio whole and as it is now, at the price of a look into memory.

#include "gateway/portfolio/sqlite_mirror.hpp"

#include "dialogs/facts/arrears.hpp"
#include "tests/unit/gateway/portfolio/sample.hpp"

#include <SQLiteCpp/Database.h>
#include <gmock/gmock.h>

namespace tertulia::gateway {
namespace {

using namespace testing_portfolio;
using namespace std::chrono_literals;
using std::chrono::year;
using testing::ElementsAre;
using testing::IsEmpty;

struct sqlite_mirror_test : portfolio_test {
    mirror_settings every_time{.look_again = 0ms};
    std::vector<std::string> rosa{"+50255500101"};
    std::vector<std::string> shared{"+50255500102"};
};

TEST_F(sqlite_mirror_test, a_client_comes_with_all_a_turn_may_look_at) {
    (void)import(sample());
    const auto known = facts_of(rosa);

    ASSERT_EQ(known->clients.size(), 1U);
    const auto& her = *known->clients.front();
    EXPECT_EQ(her.who.first_name, "Rosa");
    EXPECT_EQ(her.who.courtesy, "doña Rosa");
    EXPECT_THAT(her.who.phones, ElementsAre("+50255500101", "+50255500102"));
    EXPECT_EQ(her.who.language, "es-GT");
    EXPECT_EQ(her.who.maturity, archetype::nascent);
    EXPECT_EQ(her.credit_agent->courtesy, "seño Brenda");
    EXPECT_EQ(her.home_branch->hours, "Lun-Vie 8:00-17:00");
    EXPECT_EQ(her.home_branch->latitude, 14.63);
    EXPECT_EQ(her.home_branch->longitude, -90.6);
    EXPECT_EQ(her.village_bank->next_meeting, civil_date(year{2026} / 12 / 1));
    EXPECT_FALSE(her.has_pin);
    EXPECT_EQ(known->as_of, monday);
    EXPECT_EQ(known->core, core_state::up);
}

TEST_F(sqlite_mirror_test, active_loans_come_oldest_first_with_schedule_and_newest_payments) {
    (void)import(sample());
    const auto known = facts_of(rosa);
    const auto& loans = known->clients.at(0)->loans;

    ASSERT_EQ(loans.size(), 2U) << "the closed one is left out";
    const auto& first = loans.front();
    EXPECT_EQ(first.id, "L1");
    EXPECT_EQ(first.client_id, "C1");
    EXPECT_EQ(first.matures_on, civil_date(year{2027} / 1 / 18));
    ASSERT_EQ(first.schedule.size(), 2U);
    EXPECT_EQ(first.schedule[0].number, 1);
    EXPECT_EQ(first.schedule[0].met_on, civil_date(year{2026} / 8 / 31));
    EXPECT_EQ(first.schedule[1].paid, money{6550});
    EXPECT_FALSE(first.schedule[1].met_on);
    EXPECT_EQ(outstanding(first), money{39950});
    ASSERT_EQ(first.payments.size(), 3U);
    EXPECT_EQ(first.payments[0].id, "P3");
    EXPECT_TRUE(first.payments[0].reversed);
    EXPECT_EQ(first.payments[2].id, "P1");
    EXPECT_FALSE(loans.back().matures_on.ok());
}

TEST_F(sqlite_mirror_test, a_shared_phone_gives_everybody_who_has_it_once) {
    (void)import(sample());
    EXPECT_EQ(facts_of(shared)->clients.size(), 2U);
    EXPECT_EQ(facts_of({"+50255500101", "+50255500102"})->clients.size(), 2U);
}

TEST_F(sqlite_mirror_test, only_the_whole_number_finds_somebody) {
    (void)import(sample());
    sqlite_mirror mirror{database};
    for (const std::string phone : {"50255500101", "+5025550010", "+502555001011", ""}) {
        const std::vector<std::string> phones{phone};
        EXPECT_THAT(mirror.facts_of(phones, monday)->clients, IsEmpty()) << phone;
    }
    EXPECT_THAT(mirror.facts_of({}, monday)->clients, IsEmpty());
}

TEST_F(sqlite_mirror_test, before_the_first_import_nobody_is_known) {
    sqlite_mirror mirror{database};
    const auto known = mirror.facts_of(rosa, monday);
    ASSERT_NE(known, nullptr);
    EXPECT_THAT(known->clients, IsEmpty());
    EXPECT_EQ(known->core, core_state::down);
    EXPECT_EQ(mirror.facts_of(shared, monday), known) << "strangers share one answer";
    EXPECT_EQ(mirror.pin_hash("C1"), "");
}

TEST_F(sqlite_mirror_test, an_answer_is_kept_until_another_connection_imports) {
    (void)import(sample());
    sqlite_mirror mirror{database, every_time};
    const auto before = mirror.facts_of(rosa, monday);
    EXPECT_EQ(mirror.facts_of(rosa, monday), before);

    (void)import({{"officers.csv", "id,first_name,courtesy,branch_id\nO1,Eva,seño Eva,B1\n"}});
    const auto after = mirror.facts_of(rosa, monday);
    EXPECT_NE(after, before);
    EXPECT_EQ(after->clients.at(0)->credit_agent->courtesy, "seño Eva");
    EXPECT_EQ(before->clients.at(0)->credit_agent->courtesy, "seño Brenda");
}

TEST_F(sqlite_mirror_test, the_file_is_not_asked_again_before_its_time) {
    (void)import(sample());
    sqlite_mirror mirror{database, {.look_again = 1h}};
    const auto before = mirror.facts_of(rosa, monday);
    (void)import({{"branches.csv", "id,name\nB1,Agencia Antigua\n"}});
    EXPECT_EQ(mirror.facts_of(rosa, monday), before);

    const auto other = mirror.facts_of(shared, monday);
    EXPECT_EQ(other->clients.at(0)->home_branch->name, "Agencia Antigua") << "nothing kept to show";
    const auto after = mirror.facts_of(rosa, monday);
    EXPECT_EQ(after->clients.at(0)->home_branch->name, "Agencia Antigua") << "now it was noticed";
}

TEST_F(sqlite_mirror_test, a_commit_that_is_not_the_portfolios_forgets_nothing) {
    (void)import(sample());
    sqlite_mirror mirror{database, every_time};
    const auto before = mirror.facts_of(rosa, monday);
    SQLite::Database{database, SQLite::OPEN_READWRITE}.exec("CREATE TABLE other(a)");
    EXPECT_EQ(mirror.facts_of(rosa, monday), before);
}

TEST_F(sqlite_mirror_test, an_import_that_changes_nothing_is_seen_as_agreement) {
    (void)import(sample());
    sqlite_mirror mirror{database, every_time};
    (void)mirror.facts_of(rosa, monday);
    (void)import(sample(), {.now = monday + 24h});
    EXPECT_EQ(mirror.facts_of(rosa, monday + 25h)->as_of, monday + 24h);
}

TEST_F(sqlite_mirror_test, facts_grow_stale_where_the_institution_wants_it) {
    (void)import(sample());
    sqlite_mirror mirror{database, {.stale_after = 48h}};
    EXPECT_EQ(mirror.facts_of(rosa, monday + 48h)->core, core_state::up);
    EXPECT_EQ(mirror.facts_of(rosa, monday + 49h)->core, core_state::stale);
    EXPECT_EQ(mirror.facts_of(rosa, monday + 96h)->core, core_state::stale);
    EXPECT_EQ(mirror.facts_of(rosa, monday)->core, core_state::up);
    sqlite_mirror patient{database};
    EXPECT_EQ(patient.facts_of(rosa, monday + 9000h)->core, core_state::up);
}

TEST_F(sqlite_mirror_test, places_to_pay_come_by_id_and_the_version_tells_when_to_ask_again) {
    (void)import(sample());
    sqlite_mirror mirror{database};
    const auto version = mirror.version();
    const auto points = mirror.payment_points();
    ASSERT_EQ(points.size(), 1U);
    EXPECT_EQ(points[0].name, "Banrural zona 1");
    EXPECT_EQ(points[0].longitude, -90.51);
    EXPECT_FALSE(points[0].takes_card);
    (void)import(sample());
    EXPECT_EQ(mirror.version(), version);
    (void)import({{"payment_points.csv", "id,name,kind,latitude,longitude\nA2,b,bank,14,-90\n"}});
    EXPECT_GT(mirror.version(), version);
}

TEST_F(sqlite_mirror_test, the_answers_kept_are_bounded_and_the_oldest_goes) {
    (void)import(sample());
    sqlite_mirror mirror{database, {.cached_most = 2}};
    const std::vector<std::string> both{"+50255500101", "+50255500102"};
    const auto first = mirror.facts_of(rosa, monday);
    const auto second = mirror.facts_of(shared, monday);
    EXPECT_EQ(mirror.facts_of(rosa, monday), first);
    (void)mirror.facts_of(both, monday);
    EXPECT_EQ(mirror.facts_of(rosa, monday), first);
    EXPECT_NE(mirror.facts_of(shared, monday), second);

    sqlite_mirror forgetful{database, {.cached_most = 0}};
    EXPECT_NE(forgetful.facts_of(rosa, monday), forgetful.facts_of(rosa, monday));
}

TEST_F(sqlite_mirror_test, very_many_loans_and_payments_are_cut) {
    auto files = sample();
    for (int i = 0; i < 30; ++i) {
        const auto n = std::to_string(100 + i);
        files[4].bytes += "M" + n + ",C2,,x,active,5,2026-01-01,\n";
        files[6].bytes += "Q" + n + ",L1,2026-09-01,1,x,no\n";
    }
    (void)import(files);
    const auto known = facts_of(shared);
    EXPECT_EQ(known->clients.at(0)->loans.at(0).payments.size(), 24U);
    EXPECT_EQ(known->clients.at(1)->loans.size(), loans_max);
}

}  // namespace
}  // namespace tertulia::gateway
