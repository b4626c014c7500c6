// The rules of a conversation, each over a small script of its own.

#include "dialogs/engine/step.hpp"

#include "dialogs/engine/apology.hpp"
#include "dialogs/engine/choice_id.hpp"
#include "dialogs/engine/script_broken.hpp"

#include "tests/talks/conversation.hpp"
#include "tests/talks/with.hpp"
#include "tests/talks/sources.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>

namespace tertulia::dialogs {
namespace {

using namespace testing_sources;
using namespace testing_talk;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

struct talk_test : testing::Test {
    static std::shared_ptr<const script_set> basic_set() {
        static const auto set = with();
        return set;
    }
    conversation talk{basic_set()};
    void welcomed() { talk.session.welcomed = true; }
};

constexpr const char* stop_dialog = R"(dialog: stop
about: No more messages.
starts_on: {words: [alto]}
anywhere: true
wins: true
begin: off
states:
  off: {set: {opted_out: true}, go: done}
  done: {say: stop.done, end: true}
)";
constexpr const char* stop_messages = "stop.done: \"Ya no le escribimos.\"\n";

constexpr const char* help_dialog = R"(dialog: help
about: Help.
starts_on: {words: [ayuda]}
anywhere: true
back: true
begin: tell
states:
  tell: {say: help.text, end: true}
)";
constexpr const char* help_messages = "help.text: \"Escriba menú.\"\n";

// ---- first contact

TEST_F(talk_test, the_first_message_meets_the_welcome_and_then_what_she_asked_for) {
    talk.know(rosa());
    EXPECT_THAT(talk.say("saldo"), ElementsAre("welcome.card", "verify.pin"));
    EXPECT_TRUE(talk.session.welcomed);
    EXPECT_THAT(talk.pin(secret_answer::right), ElementsAre("balance.tell"));
    EXPECT_TRUE(talk.session.frames.empty());
}

TEST_F(talk_test, a_first_message_nobody_understands_meets_the_welcome_and_the_menu) {
    EXPECT_THAT(talk.say("xyzzy"), ElementsAre("welcome.card", "menu.what"));
}

TEST_F(talk_test, the_welcome_comes_once) {
    (void)talk.say("xyzzy");
    (void)talk.wait(31min);
    EXPECT_THAT(talk.say("menu"), ElementsAre("menu.what"));
}

TEST_F(talk_test, who_writes_stop_first_is_not_welcomed) {
    talk.use(with({stop_dialog}, stop_messages));
    EXPECT_THAT(talk.say("Alto"), ElementsAre("stop.done"));
    EXPECT_TRUE(talk.session.wishes.opted_out);
}

// ---- proof

TEST_F(talk_test, nobody_unknown_is_shown_anything) {
    welcomed();
    EXPECT_THAT(talk.say("saldo"), ElementsAre("verify.no", "menu.what"));
}

TEST_F(talk_test, two_clients_on_one_number_are_nobody) {
    welcomed();
    talk.know(rosa());
    talk.known.clients.push_back(talk.known.clients.front());
    EXPECT_THAT(talk.say("saldo"), ElementsAre("verify.no", "menu.what"));
}

TEST_F(talk_test, a_wrong_pin_is_asked_again_and_five_close_it) {
    welcomed();
    talk.know(rosa());
    (void)talk.say("saldo");
    for (int i = 0; i < 4; ++i) {
        EXPECT_THAT(talk.pin(secret_answer::wrong), ElementsAre("verify.wrong"));
    }
    EXPECT_THAT(talk.pin(secret_answer::wrong), ElementsAre("verify.no", "menu.what"));
    EXPECT_EQ(talk.found<keep_record>()->kind, "pin_locked");
    EXPECT_THAT(talk.say("saldo"), ElementsAre("verify.no", "menu.what"));
    talk.now += 30min;
    EXPECT_THAT(talk.say("saldo"), ElementsAre("verify.pin"));
}

TEST_F(talk_test, proof_lasts_for_the_next_question) {
    welcomed();
    talk.know(rosa());
    (void)talk.say("saldo");
    (void)talk.pin(secret_answer::right);
    talk.now += 14min;
    EXPECT_THAT(talk.say("saldo"), ElementsAre("balance.tell"));
    talk.now += 15min;
    EXPECT_THAT(talk.say("saldo"), ElementsAre("verify.pin"));
}

