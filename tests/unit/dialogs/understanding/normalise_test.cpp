// Two spellings of one thing must become one; two things must not.

#include "dialogs/understanding/normalise.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <clocale>

namespace tertulia::dialogs {
namespace {

TEST(normalise, case_accents_and_punctuation_go_and_the_enye_stays) {
    EXPECT_EQ(normalise("¡Sí,  GRACIAS!"), "si gracias");
    EXPECT_EQ(normalise("Ñandú año PINGÜINO"), "ñandu año pinguino");
    EXPECT_EQ(normalise("l'argent déjà reçu, œuvre"), "l argent deja recu oeuvre");
    EXPECT_EQ(normalise("k’iche’"), "k iche");
    EXPECT_EQ(normalise("Q1,250.50"), "q1 250 50");
    EXPECT_EQ(normalise("  "), "");
}

TEST(normalise, all_ways_to_write_one_letter_are_one) {
    EXPECT_EQ(normalise("man\u0303ana"), "mañana");    // combining tilde
    EXPECT_EQ(normalise("qui\u0301en"), "quien");      // combining acute
    EXPECT_EQ(normalise("ｈｏｌａ ４８"), "hola 48");  // full width
    EXPECT_EQ(normalise("𝐡𝐨𝐥𝐚"), "hola");              // mathematical
    EXPECT_EQ(normalise("oﬁcina 2ª ½"), "oficina 2a 1 2");
    EXPECT_EQ(normalise("٤٨"), "48");
    EXPECT_EQ(normalise("ПРИВЕТ"), "привет");
    EXPECT_EQ(normalise("CoŀLecció Ǣ"), "col leccio ae");
    EXPECT_EQ(normalise("con\u00ADtar ho\u200Bla"), "contar hola");
}

TEST(normalise, an_emoji_is_a_word_whatever_its_skin) {
    EXPECT_EQ(normalise("vale👍🏽🙏"), "vale 👍 🙏");
    EXPECT_EQ(normalise("❤️"), "❤");
    EXPECT_EQ(normalise("1️⃣"), "1");
}

TEST(normalise, broken_bytes_are_dropped) {
    EXPECT_EQ(normalise("ho\xFFla\xC3"), "hola");
    EXPECT_EQ(normalise("\xED\xA0\x80x\xC0\x80\xF5"), "x");
}

TEST(normalise, words_are_parted_at_blanks) {
    EXPECT_THAT(words_of("a bc  d"), testing::ElementsAre("a", "bc", "d"));
    EXPECT_THAT(words_of(""), testing::IsEmpty());
}

TEST(fold, what_sounds_the_same_is_the_same) {
    const std::pair<const char*, const char*> same[] = {
        {"kiero 1 prestamo", "Quiero un préstamo"},
        {"qanto devo", "¿cuánto debo?"},
        {"cuando me tokka pagar", "¿Cuándo me toca pagar?"},
        {"ke dia ez mi kuota", "qué día es mi cuota"},
        {"ajensia", "agencia"},
        {"yamame xfa", "Llámame por favor"},
        {"ia boy", "ya voy"},
        {"hay, aí", "ahí ay"},
        {"nome alcanso", "no me alcanzó"},
        {"meda unos dias", "me da unos días"},
        {"mecobraron demas", "me cobraron de más"},
        {"grasiassss", "gracias"},
        {"q ora es", "¿qué hora es?"},
        {"zaldo", "saldo"},
        {"guerra jerente", "guerra gerente"},
        {"dont", "don't"},
        {"tengo dos", "tengo 2"},
    };
    for (const auto& [left, right] : same) EXPECT_EQ(fold(left), fold(right)) << left;
}

TEST(fold, different_words_stay_different) {
    EXPECT_NE(fold("pago"), fold("pagué"));
    EXPECT_NE(fold("año"), fold("ano"));
    EXPECT_NE(fold("casa"), fold("caza mayor"));
    EXPECT_NE(fold("chico"), fold("quico"));
    EXPECT_EQ(fold("1000 100"), "1000 100");
    EXPECT_EQ(fold("h"), "h");
}

TEST(fold, does_not_depend_on_the_locale_of_the_process) {
    const auto before = fold("İSTANBUL Información I");
    std::setlocale(LC_ALL, "tr_TR.UTF-8");
    EXPECT_EQ(fold("İSTANBUL Información I"), before);
    std::setlocale(LC_ALL, "C");
}

RC_GTEST_PROP(normalise, is_its_own_fixed_point, (const std::string& any)) {
    const auto once = normalise(any);
    RC_ASSERT(normalise(once) == once);
    (void)fold(any);
}

RC_GTEST_PROP(normalise, of_any_code_points_is_its_own_fixed_point, ()) {
    static const std::vector<std::string> bits{
        "ñ", "N\u0303", "é", "ß", "ﬁ", "Å",  "ｑ", "👍🏽", "👨‍👩‍👧",
        "ª", " ",       "'", "z", "Ǆ", "한", "ह",  "ि",        "İ",
        "ſ", "№",       "Ω", "ۓ"};
    std::string text;
    for (const auto& bit : *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(bits)))
        text += bit;
    const auto once = normalise(text);
    RC_ASSERT(normalise(once) == once);
}

}  // namespace
}  // namespace tertulia::dialogs
