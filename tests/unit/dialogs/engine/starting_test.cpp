// What starts a dialog, and how several that could are told apart.

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

// A dialog that says "NAME.it", started by what is given.
std::string speaks(const std::string& name, const std::string& starts_on, const char* more = "") {
    return "dialog: " + name + "\nabout: Says it.\nstarts_on: {" + starts_on + "}\n" + more +
           "begin: tell\nstates:\n  tell: {say: " + name + ".it, end: true}\n";
}
constexpr auto messages = "one.it: \"Uno.\"\ntwo.it: \"Dos.\"\nthree.it: \"Tres.\"\n";

conversation among(std::vector<std::string> dialogs) {
    conversation talk{with(std::move(dialogs), messages)};
    talk.session.welcomed = true;
    return talk;
}

TEST(starting, a_shared_word_starts_the_first_whose_condition_holds) {
    auto talk = among(
        {speaks("one", "words: [volver], when: \"person.opted_out\""),
         speaks("two", "words: [volver]")}
    );
    EXPECT_THAT(talk.say("volver"), ElementsAre("two.it"));
    talk.session.wishes.opted_out = true;
    EXPECT_THAT(talk.say("volver"), ElementsAre("one.it"));
}

TEST(starting, a_higher_priority_is_tried_first) {
    auto talk = among(
        {speaks("one", "words: [hola]"),
         speaks("two", "words: [hola], priority: 5"),
         speaks("three", "words: [hola], priority: 9, when: \"person.known\"")}
    );
    EXPECT_THAT(talk.say("hola"), ElementsAre("two.it"));
    talk.know(rosa());
    EXPECT_THAT(talk.say("hola"), ElementsAre("three.it"));
}

TEST(starting, an_intent_may_be_shared_too) {
    auto talk = among({speaks("one", "intents: [human], when: \"person.opted_out\"")});
    EXPECT_THAT(talk.say("quiero hablar con una persona"), ElementsAre("person.coming"));
    talk.session.queue.clear();
    talk.session.wishes.opted_out = true;
    EXPECT_THAT(talk.say("quiero hablar con una persona"), ElementsAre("one.it"));
}

TEST(starting, a_word_that_wins_wins_only_while_its_condition_holds) {
    auto talk = among(
        {speaks("one", "words: [volver], when: \"person.opted_out\"", "wins: true\n"),
         speaks("two", "words: [volver]")}
    );
    (void)talk.say("persona");
    (void)talk.happen(agent_acted{.agent = "brenda", .action = "take"});
    ASSERT_FALSE(talk.session.queue.empty());
    EXPECT_THAT(talk.say("volver"), IsEmpty());
    talk.session.wishes.opted_out = true;
    EXPECT_THAT(talk.say("volver"), ElementsAre("one.it"));
    EXPECT_FALSE(talk.session.queue.empty()) << "the person keeps it";
}

TEST(starting, an_entry_code_is_a_whole_word_however_written) {
    auto talk = among({speaks("one", "entry_codes: [TIENDA12]")});
    EXPECT_THAT(talk.say("Hola, vengo de tienda12."), ElementsAre("one.it"));
    EXPECT_THAT(talk.say("TIENDA123"), ElementsAre("common.not_understood", "menu.what"));
    EXPECT_THAT(talk.say("Tienda12"), ElementsAre("one.it")) << "the menu is no talk under way";
}

TEST(starting, an_entry_code_counts_at_the_beginning_of_a_talk_alone) {
    auto talk = among({speaks("one", "entry_codes: [TIENDA12]")});
    talk.know(rosa());
    (void)talk.say("saldo");
    EXPECT_THAT(talk.say("tienda12 por favor"), ElementsAre("verify.wrong"));
}

TEST(starting, a_first_message_with_a_code_is_welcomed_and_goes_there) {
    auto talk = among({speaks("one", "entry_codes: [TIENDA12]")});
    talk.session.welcomed = false;
    EXPECT_THAT(talk.say("TIENDA12"), ElementsAre("welcome.card", "one.it"));
}

TEST(starting, an_ad_starts_by_its_id_or_its_kind) {
    auto talk = among({speaks("one", "referral: [\"1202\"]"), speaks("two", "referral: [ad]")});
    const auto from = [&](const char* id, const char* kind) {
        heard what{};
        what.message.channel = "whatsapp";
        what.message.sent_at = talk.now;
        what.message.from = {{identity_kind::wa_id, "50255551234"}};
        what.message.came_from = referral{.source_type = kind, .source_id = id};
        what.message.content = typed_text{"Hola"};
        return talk.happen(what);
    };
    EXPECT_THAT(from("1202", "ad"), ElementsAre("one.it"));
    EXPECT_THAT(from("99", "ad"), ElementsAre("two.it"));
    EXPECT_THAT(from("99", "post"), ElementsAre("common.not_understood", "menu.what"));
}

