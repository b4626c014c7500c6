// What an operator is shown before new texts reach people.

#include "gateway/publishing/difference.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::gateway {
namespace {

using testing::ElementsAre;

dialogs::script_sources before() {
    return {
        .dialogs = {{"a/dialogs/menu.yaml", "menu"}, {"a/dialogs/old.yaml", "old"}},
        .messages = {{"a/messages/es.yaml", "hello: Hola\nbye: {text: Adiós, nascent: Chao}\n"}},
        .phrases = {{"a/dialogs/phrases/es.yaml", "x: [a]"}},
        .of = {.name = "Las Ceibas"},
    };
}

TEST(difference, names_what_was_added_changed_and_removed) {
    auto after = before();
    after.dialogs = {{"b/dialogs/menu.yaml", "menu 2"}, {"b/dialogs/savings.yaml", "new"}};
    after.messages = {{"b/messages/es.yaml", "hello: Buenas\nbye: {text: Adiós}\nmore: Más\n"}};
    after.of.name = "El Ceibo";

    const auto got = compare(before(), after);

    EXPECT_THAT(
        in_lines(got),
        ElementsAre(
            "+ dialog savings",
            "~ dialog menu",
            "- dialog old",
            "+ message es: more",
            "~ message es: hello",
            "- message es: bye (nascent)",
            "~ institution"
        )
    );
    EXPECT_EQ(in_one_line(got), "dialogs +1 ~1 -1, messages +1 ~1 -1, institution ~");
}

TEST(difference, what_lies_beside_the_dialogs_is_no_dialog) {
    auto after = before();
    after.dialogs.push_back({"a/dialogs/migration.yaml", "renamed: {}"});
    after.dialogs.push_back({"a/dialogs/places.yaml", "Salcajá:"});
    const auto got = compare(before(), after);
    EXPECT_THAT(in_lines(got), ElementsAre("+ migration", "+ places"));
    EXPECT_EQ(in_one_line(got), "migration +, places +");
}

TEST(difference, agendas_of_meetings_are_compared_by_their_names) {
    auto old = before();
    old.meetings = {{"a/meetings/default.yaml", "agenda: default"}, {"a/meetings/pilot.yaml", "agenda: pilot"}};
    auto after = before();
    after.meetings = {{"b/meetings/default.yaml", "agenda: default\nabout: x"}, {"b/meetings/day.yaml", "agenda: day"}};
    const auto got = compare(old, after);
    EXPECT_THAT(in_lines(got), ElementsAre("+ meetings day", "~ meetings default", "- meetings pilot"));
    EXPECT_EQ(in_one_line(got), "meetings +1 ~1 -1");
    EXPECT_TRUE(compare(old, old).empty());
    EXPECT_NE(unified(old, after).find("+about: x"), std::string::npos);
}

TEST(difference, the_folder_the_files_lie_in_is_none) {
    auto after = before();
    after.dialogs[0].path = "/elsewhere/menu.yaml";
    EXPECT_TRUE(compare(before(), after).empty());
    EXPECT_EQ(in_one_line(compare(before(), after)), "nothing");
    EXPECT_EQ(unified(before(), after), "");
}

TEST(difference, is_shown_as_diff_shows_it) {
    std::string one;
    for (int i = 1; i <= 20; ++i) one += std::to_string(i) + '\n';
    auto other = one;
    other.replace(other.find("5\n"), 2, "five\n");
    other.replace(other.find("17\n"), 3, "");
    other += "21\n";
    EXPECT_EQ(unified("n", one, other), R"(--- a/n
+++ b/n
@@ -2,7 +2,7 @@
 2
 3
 4
-5
+five
 6
 7
 8
@@ -14,7 +14,7 @@
 14
 15
 16
-17
 18
 19
 20
+21
)");
    EXPECT_EQ(unified("n", "", "a\n"), "--- /dev/null\n+++ b/n\n@@ -0,0 +1 @@\n+a\n");
    EXPECT_EQ(unified("n", "a\n", ""), "--- a/n\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n");
    EXPECT_EQ(unified("n", "a\n", "a\n"), "");
}

TEST(difference, two_long_texts_with_nothing_in_common_are_not_searched) {
    std::string one;
    std::string other;
    for (int i = 0; i < 10'000; ++i) {
        one += "a" + std::to_string(i) + '\n';
        other += "b" + std::to_string(i) + '\n';
    }
    const auto got = unified("n", one, other);
    EXPECT_TRUE(got.starts_with("--- a/n\n+++ b/n\n@@ -1,10000 +1,10000 @@\n-a0\n"));
}

}  // namespace
}  // namespace tertulia::gateway
