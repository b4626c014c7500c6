// What an approved template of a message is filled with, and what it must be registered as.

#include "dialogs/wording/catalogue.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace tertulia::dialogs {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr auto first_name = "{client.first_name}";

message_source visit(std::string language, std::vector<template_text_source> body) {
    message_source made{
        .key = "visit", .language = std::move(language), .pattern = "Hola {client.first_name}."};
    made.approved = template_source{.name = "visit_reminder", .body = std::move(body)};
    return made;
}

catalogue_result built(const std::vector<message_source>& entries) {
    catalogue_options options{};
    options.house = {
        .name = "Semilla",
        .time_zone = "America/Guatemala",
        .currency = {},
        .languages = {"es", "es-GT"},
        .country = "GT",
        .phone = ""};
    return catalogue::build(entries, options);
}

std::shared_ptr<const catalogue> words(const std::vector<message_source>& entries) {
    const auto made = built(entries);
    EXPECT_THAT(made.problems, IsEmpty());
    return made.words;
}

struct message_template_test : testing::Test {
    client_facts rosa{};
    fact_view view{.who = &rosa, .house = nullptr};
    message_template_test() { rosa.who.first_name = "Rosa"; }
};

TEST_F(message_template_test, its_gaps_are_filled_with_facts) {
    auto from = visit("es", {{"", first_name, 1, 1}, {"", "hoy", 1, 1}});
    from.approved->header = {{"", "Para {client.first_name}", 1, 1}};
    from.approved->buttons = {{"yes", 1, 1}, {"no", 1, 1}};
    const auto all = words({from});
    const auto made = all->by_template(*all->find("visit"), "es", view);
    ASSERT_TRUE(made);
    EXPECT_EQ(made->content.name, "visit_reminder");
    EXPECT_EQ(made->content.language, "es");
    ASSERT_EQ(made->content.body.size(), 2U);
    EXPECT_EQ(made->content.body[0].text, "Rosa");
    EXPECT_EQ(made->content.body[1].text, "hoy");
    ASSERT_EQ(made->content.header.size(), 1U);
    EXPECT_EQ(made->content.header[0].text, "Para Rosa");
    EXPECT_THAT(made->picks, ElementsAre("yes", "no"));
    EXPECT_EQ(made->missing, "");
    EXPECT_THAT(all->paths_used(*all->find("visit")), testing::SizeIs(1));
}

TEST_F(message_template_test, a_fact_that_is_not_there_is_named) {
    const auto all = words({visit("es", {{"", first_name, 1, 1}})});
    rosa.who.first_name.clear();
    EXPECT_EQ(all->by_template(*all->find("visit"), "es", view)->missing, "client.first_name");
}

TEST_F(message_template_test, a_select_with_words_for_what_is_missing_is_whole) {
    const auto all = words({visit(
        "es", {{"", "{client.first_name, select, missing {vecina} other {{client.first_name}}}", 1, 1}}
    )});
    rosa.who.first_name.clear();
    const auto made = all->by_template(*all->find("visit"), "es", view);
    EXPECT_EQ(made->missing, "");
    EXPECT_EQ(made->content.body[0].text, "vecina");
}

TEST_F(message_template_test, its_language_is_the_providers_code) {
    const auto all = words({visit("es", {}), visit("es-GT", {})});
    const auto what = *all->find("visit");
    EXPECT_EQ(all->by_template(what, "es-GT", view)->content.language, "es_GT");
    EXPECT_EQ(all->by_template(what, "es-MX", view)->content.language, "es");
    EXPECT_EQ(all->by_template(what, "qu", view)->content.language, "es") << "the house's own";
    auto named = visit("es", {});
    named.approved->language = "es_MX";
    const auto other = words({named});
    EXPECT_EQ(other->by_template(*other->find("visit"), "es", view)->content.language, "es_MX");
}

TEST_F(message_template_test, a_message_without_one_has_none) {
    auto from = visit("es", {});
    from.approved.reset();
    const auto all = words({from});
    EXPECT_FALSE(all->by_template(*all->find("visit"), "es", view));
    EXPECT_FALSE(all->has_template(*all->find("visit")));
}

TEST_F(message_template_test, a_gap_is_checked_as_a_text_is) {
    const auto wrong = built({visit("es", {{"", "hoy", 1, 1}, {"", "{client.frist_name}", 1, 1}})});
    ASSERT_EQ(wrong.problems.size(), 1U);
    EXPECT_EQ(wrong.problems[0].of_template, 1U);
    const auto long_gap = built({visit("es", {{"", std::string(1025, 'a'), 1, 1}})});
    ASSERT_EQ(long_gap.problems.size(), 1U);
    EXPECT_EQ(long_gap.problems[0].what, "the template takes at most 1024 letters here");
    auto header = visit("es", {});
    header.approved->header = {{"", std::string(61, 'a'), 1, 1}};
    ASSERT_EQ(built({header}).problems.size(), 1U);
}

std::string registered(std::vector<template_text_source> body, const std::string& text) {
    return form_of({.name = "t", .body = std::move(body)}, "es", text).body;
}

TEST(form_of, is_our_own_text_with_its_gaps_marked) {
    EXPECT_EQ(registered({{"", first_name, 1, 1}}, "Hola {client.first_name}."), "Hola {{1}}.");
    EXPECT_EQ(registered({{"who", first_name, 1, 1}}, "Hola {client.first_name}."), "Hola {{who}}.");
    EXPECT_EQ(registered({{"", "otra cosa", 1, 1}}, "Hola."), "Hola. {{1}}");
    EXPECT_EQ(registered({{"", first_name, 1, 1}}, "{n, plural, one {{n} a} other {b}}"), "{{1}}");
}

}  // namespace
}  // namespace tertulia::dialogs
