// What comes at its time, whatever is said meanwhile.

#include "tests/talks/conversation.hpp"
#include "tests/talks/with.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::dialogs {
namespace {

using namespace testing_talk;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// ---- a person who does not come

constexpr auto patient_person = R"(dialog: person
about: A person, or others, or nobody.
starts_on: {words: [persona], intents: [human]}
begin: over
states:
  over:
    say: person.coming
    hand_over: {to: credit_agent, because: asked, if_silent: {after: 2 h, say: person.sorry, go: others}}
  others: {hand_over: {to: support, because: nobody_came}}
)";
constexpr auto person_messages = "person.sorry: \"Perdone la espera.\"\n";

struct unanswered : testing::Test {
    conversation talk{with({patient_person}, person_messages)};
    unanswered() {
        talk.session.welcomed = true;
        talk.know(rosa());
        (void)talk.say("persona");
    }
};

TEST_F(unanswered, comes_back_to_the_second_whatever_she_writes_meanwhile) {
    (void)talk.wait(1h);
    EXPECT_THAT(talk.say("¿hola?"), IsEmpty());
    EXPECT_THAT(talk.wait(1h - 1s), IsEmpty());
    EXPECT_THAT(talk.wait(1s), ElementsAre("person.sorry"));
    EXPECT_EQ(talk.session.queue, "support");
    EXPECT_EQ(talk.found<hand_over>()->reason, "nobody_came");
    EXPECT_THAT(talk.session.later, IsEmpty());
}

TEST_F(unanswered, stays_with_who_took_it) {
    (void)talk.happen(agent_acted{.agent = "brenda", .action = "take"});
    EXPECT_NE(talk.found<cancel_timer>(), nullptr);
    EXPECT_THAT(talk.wait(5h), IsEmpty());
    EXPECT_EQ(talk.session.queue, "agent:brenda");
}

TEST_F(unanswered, is_over_once_released) {
    (void)talk.happen(agent_acted{.agent = "brenda", .action = "release"});
    (void)talk.wait(5h);
    EXPECT_EQ(talk.session.queue, "");
}

TEST_F(unanswered, says_nothing_to_one_who_opted_out_meanwhile) {
    talk.session.wishes.opted_out = true;
    EXPECT_THAT(talk.wait(2h), IsEmpty());
    EXPECT_EQ(talk.session.queue, "support");
}

TEST_F(unanswered, stays_with_the_person_where_the_script_does_not_know_that_state_any_more) {
    talk.use(with());
    EXPECT_THAT(talk.wait(2h), IsEmpty());
    EXPECT_EQ(talk.session.queue, "credit_agent:brenda");
}

TEST(unanswered_mistakes, are_told) {
    const auto of = [](const std::string& silent) {
        std::string text = patient_person;
        const std::string was = "{after: 2 h, say: person.sorry, go: others}";
        text.replace(text.find(was), was.size(), silent);
        return told_of({text}, person_messages);
    };
    EXPECT_THAT(of("{after: soon, go: others}"), HasSubstr("is no length of time"));
    EXPECT_THAT(of("{after: 30 s, go: others}"), HasSubstr("silence is from 1 min to 30 days"));
    EXPECT_THAT(of("{after: 2 h}"), HasSubstr("leads nowhere"));
    EXPECT_THAT(of("{after: 25 h, say: person.sorry, go: others}"), HasSubstr("has not written for 24 hours"));
    EXPECT_THAT(of("2 h"), HasSubstr("'if_silent' looks like"));
}

// ---- states that let time pass

// A dialog "pause" with the wait that is given, and a question before it.
std::string pausing_dialog(const std::string& wait, const char* more = "") {
    return "dialog: pause\nabout: Waits.\nstarts_on: {words: [pausa]}\n" + std::string{more} +
           "begin: hold\nstates:\n  hold: {" + wait +
           ", say: pause.over, end: true}\n  hurt: {say: pause.hurt, end: true}\n";
}
constexpr auto pause_messages = "pause.over: \"Ya pasó.\"\npause.hurt: \"Sin prisa.\"\n";

struct pauses : testing::Test {
    conversation talk{with({pausing_dialog("wait: {for: 90 s}")}, pause_messages)};
    void use(const std::string& wait, const char* more = "") {
        talk.use(with({pausing_dialog(wait, more)}, pause_messages));
    }
    pauses() { talk.session.welcomed = true; }
};

TEST_F(pauses, go_on_to_the_second) {
    EXPECT_THAT(talk.say("pausa"), IsEmpty());
    EXPECT_THAT(talk.wait(90s - 1ms), IsEmpty());
    EXPECT_THAT(talk.wait(1ms), ElementsAre("pause.over"));
    EXPECT_THAT(talk.session.frames, IsEmpty());
    EXPECT_THAT(talk.session.later, IsEmpty());
}

