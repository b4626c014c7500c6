// What is said when she has not written for a day: the approved template of a message, whole, or
// nothing and a record.

#include "tests/talks/conversation.hpp"
#include "tests/talks/sources.hpp"
#include "tests/talks/with.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::dialogs {
namespace {

using namespace testing_talk;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr auto visit = R"(dialog: visit
about: Asks after some days.
starts_on: {words: [visita]}
begin: plan
states:
  plan: {schedule: {after: 2 days, begin: visit_ask}, end: true}
)";
constexpr auto visit_ask = R"(dialog: visit_ask
about: May we come?
begin: ask
states:
  ask:
    ask: visit.ask
    choices:
      - {pick: later, say: visit.bye, end: true}
      - {pick: yes, say: visit.yes, end: true}
    if_silent: {after: 12 h, end: true}
)";
constexpr auto visit_messages = R"(visit.ask:
  text: "¿Le visitamos, {client.first_name}?"
  template:
    name: visit_ask
    category: marketing
    body: {who: "{client.first_name}"}
    buttons: [yes, later]
visit.ask.yes: "Sí"
visit.ask.later: "Otro día"
visit.bye: "Está bien."
visit.yes: "Allá llegamos."
)";

struct templates : testing::Test {
    conversation talk{with({visit, visit_ask}, visit_messages)};
    templates() {
        talk.session.welcomed = true;
        talk.know(rosa());
        (void)talk.say("visita");
    }
    [[nodiscard]] const say_template* sent() const {
        const auto* made = talk.found<send>();
        return made == nullptr ? nullptr : std::get_if<say_template>(&made->message.content);
    }
};

TEST_F(templates, a_question_goes_out_by_its_template) {
    EXPECT_THAT(talk.wait(2 * 24h), ElementsAre("visit.ask"));
    ASSERT_NE(sent(), nullptr);
    EXPECT_EQ(sent()->name, "visit_ask");
    EXPECT_EQ(sent()->language, "es");
    ASSERT_EQ(sent()->body.size(), 1U);
    EXPECT_EQ(sent()->body[0].name, "who");
    EXPECT_EQ(sent()->body[0].text, "Rosa");
    EXPECT_EQ(sent()->text, "¿Le visitamos, Rosa?");
    EXPECT_EQ(talk.found<send>()->urgency, priority::bulk) << "marketing goes behind all else";
}

TEST_F(templates, its_quick_replies_are_the_choices_it_names_in_its_order) {
    (void)talk.wait(2 * 24h);
    ASSERT_NE(sent(), nullptr);
    ASSERT_EQ(sent()->buttons.size(), 2U);
    EXPECT_EQ(sent()->buttons[0].index, 0);
    EXPECT_EQ(sent()->buttons[0].title, "Sí");
    EXPECT_THAT(sent()->buttons[0].payload, HasSubstr("visit_ask.ask|yes"));
    EXPECT_EQ(sent()->buttons[1].index, 1);
    EXPECT_THAT(sent()->buttons[1].payload, HasSubstr("|later"));
}

TEST_F(templates, a_tap_on_one_is_heard_as_that_choice) {
    (void)talk.wait(2 * 24h);
    ASSERT_NE(sent(), nullptr);
    const auto payload = sent()->buttons[0].payload;
    EXPECT_THAT(talk.hear(tapped_choice{payload, "Sí"}), ElementsAre("visit.yes"));
    EXPECT_THAT(talk.session.frames, IsEmpty());
}

TEST_F(templates, words_answer_it_too_and_what_follows_is_said_as_it_is) {
    (void)talk.wait(2 * 24h);
    EXPECT_THAT(talk.say("otro día"), ElementsAre("visit.bye"));
    EXPECT_TRUE(std::holds_alternative<say_text>(talk.found<send>()->message.content));
}

TEST_F(templates, silence_ends_it_as_any_question) {
    (void)talk.wait(2 * 24h);
    EXPECT_THAT(talk.wait(12h), IsEmpty());
    EXPECT_THAT(talk.session.frames, IsEmpty());
}

TEST_F(templates, within_the_day_no_template_is_needed) {
    (void)talk.wait(47h);
    (void)talk.say("menú");
    EXPECT_THAT(talk.wait(1h), ElementsAre("visit.ask"));
    EXPECT_EQ(sent(), nullptr);
}

