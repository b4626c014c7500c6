// While a person is only waited for, the assistant goes on answering: what it understands is served as
// ever, what it does not is kept for that person.

#include "tests/talks/conversation.hpp"
#include "tests/talks/with.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::dialogs {
namespace {

using namespace testing_talk;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr auto patient_person = R"(dialog: person
about: A person, or others, or nobody.
starts_on: {words: [persona], intents: [human]}
begin: over
states:
  over:
    say: person.coming
    hand_over: {to: credit_agent, because: asked, if_silent: {after: 2 h, go: others}}
  others: {hand_over: {to: support, because: asked, if_silent: {after: 3 h, say: person.sorry, end: true}}}
)";
constexpr auto verify = R"(dialog: verify
about: Is it her? Not asked for ever.
plays: verify
begin: pin
states:
  pin:
    ask: verify.pin
    expect: pin
    when: {right: right, wrong: no, locked: no, branch_only: no, none_set: no, not_a_pin: no}
    if_silent: {after: 10 min, end: true}
  right: {set: {welcomed: true}, return: ok}
  no: {say: verify.no, return: refused}
)";
// Takes any words, and an amount.
constexpr auto visit = R"(dialog: visit
about: Two questions.
starts_on: {words: [visita]}
begin: sum
states:
  sum:
    ask: visit.sum
    expect: amount
    keep_as: sum
    go: why
    if_silent: {after: 1 h, say: visit.over, end: true}
  why: {ask: visit.why, expect: text, keep_as: why, go: over}
  over: {say: visit.over, end: true}
)";
constexpr auto messages = R"(person.sorry: "Perdone la espera."
visit.sum: "¿Cuánto?"
visit.why: "¿Para qué?"
visit.over: "Gracias."
common.still_coming: "Lo lee quien le atiende, caso {case.number, select, missing {} other {{case.number}}}."
common.pin_not_now: "Ahora no."
common.pin_late: "Tarde."
case.from_officer: "{case.words, select, missing {…} other {{case.words}}}"
)";

struct waiting_talk : testing::Test {
    std::shared_ptr<const script_set> scripts{with({patient_person, visit, verify}, messages)};
    conversation talk{scripts};

    waiting_talk() {
        talk.session.welcomed = true;
        talk.known.conversation = 17;
        talk.know(rosa());
        (void)talk.say("persona");
    }
    void acts(case_deed what, std::string text = {}) {
        talk.happen(told{
            .by = party_id{8},
            .what = case_act{
                .number = "17-1",
                .what = what,
                .by = {.id = "officer:ana", .name = "Ana"},
                .text = std::move(text)}});
    }
    [[nodiscard]] const client_case& her_case() const { return talk.session.cases.at(0); }
};

TEST_F(waiting_talk, words_and_pins_are_served_as_ever) {
    EXPECT_THAT(talk.say("saldo"), ElementsAre("verify.pin"));
    EXPECT_TRUE(awaits_secret(*scripts, talk.session)) << "it is never kept as text";
    EXPECT_THAT(talk.pin(secret_answer::right), ElementsAre("balance.tell"));
    EXPECT_THAT(talk.say("menu"), ElementsAre("menu.what"));
    EXPECT_THAT(talk.tap("Mi saldo"), ElementsAre("balance.tell"));
    EXPECT_EQ(talk.session.queue, "credit_agent:brenda") << "somebody is still waited for";
    EXPECT_EQ(her_case().words, std::vector<std::string>{"persona"});
}

TEST_F(waiting_talk, what_is_not_understood_is_kept_for_who_comes_and_acknowledged_twice_an_hour) {
    EXPECT_THAT(talk.say("xyzzy uno"), ElementsAre("common.still_coming"));
    EXPECT_EQ(talk.texts.back(), "Lo lee quien le atiende, caso 17-1.");
    EXPECT_THAT(talk.say("xyzzy dos"), IsEmpty());
    (void)talk.wait(29min);
    EXPECT_THAT(talk.say("xyzzy tres"), IsEmpty());
    (void)talk.wait(1min);
    EXPECT_THAT(talk.say("xyzzy cuatro"), ElementsAre("common.still_coming"));
    EXPECT_EQ(her_case().words.size(), 5U);
    EXPECT_EQ(talk.session.misses, 0U);
}

