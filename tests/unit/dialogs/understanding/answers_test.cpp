// A short answer is acted on at once, so it must be understood when it is clear and left alone when
// it is not.

#include "dialogs/understanding/answers.hpp"

#include <gtest/gtest.h>

namespace tertulia::dialogs {
namespace {

const std::vector<choice_words> offered{
    {.title = "Pagar ahora", .words = {"abonar"}},
    {.title = "No puedo pagar", .words = {"ayuda"}},
    {.title = "Hablar con alguien", .words = {"persona", "asesora"}},
    {.title = "Nada más", .words = {}},
};

std::optional<std::size_t> picked(const char* text) {
    return match_choice(text, offered);
}

TEST(match_choice, a_number_in_any_form_picks) {
    for (const char* text :
         {"1",
          "1.",
          "1)",
          "uno",
          "la primera",
          "La 1 por favor",
          "opción 1",
          "1️⃣",
          "the first one",
          "first",
          "premier",
          "la première",
          "una",
          "quiero la uno"}) {
        EXPECT_EQ(picked(text), 0U) << text;
    }
    EXPECT_EQ(picked("la segunda"), 1U);
    EXPECT_EQ(picked("the second one please"), 1U);
    EXPECT_EQ(picked("3ra."), std::nullopt);
    EXPECT_EQ(picked("tres"), 2U);
    EXPECT_EQ(picked("trois"), 2U);
    EXPECT_EQ(picked("la última"), 3U);
}

TEST(match_choice, a_number_nobody_offered_picks_nothing) {
    for (const char* text : {"0", "5", "12", "1 o 2", "2 3", "500", "-", ""}) {
        EXPECT_EQ(picked(text), std::nullopt) << text;
    }
}

TEST(match_choice, a_day_and_nothing_else_picks_the_row_for_another_day) {
    const std::vector<choice_words> reminder{
        {.title = "Ya pagué", .words = {}},
        {.title = "Decir qué día pago", .words = {"otro dia"}},
        {.title = "Necesito ayuda", .words = {"ayuda"}},
        {.title = "Menos recordatorios", .words = {"menos"}},
        {.title = "Hablar con alguien", .words = {"persona"}},
    };
    for (const char* text :
         {"el 5",
          "El cinco, seño",
          "para el 3",
          "el 20",
          "pasado mañana",
          "hoy por la tarde",
          "en 8 días",
          "la otra quincena",
          "a fin de mes",
          "24/12",
          "tal vez el lunes",
          "el 31 de febrero",
          "the 3rd",
          "on friday",
          "le 5",
          "après-demain"}) {
        EXPECT_EQ(match_choice(text, reminder), 1U) << text;
    }
    EXPECT_EQ(match_choice("5", reminder), 4U);
    EXPECT_EQ(match_choice("la 5", reminder), 4U);
    EXPECT_EQ(match_choice("opción 3", reminder), 2U);
    for (const char* text : {"ayer", "el viernes pasado", "el viernes no puedo", "¿el 20?", "20"}) {
        EXPECT_EQ(match_choice(text, reminder), std::nullopt) << text;
    }
    const std::vector<choice_words> amount{{.title = "How much do I pay?", .words = {}}};
    EXPECT_EQ(match_choice("i cannot pay", amount), std::nullopt);
    EXPECT_EQ(picked("el 3"), 2U) << "no row there is for a day";
}

TEST(match_choice, who_says_when_means_no_row_that_does_not_ask_when) {
    const std::vector<choice_words> rows{
        {.title = "¿Cuánto me toca?", .words = {"cuanto", "how much"}},
        {.title = "Ya pagué", .words = {"i paid"}},
    };
    for (const char* text :
         {"cuando me paguen", "cuando venda mi cosecha", "en cuanto venda", "seño, cuando me toque", "when i get paid"}) {
        EXPECT_EQ(match_choice(text, rows), std::nullopt) << text;
    }
    EXPECT_EQ(match_choice("cuanto me toca pagar", rows), 0U);
    const std::vector<choice_words> when{{.title = "¿Cuándo me toca?", .words = {}}, rows[1]};
    EXPECT_EQ(match_choice("cuando me toca pagar", when), 0U);
}

TEST(match_choice, the_title_and_its_words_pick_also_misspelt) {
    EXPECT_EQ(picked("Pagar ahora"), 0U);
    EXPECT_EQ(picked("pagar haora"), 0U);
    EXPECT_EQ(picked("no puedo pagar"), 1U);
    EXPECT_EQ(picked("no puedo"), 1U);
    EXPECT_EQ(picked("AYUDA!!"), 1U);
    EXPECT_EQ(picked("ablar con alguien"), 2U);
    EXPECT_EQ(picked("quiero hablar con la asesora por favor"), 2U);
    EXPECT_EQ(picked("nada mas gracias"), 3U);
}

TEST(match_choice, what_could_be_two_things_is_none) {
    const std::vector<choice_words> loans{
        {.title = "Crédito tienda"}, {.title = "Crédito casa"}, {.title = "12 meses"}};
    EXPECT_EQ(match_choice("crédito", loans), std::nullopt);
    EXPECT_EQ(match_choice("el de la casa", loans), 1U);
    EXPECT_EQ(match_choice("12 meses", loans), 2U);
    EXPECT_EQ(match_choice("lo que sea", loans), std::nullopt);
}

TEST(match_choice, a_negated_word_picks_nothing) {
    EXPECT_EQ(picked("no quiero pagar ahora"), std::nullopt);
    EXPECT_EQ(picked("no la asesora"), std::nullopt);
}

TEST(match_choice, a_title_that_is_a_number_means_itself) {
    const std::vector<choice_words> counts{{.title = "3"}, {.title = "2"}, {.title = "1"}};
    EXPECT_EQ(match_choice("1", counts), 2U);
    EXPECT_EQ(match_choice("x", {}), std::nullopt);
}

TEST(match_yes_no, yes_in_all_our_languages) {
    for (const char* text :
         {"sí",         "Si",  "siii",     "simon",    "va",         "va pues",
          "cabal",      "ok",  "okey",     "si seño",  "sí gracias", "claro que sí",
          "está bien",  "oui", "ouais",    "D'accord", "yes",        "yep",
          "yes please", "👍",   "👍🏾", "sí 👍🙏",    "oui merci",  "si por favor"}) {
        EXPECT_EQ(match_yes_no(text), yes_no::yes) << text;
    }
}

TEST(match_yes_no, no_in_all_our_languages) {
    for (const char* text :
         {"no",
          "NO!",
          "nooo",
          "nel",
          "no gracias",
          "claro que no",
          "todavía no",
          "non",
          "non merci",
          "pas encore",
          "nope",
          "no thank you",
          "👎",
          "no seño"}) {
        EXPECT_EQ(match_yes_no(text), yes_no::no) << text;
    }
}

TEST(match_yes_no, an_answer_that_says_more_is_neither) {
    for (const char* text :
         {"no puedo pagar",
          "sí pero mañana",
          "no me alcanza",
          "sí no",
          "no, está bien",
          "gracias",
          "🙏",
          "",
          "ya",
          "no sé",
          "I can't",
          "je ne sais pas",
          "1"}) {
        EXPECT_EQ(match_yes_no(text), std::nullopt) << text;
    }
}

TEST(keyword_key, is_equal_for_one_word_however_spelt) {
    EXPECT_EQ(keyword_key("ALTO."), keyword_key("halto"));
    EXPECT_EQ(keyword_key("Saldo"), keyword_key("zaldo!!"));
    EXPECT_NE(keyword_key("alto"), keyword_key("alto ahí"));
    EXPECT_NE(keyword_key("stop"), keyword_key("don't stop"));
}

TEST(six_digits, are_found_alone_or_said_to_be_a_pin) {
    for (const char* text :
         {"482915",
          "4 8 2 9 1 5",
          " 482-915 ",
          "4,8,2,9,1,5",
          "mi pin es 482915",
          "es 482 915 seño",
          "PIN: 482915",
          "Mi contraseña es 482915",
          "４８２９１５",
          "my pin is 482915",
          "mon code est 482915",
          "482915 gracias 🙏"}) {
        EXPECT_EQ(six_digits(text), "482915") << text;
    }
}

TEST(six_digits, other_numbers_are_not) {
    for (const char* text :
         {"",
          "48291",
          "4829155",
          "+502 5555 1234",
          "debo 150000",
          "24/11/26",
          "10:40:15",
          "482915 482915",
          "pin",
          "quiero 482915 quetzales",
          "482915a"}) {
        EXPECT_EQ(six_digits(text), std::nullopt) << text;
    }
}

}  // namespace
}  // namespace tertulia::dialogs