TEST_F(talk_test, proof_that_lapses_in_mid_dialog_is_asked_for_before_anything_is_shown) {
    welcomed();
    auto two = rosa();
    two.loans.push_back(small_loan("L-2", "Negocio", 10000));
    talk.know(two);
    (void)talk.say("saldo");
    EXPECT_THAT(talk.pin(secret_answer::right), ElementsAre("balance.which"));
    talk.now += 16min;
    EXPECT_THAT(talk.tap("Negocio"), ElementsAre("verify.pin"));
    EXPECT_THAT(talk.pin(secret_answer::right), ElementsAre("balance.which"));
    EXPECT_THAT(talk.tap("Negocio"), ElementsAre("balance.tell"));
    EXPECT_THAT(talk.texts.back(), HasSubstr("500.00"));
}

TEST_F(talk_test, ordinary_words_at_the_pin_question_are_no_pin) {
    welcomed();
    talk.know(rosa());
    (void)talk.say("saldo");
    EXPECT_THAT(talk.say("no me acuerdo"), ElementsAre("verify.wrong"));
    EXPECT_EQ(talk.session.proof.wrong_pins, 0U);
    EXPECT_THAT(talk.say("menu"), ElementsAre("menu.what"));
}

TEST_F(talk_test, a_changed_device_freezes_what_was_proved) {
    welcomed();
    talk.know(rosa());
    talk.device = "a";
    (void)talk.say("saldo");
    (void)talk.pin(secret_answer::right);
    talk.device = "b";
    EXPECT_THAT(talk.say("saldo"), ElementsAre("common.number_changed", "verify.no", "menu.what"));
    talk.now += 72h;
    EXPECT_THAT(talk.say("saldo"), ElementsAre("verify.pin"));
}

TEST_F(talk_test, a_changed_number_is_recorded_and_told) {
    welcomed();
    talk.know(rosa());
    (void)talk.say("saldo");
    (void)talk.pin(secret_answer::right);
    EXPECT_THAT(talk.hear(identity_changed{}), ElementsAre("common.number_changed"));
    EXPECT_EQ(talk.found<keep_record>()->kind, "number_changed");
    EXPECT_EQ(talk.session.proof.verified_at, instant{});
}

TEST_F(talk_test, the_branch_can_open_a_closed_pin) {
    welcomed();
    talk.know(rosa());
    talk.session.proof.branch_only = true;
    talk.session.proof.wrong_pins = 10;
    EXPECT_THAT(talk.say("saldo"), ElementsAre("verify.no", "menu.what"));
    (void)talk.happen(agent_acted{.agent = "ana", .action = "open_pin"});
    EXPECT_THAT(talk.say("saldo"), ElementsAre("verify.pin"));
}

// ---- choices

TEST_F(talk_test, dvara_buttons_a_choice_is_taken_by_tap_number_title_and_word) {
    talk.know(rosa());
    for (const auto* text : {"1", "Mi saldo", "saldo"}) {
        talk.session = {};
        welcomed();
        (void)talk.say("menu");
        EXPECT_THAT(talk.say(text), ElementsAre("verify.pin")) << text;
    }
    talk.session = {};
    welcomed();
    (void)talk.say("menu");
    EXPECT_THAT(talk.tap("Mi saldo"), ElementsAre("verify.pin"));
}

TEST_F(talk_test, a_button_carries_its_set_state_and_pick) {
    welcomed();
    (void)talk.say("menu");
    const auto id = read_choice_id(talk.choices.at(0).id);
    ASSERT_TRUE(id);
    EXPECT_EQ(id->set, set_of(basic_set()->short_version()));
    EXPECT_EQ(id->dialog, "menu");
    EXPECT_EQ(id->state, "what");
    EXPECT_EQ(id->pick, "balance");
}

TEST_F(talk_test, a_menu_never_grows_stale) {
    welcomed();
    talk.know(rosa());
    (void)talk.say("menu");
    const auto menu = talk.choices;
    (void)talk.wait(31min);
    EXPECT_TRUE(talk.session.frames.empty());
    talk.choices = menu;
    EXPECT_THAT(talk.tap("Mi saldo"), ElementsAre("verify.pin"));
}

