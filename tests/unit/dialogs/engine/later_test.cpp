// What comes at its time, whatever is said meanwhile.

#include "tests/unit/dialogs/engine/conversation.hpp"
#include "tests/unit/dialogs/engine/with.hpp"

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
    EXPECT_THAT(of("{after: 25 h, say: person.sorry, go: others}"), HasSubstr("after 24 hours"));
    EXPECT_THAT(of("2 h"), HasSubstr("'if_silent' looks like"));
}

}  // namespace
}  // namespace tertulia::dialogs
