// An experiment's figures out of the books: every client in the arm her id (or her group's) draws, what
// fell due since it began, and nobody's name.

#include "gateway/nudges/experiment_report.hpp"

#include "dialogs/facts/iso_date.hpp"
#include "gateway/nudges/open_plan.hpp"

#include <SQLiteCpp/Database.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <unistd.h>

namespace tertulia::gateway {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr civil_date friday = std::chrono::year{2026} / 11 / 27;

TEST(experiment_report, counts_what_fell_due_since_it_began_by_arm_and_by_group) {
    const auto folder =
        std::filesystem::temp_directory_path() / ("experiment_" + std::to_string(::getpid()));
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    const auto books = open_plan((folder / "tertulia.db").string());
    const dialogs::nudge_experiment of{
        .name = "shorter",
        .begins = "2026-11-01",
        .runs = false,
        .held_out = 300,
        .arms = {{.name = "short", .share = 300, .instead = {}}}};
    auto drawn = of;
    drawn.runs = true;
    std::map<std::string, std::int64_t> expected;
    for (int i = 0; i < 60; ++i) {
        const auto id = "C" + std::to_string(i);
        const auto group = i % 3 == 0 ? "G" + std::to_string(i / 6) : std::string{};
        books->exec(
            "INSERT INTO clients(id, first_name, last_name, courtesy, phones, language, maturity, "
            "status, branch_id, officer_id, group_id, village, met_officer) VALUES ('" + id +
            "', 'Ana', '', '', '', 'es', 'emerger', 'active', '', '', '" + group + "', '', 1)"
        );
        books->exec(
            "INSERT INTO loans(id, client_id, group_id, product, status, cycle, currency, principal, "
            "disbursed_on, matures_on) VALUES ('L" + id + "', '" + id +
            "', '', 'Micro', 'active', 1, 'GTQ', 100, '2026-01-01', '2027-01-01')"
        );
        // Before it began, paid late; within it, in time; and one that is not due yet.
        for (const auto* row :
             {"1, '2026-10-20', 100, 90, 100, '2026-10-25'", "2, '2026-11-20', 100, 90, 100, '2026-11-19'",
              "3, '2026-12-20', 100, 90, 0, ''"}) {
            books->exec("INSERT INTO instalments VALUES ('L" + id + "', " + row + ")");
        }
        ++expected[std::string{dialogs::arm_of(drawn, group.empty() ? id : group)}];
    }
    const auto arms = figures_of(*books, of, friday);
    ASSERT_EQ(arms.size(), 3U);
    EXPECT_EQ(arms[0].arm, "usual");
    EXPECT_EQ(arms[2].arm, "held_out");
    for (const auto& one : arms) {
        EXPECT_EQ(one.people, expected[one.arm]) << one.arm;
        EXPECT_EQ(one.on_time.due, expected[one.arm]) << one.arm;
        EXPECT_DOUBLE_EQ(one.on_time.value, 1.0);
        EXPECT_LE(one.on_time.clusters, one.people);
    }
    const auto told = report_of(of, arms);
    EXPECT_THAT(told, HasSubstr("shorter (stopped), paid by the day, of what fell due from 2026-11-01 on"));
    EXPECT_THAT(told, HasSubstr("too few instalments"));
    EXPECT_THAT(told, Not(HasSubstr("Ana")));
    std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace tertulia::gateway
