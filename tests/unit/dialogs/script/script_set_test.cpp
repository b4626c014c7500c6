// Every mistake an operator can make is found, told with its place and, where it is a slip, mended.

#include "dialogs/script/script_set.hpp"

#include "dialogs/script/program.hpp"

#include "tests/talks/sources.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <fstream>
#include <ostream>

namespace tertulia::dialogs {
namespace {

using namespace testing_sources;
using testing::HasSubstr;
using testing::Not;

TEST(script_set, the_institutions_own_files_load_without_a_remark) {
    const auto made = load_scripts(as_configured());
    EXPECT_TRUE(made.scripts);
    EXPECT_EQ(all_problems(made), "");
}

TEST(script_set, a_small_set_loads_without_a_remark) {
    const auto made = load_scripts(basic());
    EXPECT_TRUE(made.scripts);
    EXPECT_EQ(all_problems(made), "");
}

// One piece of a file of the basic set replaced; what is then told.
struct slip {
    const char* file;
    const char* was;
    const char* now;
    const char* told;  // a piece of "file:line:column: what … mend"
};
void PrintTo(const slip& of, std::ostream* out) {
    *out << of.file << ": " << of.now;
}

class slip_test : public testing::TestWithParam<slip> {};

script_sources slipped(const slip& how) {
    auto from = basic();
    bool done = false;
    for (auto* kind : {&from.dialogs, &from.messages, &from.phrases}) {
        for (auto& file : *kind) {
            if (!file.path.ends_with(how.file) || done) continue;
            const auto at = file.text.find(how.was);
            if (at == std::string::npos) continue;
            file.text.replace(at, std::string(how.was).size(), how.now);
            done = true;
        }
    }
    EXPECT_TRUE(done) << "the basic set has no such piece";
    return from;
}

TEST_P(slip_test, is_told) {
    const auto made = load_scripts(slipped(GetParam()));
    EXPECT_FALSE(made.scripts);
    EXPECT_THAT(all_problems(made), HasSubstr(GetParam().told));
}

INSTANTIATE_TEST_SUITE_P(
    keys_and_verbs,
    slip_test,
    testing::Values(
        slip{
            "menu.yaml",
            "about:",
            "abuot:",
            "2:1: a dialog has no 'abuot' [unknown-key]\n     did you mean 'about'?"},
        slip{"menu.yaml", "about: Everything.\n", "", "1:1: a dialog needs 'about:'"},
        slip{"menu.yaml", "dialog: menu", "dialog: menus", "this file is called 'menu'"},
        slip{"menu.yaml", "begin: what", "begin: waht", "6:8: there is no state called 'waht'"},
        slip{"menu.yaml", "anywhere: true", "anywhere: yes", "'anywhere' is true or false"},
        slip{"menu.yaml", "plays: menu", "plays: meni", "no dialog can play 'meni'"},
        slip{"menu.yaml", "plays: menu", "plays: welcome", "'welcome' plays welcome already"},
        slip{"menu.yaml", "plays: menu\n", "", "no dialog plays menu"},
        slip{
            "menu.yaml",
            "plays: menu\n",
            "plays: menu\nneeds: verified\n",
            "must be open to everyone"},
        slip{
            "menu.yaml",
            "ask: menu.what\n",
            "ask: menu.what\n    look_up: loans\n",
            "has two verbs"},
        slip{
            "welcome.yaml",
            "card: {say: welcome.card, end: true}",
            "card: {sya: welcome.card}",
            "has no verb"},
        slip{
            "welcome.yaml",
            "card: {say: welcome.card, end: true}",
            "card: {sya: welcome.card}",
            "did you mean 'say'?"},
        slip{"welcome.yaml", ", end: true", "", "state 'card' leads nowhere"},
        slip{
            "welcome.yaml",
            "end: true",
            "end: true, go: card",
            "only one of 'go', 'end' and 'return'"},
        slip{"welcome.yaml", "card: {", "Card: {", "cannot be the name of a state"},
        slip{"welcome.yaml", "card: {say: welcome.card, end: true}", "card: hello", "needs a verb"},
        slip{
            "menu.yaml",
            "    choices:",
            "    choose_from: loans\n    choices:",
            "expects two kinds of answer"},
        slip{
            "menu.yaml",
            "if_silent: {after: 30 min",
            "if_silent: {after: half an hour",
            "is no length of time"},
        slip{"menu.yaml", "after: 30 min", "after: 2 s", "silence is from 1 min to 30 days"},
        slip{
            "menu.yaml",
            "{after: 30 min, end",
            "{after: 25 h, say: welcome.card, end",
            "has not written for 24 hours"},
        slip{"menu.yaml", "{pick: person, go: person}", "{pick: balance, go: person}", "twice"},
        slip{
            "menu.yaml",
            "{pick: person, go: person}",
            "{pick: person}",
            "this choice leads nowhere"},
        slip{
            "menu.yaml",
            "go: person}",
            "go: person, when: \"person.known\", words: [saldo]}",
            "'saldo' means 'balance' already"},
        slip{"fallback.yaml", "tries: 1", "tries: many", "'tries' is a number"},
        slip{"balance.yaml", "needs: verified", "needs: verifyed", "did you mean 'verified'?"}
    )
);

INSTANTIATE_TEST_SUITE_P(
    names,
    slip_test,
    testing::Values(
        slip{
            "menu.yaml",
            "go: person",
            "go: persom",
            "menu.yaml:12:28: there is no state or dialog called 'persom' [unknown-state]\n     "
            "did you mean "
            "'person'?"},
        slip{
            "menu.yaml",
            "ask: menu.what",
            "ask: menu.waht",
            "there is no message called 'menu.waht'"},
        slip{
            "menu.yaml",
            "pick: person",
            "pick: persona",
            "there is no message called 'menu.what.persona'"},
        slip{
            "menu.yaml", "intents: [menu]", "intents: [menue]", "there are no phrases for 'menue'"},
        slip{"menu.yaml", "intents: [menu]", "intents: [human]", "'human' starts 'menu' already"},
        slip{"menu.yaml", "words: [menu]", "words: [Persona]", "starts 'menu' already"},
        slip{"menu.yaml", "words: [menu]", "words: ['?!']", "has no letters"},
        slip{"menu.yaml", "words: [saldo]", "words: ['?!']", "'?!' has no letters to recognise"},
        slip{"person.yaml", "to: credit_agent", "to: credit_agnet", "did you mean 'credit_agent'?"},
        slip{"person.yaml", ", because: asked", "", "needs 'because:'"},
        slip{
            "verify.yaml",
            "not_a_pin: wrong}",
            "not_a_pni: wrong}",
            "there is no outcome 'not_a_pni'"},
        slip{
            "verify.yaml",
            "locked: no, ",
            "",
            "does not say what to do when the outcome is 'locked'"},
        slip{
            "verify.yaml",
            "set: {welcomed: true}",
            "set: {wellcomed: true}",
            "did you mean 'welcomed'?"},
        slip{"verify.yaml", "set: {welcomed: true}", "set: {language: de}", "does not speak 'de'"},
        slip{"verify.yaml", "return: ok", "return: fine", "never returns 'ok'"},
        slip{"balance.yaml", "look_up: loans", "look_up: lones", "possible are: loans"},
        slip{"balance.yaml", "keep_as: loan", "keep_as: lone", "cannot be kept as 'lone'"},
        slip{"balance.yaml", "keep_as: loan\n", "\n", "nothing keeps what she chooses"},
        slip{"balance.yaml", "stale: tell, ", "", "the outcome is 'stale'"}
    )
);

INSTANTIATE_TEST_SUITE_P(
    privacy_and_flow,
    slip_test,
    testing::Values(
        slip{"balance.yaml", "needs: verified\n", "", "'balance.tell' tells 'loan.outstanding'"},
        slip{
            "balance.yaml", "needs: verified\n", "", "looking up her loans tells who has borrowed"},
        slip{"balance.yaml", "needs: verified\n", "needs: known\n", "choosing from her loans"},
        slip{
            "balance.yaml",
            "    go: tell\n",
            "    go: tell\n    if_silent: {after: 5 min, say: balance.tell, end: true}\n",
            "nobody is there to read it"},
        slip{
            "balance.yaml",
            "nothing: {say: balance.none, end: true}",
            "nothing: {say: balance.none, go: look}",
            "may go round here without ever asking: look → nothing → look"},
        slip{
            "person.yaml",
            "begin: over",
            "wins: true\nneeds: known\nbegin: over",
            "must be open to everyone"},
        slip{
            "person.yaml",
            "begin: over",
            "back: true\nbegin: over",
            "'back' belongs to 'anywhere: true'"},
        slip{"fallback.yaml", "begin: offer", "wins: true\nbegin: offer", "'wins' needs words"},
        slip{
            "person.yaml",
            "over: {",
            "first: {branch: [{when: \"loan.overdue > 0\", go: over}, {otherwise: true, go: "
            "over}]}\n  over: {",
            "which is hers alone"},
        slip{
            "person.yaml",
            "over: {",
            "first: {branch: [{when: \"persn.known\", go: over}, {otherwise: true, go: over}]}\n  "
            "over: {",
            "person.yaml:6:28: there is no fact called 'persn.known' [unknown-fact]\n     did you "
            "mean "
            "'person.known'?"},
        slip{
            "person.yaml",
            "over: {",
            "first: {branch: [{when: \"person.known\", go: over}]}\n  over: {",
            "when nothing applies"},
        slip{
            "person.yaml",
            "over: {",
            "first: {ask: verify.pin, expect: pin, when: {right: over}}\n  over: {",
            "only the dialog that plays verify asks for a PIN"},
        slip{
            "person.yaml",
            "over: {",
            "first: {call: person, end: true}\n  over: {",
            "calls this dialog again"},
        slip{
            "person.yaml",
            "over: {",
            "first: {call: menu, end: true}\n  over: {",
            "'menu' never returns"},
        slip{
            "person.yaml",
            "over: {",
            "first: {call: verify, when: {ok: over}}\n  over: {",
            "'verify' may return 'refused'"},
        slip{
            "person.yaml",
            "over: {",
            "first: {call: verify, when: {ok: over, refused: over, maybe: over}}\n  over: {",
            "'verify' never returns 'maybe'"}
    )
);

INSTANTIATE_TEST_SUITE_P(
    words,
    slip_test,
    testing::Values(
        slip{
            "messages/es.yaml",
            "\"Mi saldo\"",
            "\"Mi saldo de todos los préstamos\"",
            "'menu.what.balance' has 31 characters in Spanish, but a button can show only 20"},
        slip{
            "messages/es.yaml",
            "{loan.outstanding, money}",
            "{loan.outstandin, money}",
            "did you mean 'loan.outstanding'?"},
        slip{
            "messages/es.yaml",
            "{loan.outstanding, money}",
            "{loan.outstanding, gold}",
            "balance.tell"},
        slip{"messages/es.yaml", "{loan.outstanding, money}", "{loan.outstanding", "balance.tell"},
        slip{
            "messages/es.yaml",
            "welcome.card: \"Soy el asistente.\"",
            "welcome.card:\n  text: \"Soy\"\n  sms+mornin: \"Soy\"",
            "messages/es.yaml:15:7: in 'welcome.card': there is no variant called 'mornin' "
            "[bad-variant]\n     did you mean 'morning'?"},
        slip{
            "messages/es.yaml",
            "welcome.card: \"Soy el asistente.\"",
            "welcome.card:\n  text: \"Soy\"\n  sms+whatsapp: \"Soy\"",
            "15:7: in 'welcome.card': this variant is never said: a message goes out on one channel"},
        slip{
            "menu.yaml",
            "anywhere: true",
            "anywhere: true\ntone: concerned",
            "there is no tone 'concerned' [unknown-word]\n     did you mean 'concern'?"},
        slip{
            "messages/es.yaml",
            "common.trouble: \"Algo falló.\"\n",
            "",
            "the message 'common.trouble' is missing"},
        slip{
            "messages/es.yaml",
            "welcome.card: ",
            "Welcome card: ",
            "cannot be the key of a message"},
        slip{
            "messages/es.yaml",
            "\"Soy el asistente.\"",
            "{text: \"Soy\", sns: \"S\"}",
            "did you mean 'sms'?"},
        slip{"messages/es.yaml", "\"Soy el asistente.\"", "[a, b]", "'welcome.card' needs a text"},
        slip{"phrases/es.yaml", "balance:", "Balance:", "cannot be the name of an intent"}
    )
);

INSTANTIATE_TEST_SUITE_P(
    yaml,
    slip_test,
    testing::Values(
        slip{
            "menu.yaml",
            "about: Everything.\n",
            "about: Everything.\nabout: Again.\n",
            "menu.yaml:3:1: 'about' is written twice, first in line 2"},
        slip{"menu.yaml", "about: Everything.", "about: &all Everything.", "'&name' names a part"},
        slip{
            "menu.yaml",
            "about: Everything.",
            "about: *all",
            "this is not YAML: the referenced anchor is not defined"},
        slip{"menu.yaml", "about: Everything.", "about: !!binary aaaa", "is not allowed here"},
        slip{
            "menu.yaml",
            "about: Everything.",
            "about: \"never closed",
            "menu.yaml:2:8: this text is not closed by a quote"},
        slip{"menu.yaml", "about: Everything.", "about: [a", "this is not YAML"},
        slip{"menu.yaml", "  what:", "\twhat:", "a tab indents this line"},
        slip{
            "menu.yaml",
            "Everything.",
            "Every\xFFthing.",
            "menu.yaml:2:13: this is not text in UTF-8"},
        slip{
            "menu.yaml",
            "dialog: menu",
            "dialog: menu\n--- \nx: y\n",
            "a second document begins here"},
        slip{
            "menu.yaml",
            "Everything.",
            "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[a]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]",
            "nested too deeply"}
    )
);

TEST(script_set, a_text_missing_in_a_language_is_told_with_where_it_is_used) {
    auto from = basic();
    from.of.languages = {"es", "fr"};
    std::string french = basic_messages;
    french.erase(
        french.find("balance.none"), std::string("balance.none: \"No tiene préstamo.\"\n").size()
    );
    from.messages.push_back({"messages/fr.yaml", french});
    EXPECT_THAT(
        all_problems(load_scripts(from)),
        HasSubstr("messages/fr.yaml: 'balance.none' has no French text (used in balance.yaml:17); "
                  "es has one")
    );
}

TEST(script_set, all_mistakes_are_told_at_once_in_the_order_of_the_files) {
    auto from = basic();
    from.dialogs[1].text.replace(from.dialogs[1].text.find("go: person"), 10, "go: persan");
    from.dialogs[5].text.replace(from.dialogs[5].text.find("balance.tell"), 12, "balance.tall");
    from.messages[0].text += "broken: \"{today, dote}\"\n";
    const auto made = load_scripts(from);
    EXPECT_FALSE(made.scripts);
    ASSERT_EQ(made.problems.size(), 3U) << all_problems(made);
    EXPECT_EQ(made.problems[0].file, "dialogs/balance.yaml");
    EXPECT_EQ(made.problems[1].file, "dialogs/menu.yaml");
    EXPECT_EQ(made.problems[2].file, "messages/es.yaml");
}

TEST(script_set, what_nobody_reaches_is_a_warning) {
    auto from = basic();
    from.dialogs[3].text += "  lost: {say: person.coming, end: true}\n";
    from.dialogs.push_back(
        {"dialogs/lonely.yaml",
         "dialog: lonely\nabout: x\nbegin: a\nstates:\n  a: {say: person.coming, end: true}\n"}
    );
    const auto made = load_scripts(from);
    EXPECT_TRUE(made.scripts);
    EXPECT_THAT(
        all_problems(made), HasSubstr("person.yaml:7:3: warning: nothing leads to the state 'lost'")
    );
    EXPECT_THAT(all_problems(made), HasSubstr("nothing leads to the dialog 'lonely'"));
}

TEST(script_set, nothing_at_all_is_told_and_does_not_throw) {
    EXPECT_FALSE(load_scripts({}).scripts);
    auto from = basic();
    for (const auto* text :
         {"",
          " \n",
          "# only a remark\n",
          "null",
          "- a",
          "a",
          "\xEF\xBB\xBF",
          "---\n...\n",
          "%YAML 9.9999999999999\n---\na"}) {
        from.dialogs[1].text = text;
        from.messages[0].text = text;
        from.phrases[0].text = text;
        const auto made = load_scripts(from);
        EXPECT_FALSE(made.scripts) << text;
        EXPECT_FALSE(made.problems.empty()) << text;
    }
}

TEST(script_set, an_unknown_time_zone_is_told) {
    auto from = basic();
    from.of.time_zone = "America/Guatmala";
    EXPECT_THAT(all_problems(load_scripts(from)), HasSubstr("no time zone 'America/Guatmala'"));
}

TEST(script_set, the_version_is_the_content_and_nothing_else) {
    const auto version = [](const script_sources& from) {
        return load_scripts(from).scripts->version();
    };
    auto from = basic();
    const auto first = version(from);
    EXPECT_EQ(first.size(), 64U);
    std::reverse(from.dialogs.begin(), from.dialogs.end());
    for (auto& file : from.dialogs) file.path = "/elsewhere/" + file.path;
    EXPECT_EQ(version(from), first);
    from.dialogs[0].text += "# a remark\n";
    EXPECT_NE(version(from), first);
}

TEST(script_set, its_short_version_is_the_first_sixteen_digits) {
    const auto made = load_scripts(basic()).scripts;
    EXPECT_EQ(made->short_version(), std::stoull(made->version().substr(0, 16), nullptr, 16));
}

TEST(script_set, the_program_knows_its_parts) {
    const auto made = load_scripts(basic()).scripts;
    const auto& program = made->compiled();
    ASSERT_TRUE(program.find_dialog("balance"));
    EXPECT_EQ(program.at(*program.find_dialog("balance")).needs, requirement::verified);
    EXPECT_TRUE(program.find_state("balance", "tell"));
    EXPECT_FALSE(program.find_state("balance", "nowhere"));
    EXPECT_EQ(program.at(*program.find_state("balance", "tell")).at.line, 16);
    EXPECT_EQ(program.intents.intents().size(), 3U);
}

// A set without a word, or with one file that cannot be read, is a mistake like any other.
TEST(load, without_any_words_is_told_and_nothing_worse) {
    auto from = as_configured();
    from.messages.clear();
    EXPECT_THAT(all_problems(load_scripts(from)), HasSubstr("[missing-language]"));
    for (const auto* text : {"", " thanks: [", "a: b\n c: d\n"}) {
        auto broken = as_configured();
        for (auto& file : broken.messages) file.text = text;
        const auto made = load_scripts(broken);
        EXPECT_FALSE(made.scripts) << text;
        EXPECT_FALSE(made.problems.empty()) << text;
    }
    auto one = as_configured();
    one.of.languages = {"es"};
    std::erase_if(one.messages, [](const auto& file) { return !file.path.ends_with("es.yaml"); });
    one.messages.front().text.insert(0, " ");
    EXPECT_FALSE(load_scripts(one).scripts);
}

// ---- what a mistake looks like

TEST(diagnostic, is_drawn_as_a_compiler_would) {
    const std::string text = "a: b\n     - {pick: pay, go: payment_point}\n";
    const diagnostic told{
        .breaks = rule::unknown_state,
        .file = "balance.yaml",
        .line = 2,
        .column = 23,
        .what = "there is no 'payment_point'",
        .mend = "did you mean 'payment_points'?",
        .length = 13};
    EXPECT_EQ(
        to_text(told, text),
        "balance.yaml:2:23: there is no 'payment_point' [unknown-state]\n"
        "          - {pick: pay, go: payment_point}\n"
        "                           ^~~~~~~~~~~~~  did you mean 'payment_points'?\n"
    );
}

TEST(diagnostic, counts_characters_and_not_bytes) {
    const diagnostic told{
        .breaks = rule::bad_message, .file = "f", .line = 1, .column = 5, .what = "x"};
    EXPECT_EQ(to_text(told, "añoñ b"), "f:1:5: x [bad-message]\n     añoñ b\n         ^\n");
}

TEST(diagnostic, of_a_whole_file_has_no_line) {
    EXPECT_EQ(
        to_text({.breaks = rule::empty_file, .file = "f", .what = "is empty"}, ""),
        "f: is empty [empty-file]\n"
    );
    EXPECT_EQ(
        to_text(
            {.breaks = rule::too_large, .level = severity::warning, .file = "f", .what = "is long"},
            ""
        ),
        "f: warning: is long [too-large]\n"
    );
}

TEST(did_you_mean, finds_slips_and_nothing_far) {
    const std::vector<std::string> names{"payment_points", "person", "menu"};
    EXPECT_EQ(did_you_mean("payment_point", names), "payment_points");
    EXPECT_EQ(did_you_mean("preson", names), "person");
    EXPECT_EQ(did_you_mean("meun", names), "menu");
    EXPECT_EQ(did_you_mean("balance", names), "");
    EXPECT_EQ(did_you_mean("", names), "");
    EXPECT_EQ(did_you_mean(std::string(1000, 'a'), names), "");
}

}  // namespace
}  // namespace tertulia::dialogs
