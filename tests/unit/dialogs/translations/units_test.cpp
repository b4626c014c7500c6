// What there is to translate, which of it is stale, and where it is said.

#include "dialogs/translations/units.hpp"

#include "dialogs/script/words_reader.hpp"

#include "tests/talks/sources.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::dialogs {
namespace {

std::vector<message_source> read(const std::string& path, const std::string& text) {
    std::vector<message_source> made;
    std::vector<diagnostic> problems;
    read_messages({path, text}, made, problems);
    EXPECT_TRUE(problems.empty());
    return made;
}

TEST(units, variants_are_the_same_if_they_mean_the_same) {
    const auto source = read("es.yaml", "a: {text: uno, nascent+sms: dos, evening: tres}\n");
    const auto target = read("fr.yaml", "a: {text: un, sms+nascent: deux, morning: quatre}\n");
    const auto units = units_of(source, target, {});
    ASSERT_EQ(units.size(), 3U);
    EXPECT_EQ(units[1].context, "a|nascent+sms");
    EXPECT_EQ(units[1].target, "deux");
    EXPECT_EQ(units[2].context, "a|evening");
    EXPECT_EQ(units[2].target, "");
}

TEST(units, are_stale_when_the_source_is_another_than_on_record) {
    const auto source = read("es.yaml", "a: uno\nb: dos\nc: tres\n");
    const auto target = read("fr.yaml", "a: un\nb: deux\nc: trois\n");
    const translation_records records{{"a", hash_of_text("uno")}, {"b", hash_of_text("otro")}};
    const auto units = units_of(source, target, records);
    EXPECT_FALSE(units[0].stale);
    EXPECT_TRUE(units[1].stale);
    EXPECT_FALSE(units[2].stale) << "nobody knows";

    std::vector<diagnostic> problems;
    check_translations(source, target, records, problems);
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_EQ(problems[0].breaks, rule::stale_translation);
    EXPECT_EQ(problems[0].level, severity::warning);
    EXPECT_EQ(problems[0].line, 2);
    EXPECT_EQ(problems[0].what, "the Spanish text of 'b' has changed since this was translated");
}

TEST(records, come_back_as_they_were_written) {
    const translation_records records{{"a", hash_of_text("uno")}, {"b|sms+nascent", "012345678901"}};
    std::vector<diagnostic> problems;
    EXPECT_EQ(read_records({"r.yaml", to_yaml(records)}, problems), records);
    EXPECT_TRUE(problems.empty());
    EXPECT_EQ(hash_of_text("uno"), hash_of_text("uno"));
    EXPECT_NE(hash_of_text("uno"), hash_of_text("uno "));
}

TEST(records, that_are_none_are_told_and_the_rest_is_read) {
    std::vector<diagnostic> problems;
    const auto records =
        read_records({"r.yaml", "a: 012345678901\nb: 12\nc: [x]\nd: \"01234567890g\"\n"}, problems);
    EXPECT_EQ(records, (translation_records{{"a", "012345678901"}}));
    ASSERT_EQ(problems.size(), 3U);
    EXPECT_EQ(problems[0].line, 2);
    EXPECT_EQ(problems[0].breaks, rule::wrong_value);
    problems.clear();
    EXPECT_TRUE(read_records({"r.yaml", "- a\n"}, problems).empty());
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_EQ(problems[0].breaks, rule::wrong_shape);
}

TEST(roles, say_where_a_message_stands_and_what_fits) {
    const auto loaded = load_scripts(testing_sources::basic());
    ASSERT_TRUE(loaded.scripts);
    const auto roles = roles_of(loaded.scripts->compiled());
    const auto& title = roles.at("menu.what.balance");
    EXPECT_THAT(title.said_in, testing::ElementsAre("menu.what"));
    EXPECT_EQ(title.units_max, 20U);
    EXPECT_TRUE(title.one_line);
    EXPECT_EQ(roles.at("menu.what").units_max, 1024U);
    EXPECT_EQ(roles.at("welcome.card").units_max, 4096U);
    EXPECT_EQ(roles.at("balance.row").units_max, 24U);
}

}  // namespace
}  // namespace tertulia::dialogs
