// Templates as operators write them: each mistake is told with its place and the mend.

#include "tests/talks/sources.hpp"

#include "dialogs/script/program.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::dialogs {
namespace {

using namespace testing_sources;
using testing::HasSubstr;

void replace(std::string& in, const std::string& was, const std::string& now) {
    const auto at = in.find(was);
    ASSERT_NE(at, std::string::npos) << was;
    in.replace(at, was.size(), now);
}

// menu.what has that template, and is asked again after two days.
script_sources with_template(const std::string& its) {
    auto from = basic();
    replace(
        from.messages[0].text,
        "menu.what: \"¿En qué le ayudo?\"",
        "menu.what:\n  text: \"¿En qué le ayudo?\"\n" + its
    );
    from.dialogs.push_back(
        {"dialogs/later.yaml",
         "dialog: later\nabout: Later.\nstarts_on: {words: [luego]}\nbegin: plan\nstates:\n"
         "  plan: {schedule: {after: 2 days, begin: menu}, end: true}\n"}
    );
    return from;
}

std::string told(const std::string& its) {
    return all_problems(load_scripts(with_template(its)));
}

TEST(template_reader, a_name_alone_is_enough) {
    EXPECT_EQ(told("  template: menu_again\n"), "");
    EXPECT_EQ(told("  template: {name: menu_again}\n"), "");
}

TEST(template_reader, takes_what_a_template_may_have) {
    const auto made = load_scripts(with_template(
        "  template:\n    name: menu_again\n    category: marketing\n    language: es_MX\n"
        "    header: \"De {institution.name}\"\n    body: {who: \"{institution.name}\"}\n"
        "    buttons: [person, balance]\n"
    ));
    ASSERT_TRUE(made.scripts) << all_problems(made);
    const auto& words = *made.scripts->compiled().words;
    const auto& form = words.forms(*words.find("menu.what")).front().approved;
    ASSERT_TRUE(form);
    EXPECT_EQ(form->name, "menu_again");
    EXPECT_EQ(form->language, "es_MX");
    EXPECT_EQ(form->category, template_category::marketing);
    EXPECT_EQ(form->header, "{{1}}");
    EXPECT_EQ(form->body, "¿En qué le ayudo? {{who}}");
    EXPECT_THAT(form->picks, testing::ElementsAre("person", "balance"));
}

TEST(template_reader, mistakes_are_told) {
    const auto of = [](const std::string& value) { return told("  template: " + value + "\n"); };
    EXPECT_THAT(of("Menu-Again"), HasSubstr("'Menu-Again' cannot be the name of a template"));
    EXPECT_THAT(of("[menu_again]"), HasSubstr("the template of 'menu.what' needs a name"));
    EXPECT_THAT(of("{body: [\"a\"]}"), HasSubstr("the template of 'menu.what' needs a name"));
    EXPECT_THAT(of("{name: " + std::string(513, 'a') + "}"), HasSubstr("cannot be the name"));
    EXPECT_THAT(of("{name: a, bodi: [\"a\"]}"), HasSubstr("did you mean 'body'?"));
    EXPECT_THAT(of("{name: a, category: utilty}"), HasSubstr("did you mean 'utility'?"));
    EXPECT_THAT(of("{name: a, category: authentication}"), HasSubstr("utility or marketing"));
    EXPECT_THAT(of("{name: a, language: es-GT}"), HasSubstr("write it as the provider does"));
    EXPECT_THAT(of("{name: a, body: \"x\"}"), HasSubstr("'body' is a list"));
    EXPECT_THAT(of("{name: a, body: [\" \"]}"), HasSubstr("a gap of a template needs a text"));
    EXPECT_THAT(of("{name: a, body: [\"a\\nb\"]}"), HasSubstr("no line breaks, tabs or five"));
    EXPECT_THAT(of("{name: a, body: [\"a\\tb\"]}"), HasSubstr("no line breaks, tabs or five"));
    EXPECT_THAT(of("{name: a, body: [\"a     b\"]}"), HasSubstr("no line breaks, tabs or five"));
    EXPECT_THAT(of("{name: a, body: {Who: \"a\"}}"), HasSubstr("'Who' cannot be the name of a gap"));
    EXPECT_THAT(of("{name: a, body: [\"{persn.known}\"]}"), HasSubstr("persn.known"));
    EXPECT_THAT(of("{name: a, buttons: person}"), HasSubstr("'buttons' is a list of choices"));
    EXPECT_THAT(of("{name: a, buttons: [person, person]}"), HasSubstr("two buttons"));
    EXPECT_THAT(
        of("{name: a, buttons: [a, b, c, d, e, f, g, h, i, j, k]}"),
        HasSubstr("a template has at most 10 buttons, not 11")
    );
}

TEST(template_reader, a_variant_has_none) {
    EXPECT_THAT(
        told("  nascent: {text: \"¿Qué?\", template: other}\n  template: menu_again\n"),
        HasSubstr("a variant has no 'template'")
    );
}

TEST(template_checks, a_gap_with_a_mistake_is_told_where_it_stands) {
    const auto made = load_scripts(with_template(
        "  template:\n    name: menu_again\n    body:\n      - \"{institution.nmae}\"\n"
    ));
    const auto found = std::find_if(
        made.problems.begin(), made.problems.end(), [](const diagnostic& one) {
            return one.breaks == rule::bad_template;
        }
    );
    ASSERT_NE(found, made.problems.end()) << all_problems(made);
    EXPECT_EQ(found->line, 19);
    EXPECT_EQ(found->column, 9);
    EXPECT_THAT(found->mend, HasSubstr("institution.name"));
}

TEST(template_checks, what_is_hers_alone_may_not_stand_in_a_gap) {
    EXPECT_THAT(
        told("  template: {name: a, body: [\"{loan.outstanding, money}\"]}\n"),
        HasSubstr("'menu.what' tells 'loan.outstanding', which only she may read")
    );
}

TEST(template_checks, buttons_are_choices_that_are_always_there) {
    EXPECT_THAT(
        told("  template: {name: a, buttons: [persom]}\n"),
        testing::AllOf(
            HasSubstr("question 'menu.what' has no choice 'persom'"),
            HasSubstr("did you mean 'person'?")
        )
    );
    auto from = with_template("  template: {name: a, buttons: [person]}\n");
    replace(
        from.dialogs[1].text,
        "{pick: person, go: person}",
        "{pick: person, go: person, when: \"person.known\"}"
    );
    EXPECT_THAT(all_problems(load_scripts(from)), HasSubstr("offers it only sometimes"));
    auto card = basic();
    replace(
        card.messages[0].text,
        "welcome.card: \"Soy el asistente.\"",
        "welcome.card: {text: \"Soy.\", template: {name: a, buttons: [yes]}}"
    );
    EXPECT_THAT(all_problems(load_scripts(card)), HasSubstr("no question asks 'welcome.card'"));
}

script_sources in_two_languages(const std::string& its_english) {
    auto from = with_template(
        "  template: {name: menu_again, body: [\"{institution.name}\"], buttons: [person]}\n"
    );
    from.of.languages = {"es", "en"};
    auto english = from.messages[0];
    english.path = "messages/en.yaml";
    const auto at = english.text.find("  template:");
    english.text.replace(at, english.text.find('\n', at) + 1 - at, its_english);
    from.messages.push_back(std::move(english));
    return from;
}

TEST(template_checks, languages_agree) {
    const auto of = [](const std::string& its) {
        return all_problems(load_scripts(in_two_languages("  template: " + its + "\n")));
    };
    EXPECT_THAT(
        of("{name: menu_again, body: [\"{institution.name}\"], buttons: [person]}"),
        testing::Not(HasSubstr("template"))
    );
    EXPECT_THAT(
        of("{name: menu_again, body: [\"a\", \"b\"], buttons: [person]}"),
        HasSubstr("has no gap in its header, 2 in its body and the buttons person, but in es it "
                  "has no gap in its header, 1 in its body")
    );
    EXPECT_THAT(
        of("{name: menu_again, body: {who: \"a\"}, buttons: [person]}"),
        HasSubstr("give both the same gaps and buttons")
    );
    EXPECT_THAT(
        of("{name: menu_again, body: [\"a\"], buttons: [balance]}"),
        HasSubstr("give both the same gaps and buttons")
    );
    EXPECT_THAT(
        all_problems(load_scripts(in_two_languages(""))),
        HasSubstr("'menu.what' has a template in es, but none in en")
    );
}

TEST(template_checks, two_messages_that_use_one_agree) {
    auto from = with_template("  template: {name: both, body: [\"{institution.name}\"]}\n");
    replace(
        from.messages[0].text,
        "welcome.card: \"Soy el asistente.\"",
        "welcome.card: {text: \"Soy.\", template: both}"
    );
    EXPECT_THAT(
        all_problems(load_scripts(from)), HasSubstr("'welcome.card', which uses it too")
    );
}

// ---- outside the window

TEST(window_checks, what_is_said_after_a_day_needs_a_template_or_a_text_for_sms) {
    const auto without = told("  nascent: \"¿Qué?\"\n");
    EXPECT_THAT(without, HasSubstr("'menu.what' may be said here when she has not written"));
    EXPECT_THAT(without, HasSubstr("give it a 'template:' or an 'sms:' text in every language"));
    EXPECT_EQ(told("  sms: \"En que le ayudo?\"\n"), "");
}

TEST(window_checks, a_text_for_sms_does_not_help_where_nothing_carries_it) {
    auto from = with_template("  sms: \"En que le ayudo?\"\n");
    from.of.channels = {{.name = "whatsapp", .kind = channel_kind::whatsapp}};
    EXPECT_THAT(
        all_problems(load_scripts(from)), HasSubstr("give it a 'template:' in every language")
    );
    from.of.channels.push_back({.name = "sms", .kind = channel_kind::sms});
    EXPECT_EQ(all_problems(load_scripts(from)), "");
}

TEST(window_checks, so_does_what_a_long_silence_leads_to) {
    auto from = basic();
    replace(from.dialogs[1].text, "{after: 30 min, end: true}", "{after: 2 days, go: person}");
    EXPECT_THAT(
        all_problems(load_scripts(from)), HasSubstr("'person.coming' may be said here when she")
    );
    replace(
        from.messages[0].text,
        "person.coming: \"Le paso con una persona.\"",
        "person.coming: {text: \"Le paso con una persona.\", template: person_coming}"
    );
    EXPECT_EQ(all_problems(load_scripts(from)), "");
}

}  // namespace
}  // namespace tertulia::dialogs
