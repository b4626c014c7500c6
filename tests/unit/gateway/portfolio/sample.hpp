// A small portfolio as files, and a database file of one test that is gone afterwards.

#pragma once

#include "gateway/portfolio/import.hpp"
#include "gateway/portfolio/schema.hpp"
#include "gateway/portfolio/sqlite_mirror.hpp"

#include <SQLiteCpp/Database.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

namespace tertulia::gateway::testing_portfolio {

using adapters::ledger::file;
using adapters::ledger::kind;

constexpr instant monday = std::chrono::sys_days{std::chrono::year{2026} / 11 / 23};

inline std::vector<file> sample() {
    return {
        {"branches.csv",
         "id,name,street,phone,hours,latitude,longitude\n"
         "B1,Agencia Mixco,5a calle 3-21,+50255500002,Lun-Vie 8:00-17:00,14.63,-90.6\n"},
        {"officers.csv",
         "id,first_name,last_name,courtesy,phone,branch_id\n"
         "O1,Brenda,Toj,seño Brenda,+50255500003,B1\n"},
        {"groups.csv",
         "id,name,branch_id,officer_id,meeting_rhythm,next_meeting,meeting_time\n"
         "G1,Las Bugambilias,B1,O1,P28D,2026-12-01,10:00\n"},
        {"clients.csv",
         "id,first_name,last_name,courtesy,phone,language,maturity,branch_id,officer_id,group_id\n"
         "C1,Rosa,Xicay,doña Rosa,+50255500101|+50255500102,es-GT,nascent,B1,O1,G1\n"
         "C2,Ana,Xicay,,+50255500102,,,B1,O1,\n"},
        {"loans.csv",
         "id,client_id,group_id,product,status,principal,disbursed_on,matures_on\n"
         "L2,C1,,Mejoras,active,500.00,2026-09-01,\n"
         "L1,C1,G1,Grupal,active,3000.00,2026-08-03,2027-01-18\n"
         "L0,C1,G1,Grupal,closed,2000.00,2025-08-03,2026-01-18\n"},
        {"schedule.csv",
         "loan_id,number,due,total,principal,paid,met_on\n"
         "L1,2,2026-09-28,465.00,400.00,65.50,\n"
         "L1,1,2026-08-31,465.00,400.00,465.00,2026-08-31\n"},
        {"payments.csv",
         "id,loan_id,on,amount,place,reversed\n"
         "P1,L1,2026-08-31,465.00,Banrural,no\n"
         "P2,L1,2026-09-02,65.50,Agencia,no\n"
         "P3,L1,2026-09-02,65.50,Agencia,yes\n"},
        {"payment_points.csv",
         "id,name,kind,latitude,longitude,takes_cash,takes_card\n"
         "A1,Banrural zona 1,bank,14.64,-90.51,yes,no\n"},
    };
}

struct portfolio_test : ::testing::Test {
    std::filesystem::path folder =
        std::filesystem::temp_directory_path() /
        ("tertulia_" +
         std::string{::testing::UnitTest::GetInstance()->current_test_info()->name()}.substr(0, 60));
    std::string database = (folder / "data.sqlite").string();

    void SetUp() override {
        std::filesystem::remove_all(folder);
        std::filesystem::create_directories(folder);
    }
    void TearDown() override { std::filesystem::remove_all(folder); }

    import_report import(const std::vector<file>& files, const import_options& how) {
        return import_files(*open_portfolio(database), files, how);
    }
    import_report import(const std::vector<file>& files) { return import(files, {.now = monday}); }
    import_report replace(const std::vector<file>& files) {
        return import(files, {.now = monday, .absent = absent_rows::remove});
    }
    std::shared_ptr<const facts> facts_of(std::vector<std::string> phones) {
        return sqlite_mirror{database}.facts_of(phones, monday);
    }
};

// What the report says of one kind; all zero if its file was not given.
inline kind_report of(const import_report& report, kind what) {
    for (const auto& each : report.kinds) {
        if (each.what == what) return each;
    }
    return {};
}

MATCHER_P4(counts, read, added, changed, removed, "") {
    *result_listener << arg.read << " read, " << arg.added << " added, " << arg.changed
                     << " changed, " << arg.removed << " removed";
    return arg.read == std::size_t{read} && arg.added == std::size_t{added} &&
           arg.changed == std::size_t{changed} && arg.removed == std::size_t{removed};
}

}  // namespace tertulia::gateway::testing_portfolio