TEST_F(talk_test, a_tap_on_another_old_question_is_recognised) {
    welcomed();
    auto two = rosa();
    two.loans.push_back(small_loan("L-2", "Negocio", 10000));
    talk.know(two);
    (void)talk.say("saldo");
    (void)talk.pin(secret_answer::right);
    const auto loans = talk.choices;
    (void)talk.tap("Negocio");
    talk.choices = loans;
    EXPECT_THAT(talk.tap("Negocio"), ElementsAre("common.stale_tap", "menu.what"));
    talk.choices = loans;
    EXPECT_THAT(talk.tap("Negocio"), ElementsAre("common.stale_tap", "menu.what"));
}

TEST_F(talk_test, a_button_of_another_set_works_only_while_it_reads_the_same) {
    welcomed();
    talk.know(rosa());
    (void)talk.say("menu");
    const auto old_menu = talk.choices;
    talk.session.frames.clear();
    talk.use(with({help_dialog}, help_messages));
    EXPECT_THAT(talk.tap("Mi saldo"), ElementsAre("verify.pin"));
    talk.session.frames.clear();
    talk.choices = old_menu;
    talk.choices.at(0).title = "Otra cosa";
    EXPECT_THAT(talk.tap("Otra cosa"), ElementsAre("common.stale_tap", "menu.what"));
}

TEST_F(talk_test, an_account_number_never_travels_in_a_button) {
    welcomed();
    auto two = rosa();
    two.loans.push_back(small_loan("L-2", "Negocio", 10000));
    talk.know(two);
    (void)talk.say("saldo");
    (void)talk.pin(secret_answer::right);
    for (const auto& one : talk.choices) {
        EXPECT_THAT(one.id, testing::Not(HasSubstr("L-2")));
        EXPECT_LE(one.id.size(), choice_id_bytes_max);
    }
}

TEST_F(talk_test, a_foreign_button_is_understood_by_its_title) {
    welcomed();
    talk.know(rosa());
    EXPECT_THAT(talk.hear(tapped_choice{"template payload", "saldo"}), ElementsAre("verify.pin"));
}

// ---- not understood

TEST_F(talk_test, the_second_miss_brings_the_fallback_and_then_a_person) {
    welcomed();
    talk.know(rosa());
    EXPECT_THAT(talk.say("xyzzy"), ElementsAre("common.not_understood", "menu.what"));
    EXPECT_THAT(talk.say("xyzzy"), ElementsAre("fallback.offer"));
    EXPECT_THAT(talk.say("xyzzy"), ElementsAre("person.coming"));
    EXPECT_EQ(talk.session.queue, "credit_agent:brenda");
    EXPECT_EQ(talk.found<hand_over>()->reason, "asked");
}

TEST_F(talk_test, being_understood_forgets_the_misses) {
    welcomed();
    (void)talk.say("xyzzy");
    (void)talk.say("menu");
    EXPECT_EQ(talk.session.misses, 0U);
}

TEST_F(talk_test, a_file_that_cannot_be_had_is_asked_for_again) {
    welcomed();
    (void)talk.say("menu");
    EXPECT_THAT(
        talk.hear(unsupported_content{.what = "video", .error_code = 131052}),
        ElementsAre("common.media_lost", "menu.what")
    );
    EXPECT_THAT(talk.happen(happened{.what = "media_lost"}), ElementsAre("common.media_lost", "menu.what"));
    EXPECT_EQ(talk.session.misses, 0U);
    (void)talk.say("persona");
    (void)talk.happen(agent_acted{.agent = "brenda", .action = "take"});  // nobody interrupts
    EXPECT_THAT(talk.happen(happened{.what = "media_lost"}), IsEmpty());
}

TEST_F(talk_test, pictures_and_voices_are_no_wrong_answer) {
    welcomed();
    (void)talk.say("menu");
    EXPECT_THAT(
        talk.hear(received_media{.kind = media_kind::image}),
        ElementsAre("common.picture_received", "menu.what")
    );
    EXPECT_THAT(
        talk.hear(received_media{.kind = media_kind::voice_note}),
        ElementsAre("common.voice_received", "menu.what")
    );
    EXPECT_THAT(talk.hear(shared_location{}), ElementsAre("common.unsupported", "menu.what"));
    EXPECT_THAT(talk.hear(unsupported_content{}), ElementsAre("common.unsupported", "menu.what"));
    EXPECT_EQ(talk.session.misses, 0U);
}

