// What stands in the files stands in the mirror afterwards, once, or nothing has changed at all.

#include "gateway/portfolio/import.hpp"

#include "gateway/portfolio/pins.hpp"
#include "gateway/portfolio/portfolio_reader.hpp"
#include "tests/unit/gateway/portfolio/sample.hpp"

#include <SQLiteCpp/Database.h>
#include <gmock/gmock.h>

#include <fstream>
#include <system_error>

namespace tertulia::gateway {
namespace {

using namespace testing_portfolio;
using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

struct import_test : portfolio_test {};

const file pins_file{"pins.csv", "client_id,pin\nC1,482913\n"};

TEST_F(import_test, the_first_import_adds_every_row) {
    const auto report = import(sample());

    ASSERT_TRUE(report.stored());
    EXPECT_THAT(of(report, kind::clients), counts(2U, 2U, 0U, 0U));
    EXPECT_THAT(of(report, kind::loans), counts(3U, 3U, 0U, 0U));
    EXPECT_THAT(of(report, kind::schedule), counts(2U, 2U, 0U, 0U));
    EXPECT_THAT(of(report, kind::payments), counts(3U, 3U, 0U, 0U));
    EXPECT_THAT(of(report, kind::payment_points), counts(1U, 1U, 0U, 0U));
    EXPECT_TRUE(report.changed());
}

TEST_F(import_test, the_same_files_again_change_nothing_and_say_so) {
    auto files = sample();
    files.push_back(pins_file);
    (void)import(files);
    const auto again = import(files);

    ASSERT_TRUE(again.stored());
    EXPECT_FALSE(again.changed());
    EXPECT_THAT(of(again, kind::clients), counts(2U, 0U, 0U, 0U));
    EXPECT_THAT(of(again, kind::pins), counts(1U, 0U, 0U, 0U));
    EXPECT_FALSE(replace(files).changed());
}

TEST_F(import_test, only_rows_that_differ_count_as_changed) {
    (void)import(sample());
    const auto report = import(
        {{"payments.csv",
          "id,loan_id,on,amount,place,reversed\n"
          "P1,L1,2026-08-31,465.00,Banrural,no\n"
          "P2,L1,2026-09-03,65.50,Agencia,no\n"
          "P4,L1,2026-10-02,10.00,Agencia,no\n"}}
    );
    EXPECT_THAT(of(report, kind::payments), counts(3U, 1U, 1U, 0U));
    const auto known = facts_of({"+50255500101"});
    EXPECT_EQ(known->clients.at(0)->loans.at(0).payments.size(), 4U);
}

TEST_F(import_test, a_mistake_in_one_row_changes_no_other) {
    (void)import(sample());
    const auto report = import(
        {{"branches.csv", "id,name\nB1,Another name\n"},
         {"clients.csv", "id,first_name,phone\nC1,Rosa,5550 0101\nC9,Eva,\n"}}
    );
    EXPECT_FALSE(report.stored());
    ASSERT_EQ(report.problem_count, 1U);
    EXPECT_EQ(
        report.problems.at(0),
        "clients.csv:2: phone: '5550 0101' is not E.164; write +50255500101"
    );
    const auto known = facts_of({"+50255500101"});
    EXPECT_EQ(known->clients.at(0)->home_branch->name, "Agencia Mixco");
}

TEST_F(import_test, a_partial_set_refers_to_what_is_stored) {
    (void)import(sample());
    const std::vector<file> later{
        {"payments.csv", "id,loan_id,on,amount\nP9,L2,2026-11-01,20\nP10,L9,2026-11-01,20\n"}};
    const auto refused = import(later);
    ASSERT_FALSE(refused.stored());
    EXPECT_EQ(refused.problem_count, 1U);
    EXPECT_THAT(refused.problems.at(0), HasSubstr("payments.csv:3: loan_id"));
}

TEST_F(import_test, a_payment_takes_the_currency_of_the_stored_loan) {
    (void)import(sample());
    (void)import(
        {{"loans.csv",
          "id,client_id,product,currency,principal,disbursed_on\nL3,C2,Café,XOF,1500,2026-01-01\n"}}
    );
    const auto refused =
        import({{"payments.csv", "id,loan_id,on,amount\nP9,L3,2026-11-01,20.50\n"}});
    EXPECT_THAT(refused.problems.at(0), HasSubstr("not an amount in XOF"));
}

TEST_F(import_test, replace_removes_what_is_not_in_the_given_files) {
    auto files = sample();
    files.push_back(pins_file);
    (void)import(files);
    const auto report = replace(
        {{"clients.csv", "id,first_name,phone,officer_id\nC2,Ana,+50255500102,O1\n"},
         {"loans.csv", "id,client_id,product,principal,disbursed_on\n"}}
    );
    ASSERT_TRUE(report.stored()) << text_of(report);
    EXPECT_THAT(of(report, kind::clients), counts(1U, 0U, 1U, 1U));
    EXPECT_THAT(of(report, kind::loans), counts(0U, 0U, 0U, 3U));
    EXPECT_THAT(facts_of({"+50255500101"})->clients, IsEmpty());
    EXPECT_EQ(facts_of({"+50255500102"})->clients.at(0)->home_branch, std::nullopt);
    EXPECT_EQ(facts_of({"+50255500102"})->clients.at(0)->credit_agent->first_name, "Brenda");

    SQLite::Database left{database};
    for (const auto* part : {"instalments", "payments", "pins"}) {
        EXPECT_EQ(left.execAndGet("SELECT count(*) FROM " + std::string{part}).getInt(), 0) << part;
    }
    EXPECT_EQ(left.execAndGet("SELECT count(*) FROM branches").getInt(), 1) << "no file was given";
}

TEST_F(import_test, replace_refuses_to_remove_what_other_rows_refer_to) {
    (void)import(sample());
    const auto stored = replace({{"clients.csv", "id,first_name\nC2,Ana\n"}});
    EXPECT_FALSE(stored.stored());
    EXPECT_THAT(stored.problems, ElementsAre(HasSubstr("client_id: 'C1' would be gone")));
    EXPECT_EQ(facts_of({"+50255500101"})->clients.size(), 1U);

    const auto given = replace(
        {{"clients.csv", "id,first_name\nC2,Ana\n"},
         {"loans.csv",
          "id,client_id,product,principal,disbursed_on\nL1,C1,Grupal,3000,2026-08-03\n"}}
    );
    EXPECT_FALSE(given.stored());
    EXPECT_THAT(given.problems.at(0), HasSubstr("loans.csv:2: client_id: 'C1'"));
}

TEST_F(import_test, a_schedule_that_became_shorter_keeps_no_old_instalment) {
    (void)import(sample());
    const auto report = import(
        {{"schedule.csv", "loan_id,number,due,total,paid\nL1,1,2026-08-31,930.00,930.00\n"}}
    );
    EXPECT_THAT(of(report, kind::schedule), counts(1U, 0U, 1U, 1U));
}

TEST_F(import_test, a_pin_that_is_set_is_kept) {
    auto files = sample();
    files.push_back(pins_file);
    (void)import(files);
    const auto report = import({{"pins.csv", "client_id,pin\nC1,739150\n"}});

    EXPECT_THAT(of(report, kind::pins), counts(1U, 0U, 0U, 0U));
    EXPECT_THAT(report.notes, ElementsAre(HasSubstr("1 PINs kept")));
    sqlite_mirror mirror{database};
    EXPECT_TRUE(pin_matches(mirror.pin_hash("C1"), "482913"));
    EXPECT_EQ(mirror.pin_hash("C2"), "");
}

TEST_F(import_test, a_pin_that_is_easy_to_guess_is_refused_without_being_told) {
    auto files = sample();
    files.push_back({"pins.csv", "client_id,pin\nC1,123456\n"});
    const auto report = import(files);
    ASSERT_FALSE(report.stored());
    EXPECT_EQ(
        report.problems.at(0), "pins: client 'C1': the PIN is a sequence such as 123456; choose another"
    );
}

TEST_F(import_test, a_pin_that_is_her_birth_date_is_refused_without_being_told) {
    const auto born = std::vector<adapters::ledger::file>{
        {"clients.csv", "id,first_name,born\nC1,Rosa,1988-06-02\nC2,Ana,\n"}};
    ASSERT_TRUE(import(born).stored());
    {
        const auto stored = open_portfolio(database);
        portfolio_reader reader{*stored};
        EXPECT_EQ(reader.client("C1")->who.born, civil_date(std::chrono::year{1988} / 6 / 2));
        EXPECT_EQ(reader.client("C2")->who.born, std::nullopt);
    }

    const auto with_pin = [&](const std::string& id) {
        return import({born.at(0), {"pins.csv", "client_id,pin\n" + id + ",020688\n"}});
    };
    const auto hers = with_pin("C1");
    ASSERT_FALSE(hers.stored());
    EXPECT_THAT(hers.problems.at(0), HasSubstr("client 'C1': the PIN is "));
    EXPECT_THAT(hers.problems.at(0), testing::Not(HasSubstr("020688")));
    EXPECT_TRUE(with_pin("C2").stored());

    // Of a birth date an earlier import gave, too.
    const auto later = import({{"pins.csv", "client_id,pin\nC1,020688\n"}});
    EXPECT_FALSE(later.stored());
}

TEST_F(import_test, places_of_a_map_program_are_stored_as_any_others) {
    const auto inbox = folder / "in";
    std::filesystem::create_directories(inbox);
    std::ofstream{inbox / "payment_points.geojson"}
        << R"({"type": "FeatureCollection", "features": [{"type": "Feature",
               "geometry": {"type": "Point", "coordinates": [-90.51, 14.64]},
               "properties": {"id": "A1", "name": "Tienda", "kind": "shop"}}]})";
    const auto report = import_folder(database, inbox, {.now = monday});
    EXPECT_THAT(of(report, kind::payment_points), counts(1U, 1U, 0U, 0U)) << text_of(report);
}

