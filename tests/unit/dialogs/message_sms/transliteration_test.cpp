// A message whose accents would double its price, and what may and may not be done about it.

#include "dialogs/message/sms/transliteration.hpp"
#include "dialogs/message/sms/sms_length.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string spelt(std::string_view text) {
    return sms_transliterated(text).text;
}

TEST(transliteration, accents_go_and_every_changed_word_is_told) {
    const auto made = sms_transliterated(
        "Hola María, su cuota de Q250.00 vence mañana 25/11. ¿Podrá pagar? Responda SÍ o NO."
    );
    EXPECT_EQ(
        made.text,
        "Hola Maria, su cuota de Q250.00 vence mañana 25/11. ¿Podra pagar? Responda SI o NO."
    );
    EXPECT_THAT(
        made.changes,
        ElementsAre(
            sms_change{"María,", "Maria,"}, sms_change{"¿Podrá", "¿Podra"}, sms_change{"SÍ", "SI"}
        )
    );
    EXPECT_THAT(made.left, IsEmpty());
}

TEST(transliteration, what_the_alphabet_has_is_never_touched) {
    for (const auto* text : {"año", "AÑO", "café, ¿güera? ¡Si!", "à è ì ò ù Ç Ä Ö ä ö", "€[]{}"}) {
        const auto made = sms_transliterated(text);
        EXPECT_EQ(made.text, text);
        EXPECT_THAT(made.changes, IsEmpty());
    }
    EXPECT_EQ(spelt("an\xCC\x83o"), "año") << "n and a combining tilde are ñ";
}

TEST(transliteration, signs_of_a_word_processor_become_those_of_a_telephone) {
    EXPECT_EQ(spelt("‘a’ “b” «c»"), "'a' \"b\" \"c\"");
    EXPECT_EQ(spelt("1–2 — 3…"), "1-2 - 3...");
    EXPECT_EQ(spelt("5\u00A0000"), "5 000");
    EXPECT_EQ(spelt("1º 2ª 30° •"), "1o. 2a. 30o *");
    EXPECT_EQ(spelt("œuvre ça où"), "oeuvre ca où");
    EXPECT_EQ(spelt("₡500"), "CRC500");
    EXPECT_EQ(spelt("ação ênfase î ï ô û"), "acao enfase i i o u");
}

TEST(transliteration, emoji_go_and_leave_no_hole) {
    EXPECT_EQ(spelt("Recordatorio 🙏 su cuota vence hoy"), "Recordatorio su cuota vence hoy");
    EXPECT_EQ(spelt("Gracias 👍🏽"), "Gracias ");
    EXPECT_EQ(spelt("👩‍👩‍👧 hola"), "hola");
    EXPECT_EQ(spelt("1️⃣ Pagar"), "1 Pagar");
    EXPECT_EQ(sms_length_of(spelt("Recordatorio 🙏 su cuota")).alphabet, sms_alphabet::gsm7);
    EXPECT_THAT(sms_transliterated("a 🙏 b").changes, ElementsAre(sms_change{"🙏", ""}));
}

TEST(transliteration, a_letter_without_a_form_leaves_the_whole_text_as_it_is) {
    const auto made = sms_transliterated("María: привет 🙏");
    EXPECT_EQ(made.text, "María: привет 🙏");
    EXPECT_THAT(made.changes, IsEmpty());
    EXPECT_THAT(made.left, ElementsAre("п", "р", "и", "в", "е", "т"));
    EXPECT_THAT(sms_transliterated("a\xFF").left, ElementsAre("\uFFFD"));
}

TEST(transliteration, a_word_that_changes_twice_is_told_once) {
    EXPECT_THAT(
        sms_transliterated("papá y papá\npapá").changes, ElementsAre(sms_change{"papá", "papa"})
    );
}

TEST(transliteration, a_channel_may_write_as_it_stands) {
    EXPECT_EQ(sms_spelt("María", sms_spelling::plain), "Maria");
    EXPECT_EQ(
        sms_spelt(
            "Mari\xCC\x81"
            "a",
            sms_spelling::as_written
        ),
        "María"
    );
}

}  // namespace
}  // namespace tertulia