TEST_F(waiting_talk, a_picture_is_kept_for_who_comes) {
    EXPECT_THAT(
        talk.hear(received_media{.kind = media_kind::image, .id = "M9"}),
        ElementsAre("common.still_coming")
    );
    EXPECT_EQ(her_case().media, std::vector<std::string>{"received:17/image/M9"});
}

TEST_F(waiting_talk, wanting_that_person_again_is_only_more_for_the_case) {
    EXPECT_THAT(talk.say("quiero hablar con una persona"), ElementsAre("common.still_coming"));
    EXPECT_EQ(her_case().words.back(), "quiero hablar con una persona");
    EXPECT_THAT(talk.say("persona"), ElementsAre("person.coming")) << "her word for it does count";
    EXPECT_EQ(talk.session.cases.size(), 1U);
}

TEST_F(waiting_talk, a_question_goes_on_waiting_over_what_was_not_for_it) {
    (void)talk.say("menu");
    EXPECT_THAT(talk.say("xyzzy uno"), ElementsAre("common.still_coming"));
    EXPECT_THAT(talk.say("mi saldo"), ElementsAre("verify.pin"));
}

TEST_F(waiting_talk, a_question_in_her_own_words_is_put_again_and_brings_no_fallback) {
    EXPECT_THAT(talk.say("visita"), ElementsAre("visit.sum"));
    EXPECT_THAT(talk.say("xyzzy"), ElementsAre("common.not_understood", "visit.sum"));
    EXPECT_THAT(talk.say("xyzzy"), ElementsAre("common.still_coming", "visit.sum"));
    EXPECT_THAT(talk.say("500"), ElementsAre("visit.why"));
    EXPECT_THAT(talk.say("xyzzy"), ElementsAre("visit.over")) << "any words are an answer there";
}

TEST_F(waiting_talk, nobody_who_came_by_then_does_not_cut_into_what_she_is_at) {
    (void)talk.wait(115min);
    EXPECT_THAT(talk.say("visita"), ElementsAre("visit.sum"));
    EXPECT_THAT(talk.wait(9min), IsEmpty());
    EXPECT_EQ(talk.session.queue, "credit_agent:brenda") << "she is let finish";
    EXPECT_THAT(talk.wait(6min), IsEmpty());
    EXPECT_EQ(talk.session.queue, "support") << "without a word it went on to others";
    EXPECT_THAT(talk.say("500"), ElementsAre("visit.why")) << "and she stands where she stood";
}

TEST_F(waiting_talk, what_is_said_of_nobody_having_come_leads_back_to_her_question) {
    (void)talk.wait(2h + 2h + 55min);
    EXPECT_THAT(talk.say("visita"), ElementsAre("visit.sum"));
    EXPECT_THAT(talk.wait(15min), ElementsAre("person.sorry", "visit.sum"));
    EXPECT_EQ(talk.session.queue, "");
    EXPECT_THAT(talk.wait(1h), ElementsAre("visit.over")) << "its own silence counts anew";
}

TEST_F(waiting_talk, who_is_at_nothing_hears_it_and_no_more) {
    (void)talk.say("menu");
    EXPECT_THAT(talk.wait(6h), ElementsAre("person.sorry"));
    EXPECT_THAT(talk.session.frames, IsEmpty());
}