TEST_F(import_test, progress_ends_with_all_rows) {
    std::size_t last = 0;
    std::size_t whole = 0;
    const auto tell = [&](std::size_t done, std::size_t all) {
        last = done;
        whole = all;
    };
    (void)import_files(*open_portfolio(database), sample(), {.now = monday}, tell);
    EXPECT_EQ(last, 14U);
    EXPECT_EQ(whole, 14U);
}

TEST_F(import_test, the_report_tells_each_kind_and_whether_anything_changed) {
    const auto officers = std::vector{sample().at(0), sample().at(1)};
    EXPECT_EQ(
        text_of(import(officers)),
        "branches: 1 read, 1 added, 0 changed, 0 removed\n"
        "officers: 1 read, 1 added, 0 changed, 0 removed\n"
    );
    EXPECT_THAT(text_of(import(officers)), testing::EndsWith("nothing had changed\n"));
    EXPECT_EQ(
        text_of(import({{"officers.csv", "id\nO2\n"}})),
        "officers.csv:1: first_name: the column is missing; add it\n"
        "1 problems: nothing was imported\n"
    );
}

TEST_F(import_test, a_folder_gives_its_csv_and_json_files) {
    const auto inbox = folder / "in";
    std::filesystem::create_directories(inbox);
    for (const auto& each : sample()) std::ofstream{inbox / each.name} << each.bytes;
    std::ofstream{inbox / "README.txt"} << "not a ledger";

    const auto report = import_folder(database, inbox, {.now = monday});
    EXPECT_TRUE(report.stored()) << text_of(report);
    EXPECT_EQ(facts_of({"+50255500101"})->clients.size(), 1U);

    const std::vector<std::filesystem::path> none{folder / "nowhere.csv"};
    EXPECT_THROW((void)read_ledger_files(none), std::system_error);
}

TEST_F(import_test, a_database_of_a_newer_build_is_refused) {
    (void)import(sample());
    SQLite::Database{database, SQLite::OPEN_READWRITE}.exec(
        "UPDATE schema_versions SET version = 99 WHERE component = 'portfolio'"
    );
    EXPECT_THROW((void)import(sample()), newer_database);
}

}  // namespace
}  // namespace tertulia::gateway