TEST_F(pauses, go_on_at_their_time_whatever_she_writes_meanwhile) {
    (void)talk.say("pausa");
    (void)talk.wait(30s);
    EXPECT_THAT(talk.say("menú"), ElementsAre("menu.what"));
    (void)talk.wait(30s);
    EXPECT_THAT(talk.say("qué sé yo"), ElementsAre("common.not_understood", "menu.what"));
    EXPECT_THAT(talk.wait(30s), ElementsAre("pause.over"));
}

TEST_F(pauses, let_her_finish_what_she_has_begun) {
    talk.know(rosa());
    (void)talk.say("pausa");
    (void)talk.say("saldo");
    EXPECT_THAT(talk.wait(2min), IsEmpty()) << "the PIN question waits";
    EXPECT_THAT(talk.pin(secret_answer::right), ElementsAre("balance.tell", "pause.over"));
}

TEST_F(pauses, last_until_the_clock_shows_that_hour) {
    use("wait: {at: \"09:00\"}");
    (void)talk.say("pausa");  // 10:40 there
    EXPECT_THAT(talk.wait(22h + 20min - 1s), IsEmpty());
    EXPECT_THAT(talk.wait(1s), ElementsAre("pause.over"));
}

TEST_F(pauses, do_not_wait_for_a_day_that_has_passed_or_is_missing) {
    const auto sms =
        "pause.over: {text: \"Ya pasó.\", sms: \"Ya paso.\"}\npause.hurt: \"Sin prisa.\"\n";
    talk.use(with({pausing_dialog("wait: {on: \"today - 1\"}")}, sms));
    EXPECT_THAT(talk.say("pausa"), ElementsAre("pause.over"));
    talk.use(with({pausing_dialog("wait: {on: \"today + 1\", at: \"08:00\"}")}, sms));
    EXPECT_THAT(talk.say("pausa"), IsEmpty());
    EXPECT_THAT(talk.wait(21h + 20min), ElementsAre("pause.over"));
}

TEST_F(pauses, give_way_to_her_words_where_they_say_so) {
    use("wait: {for: 10 min}, if_she_writes: hurt");
    (void)talk.say("pausa");
    EXPECT_THAT(talk.say("¿y entonces?"), ElementsAre("pause.hurt"));
    EXPECT_THAT(talk.session.later, IsEmpty());
    EXPECT_NE(talk.found<cancel_timer>(), nullptr);
    EXPECT_THAT(talk.wait(1h), IsEmpty());
}

TEST_F(pauses, are_over_when_a_person_takes_the_conversation) {
    (void)talk.say("pausa");
    (void)talk.happen(agent_acted{.agent = "brenda", .action = "take"});
    EXPECT_THAT(talk.session.later, IsEmpty());
    EXPECT_THAT(talk.wait(1h), IsEmpty());
}

TEST_F(pauses, say_nothing_after_a_day_of_silence_and_leave_a_record) {
    use("wait: {for: 23 h}");
    (void)talk.say("pausa");
    talk.session.last_inbound_at = talk.now - 2h;
    for (auto& one : talk.session.channels) one.at = talk.now - 2h;
    EXPECT_THAT(talk.wait(23h), IsEmpty());
    ASSERT_NE(talk.found<keep_record>(), nullptr);
    EXPECT_EQ(talk.found<keep_record>()->kind, "outside_window");
}

TEST(pause_mistakes, are_told) {
    const auto of = [](const std::string& wait) {
        return told_of({pausing_dialog(wait)}, pause_messages);
    };
    EXPECT_THAT(of("wait: 10 min"), HasSubstr("'wait' looks like {for: 10 min}"));
    EXPECT_THAT(of("wait: {for: soon}"), HasSubstr("is no length of time"));
    EXPECT_THAT(of("wait: {for: 40 days}"), HasSubstr("this is from 1 s to 30 days"));
    EXPECT_THAT(of("wait: {at: 9}"), HasSubstr("is no time of the day"));
    EXPECT_THAT(of("wait: {at: \"24:00\"}"), HasSubstr("is no time of the day"));
    EXPECT_THAT(of("wait: {on: \"person.known\"}"), HasSubstr("but a date is expected here"));
    EXPECT_THAT(of("wait: {on: \"today\", for: 2 h}"), HasSubstr("two ways to say when"));
    EXPECT_THAT(of("wait: {form: 2 h}"), HasSubstr("did you mean 'for'?"));
    EXPECT_THAT(
        of("wait: {for: 2 h}, if_she_writes: {say: pause.over}"), HasSubstr("leads nowhere")
    );
    EXPECT_THAT(
        of("wait: {for: 2 h}, if_silent: {after: 1 h, end: true}"), HasSubstr("has no 'if_silent'")
    );
    EXPECT_THAT(
        of("wait: {for: 24 h}"),
        HasSubstr("'pause.over' may be said here when she has not written for 24 hours")
    );
    EXPECT_THAT(
        told_of(
            {"dialog: pause\nabout: Goes round.\nstarts_on: {words: [pausa]}\nbegin: "
             "hold\nstates:\n"
             "  hold: {wait: {for: 1 min}, say: pause.over, go: hold}\n"},
            pause_messages
        ),
        HasSubstr("the talk may go round here without ever asking")
    );
}

