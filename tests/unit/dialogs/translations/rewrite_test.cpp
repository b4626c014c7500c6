// A file of messages, rewritten: what was asked for, and nothing else.

#include "dialogs/translations/rewrite.hpp"

#include "dialogs/script/words_reader.hpp"

#include "tests/talks/sources.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::dialogs {
namespace {

using texts = std::map<std::string, std::string>;

constexpr auto spanish = R"(menu.what:
  text: "¿En qué le ayudo?"
  nascent: "¿Qué necesita?"
  sms: "Diga"
menu.what.balance: "Mi saldo"
menu.what.person: "Persona"
bye: "Adiós"
)";

std::vector<message_source> read(const std::string& path, const std::string& text) {
    std::vector<message_source> made;
    std::vector<diagnostic> problems;
    read_messages({path, text}, made, problems);
    EXPECT_TRUE(problems.empty()) << problems.front().what;
    return made;
}

std::optional<std::string> rewritten(const std::string& french, const texts& wanted) {
    std::vector<message_source> there;
    std::vector<diagnostic> problems;
    read_messages({"m/fr.yaml", french}, there, problems);
    problems.clear();  // that nothing is in it yet is none
    const auto units = units_of(read("m/es.yaml", spanish), there, {});
    return rewrite_messages({"m/fr.yaml", french}, wanted, units, problems);
}

TEST(rewrite, one_text_changes_and_remarks_order_and_quotes_stay) {
    const std::string french = R"(# Ce que nous disons.

bye: 'Au revoir'   # pas trop long
menu.what: {text: "Comment ?", nascent: "Quoi ?"}  # en ligne

# les boutons
menu.what.balance: Mon solde # court
menu.what.person:    "Une personne"
)";
    auto expected = french;
    expected.replace(expected.find("Mon solde"), 9, "\"Solde: \\\"{a}\\\"\"");
    expected.replace(expected.find("\"Quoi ?\""), 8, "\"Que faut-il ?\"");
    expected.replace(expected.find("'Au revoir'"), 11, "\"À bientôt\"");
    EXPECT_EQ(
        rewritten(
            french,
            {{"menu.what.balance", "Solde: \"{a}\""},
             {"menu.what|nascent", "Que faut-il ?"},
             {"bye", "À bientôt"}}
        ),
        expected
    );
}

TEST(rewrite, a_block_keeps_its_indentation_and_what_follows_it) {
    const std::string french = R"(menu.what:
    text: |-
        Un.

        Deux.

    # et court
    nascent: >-
        Plié sur
        deux lignes

bye: "Au revoir"
)";
    EXPECT_EQ(
        rewritten(french, {{"menu.what", "Trois.\n\nQuatre: # non."}, {"menu.what|nascent", "Court"}}),
        R"(menu.what:
    text: |-
        Trois.

        Quatre: # non.

    # et court
    nascent: "Court"

bye: "Au revoir"
)"
    );
}

TEST(rewrite, a_missing_text_goes_where_the_source_has_it) {
    EXPECT_EQ(
        rewritten(
            "# tête\nmenu.what:\n  text: \"Quoi ?\"\n  sms: \"Dites\"\n# fin\nbye: \"Adieu\"",
            {{"menu.what|nascent", "Court"},
             {"menu.what.balance", "Solde"},
             {"menu.what.person", "Une\npersonne"}}
        ),
        "# tête\nmenu.what:\n  text: \"Quoi ?\"\n  nascent: \"Court\"\n  sms: \"Dites\"\n"
        "menu.what.balance: \"Solde\"\nmenu.what.person: |-\n  Une\n  personne\n"
        "# fin\nbye: \"Adieu\""
    );
}

TEST(rewrite, before_the_first_and_at_an_end_without_line_break) {
    EXPECT_EQ(
        rewritten(
            "# tête\nmenu.what.person: \"Qui\"", {{"menu.what.balance", "Solde"}, {"bye", "Adieu"}}
        ),
        "# tête\nmenu.what.balance: \"Solde\"\nmenu.what.person: \"Qui\"\nbye: \"Adieu\"\n"
    );
}

