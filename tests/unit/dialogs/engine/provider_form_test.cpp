// A form that WhatsApp can ask at once: its answers are taken as if typed, what is wrong with them is
// asked in the chat, and wherever it cannot be had the same questions are put one by one.

#include "tests/talks/conversation.hpp"
#include "tests/talks/with.hpp"
#include "tests/talks/sources.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::dialogs {
namespace {

using namespace testing_talk;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* join = R"(dialog: join
about: Joining.
starts_on: {words: [unirme]}
opening: join.opening
flow: {id: "12345678", ask: join.at_once, screen: FIRST}
form:
  - {field: person, ask: join.person, expect: name}
  - {field: rhythm, ask: join.rhythm, choices: [weekly, monthly]}
  - {field: members, ask: join.members, expect: number, allow: "answer.members >= 5", otherwise: join.few}
  - {field: note, ask: join.note, expect: text, optional: true}
review: join.review
then: {say: join.done, end: true}
)";
constexpr const char* messages = R"(join.opening: "Con gusto."
join.at_once: "Toque para llenarlo."
join.at_once.open: "Llenar"
join.person: "¿Su nombre?"
join.rhythm: "¿Cada cuánto?"
join.rhythm.weekly: "Cada semana"
join.rhythm.monthly: "Cada mes"
join.members: "¿Cuántas son?"
join.few: "Son pocas."
join.note: "¿Algo más?"
join.note.skip: "Nada más"
join.review: "¿Está bien?"
join.review.confirm: "Sí"
join.person.label: "Nombre"
join.person.label.more: "{answer.person}"
join.rhythm.label: "Ritmo"
join.rhythm.label.more: "{answer.rhythm}"
join.members.label: "Cuántas"
join.members.label.more: "{answer.members}"
join.note.label: "Nota"
join.note.label.more: "ok"
join.done: "Listo."
)";

struct provider_form_test : testing::Test {
    static std::shared_ptr<const script_set> scripts() {
        static const auto set = with({join}, messages);
        return set;
    }
    conversation talk{scripts()};
    provider_form_test() { talk.session.welcomed = true; }

    say_form opened() {
        EXPECT_THAT(talk.say("unirme"), ElementsAre("join.opening", "join.at_once"));
        if (talk.others.empty()) return {};
        return std::get<say_form>(talk.others.back());
    }
    std::vector<std::string> fills(const std::string& token, std::vector<form_answer> answers) {
        return talk.hear(form_reply{.form = "flow", .token = token, .answers = std::move(answers)});
    }
    std::vector<std::string> fails(const std::string& key, int code = 132068) {
        return talk.happen(delivery_outcome{
            .outbox_id = 1,
            .purpose = key,
            .status = delivery_status::failed,
            .error = {.code = code}});
    }
};

TEST_F(provider_form_test, it_is_opened_by_a_button_and_bears_a_token_of_this_talk) {
    const auto form = opened();
    EXPECT_EQ(form.form, "12345678");
    EXPECT_EQ(form.screen, "FIRST");
    EXPECT_EQ(form.button, "Llenar");
    EXPECT_EQ(form.text, "Toque para llenarlo.");
    EXPECT_FALSE(form.token.empty());
}

TEST_F(provider_form_test, whole_answers_lead_to_the_review) {
    const auto form = opened();
    EXPECT_THAT(
        fills(form.token, {{"person", "Rosa Xol"}, {"rhythm", "weekly"}, {"members", "8"}, {"note", ""}}),
        ElementsAre("join.review")
    );
    EXPECT_THAT(talk.texts.back(), HasSubstr("Rosa Xol"));
    EXPECT_THAT(talk.texts.back(), HasSubstr("8"));
    EXPECT_THAT(talk.say("si"), ElementsAre("join.done"));
}

TEST_F(provider_form_test, a_choice_may_come_as_she_saw_it) {
    const auto form = opened();
    EXPECT_THAT(
        fills(form.token, {{"person", "Rosa"}, {"rhythm", "Cada mes"}, {"members", "8"}}),
        ElementsAre("join.note")
    );
}

TEST_F(provider_form_test, what_is_missing_wrong_or_not_allowed_is_asked_in_the_chat) {
    const auto form = opened();
    EXPECT_THAT(
        fills(form.token, {{"person", "Rosa"}, {"rhythm", "never"}, {"members", "3"}, {"evil", "x"}}),
        ElementsAre("join.few", "join.rhythm")
    );
    EXPECT_THAT(talk.say("Cada mes"), ElementsAre("join.members"));
    EXPECT_THAT(talk.say("8"), ElementsAre("join.note"));
}

TEST_F(provider_form_test, answers_with_another_token_or_twice_are_not_taken) {
    const auto form = opened();
    const std::vector<form_answer> answers{{"person", "Rosa"}, {"rhythm", "weekly"}, {"members", "8"}};
    EXPECT_THAT(fills("another", answers), ElementsAre("common.stale_tap", "join.at_once"));
    EXPECT_THAT(fills("", answers), ElementsAre("common.stale_tap", "join.at_once"));
    EXPECT_EQ(std::get<say_form>(talk.others.back()).token, form.token);  // still the same form
    EXPECT_THAT(fills(form.token, answers), ElementsAre("join.note"));
    EXPECT_THAT(fills(form.token, answers), ElementsAre("common.stale_tap", "join.note"));
}

