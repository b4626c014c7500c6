// Every rule of the table is broken here once, by what an operator may well write: a rule that
// nothing breaks guards nothing.

#include "dialogs/rehearsal/golden.hpp"
#include "gateway/commands/test_files.hpp"

#include "tests/unit/gateway/commands/check_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>
#include <set>
#include <string>
#include <vector>

namespace tertulia::gateway {
namespace {

using dialogs::rule;
using dialogs::severity;
using testing_check::check_folder;

struct breach {
    rule broken;
    const char* file;
    std::string was;  // empty: the whole file
    std::string now;
    const char* beside{nullptr};  // a file of messages that is there, too
    const char* carrier{nullptr};  // in place of Meta, which takes files itself
};
void PrintTo(const breach& of, std::ostream* out) {
    *out << dialogs::row_of(of.broken).id << " in " << of.file << ": " << of.now.substr(0, 60);
}

std::vector<breach> breaches() {
    constexpr auto config = "tertulia.yaml";
    constexpr auto menu = "dialogs/menu.yaml";
    constexpr auto welcome = "dialogs/welcome.yaml";
    constexpr auto person = "dialogs/person.yaml";
    constexpr auto balance = "dialogs/balance.yaml";
    constexpr auto fallback = "dialogs/fallback.yaml";
    constexpr auto messages = "messages/es.yaml";
    constexpr auto phrases = "dialogs/phrases/es.yaml";
    constexpr auto tests = "dialogs/tests/menu.test.yaml";
    return {
        {rule::unreadable, config, "channels:", "dialogs: nowhere\nchannels:"},
        {rule::unreadable, config, "channels:", "messages: tertulia.yaml\nchannels:"},
        {rule::ignored_file, "dialogs/menu.yml", "", "dialog: menu\n"},
        {rule::empty_file, menu, "", "\n"},
        {rule::not_utf8, messages, "No le entendí", "No le entend\xED"},
        {rule::not_yaml, menu, "about: Everything.", "about: \"Everything."},
        {rule::not_yaml, config, "name: Semilla", "name: [Semilla"},
        {rule::tab_indent, menu, "  what:", "\twhat:"},
        {rule::yaml_feature, menu, "about: Everything.", "about: &all Everything."},
        {rule::second_document, menu, "begin: what", "---\nbegin: what"},
        {rule::repeated_key, menu, "anywhere: true", "anywhere: true\nanywhere: true"},
        {rule::repeated_key, config, "currency: GTQ", "currency: GTQ\n  currency: USD"},
        {rule::too_large,
         menu,
         "about: Everything.",
         "about: " + std::string(30, '[') + std::string(30, ']')},
        {rule::file_name, menu, "dialog: menu", "dialog: carte"},

        {rule::wrong_shape, menu, "", "- a list\n"},
        {rule::wrong_shape, messages, "", "- a list\n"},
        {rule::wrong_shape, config, "languages: [es]", "languages: {es: true}"},
        {rule::wrong_value, menu, "anywhere: true", "anywhere: yes"},
        {rule::wrong_value, config, "currency: GTQ", "currency: quetzal"},
        {rule::wrong_value, config, "currency: GTQ", "currency: GTQ\n  country: ZZ9"},
        {rule::wrong_value, config, "currency: GTQ", "currency: GTQ\n  phone: hello"},
        {rule::wrong_value,
         config,
         "channels:",
         "server: {listen: \"127.0.0.1:80\", admin: \"127.0.0.1:80\"}\nchannels:"},
        {rule::wrong_order, tests, "- she: menu\n", "- bot: menu.what\n"},
        {rule::unknown_key, menu, "about:", "abuot:"},
        {rule::unknown_key, config, "name: Semilla", "nmae: Semilla"},
        {rule::missing_key, menu, "about: Everything.\n", ""},
        {rule::missing_key, config, "name: Semilla", "phone: \"\""},
        {rule::misplaced_key, menu, "anywhere: true", "back: true"},
        {rule::bad_name, welcome, "card: {", "Card: {"},
        {rule::repeated_name, menu, "{pick: person, go: person}", "{pick: balance, go: person}"},
        {rule::repeated_name,
         tests,
         "",
         std::string(testing_check::tests_yaml) + testing_check::tests_yaml},
        {rule::unknown_word, menu, "plays: menu", "plays: carte"},
        {rule::unknown_word, tests, "person: rosa", "person: rosie"},

        {rule::no_dialog, config, "channels:", "dialogs: empty\nchannels:"},
        {rule::unknown_dialog, welcome, "card: {", "card: {call: wellcome, end: true}\n  next: {"},
        {rule::unknown_state, menu, "go: person", "go: persom"},
        {rule::no_verb, welcome, "{say: welcome.card, end: true}", "{sya: welcome.card}"},
        {rule::two_verbs, menu, "ask: menu.what", "ask: menu.what\n    look_up: loans"},
        {rule::no_way_on, welcome, ", end: true", ""},
        {rule::two_ways_on, welcome, "end: true", "end: true, go: card"},
        {rule::otherwise_last,
         welcome,
         "{say: welcome.card, end: true}",
         "{branch: [{when: \"true\", end: true}]}"},
        {rule::missing_role, menu, "plays: menu\n", ""},
        {rule::repeated_role, menu, "plays: menu", "plays: welcome"},
        {rule::repeated_trigger, person, "words: [persona]", "words: [menu]"},
        {rule::no_letters, person, "words: [persona]", "words: [\"?\"]"},
        {rule::must_be_open, menu, "plays: menu", "plays: menu\nneeds: verified"},
        {rule::endless_call, person, "over: {", "over: {call: person, end: true}\n  then: {"},
        {rule::endless_loop, welcome, "end: true", "go: card"},
        {rule::never_returns, person, "over: {", "over: {call: welcome, end: true}\n  then: {"},
        {rule::called_only, person, "about: ", "takes: {n: number}\nabout: "},
        {rule::wrong_parameter,
         welcome,
         "card: {",
         "card: {call: person, with: {n: 1}, end: true}\n  next: {"},
        {rule::never_kept,
         welcome,
         "card: {",
         "card: {call: person, bring_back: [n], end: true}\n  next: {"},
        {rule::value_kind, welcome, "card: {", "card: {set: {n: now}, go: next}\n  next: {"},
        {rule::unknown_outcome, balance, "down: nothing", "down: nothing, dwon: nothing"},
        {rule::missing_outcome, balance, ", down: nothing", ""},
        {rule::unreachable_dialog,
         "dialogs/lost.yaml",
         "",
         "dialog: lost\nabout: x\nbegin: a\nstates: {a: {end: true}}\n"},
        {rule::unreachable_state, welcome, "card: {", "lost: {end: true}\n  card: {"},

        {rule::never_said, "nudges/limits.yaml", "", "country: GT\na_day: 0\n"},
        {rule::dead_end,
         menu,
         "      - {pick: balance, go: balance, words: [saldo]}\n"
         "      - {pick: person, go: person}\n"
         "    if_silent: {after: 30 min, end: true}\n",
         "      - {pick: balance, go: what}\n      - {pick: person, go: what}\n"},

        {rule::answer_kind, menu, "    choices:", "    choose_from: loans\n    choices:"},
        {rule::too_many_choices,
         menu,
         "      - {pick: person, go: person}\n",
         [] {
             std::string rows;
             for (char c = 'a'; c < 'k'; ++c) {
                 rows += std::string{"      - {pick: "} + c + ", go: person}\n";
             }
             return rows;
         }()},
        {rule::nothing_to_choose,
         menu,
         "- {pick: balance, go: balance, words: [saldo]}\n      - {pick: person, go: person}",
         "- {pick: person, go: person, when: \"person.known\"}"},
        {rule::repeated_title, messages, "Una persona", "Mi saldo"},
        {rule::unknown_choice, tests, "she: [person]", "she: [persom]"},
        {rule::repeated_word,
         menu,
         "{pick: person, go: person}",
         "{pick: person, go: person, words: [saldo]}"},
        {rule::silence_length, menu, "after: 30 min", "after: 90 days"},
        {rule::field_without_help,
         "dialogs/join.yaml",
         "",
         "dialog: join\nabout: x\nstarts_on: {words: [unirme]}\nform:\n"
         "  - {field: sum, ask: menu.what, expect: text}\nthen: menu\n"},
        {rule::outside_window, menu, "after: 30 min", "after: 25 h, say: menu.what"},

        {rule::needs_verified, balance, "needs: verified\n", ""},
        {rule::nobody_there,
         balance,
         "    go: tell\n",
         "    if_silent: {after: 30 min, say: balance.tell, end: true}\n    go: tell\n"},
        {rule::pin_outside_verify,
         person,
         "over: {",
         "over: {ask: verify.pin, expect: pin, when: {right: then}}\n  then: {"},

        {rule::bad_condition, menu, "go: person}", "go: person, when: \"person.known &&\"}"},
        {rule::unknown_fact, menu, "go: person}", "go: person, when: \"persn.known\"}"},
        {rule::maybe_missing,
         menu,
         "go: person}",
         "go: person, when: \"client.archetype == 'nascent'\"}"},

        {rule::bad_message, messages, "{loan.product}", "{loan.produtc}"},
        {rule::bad_variant,
         messages,
         "balance.row: \"{loan.product}\"",
         "balance.row: {text: \"{loan.product}\", sms+whatsapp: \"{loan.product}\"}"},
        {rule::unknown_media,
         messages,
         "welcome.card: \"Soy el asistente.\"",
         "welcome.card: {text: \"Soy el asistente.\", picture: crad.png}"},
        {rule::bad_media,
         messages,
         "welcome.card: \"Soy el asistente.\"",
         "welcome.card: {text: \"Soy el asistente.\", picture: ../card.png}"},
        {rule::text_alone,
         messages,
         "welcome.card: \"Soy el asistente.\"",
         "welcome.card: {text: \"Soy el asistente.\", picture: card.png}",
         nullptr,
         "type: twilio, account_sid: AC00000000000000000000000000000001, auth_token: t, from: "
         "\"whatsapp:+15005550006\"}"},
        {rule::bad_template,
         messages,
         "welcome.card: \"Soy el asistente.\"",
         "welcome.card: {text: \"Soy el asistente.\", template: Welcome-Card}"},
        {rule::unknown_message, welcome, "say: welcome.card", "say: welcome.crad"},
        {rule::missing_message, messages, "common.choose: \"Escoger\"\n", ""},
        {rule::missing_text,
         messages,
         "menu.what: \"¿En qué le ayudo?\"",
         "menu.what: {sms: \"Diga\"}"},
        {rule::text_too_long, messages, "Mi saldo", "Mi saldo y todo lo que debo"},
        {rule::unspoken_language, "messages/en.yaml", "", "menu.what: \"How can I help?\"\n"},
        {rule::unknown_language, config, "languages: [es]", "languages: [es, xx]"},
        {rule::unchosen_language, config, "[es]", "[es, en]", "messages/en.yaml"},
        {rule::missing_phrases, config, "[es]", "[es, en]", "messages/en.yaml"},
        // Of its first text check_folder.hpp has a record, of another wording.
        {rule::stale_translation, "messages/en.yaml", "", "menu.what: \"How can I help?\"\n"},
        {rule::unknown_language, "messages/spanish.yaml", "", "menu.what: \"?\"\n"},
        {rule::missing_language, config, "languages: [es]", "languages: [es, en]"},
        {rule::empty_text, messages, "Mi saldo", "   "},
        {rule::line_break, messages, "\"Mi saldo\"", "\"Mi\\nsaldo\""},
        {rule::unused_message, messages, "welcome.card:", "welcome.more: \"Hola\"\nwelcome.card:"},
        {rule::sender_without_answers,
         config,
         "channels:\n",
         "channels:\n  - {name: sms, type: kannel, username: u, password: p, from: Semilla, "
         "path_secret: 0123456789abcdef}\n"},
        {rule::sms_too_long,
         messages,
         "welcome.card: \"Soy el asistente.\"",
         "welcome.card: {text: \"Soy el asistente.\", sms: \"" + std::string(460, 'a') + "\"}"},
        {rule::wrong_value, config, "currency: GTQ", "currency: GTQ\n  sms_price: cheap"},
        {rule::unknown_intent, person, "intents: [human]", "intents: [humna]"},
        {rule::unused_intent, phrases, "human:", "other: [\"otra cosa\"]\nhuman:"},

        {rule::wrong_shape, "lint.yaml", "", "es: [a, list]\n"},
        {rule::unknown_key, "lint.yaml", "", "es: {nevr: [policía]}\n"},
        {rule::wrong_value, "lint.yaml", "", "es: {words_max: {nascent: few}}\n"},
        {rule::unknown_word, "lint.yaml", "", "es: {words_max: {nacsent: 12}}\n"},
        {rule::unknown_language, "lint.yaml", "", "spanish: {never: [policía]}\n"},
        {rule::unknown_message, "lint.yaml", "", "es: {allow: {menu.waht: why}}\n"},
        {rule::no_letters, "lint.yaml", "", "es: {never: [\"!\"]}\n"},
        {rule::jargon, "lint.yaml", "", "es: {instead_of: {saldo: lo que debe}}\n"},
        {rule::forbidden_text, "lint.yaml", "", "es: {never: [con una persona]}\n"},
        {rule::informal_address, "lint.yaml", "", "es: {informal: [su]}\n"},
        {rule::long_sentence, "lint.yaml", "", "es: {words_max: {text: 3}}\n"},

        {rule::shouting, messages, "Mi saldo", "MI SALDO"},
        {rule::no_language, config, "languages: [es]", "languages: []"},
        {rule::unknown_time_zone, config, "America/Guatemala", "America/Guatemla"},
        {rule::unset_variable, config, "access_token: t", "access_token: \"${NOT_SET}\""},
        {rule::unsafe_simulator,
         config,
         "channels:",
         "simulator: true\nserver: {listen: \"0.0.0.0:80\"}\nchannels:"},
        {rule::golden_differs, fallback, "", ""},  // not of check: see below
    };
}

class rules_test : public testing::TestWithParam<breach> {};

TEST_P(rules_test, is_told_by_its_rule) {
    const auto& how = GetParam();
    if (how.broken == rule::golden_differs) return;
    check_folder folder;
    ASSERT_TRUE(folder.replace(how.file, how.was, how.now)) << "the small set has no such piece";
    if (how.beside != nullptr) {
        folder.write(how.beside, dialogs::testing_sources::basic_messages);
    }
    if (how.carrier != nullptr) {
        ASSERT_TRUE(folder.replace(
            "tertulia.yaml",
            "type: whatsapp_cloud, phone_number_id: \"1\", access_token: t,\n"
            "     app_secret: s, verify_token: v}",
            how.carrier
        ));
    }
    std::set<std::string> told;
    for (const auto& one : folder.check().problems) {
        told.emplace(dialogs::row_of(one.breaks).id);
        if (one.breaks == rule::unspoken_language) continue;  // of a file it is a warning
        EXPECT_EQ(one.level, dialogs::row_of(one.breaks).level) << one.what;
    }
    EXPECT_THAT(told, testing::Contains(std::string(dialogs::row_of(how.broken).id)));
}

INSTANTIATE_TEST_SUITE_P(all, rules_test, testing::ValuesIn(breaches()));

TEST(rules, each_is_broken_here) {
    std::set<rule> broken;
    for (const auto& one : breaches()) broken.insert(one.broken);
    for (const auto& row : dialogs::all_rules()) {
        EXPECT_TRUE(broken.contains(row.is)) << row.id << " has no test above that breaks it";
    }
}

TEST(rules, the_small_set_breaks_none) {
    check_folder folder;
    const auto found = folder.check();
    EXPECT_TRUE(found.scripts);
    for (const auto& one : found.problems) ADD_FAILURE() << dialogs::to_text(one, {});
}

TEST(rules, ids_are_kebab_case_and_differ) {
    std::set<std::string_view> seen;
    for (const auto& row : dialogs::all_rules()) {
        EXPECT_TRUE(seen.insert(row.id).second) << row.id;
        EXPECT_TRUE(std::ranges::all_of(row.id, [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
        })) << row.id;
        EXPECT_EQ(dialogs::find_rule(row.id), row.is);
    }
    EXPECT_EQ(dialogs::find_rule("no-such-rule"), std::nullopt);
}

TEST(rules, a_golden_test_that_cannot_be_written_anew_is_told) {
    check_folder folder;
    auto found = folder.check();
    const dialogs::source_file file{
        "tests/g.test.yaml",
        "test: g\ngiven: {person: rosa}\ngolden: true\ntalk: [{she: menu}, {bot: balance.none}]\n"};
    std::vector<dialogs::diagnostic> problems;
    const auto cast = demo_cast();
    const auto read = dialogs::read_tests(file, found.scripts->compiled(), cast, problems);
    ASSERT_TRUE(problems.empty()) << problems.front().what;
    static_cast<void>(dialogs::golden_anew(file, read, found.scripts, cast, problems));
    ASSERT_FALSE(problems.empty());
    EXPECT_EQ(problems.front().breaks, rule::golden_differs);
}

}  // namespace
}  // namespace tertulia::gateway