TEST(rewrite, a_text_alone_becomes_a_map_for_a_variant) {
    EXPECT_EQ(
        rewritten("menu.what: 'Quoi ?' # simple\nbye: x\n", {{"menu.what|sms", "Dites"}}),
        "menu.what:\n  text: 'Quoi ?' # simple\n  sms: \"Dites\"\nbye: x\n"
    );
    EXPECT_EQ(
        rewritten("menu.what: |-\n  Un\n  Deux\nbye: x\n", {{"menu.what|sms", "Dites"}}),
        "menu.what:\n  text: |-\n    Un\n    Deux\n  sms: \"Dites\"\nbye: x\n"
    );
    EXPECT_EQ(
        rewritten("menu.what: {text: a}\n", {{"menu.what|sms", "Dites"}}),
        "menu.what: {sms: \"Dites\", text: a}\n"
    );
}

TEST(rewrite, what_is_shown_with_a_text_stays) {
    EXPECT_EQ(
        rewritten(
            "menu.what:\n  text: \"Quoi ?\"\n  picture: a.png\n  nascent: {text: \"Q\", audio: q.ogg}\n",
            {{"menu.what", "Hein ?"}, {"menu.what|nascent", "H"}}
        ),
        "menu.what:\n  text: \"Hein ?\"\n  picture: a.png\n  nascent: {text: \"H\", audio: q.ogg}\n"
    );
}

TEST(rewrite, a_new_file_has_the_order_of_the_source) {
    EXPECT_EQ(
        rewritten("# Français\n", {{"bye", "Adieu"}, {"menu.what|sms", "Dites"}, {"menu.what", "Quoi"}}),
        "# Français\nmenu.what:\n  text: \"Quoi\"\n  sms: \"Dites\"\nbye: \"Adieu\"\n"
    );
}

TEST(rewrite, a_byte_order_mark_stays_in_front) {
    EXPECT_EQ(rewritten("\xEF\xBB\xBF" "bye: a\n", {{"bye", "b"}}), "\xEF\xBB\xBF" "bye: \"b\"\n");
}

TEST(rewrite, what_yaml_cannot_hold_as_it_is_goes_between_quotes) {
    for (const std::string text :
         {" espace", "fin\n", "tab\tulation\nligne", "- liste", "a: b", "\\n", "'", "# non", "é"}) {
        const auto made = rewritten("bye: |-\n  a\n  b\n", {{"bye", text}});
        ASSERT_TRUE(made) << text;
        EXPECT_EQ(read("m/fr.yaml", *made).front().pattern, text);
    }
    EXPECT_FALSE(rewritten("bye: a\n", {{"bye", "\n"}})) << "a text needs something to read";
}

TEST(rewrite, a_file_that_is_no_yaml_is_refused) {
    std::vector<diagnostic> problems;
    const auto units = units_of(read("m/es.yaml", spanish), {}, {});
    EXPECT_FALSE(rewrite_messages({"m/fr.yaml", "bye: \"a"}, {{"bye", "b"}}, units, problems));
    ASSERT_FALSE(problems.empty());
    EXPECT_EQ(problems.front().breaks, rule::not_yaml);
}

// The institution's own: every text replaced by itself, then every text by another.
TEST(rewrite, every_text_of_the_institution_can_be_rewritten) {
    const auto own = testing_sources::as_configured();
    std::vector<message_source> source;
    std::vector<message_source> target;
    const source_file* file = nullptr;
    for (const auto& one : own.messages) {
        if (stem_of(one.path) == "es") source = read(one.path, one.text);
        if (stem_of(one.path) == "fr") target = read(one.path, one.text), file = &one;
    }
    ASSERT_NE(file, nullptr);
    const auto units = units_of(source, target, {});
    texts wanted;
    for (const auto& unit : units) wanted[unit.context] = unit.source + " \"x\"\ny: z";
    std::vector<diagnostic> problems;
    const auto made = rewrite_messages(*file, wanted, units, problems);
    ASSERT_TRUE(made) << problems.front().what;
    for (const auto& unit : units_of(source, read("fr.yaml", *made), {})) {
        EXPECT_EQ(unit.target, wanted[unit.context]) << unit.context;
    }
}

}  // namespace
}  // namespace tertulia::dialogs