TEST_F(talk_test, a_picture_with_words_is_read) {
    welcomed();
    talk.know(rosa());
    EXPECT_THAT(
        talk.hear(received_media{.kind = media_kind::image, .caption = "saldo"}),
        ElementsAre("verify.pin")
    );
}

TEST_F(talk_test, an_edited_message_is_read_as_it_now_stands) {
    welcomed();
    talk.know(rosa());
    EXPECT_THAT(talk.hear(edited_text{"m1", "saldo"}), ElementsAre("verify.pin"));
}

TEST_F(talk_test, reactions_and_revoked_messages_change_nothing) {
    welcomed();
    (void)talk.say("menu");
    const auto steps = talk.session.steps;
    EXPECT_THAT(talk.hear(reaction{"m1", "👍"}), IsEmpty());
    EXPECT_THAT(talk.hear(revoked_message{"m1"}), IsEmpty());
    EXPECT_EQ(talk.session.steps, steps);
    (void)talk.wait(30min);
    EXPECT_TRUE(talk.session.frames.empty());  // its timer still counts
}

TEST_F(talk_test, what_is_said_in_a_group_is_never_answered) {
    welcomed();
    talk.know(rosa());
    const auto before = talk.session;
    talk.group = "g1";
    EXPECT_THAT(talk.say("saldo"), IsEmpty());
    EXPECT_EQ(talk.found<keep_record>()->kind, "group_message");
    EXPECT_EQ(talk.session.frames, before.frames);
    EXPECT_EQ(talk.session.reply_to, before.reply_to);
}

// ---- interruptions

TEST_F(talk_test, a_digression_comes_back_to_the_question) {
    talk.use(with({help_dialog}, help_messages));
    welcomed();
    (void)talk.say("menu");
    EXPECT_THAT(talk.say("ayuda"), ElementsAre("help.text", "menu.what"));
    EXPECT_EQ(talk.session.frames.size(), 1U);
}

TEST_F(talk_test, a_digression_at_the_pin_question_still_leads_to_the_balance) {
    talk.use(with({help_dialog}, help_messages));
    welcomed();
    talk.know(rosa());
    (void)talk.say("saldo");
    EXPECT_THAT(talk.say("ayuda"), ElementsAre("help.text", "verify.pin"));
    EXPECT_THAT(talk.pin(secret_answer::right), ElementsAre("balance.tell"));
}

TEST_F(talk_test, a_digression_within_a_digression_comes_back_to_it) {
    talk.use(with(
        {help_dialog, R"(dialog: us
about: Is it us?
starts_on: {words: [verificar]}
anywhere: true
back: true
begin: ask
states:
  ask:
    ask: us.ask
    choices: [{pick: fine, end: true}]
)"},
        std::string(help_messages) + "us.ask: \"Somos nosotros.\"\nus.ask.fine: \"Bien\"\n"
    ));
    welcomed();
    (void)talk.say("menu");
    EXPECT_THAT(talk.say("verificar"), ElementsAre("us.ask"));
    EXPECT_THAT(talk.say("ayuda"), ElementsAre("help.text", "us.ask"));
    EXPECT_EQ(talk.session.frames.size(), 2U);
    EXPECT_THAT(talk.tap("Bien"), ElementsAre("menu.what"));
}

TEST_F(talk_test, what_wins_beats_the_answer_it_could_have_been) {
    talk.use(with(
        {stop_dialog, R"(dialog: menu
about: Everything.
plays: menu
starts_on: {words: [menu], intents: [menu]}
begin: what
states:
  what:
    ask: menu.what
    choices:
      - {pick: balance, go: balance}
      - {pick: person, go: person, words: [alto]}
)"},
        stop_messages
    ));
    welcomed();
    (void)talk.say("menu");
    EXPECT_THAT(talk.say("¡ALTO!"), ElementsAre("stop.done"));
    EXPECT_TRUE(talk.session.frames.empty());
    EXPECT_EQ(talk.found<keep_record>()->kind, "opt_out");
}

// ---- called dialogs

