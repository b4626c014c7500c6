// The institution's own dialogs and messages, played through: the balance in three languages, and
// the words people really type.

#include "tests/talks/conversation.hpp"
#include "tests/talks/sources.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::dialogs {
namespace {

using namespace testing_sources;
using namespace testing_talk;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

struct golden_test : testing::Test {
    static std::shared_ptr<const script_set> own() {
        static const auto made = load_scripts(as_configured());
        EXPECT_TRUE(made.scripts) << all_problems(made);
        return made.scripts;
    }
    conversation talk{own()};
};

struct spoken {
    const char* language;
    const char* asks;
    const char* amount;
    const char* pays;
    const char* left;
    const char* cannot;
};
class balance_test : public golden_test, public testing::WithParamInterface<spoken> {};

TEST_P(balance_test, she_asks_proves_who_she_is_and_is_told) {
    const auto& in = GetParam();
    auto who = rosa();
    who.who.language = in.language;
    talk.know(who);

    EXPECT_THAT(talk.say(in.asks), ElementsAre("welcome.with_officer", "verify.pin"));
    EXPECT_THAT(talk.texts.at(0), AllOf(HasSubstr("Semilla"), HasSubstr("seño Brenda")));
    EXPECT_THAT(talk.texts.at(0), Not(HasSubstr("Rosa")));  // nobody has proved anything yet

    EXPECT_THAT(
        talk.pin(secret_answer::right),
        ElementsAre("verify.right", "balance.summary", "balance.more")
    );
    const auto& told = talk.texts.at(talk.texts.size() - 2);
    EXPECT_THAT(told, AllOf(HasSubstr(in.amount), HasSubstr(in.pays), HasSubstr(in.left)));

    EXPECT_THAT(talk.tap(in.cannot), ElementsAre("cannot_pay.what_happened"));
    EXPECT_THAT(talk.wait(30min), ElementsAre("cannot_pay.to_officer"));
    ASSERT_EQ(talk.session.cases.size(), 1U);
    EXPECT_EQ(talk.session.cases.front().kind, "hardship");
    EXPECT_EQ(talk.session.cases.front().queue, "credit_agent:brenda");
    EXPECT_EQ(talk.session.queue, "") << "the assistant goes on";
}

INSTANTIATE_TEST_SUITE_P(
    languages,
    balance_test,
    testing::Values(
        spoken{
            "es",
            "saldo",
            "1,041.65",
            "lunes, 14 de diciembre",
            "Le quedan 5 cuotas",
            "No puedo pagar"},
        spoken{"en", "balance", "1,041.65", "Monday", "5", "I cannot pay"},
        spoken{"fr", "solde", "041,65", "lundi 14 décembre", "5", "Je ne peux pas payer"}
    )
);

TEST_F(golden_test, her_own_misspelt_words_start_the_balance) {
    talk.know(rosa());
    EXPECT_THAT(
        talk.say("seño buenas, kuanto me falta"), ElementsAre("welcome.with_officer", "verify.pin")
    );
}

TEST_F(golden_test, a_greeting_is_greeted_and_offered_everything) {
    talk.know(rosa());
    EXPECT_THAT(
        talk.say("hola"), ElementsAre("welcome.with_officer", "greeting.hello", "menu.what")
    );
}

TEST_F(golden_test, a_stranger_learns_nothing_from_asking) {
    const auto unknown = [&] {
        talk.session = {};
        return talk.say("saldo");
    };
    const auto nobody = unknown();
    auto without_pin = rosa();
    without_pin.has_pin = false;
    talk.know(without_pin);
    talk.texts.clear();
    const auto somebody = unknown();
    EXPECT_EQ(nobody.back(), somebody.back());
    EXPECT_THAT(somebody, testing::Contains("verify.not_ready"));
    EXPECT_THAT(nobody, testing::Contains("verify.not_ready"));
}

TEST_F(golden_test, stop_is_done_at_once_whatever_was_asked) {
    talk.know(rosa());
    (void)talk.say("saldo");
    EXPECT_THAT(talk.say("ALTO"), ElementsAre("stop.done"));
    EXPECT_TRUE(talk.session.wishes.opted_out);
}

TEST_F(golden_test, help_at_the_pin_question_comes_back_to_it) {
    talk.know(rosa());
    (void)talk.say("saldo");
    EXPECT_THAT(talk.say("ayuda"), ElementsAre("help.text", "common.go_on", "verify.pin"));
}

TEST_F(golden_test, an_amount_is_never_told_in_a_group) {
    talk.know(rosa());
    (void)talk.say("saldo");
    (void)talk.pin(secret_answer::right);
    talk.group = "g1";
    EXPECT_THAT(talk.say("saldo"), testing::IsEmpty());
}

TEST_F(golden_test, the_language_she_picks_stays) {
    talk.know(rosa());
    (void)talk.say("idioma");
    (void)talk.tap("Français");
    EXPECT_EQ(talk.session.language, "fr");
    EXPECT_TRUE(talk.session.language_chosen);
    (void)talk.say("quiero hablar con una persona por favor");
    EXPECT_EQ(talk.session.language, "fr");
}

TEST_F(golden_test, someone_unknown_is_answered_in_the_language_she_writes) {
    (void)talk.say("hello, how much do I still owe?");
    EXPECT_EQ(talk.session.language, "en");
}

TEST_F(golden_test, her_own_words_to_what_happened_bring_a_person) {
    talk.know(rosa());
    talk.session.welcomed = true;
    EXPECT_THAT(talk.say("no puedo pagar"), ElementsAre("cannot_pay.what_happened"));
    EXPECT_THAT(
        talk.say("se me enfermó mi nena y gasté lo del pago"),
        testing::Contains("cannot_pay.options")
    );
    EXPECT_THAT(talk.wait(30min), testing::Contains("cannot_pay.to_officer"));
    EXPECT_THAT(
        talk.session.cases.front().words,
        testing::Contains("se me enfermó mi nena y gasté lo del pago")
    );
}

}  // namespace
}  // namespace tertulia::dialogs
