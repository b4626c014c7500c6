// What an operator is advised of must be what she wrote, in its place; and nothing innocent.

#include "dialogs/wording/lint.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace tertulia::dialogs {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

lint_list spanish() {
    lint_list made{};
    const auto add = [&](lint_kind kind, const char* text, const char* instead = "") {
        made.words.push_back({.words = lint_words(text), .instead = instead, .kind = kind});
    };
    add(lint_kind::jargon, "mora", "atraso");
    add(lint_kind::forbidden, "último aviso");
    add(lint_kind::forbidden, "amenaz*");
    add(lint_kind::informal, "tu");
    add(lint_kind::informal, "tienes");
    made.words_max = {{"text", 8}, {"nascent", 4}};
    return made;
}

std::vector<std::string> remarks(const std::string& text, const std::string& variant = "") {
    std::vector<std::string> all;
    for (const auto& one : lint(spanish(), text, variant)) {
        all.push_back(text.substr(one.offset, one.length));
    }
    return all;
}

TEST(lint, dvara_lint_finds_whole_words_whatever_their_capitals) {
    EXPECT_THAT(remarks("Tu pago tiene mora."), ElementsAre("Tu", "mora"));
    EXPECT_THAT(remarks("TU"), ElementsAre("TU"));
    EXPECT_THAT(remarks("Su morada, el turno, contienes."), IsEmpty());
    EXPECT_THAT(remarks("¿Qué tú?"), IsEmpty());  // tú is another word than tu
}

TEST(lint, finds_words_in_a_row_and_beginnings) {
    EXPECT_THAT(
        remarks("Es el Último  aviso, sin amenazas."), ElementsAre("Último  aviso", "amenazas")
    );
    EXPECT_THAT(remarks("Es el *último* aviso"), ElementsAre("último* aviso"));
    EXPECT_THAT(remarks("el último día; el último. Aviso de pago"), IsEmpty());
}

TEST(lint, reads_what_is_said_and_not_the_names_of_facts) {
    EXPECT_THAT(
        remarks("{loan.mora, money} y {x, plural, one {su mora} other {sus moras}}"),
        ElementsAre("mora")
    );
    EXPECT_THAT(remarks("{mora} {tu} } {"), IsEmpty());
}

TEST(lint, counts_the_words_of_a_sentence_by_its_readers) {
    EXPECT_THAT(
        remarks("Uno dos tres cuatro cinco.", "nascent"), ElementsAre("Uno dos tres cuatro cinco")
    );
    EXPECT_THAT(remarks("Uno dos tres cuatro cinco."), IsEmpty());
    EXPECT_THAT(remarks("Uno dos. Tres cuatro\nCinco seis. Siete", "nascent"), IsEmpty());
    // A fact is a word; a point inside a figure ends nothing.
    EXPECT_THAT(
        remarks("Debe Q1.50 el {loan.next.date, date, weekday} aquí", "nascent"),
        ElementsAre("Debe Q1.50 el {loan.next.date, date, weekday} aquí")
    );
    EXPECT_THAT(remarks("Uno dos tres cuatro cinco", "emerger"), IsEmpty());  // as plain ones
    EXPECT_THAT(
        remarks("Uno dos tres cuatro cinco", "sms+nascent"),
        ElementsAre("Uno dos tres cuatro cinco")
    );
}

TEST(lint, hears_shouting) {
    EXPECT_THAT(remarks("PAGUE hoy, con su PIN o SMS"), ElementsAre("PAGUE"));
    EXPECT_THAT(remarks("¡Hola! ¿Sí? ¡¡Ya!! ¿Qué?!"), ElementsAre("!!"));
    EXPECT_THAT(remarks("Código AB1234"), IsEmpty());
}

TEST(lint, takes_any_bytes) {
    EXPECT_THAT(remarks("\xFF{{{\xC3"), IsEmpty());
    EXPECT_THAT(lint_words("!?"), IsEmpty());
}

}  // namespace
}  // namespace tertulia::dialogs