constexpr const char* caller_dialog = R"(dialog: caller
about: Calls another.
starts_on: {words: [llamar]}
begin: first
states:
  first:
    call: called
    when: {yes_word: glad, no_word: sad}
  glad: {say: caller.glad, end: true}
  sad: {say: caller.sad, end: true}
)";
constexpr const char* called_dialog = R"(dialog: called
about: Is called.
begin: ask
states:
  ask:
    ask: called.ask
    choices:
      - {pick: a, return: yes_word}
      - {pick: b, return: no_word}
      - {pick: c, end: true}
)";
constexpr const char* call_messages =
    "caller.glad: \"Bien.\"\ncaller.sad: \"Mal.\"\ncalled.ask: \"¿A o B?\"\ncalled.ask.a: "
    "\"Primera\"\n"
    "called.ask.b: \"Segunda\"\ncalled.ask.c: \"Tercera\"\n";

TEST_F(talk_test, a_called_dialog_returns_where_it_was_called) {
    talk.use(with({caller_dialog, called_dialog}, call_messages));
    welcomed();
    EXPECT_THAT(talk.say("llamar"), ElementsAre("called.ask"));
    EXPECT_EQ(talk.session.frames.size(), 2U);
    EXPECT_THAT(talk.tap("Segunda"), ElementsAre("caller.sad"));
    (void)talk.say("llamar");
    EXPECT_THAT(talk.tap("Primera"), ElementsAre("caller.glad"));
    (void)talk.say("llamar");
    EXPECT_THAT(talk.tap("Tercera"), ElementsAre("menu.what"));  // nobody is left without an answer
    EXPECT_EQ(talk.session.frames.size(), 1U);
}

// ---- silence

TEST_F(talk_test, silence_ends_a_question_that_says_so) {
    welcomed();
    (void)talk.say("menu");
    ASSERT_TRUE(talk.timers.contains("silent"));
    EXPECT_EQ(talk.timers.at("silent").due, monday_morning + 30min);
    EXPECT_THAT(talk.wait(29min), IsEmpty());
    EXPECT_FALSE(talk.session.frames.empty());
    (void)talk.wait(1min);
    EXPECT_TRUE(talk.session.frames.empty());
}

TEST_F(talk_test, a_timer_of_a_question_that_was_answered_is_ignored) {
    welcomed();
    talk.know(rosa());
    (void)talk.say("menu");
    const auto steps = talk.session.steps;
    (void)talk.tap("Mi saldo");
    EXPECT_NE(talk.found<cancel_timer>(), nullptr);
    const auto before = talk.session;
    EXPECT_THAT(talk.happen(timer_fired{.name = "silent", .steps = steps}), IsEmpty());
    EXPECT_EQ(talk.session.frames, before.frames);
}

TEST_F(talk_test, a_delivery_outcome_does_not_wake_or_kill_the_timer) {
    welcomed();
    (void)talk.say("menu");
    (void)talk.happen(delivery_outcome{.purpose = "menu.what", .status = delivery_status::read});
    (void)talk.wait(30min);
    EXPECT_TRUE(talk.session.frames.empty());
}

TEST_F(talk_test, a_send_refused_since_she_stopped_us_at_the_provider_is_her_stop) {
    (void)talk.say("menu");
    delivery_outcome refused{};
    refused.outbox_id = 1;
    refused.purpose = "menu.what";
    refused.status = delivery_status::failed;
    refused.error.code = 21610;
    refused.error.means = failure::opted_out;
    (void)talk.happen(refused);
    EXPECT_TRUE(talk.session.wishes.opted_out);
    ASSERT_NE(talk.found<keep_record>(), nullptr);
    EXPECT_EQ(talk.found<keep_record>()->kind, "opt_out");
}

TEST_F(talk_test, to_one_who_opted_out_silence_says_nothing) {
    talk.use(with(
        {R"(dialog: nag
about: Asks and waits.
starts_on: {words: [hola]}
begin: ask
states:
  ask:
    ask: nag.ask
    choices: [{pick: a, end: true}]
    if_silent: {after: 5 min, say: nag.still, end: true}
)"},
        "nag.ask: \"¿?\"\nnag.ask.a: \"Sí\"\nnag.still: \"¿Sigue ahí?\"\n"
    ));
    welcomed();
    (void)talk.say("hola");
    EXPECT_THAT(talk.wait(5min), ElementsAre("nag.still"));
    (void)talk.say("hola");
    talk.session.wishes.opted_out = true;
    EXPECT_THAT(talk.wait(5min), IsEmpty());
    EXPECT_TRUE(talk.session.frames.empty());
}

