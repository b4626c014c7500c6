// meetings/moderation.yaml: what may stand there loads, every slip is told with its place.

#include "dialogs/moderation/rules.hpp"
#include "dialogs/script/program.hpp"
#include "dialogs/script/script_set.hpp"

#include "tests/talks/sources.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::dialogs {
namespace {

using namespace testing_sources;
using testing::HasSubstr;

load_result load(const std::string& moderation, const std::string& left_out = {}) {
    auto from = basic();
    from.meetings.push_back({"meetings/moderation.yaml", moderation});
    for (const auto& row : guard_table()) {
        if (row.told && row.name != left_out) {
            from.messages[0].text += message_key(row.is) + ": \"Aparte, por favor\"\n";
        }
    }
    return load_scripts(from);
}

std::string problems_of(const std::string& moderation) {
    const auto made = load(moderation);
    EXPECT_FALSE(made.scripts) << "it loads";
    return all_problems(made);
}

TEST(moderation_script, what_may_stand_there_loads) {
    const auto made = load(
        "es:\n  insults: [pendej*, \"vieja bruja\"]\n  arrears: [\"no ... pagado\"]\n  sales: [^vendo]\n"
        "fr:\n  insults: [menteuse]\n"
    );
    ASSERT_TRUE(made.scripts) << all_problems(made);
    EXPECT_EQ(all_problems(made), "");
    const auto& words = made.scripts->compiled().meeting_words;
    EXPECT_EQ(words.size(word_list::insults), 3U);
    EXPECT_EQ(words.size(word_list::sales), 1U);
}

TEST(moderation_script, it_is_of_the_version_of_the_set) {
    EXPECT_NE(
        load("es: {insults: [bruta]}\n").scripts->version(), load("es: {insults: [burra]}\n").scripts->version()
    );
}

TEST(moderation_script, without_it_nothing_is_listened_for_and_no_message_needed) {
    const auto made = load_scripts(basic());
    ASSERT_TRUE(made.scripts) << all_problems(made);
    EXPECT_TRUE(made.scripts->compiled().meeting_words.empty());
}

TEST(moderation_script, every_slip_is_told_where_it_stands) {
    EXPECT_THAT(problems_of("es: {insutls: [bruta]}\n"), HasSubstr("moderation.yaml:1:6: there is no 'insutls' here"));
    EXPECT_THAT(problems_of("es: {insutls: [bruta]}\n"), HasSubstr("did you mean 'insults'?"));
    EXPECT_THAT(problems_of("spanish: {insults: [bruta]}\n"), HasSubstr("there is no language 'spanish'"));
    EXPECT_THAT(problems_of("es: [bruta]\n"), HasSubstr("'es' needs lists of words below it"));
    EXPECT_THAT(problems_of("- bruta\n"), HasSubstr("this file looks like"));
    EXPECT_THAT(problems_of("es: {insults: bruta}\n"), HasSubstr("'insults' is a list of words"));
    EXPECT_THAT(problems_of("es: {insults: [\"!!\"]}\n"), HasSubstr("'!!' has nothing to recognise"));
    EXPECT_THAT(problems_of("es: {insults: [\"no ...\"]}\n"), HasSubstr("has nothing to recognise"));
    EXPECT_THAT(problems_of("es: {insults: [[bruta]]}\n"), HasSubstr("a phrase is a text of at most 100 characters"));
    EXPECT_THAT(problems_of("es: {insults: [\"\"]}\n"), HasSubstr("a phrase is a text"));
    EXPECT_THAT(
        problems_of("es: {insults: [" + std::string(101, 'a') + "]}\n"), HasSubstr("a phrase is a text")
    );
    EXPECT_THAT(problems_of("es:\n  insults:\n    - bruta\n    - bruta\n"),
                HasSubstr("moderation.yaml:4:7: 'bruta' stands in line 3, too"));
    EXPECT_THAT(problems_of("es: {insults: [a]\n"), HasSubstr("[not-yaml]"));
    EXPECT_THAT(problems_of("es: {insults: [\"\xff\"]}\n"), HasSubstr("[not-utf8]"));
}

TEST(moderation_script, what_the_sender_is_told_must_be_there) {
    const auto made = load("es: {insults: [bruta]}\n", "insult");
    EXPECT_FALSE(made.scripts);
    EXPECT_THAT(all_problems(made), HasSubstr("there is no message called 'moderation.insult'"));
}

TEST(moderation_script, what_we_ship_loads_without_a_remark) {
    const auto made = load_scripts(as_configured());
    ASSERT_TRUE(made.scripts) << all_problems(made);
    EXPECT_EQ(all_problems(made), "");
    for (std::size_t i = 0; i < word_lists; ++i) {
        const auto list = static_cast<word_list>(i);
        EXPECT_GT(made.scripts->compiled().meeting_words.size(list), 0U) << name_of(list);
    }
}

}  // namespace
}  // namespace tertulia::dialogs
