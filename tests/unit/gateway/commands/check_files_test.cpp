// One mistake is told once, where it is, and hides no other.

#include "tests/unit/gateway/commands/check_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace tertulia::gateway {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using testing::UnorderedElementsAre;
using testing_check::check_folder;

// "file:line:column rule" of each, the folder taken off.
std::vector<std::string> told(const check_folder& folder) {
    std::vector<std::string> all;
    const auto prefix = folder.root().string() + "/";
    for (const auto& one : folder.check().problems) {
        auto file = one.file;
        if (file.starts_with(prefix)) file.erase(0, prefix.size());
        all.push_back(
            file + ":" + std::to_string(one.line) + ":" + std::to_string(one.column) + " " +
            std::string(dialogs::row_of(one.breaks).id)
        );
    }
    return all;
}

TEST(check_files, a_small_institution_is_told_nothing) {
    EXPECT_THAT(told(check_folder{}), IsEmpty());
}

TEST(check_files, a_latin_1_byte_is_told_with_its_place_and_nothing_else_is) {
    check_folder folder;
    ASSERT_TRUE(folder.replace("messages/es.yaml", "No le entendí", "No le entend\xED"));
    EXPECT_THAT(told(folder), ElementsAre("messages/es.yaml:1:37 not-utf8"));
}

TEST(check_files, a_language_without_a_file_is_told_once) {
    check_folder folder;
    ASSERT_TRUE(folder.replace("tertulia.yaml", "languages: [es]", "languages: [es, fr]"));
    EXPECT_THAT(told(folder), ElementsAre("messages/fr.yaml:0:0 missing-language"));
}

// Messages, phrases and the choice are there; the tests are not in it yet.
TEST(check_files, a_language_the_tests_do_not_speak_yet_is_told_once_for_all_of_them) {
    check_folder folder;
    ASSERT_TRUE(folder.replace("tertulia.yaml", "languages: [es]", "languages: [es, fr]"));
    folder.write("messages/fr.yaml", dialogs::testing_sources::basic_messages);
    std::string talk = "- test: long\n  talk:\n";
    for (int i = 0; i < 6; ++i) talk += "    - she: {es: menu}\n    - bot: menu.what\n";
    folder.write("dialogs/tests/a.test.yaml", talk);
    folder.write("dialogs/tests/b.test.yaml", talk);
    std::vector<std::string> missing;
    for (const auto& one : folder.check().problems) {
        if (one.breaks == dialogs::rule::missing_text) missing.push_back(one.what);
    }
    EXPECT_THAT(
        missing,
        ElementsAre("there is no text in 'fr', in which this test is played too; nor in 11 other "
                    "places of the tests")
    );
}

TEST(check_files, a_language_that_does_not_exist_is_told_once_where_it_is_written) {
    check_folder folder;
    ASSERT_TRUE(folder.replace("tertulia.yaml", "languages: [es]", "languages: [es, zz]"));
    folder.write("messages/zz.yaml", "menu.what: \"?\"\n");
    EXPECT_THAT(
        told(folder),
        ElementsAre("tertulia.yaml:5:14 unknown-language", "messages/zz.yaml:0:0 unknown-language")
    );
}

TEST(check_files, a_time_zone_is_told_in_the_config) {
    check_folder folder;
    ASSERT_TRUE(folder.replace("tertulia.yaml", "America/Guatemala", "America/Guatemla"));
    EXPECT_THAT(told(folder), testing::Contains("tertulia.yaml:3:14 unknown-time-zone"));
}

TEST(check_files, a_folder_where_a_file_is_wanted_is_called_one) {
    check_folder folder;
    std::filesystem::create_directory(folder.root() / "dialogs" / "savings.yaml");
    const auto found = folder.check();
    ASSERT_THAT(found.problems, SizeIs(1));
    EXPECT_THAT(found.problems[0].what, HasSubstr("this is a folder"));
    EXPECT_TRUE(found.unreadable());

    const auto at_folder = check_files(
        folder.root(),
        [](std::string_view) -> std::optional<std::string> { return std::nullopt; },
        check_depth::whole
    );
    ASSERT_THAT(at_folder.problems, SizeIs(1));
    EXPECT_THAT(at_folder.problems[0].what, HasSubstr("this is a folder"));
}

TEST(check_files, a_file_that_is_no_yaml_hides_nothing_in_the_others) {
    check_folder folder;
    ASSERT_TRUE(folder.replace("tertulia.yaml", "name: Semilla", "name: [Semilla"));
    ASSERT_TRUE(folder.replace("dialogs/menu.yaml", "about: Everything.", "about: \"Everything."));
    ASSERT_TRUE(folder.replace("dialogs/person.yaml", "begin: over", "begin: ovre"));
    ASSERT_TRUE(folder.replace("dialogs/phrases/es.yaml", "human:", "\thuman:"));
    ASSERT_TRUE(folder.replace("messages/es.yaml", "{loan.product}", "{loan.produtc}"));
    ASSERT_TRUE(folder.replace("dialogs/tests/menu.test.yaml", "test:", "test: ["));
    EXPECT_THAT(
        told(folder),
        testing::IsSupersetOf(
            {testing::MatchesRegex("tertulia.yaml:.* not-yaml"),
             testing::MatchesRegex("dialogs/menu.yaml:2:8 not-yaml"),
             testing::MatchesRegex("dialogs/person.yaml:4:8 unknown-state"),
             testing::MatchesRegex("dialogs/phrases/es.yaml:5:1 tab-indent"),
             testing::MatchesRegex("messages/es.yaml:.* bad-message"),
             testing::MatchesRegex("dialogs/tests/menu.test.yaml:.* not-yaml")}
        )
    );
}

}  // namespace
}  // namespace tertulia::gateway