TEST_F(waiting_talk, who_takes_it_has_it_and_what_was_under_way_is_put_aside) {
    (void)talk.say("visita");
    acts(case_deed::take);
    EXPECT_THAT(talk.session.frames, IsEmpty());
    EXPECT_THAT(talk.say("saldo"), IsEmpty());
    EXPECT_THAT(talk.say("500"), IsEmpty());
    EXPECT_EQ(std::get<case_news>(talk.found<tell>()->what).words, std::vector<std::string>{"500"});
}

TEST_F(waiting_talk, a_pin_that_was_being_typed_goes_to_nobody) {
    (void)talk.say("saldo");
    acts(case_deed::take);
    ASSERT_TRUE(awaits_secret(*scripts, talk.session));
    EXPECT_THAT(talk.pin(secret_answer::right), ElementsAre("common.pin_not_now"));
    EXPECT_EQ(talk.found<tell>(), nullptr);
    EXPECT_FALSE(awaits_secret(*scripts, talk.session)) << "once";
    EXPECT_EQ(talk.session.proof.verified_at, instant{});
}

TEST_F(waiting_talk, a_pin_whose_question_has_lapsed_is_erased_and_proves_nothing) {
    (void)talk.say("saldo");
    (void)talk.wait(10min);
    ASSERT_THAT(talk.session.frames, IsEmpty());
    ASSERT_TRUE(awaits_secret(*scripts, talk.session));
    EXPECT_THAT(talk.pin(secret_answer::right), Contains("common.pin_late"));
    EXPECT_EQ(talk.session.proof.verified_at, instant{});
}

TEST_F(waiting_talk, other_words_end_the_wait_for_a_late_pin) {
    (void)talk.say("saldo");
    (void)talk.wait(10min);
    (void)talk.say("visita");
    EXPECT_FALSE(awaits_secret(*scripts, talk.session));
}

TEST_F(waiting_talk, who_answers_without_taking_it_leaves_her_where_she_is) {
    (void)talk.say("visita");
    acts(case_deed::say, "Ya la llamo");
    EXPECT_EQ(talk.texts.back(), "Ya la llamo");
    EXPECT_THAT(talk.say("500"), ElementsAre("visit.why"));
}

TEST_F(waiting_talk, an_answer_for_good_leaves_her_where_she_is) {
    (void)talk.say("visita");
    acts(case_deed::resolve, "Pase el lunes");
    EXPECT_EQ(talk.session.queue, "");
    EXPECT_THAT(talk.say("500"), ElementsAre("visit.why"));
}

TEST_F(waiting_talk, released_by_nobody_in_particular_she_stands_where_she_stood) {
    (void)talk.say("visita");
    EXPECT_THAT(
        talk.happen(agent_acted{.agent = "operator", .action = "release"}),
        ElementsAre("common.returned_by_person", "visit.sum")
    );
    EXPECT_EQ(talk.session.queue, "");
}

TEST_F(waiting_talk, a_case_handed_over_anew_is_the_holders_once_she_speaks) {
    talk.session.cases[0].state = case_state::taken;
    talk.session.cases[0].holder = {.id = "officer:ana", .name = "Ana", .party = party_id{8}};
    EXPECT_THAT(talk.say("xyzzy"), ElementsAre("common.still_coming"));
    EXPECT_EQ(std::get<case_news>(talk.found<tell>()->what).what, case_report::wrote);
    acts(case_deed::say, "Aquí estoy");
    EXPECT_EQ(talk.session.queue, "agent:officer:ana");
    EXPECT_THAT(talk.say("menu"), IsEmpty());
}

TEST_F(waiting_talk, without_a_case_there_is_nobody_to_keep_it_for) {
    talk.session.case_in_hand.clear();
    EXPECT_THAT(talk.say("xyzzy"), ElementsAre("common.not_understood", "menu.what"));
}

TEST_F(waiting_talk, events_are_told_and_schedules_kept) {
    EXPECT_THAT(
        talk.happen(happened{.what = "media_lost"}), ElementsAre("common.media_lost")
    );
}

}  // namespace
}  // namespace tertulia::dialogs