TEST_F(templates, none_is_sent_half_empty) {
    auto nameless = rosa();
    nameless.who.first_name.clear();
    talk.know(nameless);
    EXPECT_THAT(talk.wait(2 * 24h), IsEmpty());
    ASSERT_NE(talk.found<keep_record>(), nullptr);
    EXPECT_EQ(talk.found<keep_record>()->kind, "template_incomplete");
    EXPECT_EQ(talk.found<keep_record>()->detail, "visit.ask: client.first_name");
    EXPECT_THAT(talk.session.frames, IsEmpty()) << "nobody was asked";
}

TEST_F(templates, none_is_sent_to_who_asked_for_silence) {
    talk.session.wishes.opted_out = true;
    EXPECT_THAT(talk.wait(2 * 24h), IsEmpty());
    EXPECT_EQ(talk.found<keep_record>(), nullptr);
}

TEST_F(templates, a_question_with_a_text_for_sms_alone_is_not_asked_and_recorded) {
    std::string messages = visit_messages;
    const auto from = messages.find("  template:");
    messages.replace(from, messages.find("visit.ask.yes") - from, "  sms: \"Le visitamos?\"\n");
    talk.use(with({visit, visit_ask}, messages));
    EXPECT_THAT(talk.wait(2 * 24h), IsEmpty());
    ASSERT_NE(talk.found<keep_record>(), nullptr);
    EXPECT_EQ(talk.found<keep_record>()->kind, "outside_window");
    EXPECT_EQ(talk.found<keep_record>()->detail, "visit.ask");
}

// ---- Not there in her language: hers is French, the house's Spanish.

constexpr auto in_french = R"(visit.ask:
  text: "Nous venons, chère {client.first_name} ?"
  template:
    name: visit_ask
    category: marketing
    body: {who: "chère {client.first_name}"}
    buttons: [yes, later]
visit.ask.yes: "Oui"
visit.ask.later: "Un autre jour"
visit.bye: "D'accord."
visit.yes: "Nous arrivons."
)";

struct missing_in_french : templates {
    missing_in_french() {
        auto from = sources_with({visit, visit_ask}, visit_messages);
        from.messages.push_back({"messages/fr.yaml", in_french});
        const auto made = load_scripts(from);
        EXPECT_TRUE(made.scripts) << testing_sources::all_problems(made);
        talk.use(made.scripts);
        talk.session.language = "fr";
        talk.session.language_chosen = true;
        (void)talk.wait(2 * 24h);
    }
    // What was sent last fails as the provider's 132001.
    std::vector<std::string> fails(failure means = failure::no_template) {
        const auto lost = *talk.found<send>();
        return talk.happen(delivery_outcome{
            .outbox_id = 7,
            .purpose = lost.purpose,
            .status = delivery_status::failed,
            .error = {.code = 132001, .means = means},
            .touch = lost.touch,
            .what = undelivered{
                .message = lost.message, .urgency = lost.urgency, .expires_at = talk.now + 24h}});
    }
};

TEST_F(missing_in_french, it_is_said_anew_in_the_institutions_language_as_the_same_contact) {
    ASSERT_NE(sent(), nullptr);
    EXPECT_EQ(sent()->language, "fr");
    EXPECT_EQ(sent()->text, "Nous venons, chère Rosa ?");
    const auto before = *talk.found<send>();
    EXPECT_THAT(fails(), ElementsAre("visit.ask"));
    ASSERT_NE(sent(), nullptr);
    EXPECT_EQ(sent()->language, "es");
    EXPECT_EQ(sent()->text, "¿Le visitamos, Rosa?");
    ASSERT_EQ(sent()->body.size(), 1U);
    EXPECT_EQ(sent()->body[0].text, "Rosa") << "not what stood in the French one";
    ASSERT_EQ(sent()->buttons.size(), 2U);
    EXPECT_EQ(sent()->buttons[0].title, "Sí");
    EXPECT_THAT(sent()->buttons[0].payload, HasSubstr("|yes"));
    EXPECT_EQ(talk.found<send>()->touch, before.touch);
    EXPECT_EQ(talk.found<send>()->message.to, before.message.to);
    EXPECT_EQ(talk.found<send>()->keep_for, 24h);
    ASSERT_NE(talk.found<keep_record>(), nullptr);
    EXPECT_EQ(talk.found<keep_record>()->detail, "visit_ask: es instead of fr");
    EXPECT_EQ(talk.session.language, "fr") << "she still speaks hers";
    EXPECT_THAT(talk.hear(tapped_choice{sent()->buttons[0].payload, "Sí"}), ElementsAre("visit.yes"));
}