TEST_F(provider_form_test, answers_to_no_question_at_all_change_nothing) {
    EXPECT_THAT(
        fills("token", {{"person", "Rosa"}}), ElementsAre("common.stale_tap", "menu.what")
    );
}

TEST_F(provider_form_test, whoever_writes_is_asked_in_writing_and_may_still_send_the_form) {
    const auto form = opened();
    EXPECT_THAT(talk.say("xyzzy"), ElementsAre("join.person"));
    EXPECT_EQ(talk.session.misses, 0U);
    EXPECT_THAT(talk.say("Rosa"), ElementsAre("join.rhythm"));
    EXPECT_THAT(
        fills(form.token, {{"person", "Rosa"}, {"rhythm", "weekly"}, {"members", "8"}}),
        ElementsAre("join.note")
    );
}

TEST_F(provider_form_test, a_form_that_cannot_be_opened_is_asked_step_by_step) {
    (void)opened();
    EXPECT_THAT(fails("join.opening"), IsEmpty());
    EXPECT_THAT(fails("join.at_once"), ElementsAre("join.person"));
    EXPECT_THAT(fails("join.at_once"), IsEmpty());  // told once more: nothing is asked again
    EXPECT_THAT(talk.say("Rosa"), ElementsAre("join.rhythm"));
    // Beginning again in the same place does not try it again.
}

TEST_F(provider_form_test, other_channels_are_asked_step_by_step) {
    auto from = sources_with({join}, messages);
    from.of.channels = {{"whatsapp", channel_kind::whatsapp}, {"sms", channel_kind::sms}};
    const auto made = load_scripts(from);
    ASSERT_TRUE(made.scripts);
    conversation by_sms{made.scripts};
    by_sms.session.welcomed = true;
    by_sms.channel = "sms";
    EXPECT_THAT(by_sms.say("unirme"), ElementsAre("join.opening", "join.person"));
}

TEST(provider_form, mistakes_are_told) {
    const auto broken = [](const std::string& flow) {
        std::string text{join};
        const auto at = text.find("flow:");
        return told_of({text.replace(at, text.find('\n', at) - at, flow)}, messages);
    };
    EXPECT_THAT(broken("flow: 12345678"), HasSubstr("'flow' looks like"));
    EXPECT_THAT(broken("flow: {ask: join.at_once}"), HasSubstr("id"));
    EXPECT_THAT(broken("flow: {id: \"12345678\"}"), HasSubstr("ask"));
    EXPECT_THAT(broken("flow: {id: \"12345678\", ask: join.nothing}"), HasSubstr("join.nothing"));
    EXPECT_THAT(
        broken("flow: {id: \"12345678\", ask: join.at_once, colour: red}"), HasSubstr("colour")
    );
    std::string no_form = "dialog: plain\nabout: X.\nflow: {id: \"12345678\", ask: join.at_once}\n"
                          "starts_on: {words: [plano]}\nbegin: a\nstates:\n  a: {say: join.done, end: true}\n";
    EXPECT_THAT(told_of({join, no_form}, messages), HasSubstr("belongs to a dialog with 'form:'"));
}

// ---- her number

constexpr const char* number = R"(dialog: number
about: Her number.
starts_on: {words: [numero]}
begin: ask
states:
  ask: {ask: number.ask, expect: phone, keep_as: phone, go: done}
  done: {say: number.done, end: true}
)";
constexpr const char* number_messages = "number.ask: \"¿Su número?\"\nnumber.done: \"Gracias.\"\n";

struct ask_contact_test : testing::Test {
    conversation talk{with({number}, number_messages)};
    ask_contact_test() { talk.session.welcomed = true; }
};

TEST_F(ask_contact_test, whoever_hides_her_number_gets_the_button_and_her_card_answers) {
    talk.known_as = identity_kind::bsuid;
    EXPECT_THAT(talk.say("numero"), ElementsAre("number.ask"));
    ASSERT_EQ(talk.others.size(), 1U);
    EXPECT_EQ(std::get<ask_contact>(talk.others[0]).text, "¿Su número?");
    EXPECT_THAT(
        talk.hear(std::vector<shared_contact>{{"Rosa", {"+502 5555 1234"}, true}}),
        ElementsAre("number.done")
    );
}

TEST_F(ask_contact_test, whose_number_we_see_is_asked_in_words) {
    EXPECT_THAT(talk.say("numero"), ElementsAre("number.ask"));
    EXPECT_THAT(talk.others, IsEmpty());
    EXPECT_THAT(talk.say("5555 1234"), ElementsAre("number.done"));
}

TEST_F(ask_contact_test, cards_that_are_no_answer_are_not_taken) {
    (void)talk.say("numero");
    const std::vector<shared_contact> none{{"Rosa", {}, true}};
    const std::vector<shared_contact> broken{{"Rosa", {"12"}, true}};
    const std::vector<shared_contact> two{{"Rosa", {"+50255551234"}}, {"Ana", {"+50255551235"}}};
    for (const auto& cards : {none, broken, two}) {
        EXPECT_THAT(talk.hear(cards), ElementsAre("common.unsupported", "number.ask"));
    }
}

}  // namespace
}  // namespace tertulia::dialogs
