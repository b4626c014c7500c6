// People, editors and code review must all be able to read what check found.

#include "gateway/commands/check_report.hpp"

#include "tests/unit/gateway/commands/check_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <sstream>

namespace tertulia::gateway {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing_check::check_folder;

checked_files two_problems() {
    checked_files found;
    found.sources.dialogs = {{"a b/ñandú.yaml", "dialog: x\nbegin: ñ waht\n"}};
    found.problems = {
        {.breaks = dialogs::rule::unknown_state,
         .file = "a b/ñandú.yaml",
         .line = 2,
         .column = 10,
         .what = "there is no state called 'waht'",
         .mend = "did you mean 'what'?",
         .length = 4},
        {.breaks = dialogs::rule::unused_intent,
         .level = dialogs::severity::warning,
         .file = "/p/es.yaml",
         .what = "bad byte \xED"}};
    return found;
}

TEST(check_report, people_read_the_line_the_caret_and_the_rule) {
    std::ostringstream out;
    write_problems(out, two_problems());
    EXPECT_THAT(
        out.str(),
        HasSubstr("ñandú.yaml:2:10: there is no state called 'waht' [unknown-state]\n"
                  "     begin: ñ waht\n"
                  "              ^~~~  did you mean 'what'?\n")
    );
}

TEST(check_report, all_is_well_only_without_a_warning) {
    auto found = check_folder{}.check();
    ASSERT_TRUE(found.scripts);
    const auto count = std::to_string(found.sources.dialogs.size()) + " dialogs, ";
    found.sources.dialogs.push_back({"dialogs/places.yaml", "Salcajá:"});
    EXPECT_THAT(
        summary_of(found, true),
        HasSubstr("All is well: " + count + "1 message file, places, version ")
    );
    found.problems.push_back(
        {.breaks = dialogs::rule::unused_intent, .level = dialogs::severity::warning}
    );
    EXPECT_THAT(summary_of(found, false), HasSubstr("No mistakes, 1 warning: " + count));
    EXPECT_THAT(summary_of(found, true), HasSubstr("1 warning; failed because of --strict"));
}

TEST(check_report, json_holds_every_problem_even_of_a_file_that_is_no_utf8) {
    std::ostringstream out;
    write_json(out, two_problems());
    const auto read = json::parse(out.str());
    EXPECT_EQ(read.at("errors"), 1);
    EXPECT_EQ(read.at("warnings"), 1);
    EXPECT_EQ(
        read.at("problems").at(0),
        (json{
            {"file", "a b/ñandú.yaml"},
            {"line", 2},
            {"column", 10},
            {"length", 4},
            {"level", "error"},
            {"rule", "unknown-state"},
            {"what", "there is no state called 'waht'"},
            {"mend", "did you mean 'what'?"}})
    );
}

TEST(check_report, sarif_names_its_rules_and_where_each_is_broken) {
    std::ostringstream out;
    write_sarif(out, two_problems(), "1.2.3");
    const auto read = json::parse(out.str());
    EXPECT_EQ(read.at("version"), "2.1.0");
    const auto& run = read.at("runs").at(0);
    const auto& driver = run.at("tool").at("driver");
    EXPECT_EQ(driver.at("version"), "1.2.3");
    EXPECT_EQ(driver.at("rules").size(), dialogs::all_rules().size());
    for (const auto& result : run.at("results")) {
        const auto index = result.at("ruleIndex").get<std::size_t>();
        EXPECT_EQ(driver.at("rules").at(index).at("id"), result.at("ruleId"));
    }
    const auto& first = run.at("results").at(0);
    EXPECT_EQ(first.at("level"), "error");
    const auto& place = first.at("locations").at(0).at("physicalLocation");
    EXPECT_EQ(place.at("artifactLocation").at("uri"), "a%20b/%C3%B1and%C3%BA.yaml");
    EXPECT_EQ(place.at("region"), (json{{"startLine", 2}, {"startColumn", 10}, {"endColumn", 14}}));
    // Of the file as a whole there is no region.
    const auto& whole = run.at("results").at(1).at("locations").at(0).at("physicalLocation");
    EXPECT_FALSE(whole.contains("region"));
    EXPECT_EQ(whole.at("artifactLocation").at("uri"), "file:///p/es.yaml");
}

TEST(check_report, a_config_that_is_not_there_is_no_mistake_of_dialogs) {
    check_folder folder;
    std::filesystem::remove(folder.root() / "tertulia.yaml");
    const auto found = folder.check();
    EXPECT_TRUE(found.unreadable());
    EXPECT_FALSE(found.settings);
    EXPECT_FALSE(found.scripts);
}

}  // namespace
}  // namespace tertulia::gateway