TEST_F(talk_test, silence_never_asks_for_a_pin_out_of_nowhere) {
    talk.use(with(
        {R"(dialog: slow
about: Goes on by itself.
starts_on: {words: [lento]}
needs: verified
begin: ask
states:
  ask:
    ask: slow.ask
    choices: [{pick: a, end: true}]
    if_silent: {after: 20 min, go: tell}
  tell: {say: balance.tell, end: true}
)"},
        "slow.ask: \"¿?\"\nslow.ask.a: \"Sí\"\n"
    ));
    welcomed();
    talk.know(rosa());
    (void)talk.say("lento");
    (void)talk.pin(secret_answer::right);
    EXPECT_THAT(talk.wait(20min), IsEmpty());
    EXPECT_TRUE(talk.session.frames.empty());
}

// ---- a person takes over

TEST_F(talk_test, while_a_person_has_it_the_bot_is_silent) {
    talk.use(with({stop_dialog}, stop_messages));
    welcomed();
    talk.know(rosa());
    EXPECT_THAT(talk.say("persona"), ElementsAre("person.coming"));
    (void)talk.happen(agent_acted{.agent = "brenda", .action = "take"});
    EXPECT_THAT(talk.say("saldo"), IsEmpty());
    EXPECT_THAT(talk.say("alto"), ElementsAre("stop.done"));
    EXPECT_EQ(talk.session.queue, "agent:brenda");
}

TEST_F(talk_test, released_by_the_person_the_bot_says_so_and_offers_the_menu) {
    welcomed();
    talk.know(rosa());
    (void)talk.say("persona");
    EXPECT_THAT(
        talk.happen(agent_acted{.agent = "brenda", .action = "release"}),
        ElementsAre("common.returned_by_person", "menu.what")
    );
    EXPECT_EQ(talk.session.queue, "");
}

TEST_F(talk_test, one_who_opted_out_is_not_told_of_the_release) {
    welcomed();
    talk.know(rosa());
    (void)talk.say("persona");
    talk.session.wishes.opted_out = true;
    EXPECT_THAT(talk.happen(agent_acted{.agent = "brenda", .action = "release"}), IsEmpty());
    EXPECT_EQ(talk.session.queue, "");
}

TEST_F(talk_test, an_agent_may_take_the_conversation) {
    welcomed();
    (void)talk.say("menu");
    (void)talk.happen(agent_acted{.agent = "brenda", .action = "take"});
    EXPECT_EQ(talk.session.queue, "agent:brenda");
    EXPECT_THAT(talk.say("menu"), IsEmpty());
}

TEST_F(talk_test, without_an_agent_the_branch_and_without_a_branch_support_takes_over) {
    welcomed();
    auto alone = rosa();
    alone.credit_agent.reset();
    talk.know(alone);
    (void)talk.say("persona");
    EXPECT_EQ(talk.session.queue, "branch:xela");
    talk.session.queue.clear();
    talk.known.clients.clear();
    (void)talk.say("persona");
    EXPECT_EQ(talk.session.queue, "support");
}

TEST_F(talk_test, a_reply_that_never_arrived_is_recorded_and_a_person_told) {
    welcomed();
    talk.know(rosa());
    (void)talk.say("menu");
    (void)talk.happen(delivery_outcome{.purpose = "menu.what", .status = delivery_status::failed});
    EXPECT_EQ(talk.found<keep_record>()->kind, "send_failed");
    EXPECT_EQ(talk.found<hand_over>()->queue, "credit_agent:brenda");
    EXPECT_EQ(talk.session.queue, "");
    (void)talk.happen(delivery_outcome{.purpose = "a nudge", .status = delivery_status::failed});
    EXPECT_EQ(talk.found<hand_over>(), nullptr);
}

// ---- core banking

TEST_F(talk_test, each_state_of_core_banking_has_its_outcome) {
    const auto says = [&](core_state state, std::size_t loans) {
        talk.session = {};
        welcomed();
        auto who = rosa();
        who.loans.clear();
        for (std::size_t i = 0; i < loans; ++i) {
            who.loans.push_back(small_loan("L" + std::to_string(i), "Negocio", 10000));
        }
        talk.know(who);
        talk.known.core = state;
        (void)talk.say("saldo");
        return talk.pin(secret_answer::right);
    };
    EXPECT_THAT(says(core_state::up, 1), ElementsAre("balance.tell"));
    EXPECT_THAT(says(core_state::up, 2), ElementsAre("balance.which"));
    EXPECT_THAT(says(core_state::up, 0), ElementsAre("balance.none"));
    EXPECT_THAT(says(core_state::stale, 1), ElementsAre("balance.tell"));
    EXPECT_THAT(says(core_state::down, 1), ElementsAre("balance.none"));
}