TEST_F(missing_in_french, it_is_tried_once) {
    (void)fails();
    EXPECT_THAT(fails(), IsEmpty());
    ASSERT_NE(talk.found<keep_record>(), nullptr);
    EXPECT_EQ(talk.found<keep_record>()->kind, "send_failed");
    EXPECT_NE(talk.found<hand_over>(), nullptr) << "a person is to know";
}

TEST_F(missing_in_french, other_failures_are_as_ever) {
    EXPECT_THAT(fails(failure::other), IsEmpty());
    EXPECT_NE(talk.found<hand_over>(), nullptr);
}

TEST_F(missing_in_french, nothing_is_said_too_late_or_to_who_wants_nothing) {
    auto gone = delivery_outcome{
        .outbox_id = 7,
        .purpose = "visit.ask",
        .status = delivery_status::failed,
        .error = {.code = 132001, .means = failure::no_template}};
    const auto lost = *talk.found<send>();
    EXPECT_THAT(talk.happen(gone), IsEmpty()) << "nobody knows what it was";
    gone.what = undelivered{.message = lost.message, .expires_at = talk.now};
    EXPECT_THAT(talk.happen(gone), IsEmpty()) << "too late";
    gone.what->expires_at = talk.now + 24h;
    talk.session.wishes.opted_out = true;
    EXPECT_THAT(talk.happen(gone), IsEmpty());
    talk.session.wishes.opted_out = false;
    EXPECT_THAT(talk.happen(gone), ElementsAre("visit.ask"));
}

TEST_F(missing_in_french, what_is_asked_no_more_is_not_said_anew_nor_what_may_be_another_by_now) {
    const auto lost = *talk.found<send>();
    (void)talk.say("menu");
    auto gone = delivery_outcome{
        .outbox_id = 7,
        .purpose = lost.purpose,
        .status = delivery_status::failed,
        .error = {.code = 132001, .means = failure::no_template},
        .what = undelivered{.message = lost.message, .expires_at = talk.now + 24h}};
    EXPECT_THAT(talk.happen(gone), IsEmpty()) << "she is asked something else";
    gone.purpose = "balance.tell";
    std::get<say_template>(gone.what->message.content).buttons.clear();
    EXPECT_THAT(talk.happen(gone), IsEmpty()) << "it speaks of a loan: of which, by now?";
}

// A telephone of Rosa's and Petrona's, from which Rosa wrote two days ago.
struct templates_of_several : templates {
    templates_of_several() {
        talk.session.writes_as = "rosa";
        talk.session.writes_as_at = talk.now;
        auto other = rosa();
        other.who.id = "petrona";
        other.who.first_name = "Petrona";
        talk.known.clients.push_back(std::make_shared<const client_facts>(std::move(other)));
    }
    // With another text in the gap that says whom it is for, and in the message.
    void say_instead(const std::string& gap) {
        std::string messages = visit_messages;
        for (const auto* was : {"{client.first_name}\"}", "{client.first_name}?\""}) {
            const auto at = messages.find(was);
            ASSERT_NE(at, std::string::npos);
            messages.replace(at, std::string{"{client.first_name}"}.size(), gap);
        }
        talk.use(with({visit, visit_ask}, messages));
    }
    [[nodiscard]] std::string record() const {
        const auto* kept = talk.found<keep_record>();
        return kept == nullptr ? "" : kept->kind + " " + kept->detail;
    }
};

TEST_F(templates_of_several, one_that_says_whose_it_is_goes_to_her) {
    EXPECT_THAT(talk.wait(2 * 24h), ElementsAre("visit.ask"));
    ASSERT_NE(sent(), nullptr);
    EXPECT_EQ(sent()->body[0].text, "Rosa");
    EXPECT_EQ(sent()->text, "¿Le visitamos, Rosa?");
}

TEST_F(templates_of_several, one_that_tells_nothing_of_anybody_goes_as_it_is) {
    say_instead("{institution.name}");
    EXPECT_THAT(talk.wait(2 * 24h), ElementsAre("visit.ask"));
    ASSERT_NE(sent(), nullptr);
}