// ---- what happens at the institution

constexpr auto in_between = "anywhere: true\nback: true\n";

TEST(happenings, are_told_in_between_and_the_question_is_put_again) {
    auto talk = among({speaks("one", "events: [payment_received]", in_between)});
    (void)talk.say("menu");
    EXPECT_THAT(talk.happen(happened{"payment_received"}), ElementsAre("one.it", "menu.what"));
    EXPECT_THAT(talk.happen(happened{"loan_status_changed"}), IsEmpty());
}

TEST(happenings, are_not_told_where_that_would_be_out_of_place) {
    auto talk = among({speaks("one", "events: [payment_received]", in_between)});
    const happened paid{"payment_received"};
    EXPECT_THAT(talk.happen(paid), IsEmpty()) << "she has never written";
    (void)talk.say("menu");
    (void)talk.wait(23h + 59min);
    EXPECT_THAT(talk.happen(paid), ElementsAre("one.it"));
    (void)talk.wait(1min);
    EXPECT_THAT(talk.happen(paid), IsEmpty()) << "she has not written for a day";
    (void)talk.say("persona");
    (void)talk.happen(agent_acted{.agent = "brenda", .action = "take"});
    EXPECT_THAT(talk.happen(paid), IsEmpty()) << "a person has it";
    talk.session.queue.clear();
    talk.session.wishes.opted_out = true;
    EXPECT_THAT(talk.happen(paid), IsEmpty()) << "she asked for silence";
}

TEST(happenings, of_hers_alone_are_told_only_while_she_is_verified) {
    auto talk = among({R"(dialog: one
about: Tells what is left.
starts_on: {events: [payment_received]}
anywhere: true
back: true
needs: verified
begin: tell
states:
  tell: {say: balance.tell, end: true}
)"});
    talk.know(rosa());
    (void)talk.say("menu");
    EXPECT_THAT(talk.happen(happened{"payment_received"}), IsEmpty());
    (void)talk.say("saldo");
    (void)talk.pin(secret_answer::right);
    EXPECT_THAT(talk.happen(happened{"payment_received"}), ElementsAre("balance.tell"));
}

// ---- mistakes

TEST(starting, mistakes_are_told) {
    const auto of = [](const std::string& starts_on, const char* more = "") {
        return told_of({speaks("one", starts_on, more)}, messages);
    };
    EXPECT_THAT(of("words: [menu]"), HasSubstr("give one of the two 'when:' or 'priority:'"));
    EXPECT_THAT(of("words: [x], priority: high"), HasSubstr("a whole number from -100 to 100"));
    EXPECT_THAT(of("words: [x], priority: 101"), HasSubstr("a whole number from -100 to 100"));
    EXPECT_THAT(of("priority: 2"), HasSubstr("nothing starts this dialog"));
    EXPECT_THAT(of("word: [x]"), HasSubstr("did you mean 'words'?"));
    EXPECT_THAT(of("entry_codes: [dos palabras]"), HasSubstr("cannot be an entry code"));
    EXPECT_THAT(of("entry_codes: [ñandú]"), HasSubstr("cannot be an entry code"));
    EXPECT_THAT(of("entry_codes: [ab]"), HasSubstr("cannot be an entry code"));
    EXPECT_THAT(
        of("events: [payment_recieved]", in_between), HasSubstr("did you mean 'payment_received'?")
    );
    EXPECT_THAT(
        of("events: [payment_received]"), HasSubstr("add 'anywhere: true' and 'back: true'")
    );
    EXPECT_THAT(
        of("words: [x], when: \"loan.overdue > 100\"", "needs: verified\n"),
        HasSubstr("which is hers alone")
    );
    EXPECT_THAT(of("words: [x], when: \"person.knwon\""), HasSubstr("did you mean 'person.known'"));
    EXPECT_THAT(
        told_of(
            {speaks("one", "entry_codes: [UNO]"), speaks("two", "entry_codes: [uno]")}, messages
        ),
        HasSubstr("'uno' starts 'one' already")
    );
}

}  // namespace
}  // namespace tertulia::dialogs