TEST_F(talk_test, a_list_of_loans_holds_ten_and_its_rows_fit) {
    welcomed();
    auto many = rosa();
    many.loans.clear();
    for (int i = 0; i < 20; ++i) {
        many.loans.push_back(
            small_loan("L" + std::to_string(i), "Un producto con nombre muy largo", 10000)
        );
    }
    talk.know(many);
    (void)talk.say("saldo");
    (void)talk.pin(secret_answer::right);
    ASSERT_EQ(talk.choices.size(), 10U);
    EXPECT_EQ(talk.choices[0].title, "Un producto con nombre …");
}

// ---- sets, time, accidents

TEST_F(talk_test, a_session_of_another_set_is_told_kindly_and_is_at_the_menu) {
    welcomed();
    talk.know(rosa());
    (void)talk.say("saldo");
    talk.use(with({help_dialog}, help_messages));
    EXPECT_THAT(talk.say("hola"), ElementsAre("common.set_gone", "menu.what"));
    EXPECT_THAT(talk.say("saldo"), ElementsAre("verify.pin"));
}

TEST_F(talk_test, time_never_runs_backwards_and_steps_count) {
    welcomed();
    (void)talk.say("menu");
    const auto before = talk.session;
    talk.now -= 1h;
    (void)talk.say("menu");
    EXPECT_EQ(talk.session.now, before.now);
    EXPECT_EQ(talk.session.steps, before.steps + 1);
}

TEST_F(talk_test, a_damaged_session_is_our_fault_and_throws) {
    welcomed();
    (void)talk.say("menu");
    talk.session.frames.at(0).state = "gone";
    EXPECT_THROW((void)talk.say("hola"), script_broken);
}

TEST_F(talk_test, an_apology_is_said_to_one_who_wrote_and_to_nobody_else) {
    heard what{};
    what.message.channel = "whatsapp";
    what.message.from = {{identity_kind::wa_id, "1"}};
    what.message.content = typed_text{"hola"};
    const auto said = apologise(*basic_set(), {}, what, {}, monday_morning);
    ASSERT_EQ(said.effects.size(), 1U);
    EXPECT_EQ(std::get<send>(said.effects[0]).purpose, "common.trouble");
    EXPECT_THAT(apologise(*basic_set(), {}, timer_fired{}, {}, monday_morning).effects, IsEmpty());
    what.message.group_id = "g";
    EXPECT_THAT(apologise(*basic_set(), {}, what, {}, monday_morning).effects, IsEmpty());
}

TEST_F(talk_test, only_a_waiting_pin_question_awaits_a_secret) {
    welcomed();
    talk.know(rosa());
    EXPECT_FALSE(awaits_secret(*basic_set(), talk.session));
    (void)talk.say("menu");
    EXPECT_FALSE(awaits_secret(*basic_set(), talk.session));
    (void)talk.say("saldo");
    EXPECT_TRUE(awaits_secret(*basic_set(), talk.session));
    talk.session.queue = "agent:brenda";
    EXPECT_FALSE(awaits_secret(*basic_set(), talk.session));
}

TEST(choice_id, reads_what_it_wrote_and_nothing_else) {
    const choice_id id{.set = 0xdeadbeef, .dialog = "menu", .state = "what", .pick = "a"};
    const auto text = to_text(id);
    EXPECT_EQ(text, "v1|deadbeef|menu.what|a");
    EXPECT_EQ(read_choice_id(text)->set, 0xdeadbeefU);
    for (const auto* wrong :
         {"",
          "v1|",
          "v1|deadbeef|",
          "v1|deadbeef|menu|a",
          "v1|deadbeeg|m.s|a",
          "v2|deadbeef|m.s|a",
          "v1|deadbeef|.s|a",
          "v1|deadbeef|m.|a",
          "v1|deadbeef|m.s|",
          "v1|deadbeef|m.s"}) {
        EXPECT_FALSE(read_choice_id(wrong)) << wrong;
    }
}