TEST_F(templates_of_several, none_goes_where_nobody_has_said_who_she_is) {
    talk.session.writes_as.clear();
    EXPECT_THAT(talk.wait(2 * 24h), IsEmpty());
    EXPECT_EQ(record(), "template_incomplete visit.ask: client.first_name");
}

TEST_F(templates_of_several, nothing_of_her_goes_but_how_she_is_called) {
    say_instead("{client.first_name} {client.village, select, missing {} other {{client.village}}}");
    EXPECT_THAT(talk.wait(2 * 24h), ElementsAre("visit.ask"));
    ASSERT_NE(sent(), nullptr);
    EXPECT_EQ(sent()->body[0].text, "Rosa ");
}

TEST_F(templates_of_several, one_that_needs_more_of_her_does_not_go) {
    say_instead("{officer.first_name}");
    EXPECT_THAT(talk.wait(2 * 24h), IsEmpty());
    EXPECT_EQ(record(), "template_incomplete visit.ask: officer.first_name");
}

// Her answers are in the talk, whoever reads.
TEST(templates_of_answers, go_to_several_only_with_how_she_is_called) {
    constexpr auto asking = R"(dialog: asking
about: How many.
starts_on: {words: [pedir]}
begin: many
states:
  many: {ask: asking.many, expect: number, keep_as: many, go: sure}
  sure:
    ask: asking.sure
    choices: [{pick: yes, end: true}]
    if_silent: {after: 2 days, say: asking.bye, end: true}
)";
    const auto after_two_days = [&](const std::string& gaps) {
        const std::string messages =
            "asking.many: \"¿Cuántos?\"\nasking.sure: \"¿Seguro?\"\nasking.sure.yes: \"Sí\"\n"
            "asking.bye:\n  text: \"Pidió.\"\n  template: {name: bye, body: " +
            gaps + "}\n";
        conversation talk{with({asking}, messages)};
        talk.session.welcomed = true;
        talk.know(rosa());
        talk.known.clients.push_back(talk.known.clients.front());
        talk.session.writes_as = "rosa";
        talk.session.writes_as_at = talk.now;
        (void)talk.say("pedir");
        EXPECT_THAT(talk.say("5"), ElementsAre("asking.sure"));
        (void)talk.wait(2 * 24h);
        return talk;
    };
    const auto untold = after_two_days("[\"{answer.many}\"]");
    EXPECT_EQ(untold.found<send>(), nullptr);
    ASSERT_NE(untold.found<keep_record>(), nullptr);
    EXPECT_EQ(untold.found<keep_record>()->kind, "template_not_addressed");
    EXPECT_EQ(untold.found<keep_record>()->detail, "asking.bye");
    const auto told = after_two_days("[\"{client.first_name}\", \"{answer.many}\"]");
    ASSERT_NE(told.found<send>(), nullptr);
    const auto* sent = std::get_if<say_template>(&told.found<send>()->message.content);
    ASSERT_NE(sent, nullptr);
    EXPECT_EQ(sent->body[0].text, "Rosa");
    EXPECT_EQ(sent->body[1].text, "5");
}

TEST(templates_of_texts, go_out_after_a_long_silence) {
    const auto patient = R"(dialog: visit
about: Asks now.
starts_on: {words: [ahora]}
begin: ask
states:
  ask:
    ask: visit.ask
    choices: [{pick: yes, end: true}, {pick: later, end: true}]
    if_silent: {after: 2 days, say: visit.bye, end: true}
)";
    std::string messages = visit_messages;
    const std::string was = "visit.bye: \"Está bien.\"\nvisit.yes: \"Allá llegamos.\"\n";
    messages.replace(
        messages.find(was), was.size(), "visit.bye: {text: \"Está bien.\", template: good_bye}\n"
    );
    conversation talk{with({patient}, messages)};
    talk.session.welcomed = true;
    talk.know(rosa());
    EXPECT_THAT(talk.say("ahora"), ElementsAre("visit.ask"));
    EXPECT_THAT(talk.wait(2 * 24h), ElementsAre("visit.bye"));
    ASSERT_NE(talk.found<send>(), nullptr);
    const auto* sent = std::get_if<say_template>(&talk.found<send>()->message.content);
    ASSERT_NE(sent, nullptr);
    EXPECT_EQ(sent->name, "good_bye");
    EXPECT_EQ(talk.found<send>()->urgency, priority::nudge);
}

}  // namespace
}  // namespace tertulia::dialogs