// ---- dialogs that begin later

std::string scheduling_dialog(const std::string& schedule) {
    return "dialog: plan\nabout: Schedules.\nstarts_on: {words: [recuerdeme]}\nbegin: "
           "set\nstates:\n"
           "  set: {schedule: {" +
           schedule + "}, go: told}\n  told: {say: plan.told, end: true}\n";
}
constexpr auto nudge_dialog = R"(dialog: nudge
about: Asks how it went.
begin: how
states:
  how:
    ask: nudge.how
    choices:
      - {pick: well, end: true}
)";
constexpr auto off_dialog = R"(dialog: off
about: Takes it back.
starts_on: {words: [olvidelo]}
begin: drop
states:
  drop: {cancel_scheduled: nudge, go: told}
  told: {say: plan.told, end: true}
)";
constexpr auto plan_messages =
    "plan.told: \"Le aviso.\"\nnudge.how: \"¿Cómo le fue?\"\nnudge.how.well: \"Bien\"\n";

struct scheduled : testing::Test {
    conversation talk{with(
        {scheduling_dialog("after: 3 h, begin: nudge"), nudge_dialog, off_dialog}, plan_messages
    )};
    scheduled() {
        talk.session.welcomed = true;
        (void)talk.say("recuerdeme");
    }
};

TEST_F(scheduled, begins_at_its_time_with_nothing_under_way) {
    EXPECT_THAT(talk.session.frames, IsEmpty());
    EXPECT_THAT(talk.wait(3h - 1s), IsEmpty());
    EXPECT_THAT(talk.wait(1s), ElementsAre("nudge.how"));
    EXPECT_THAT(talk.session.later, IsEmpty());
}

TEST_F(scheduled, survives_what_is_said_meanwhile_and_takes_the_place_of_the_menu) {
    (void)talk.wait(1h);
    (void)talk.say("menú");
    EXPECT_THAT(talk.wait(2h), ElementsAre("nudge.how"));
}

TEST_F(scheduled, lets_her_finish_first) {
    (void)talk.wait(3h - 1min);
    talk.know(rosa());
    (void)talk.say("saldo");
    EXPECT_THAT(talk.wait(1min), IsEmpty());
    (void)talk.pin(secret_answer::right);
    EXPECT_THAT(talk.wait(10min), ElementsAre("nudge.how"));
}

TEST_F(scheduled, is_taken_back) {
    (void)talk.say("olvídelo");
    EXPECT_THAT(talk.session.later, IsEmpty());
    EXPECT_THAT(talk.wait(4h), IsEmpty());
}

TEST_F(scheduled, again_takes_the_place_of_the_first) {
    (void)talk.wait(2h);
    (void)talk.say("recuerdeme");
    EXPECT_THAT(talk.wait(1h), IsEmpty());
    EXPECT_THAT(talk.wait(2h), ElementsAre("nudge.how"));
}

TEST_F(scheduled, is_dropped_while_a_person_has_the_conversation_and_that_is_recorded) {
    (void)talk.happen(agent_acted{.agent = "brenda", .action = "take"});
    EXPECT_THAT(talk.wait(3h), IsEmpty());
    ASSERT_NE(talk.found<keep_record>(), nullptr);
    EXPECT_EQ(talk.found<keep_record>()->kind, "schedule_dropped");
    EXPECT_FALSE(talk.session.queue.empty());
}

TEST_F(scheduled, never_leaves_a_question_waiting_that_nobody_was_asked) {
    talk.session.wishes.opted_out = true;
    EXPECT_THAT(talk.wait(3h), IsEmpty());
    EXPECT_THAT(talk.session.frames, IsEmpty());
}

TEST(schedule_mistakes, are_told) {
    const auto of = [](const std::string& schedule,
                       std::vector<std::string> more = {nudge_dialog}) {
        more.push_back(scheduling_dialog(schedule));
        return told_of(more, plan_messages);
    };
    EXPECT_THAT(of("after: 3 h"), HasSubstr("'schedule' needs 'begin:'"));
    EXPECT_THAT(of("begin: nudge"), HasSubstr("'schedule' does not say when"));
    EXPECT_THAT(of("after: 3 h, begin: nudje"), HasSubstr("did you mean 'nudge'?"));
    EXPECT_THAT(of("after: 5 s, begin: nudge"), HasSubstr("this is from 1 min to 90 days"));
    EXPECT_THAT(of("after: 3 h, begin: balance"), HasSubstr("never asked out of nowhere"));
    EXPECT_THAT(
        of("after: 2 days, begin: nudge"),
        HasSubstr("give it a 'template:' or an 'sms:' text in every language, or let it")
    );
    EXPECT_THAT(
        of("after: 20 h, at: \"09:00\", begin: nudge"),
        HasSubstr("'nudge.how' may be said here when she has not written for 24 hours")
    );
}

}  // namespace
}  // namespace tertulia::dialogs