// Any sequence of events: nothing throws, every message is answered or silence has a reason, and
// the same inputs give the same outputs (conversation::happen compares).
RC_GTEST_PROP(step, no_sequence_of_events_breaks_a_conversation, ()) {
    static const auto set = with(
        {stop_dialog, help_dialog, caller_dialog, called_dialog},
        std::string(stop_messages) + help_messages + call_messages
    );
    conversation talk(set);
    auto who = rosa();
    if (*rc::gen::arbitrary<bool>()) who.loans.push_back(small_loan("L-2", "Negocio", 10000));
    if (*rc::gen::inRange(0, 4) != 0) talk.know(who);
    std::vector<choice> seen;
    const auto moves = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 22));
    for (const int move : moves) {
        const auto before = talk.session;
        static const char* const words[]{
            "saldo",
            "menu",
            "alto",
            "ayuda",
            "llamar",
            "persona",
            "1",
            "2",
            "xyzzy",
            "",
            "quiero hablar"};
        std::vector<std::string> said;
        bool must_answer = true;
        if (move < 11) {
            said = talk.say(words[move]);
        } else if (move < 14) {
            if (seen.empty()) continue;
            const auto& one = seen[static_cast<std::size_t>(move) % seen.size()];
            said = talk.hear(tapped_choice{one.id, one.title});
            // "Tercera" ends without a word: the operator said so.
            must_answer = one.title != "Tercera";
        } else if (move < 17) {
            if (!awaits_secret(*set, talk.session)) continue;
            said = talk.pin(move == 14 ? secret_answer::right : secret_answer::wrong);
        } else if (move == 17) {
            said = talk.wait(31min);
            must_answer = false;
        } else if (move == 18) {
            said = talk.hear(received_media{.kind = media_kind::image});
        } else if (move == 19) {
            said = talk.happen(agent_acted{.agent = "a", .action = "release"});
            must_answer = false;
        } else if (move == 20) {
            said = talk.hear(identity_changed{});
        } else {
            (void)talk.happen(delivery_outcome{
                .purpose = "menu.what", .status = delivery_status::failed});
            must_answer = false;
        }
        if (must_answer && before.queue.empty()) RC_ASSERT(!said.empty());
        if (!talk.choices.empty())
            seen.insert(seen.end(), talk.choices.begin(), talk.choices.end());
        RC_ASSERT(talk.session.frames.size() <= 8U);
        RC_ASSERT(talk.session.steps >= before.steps);
        for (const auto& text : talk.texts) RC_ASSERT(!text.empty());
    }
}

// STOP that the provider took and answered itself.
TEST_F(talk_test, a_stop_the_provider_took_counts_at_once_ends_the_question_and_is_not_answered) {
    (void)talk.say("hola");
    const auto wrote_at = talk.session.last_inbound_at;
    talk.now += 1min;
    EXPECT_THAT(talk.hear(told_provider{provider_choice::stop, "STOP"}), IsEmpty());
    EXPECT_TRUE(talk.session.wishes.opted_out);
    EXPECT_EQ(talk.session.wishes.changed_at, talk.now);
    EXPECT_TRUE(talk.session.frames.empty());
    EXPECT_EQ(talk.found<keep_record>()->kind, "opt_out");
    EXPECT_EQ(talk.session.last_inbound_at, wrote_at) << "a switch in her app opens no window";
    EXPECT_THAT(talk.wait(40min), IsEmpty());
}

TEST_F(talk_test, a_start_the_provider_took_takes_it_back_and_help_changes_nothing) {
    (void)talk.hear(told_provider{provider_choice::stop});
    EXPECT_THAT(talk.hear(told_provider{provider_choice::help, "HELP"}), IsEmpty());
    EXPECT_TRUE(talk.session.wishes.opted_out);
    EXPECT_THAT(talk.hear(told_provider{provider_choice::start, "UNSTOP"}), IsEmpty());
    EXPECT_FALSE(talk.session.wishes.opted_out);
    EXPECT_EQ(talk.found<keep_record>()->kind, "opt_in");
}

TEST_F(talk_test, the_provider_is_believed_while_a_person_has_the_conversation) {
    (void)talk.say("hola");
    talk.session.queue = "support";
    EXPECT_THAT(talk.hear(told_provider{provider_choice::stop}), IsEmpty());
    EXPECT_TRUE(talk.session.wishes.opted_out);
    EXPECT_EQ(talk.session.queue, "support");
}

}  // namespace
}  // namespace tertulia::dialogs
