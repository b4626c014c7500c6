// The model learns from the operators' own examples in config/ and is held to phrases it never saw:
// tests/corpus/understanding/. Small examples of this file's own show the rules one by one.

#include "tests/unit/dialogs/understanding/shipped_phrases.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <rapidcheck/gtest.h>

#include <fstream>
#include <iostream>
#include <string>
#include <vector>

namespace tertulia::dialogs {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;

std::vector<phrase> corpus(const std::string& name) {
    std::vector<phrase> phrases;
    std::ifstream file{source_path("tests/corpus/understanding/" + name)};
    for (std::string line; std::getline(file, line);) {
        if (line.empty() || line[0] == '#') continue;
        const auto first = line.find('|');
        const auto second = line.find('|', first + 1);
        phrases.push_back(
            {line.substr(0, first),
             line.substr(first + 1, second - first - 1),
             line.substr(second + 1)}
        );
    }
    return phrases;
}

// A dozen intents' worth of examples is in config; these few are enough for the rules.
const std::vector<phrase> few{
    {"stop", "es", "ya no me manden mensajes"},
    {"stop", "es", "no quiero recibir más avisos"},
    {"stop", "en", "stop texting me"},
    {"hardship", "es", "este mes no voy a poder pagar"},
    {"hardship", "es", "no me alcanzó el dinero"},
    {"hardship", "en", "I can't pay this month"},
    {"pay_report", "es", "ya pagué mi cuota"},
    {"pay_report", "es", "ya fui a pagar al banco"},
    {"apply", "es", "quiero un préstamo"},
    {"apply", "es", "quiero sacar un crédito"},
    {"balance", "es", "cuánto debo todavía"},
    {"balance", "fr", "combien je dois encore"},
    {"thanks", "es", "👍"},
    {"greeting", "es", "buenas"},
    {"thanks", "fr", "buenas"},
};

TEST(intent_model, one_that_knows_nothing_says_nothing) {
    const auto about = intent_model{}.understand("cuánto debo");
    EXPECT_EQ(about.intent, "");
    EXPECT_THAT(about.alternatives, IsEmpty());
    EXPECT_EQ(intent_model::train({}).understand("hola").intent, "");
    EXPECT_EQ(intent_model::train(few).understand("").intent, "");
    EXPECT_EQ(intent_model::train(few).understand("?!").intent, "");
}

TEST(intent_model, an_example_itself_is_certain_however_it_is_spelt) {
    const auto model = intent_model::train(few);
    const auto about = model.understand("IA no me manden mensages!!");
    EXPECT_EQ(about.intent, "stop");
    EXPECT_EQ(about.confidence, 1.0);
    EXPECT_EQ(about.language, "es");
    EXPECT_EQ(model.understand("👍🏽").intent, "thanks");
}

TEST(intent_model, an_example_of_two_intents_decides_nothing) {
    EXPECT_LT(intent_model::train(few).understand("buenas").confidence, 1.0);
}

TEST(intent_model, an_example_of_several_languages_is_in_the_one_she_speaks) {
    const std::vector<phrase> examples{
        {"menu", "fr", "menu"}, {"menu", "en", "menu"}, {"menu", "es", "menú"}};
    const auto model = intent_model::train(examples);
    EXPECT_EQ(model.understand("menu", "es").language, "es");
    EXPECT_EQ(model.understand("menu", "fr-HT").language, "fr");
    EXPECT_EQ(model.understand("menu", "quc").language, "en");  // the first by name, in any order
}

TEST(intent_model, names_its_intents_and_tells_the_language) {
    const auto model = intent_model::train(few);
    EXPECT_THAT(
        model.intents(),
        ElementsAre("apply", "balance", "greeting", "hardship", "pay_report", "stop", "thanks")
    );
    EXPECT_EQ(model.understand("combien dois je").language, "fr");
    EXPECT_EQ(model.understand("cuanto debo seño").language, "es");
}

TEST(intent_model, a_day_and_nothing_else_is_never_acted_upon) {
    auto examples = few;
    examples.push_back({"pay_report", "es", "pagué el 20"});
    examples.push_back({"promise", "es", "le pago el lunes"});
    const auto model = intent_model::train(examples);
    for (const char* text : {"el 20", "el 5", "pasado mañana", "tal vez el viernes", "24/12"}) {
        const auto about = model.understand(text, "es");
        EXPECT_EQ(about.intent, "") << text;
        EXPECT_THAT(about.alternatives, ElementsAre(Field(&guess::intent, "promise"))) << text;
    }
    EXPECT_EQ(model.understand("le pago el lunes", "es").intent, "promise");
    EXPECT_EQ(model.understand("pagué el 20", "es").intent, "pay_report");
    EXPECT_NE(model.understand("pagué el 21", "es").intent, "") << "more than a day is told";
    EXPECT_THAT(intent_model::train(few).understand("el 20", "es").alternatives, IsEmpty());
}

TEST(intent_model, strange_texts_are_not_guessed_at) {
    const auto about = intent_model::train(few).understand("xkcd zzz qwrt");
    EXPECT_EQ(about.intent, "");
    EXPECT_EQ(about.language, "");
    EXPECT_THAT(about.alternatives, IsEmpty());
}

TEST(intent_model, the_order_of_examples_does_not_matter) {
    auto turned = few;
    std::reverse(turned.begin(), turned.end());
    const auto one = intent_model::train(few);
    const auto other = intent_model::train(turned);
    for (const char* text : {"kuanto debo", "no puedo pagar", "prestamo"}) {
        EXPECT_EQ(one.understand(text).intent, other.understand(text).intent);
        EXPECT_NEAR(one.understand(text).confidence, other.understand(text).confidence, 1e-4);
    }
}

struct shipped_model : testing::Test {
    static const intent_model& model() {
        static const auto trained = intent_model::train(shipped_examples());
        return trained;
    }
};

TEST_F(shipped_model, no_misspelt_message_is_misunderstood) {
    const auto phrases = corpus("misspelt.txt");
    ASSERT_EQ(phrases.size(), 25U);
    for (const auto& each : phrases) {
        const auto about = model().understand(each.text);
        EXPECT_EQ(about.intent, each.intent) << each.text;
        // Of fewer words nobody acts on the language.
        if (std::ranges::count(each.text, ' ') < 2) continue;
        EXPECT_EQ(about.language, each.language) << each.text;
    }
}

// "No messages until Monday" is no stop, and no day on which she pays.
TEST_F(shipped_model, a_refusal_of_messages_for_a_time_is_a_pause) {
    for (const char* text : {"ya no me escriba hoy", "no me escriba hasta el 15 de diciembre",
                             "ya no me manden recordatorios este mes", "no me escriba por 6 meses"}) {
        EXPECT_EQ(model().understand(text, "es").intent, "pause_messages") << text;
    }
    EXPECT_EQ(model().understand("do not text me until december 15", "en").intent, "pause_messages");
    EXPECT_EQ(model().understand("ya no me escriban nunca", "es").intent, "stop");
    for (const char* text : {"un momento", "quiero pausar mis pagos", "pausa de pagos"}) {
        EXPECT_NE(model().understand(text, "es").intent, "pause_messages") << text;
    }
}

TEST_F(shipped_model, fresh_phrases_are_understood_asked_about_or_rarely_mistaken) {
    int right = 0;
    int mistaken = 0;
    int count = 0;
    for (const auto& each : corpus("fresh.txt")) {
        const auto about = model().understand(each.text);
        if (each.intent == "!stop") {
            EXPECT_NE(about.intent, "stop") << each.text;
            continue;
        }
        ++count;
        const auto wanted = each.intent == "-" ? std::string{} : each.intent;
        if (about.intent == wanted) {
            ++right;
        } else if (!about.intent.empty()) {
            ++mistaken;
            EXPECT_THAT(
                (std::vector<std::string>{"stop", "complaint", "hardship"}),
                testing::Not(Contains(about.intent))
            ) << each.text;
        }
    }
    std::cout << "understood " << right << " of " << count << ", mistaken " << mistaken << '\n';
    RecordProperty("understood", right);
    RecordProperty("mistaken", mistaken);
    EXPECT_GE(right * 100, count * 85);
    EXPECT_LE(mistaken * 100, count * 8);
}

TEST_F(shipped_model, denial_turns_the_meaning) {
    EXPECT_EQ(model().understand("ya no voy a poder pagar").intent, "hardship");
    EXPECT_EQ(model().understand("I can't pay you this week").intent, "hardship");
    EXPECT_NE(model().understand("todavía no he pagado").intent, "pay_report");
    EXPECT_EQ(model().understand("ya no quiero el préstamo").intent, "");
    EXPECT_EQ(model().understand("je ne veux plus de prêt").intent, "");
}

TEST(intent_model, denial_turns_the_meaning_of_an_intent_an_operator_added) {
    auto examples = shipped_examples();
    for (const auto* text :
         {"quiero ahorrar", "cómo puedo ahorrar con ustedes", "quisiera abrir un ahorro",
          "me interesa ahorrar", "tienen cuentas de ahorro", "quiero guardar mi dinero"}) {
        examples.push_back({"savings", "es", text});
    }
    const auto taught = intent_model::train(examples);
    EXPECT_EQ(taught.understand("quiero ahorrar algo").intent, "savings");
    EXPECT_EQ(taught.understand("no quiero ahorrar").intent, "");
}

TEST_F(shipped_model, a_bare_already_is_only_offered) {
    const auto about = model().understand("Ya");
    EXPECT_EQ(about.intent, "");
}

TEST_F(shipped_model, stop_and_complaint_are_never_guessed_when_close) {
    const auto about = model().understand("mensajes");
    EXPECT_EQ(about.intent, "");
    EXPECT_LE(about.alternatives.size(), 2U);
}

TEST_F(shipped_model, alternatives_come_best_first_and_without_the_intent) {
    for (const auto& each : corpus("fresh.txt")) {
        const auto about = model().understand(each.text);
        ASSERT_LE(about.alternatives.size(), 2U);
        for (const auto& guess : about.alternatives) {
            EXPECT_NE(guess.intent, about.intent);
            EXPECT_LE(guess.confidence, about.confidence);
        }
        if (about.alternatives.size() == 2) {
            EXPECT_GE(about.alternatives[0].confidence, about.alternatives[1].confidence);
        }
    }
}

RC_GTEST_FIXTURE_PROP(shipped_model, any_text_gives_a_sane_answer, (const std::string& any)) {
    const auto about = model().understand(any);
    RC_ASSERT(about.confidence >= 0.0 && about.confidence <= 1.0);
    RC_ASSERT(about.intent.empty() || !about.language.empty());
}

}  // namespace
}  // namespace tertulia::dialogs
