// What she prefers holds from the very next message, and what she agrees to is kept with its proof.

#include "dialogs/facts/iso_date.hpp"
#include "tests/talks/conversation.hpp"
#include "tests/talks/with.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

namespace tertulia::dialogs {
namespace {

using namespace testing_talk;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr auto tips_dialog = R"(dialog: tips
about: Whether she wants tips.
starts_on: {words: [consejos]}
begin: ask
states:
  ask:
    ask: tips.ask
    expect: yes_no
    consent: tips_offers
    when: {yes: {say: tips.yes, end: true}, no: {say: tips.no, end: true}}
)";
constexpr auto tips_messages =
    "tips.ask: \"¿Le mando consejos, {client.first_name}?\"\n"
    "tips.yes: \"Con gusto.\"\ntips.no: \"Está bien.\"\n";

struct consent_talk : testing::Test {
    conversation talk{with({tips_dialog}, tips_messages)};
    consent_talk() {
        talk.session.welcomed = true;
        talk.know(rosa());
        (void)talk.say("consejos");
    }
};

TEST_F(consent_talk, a_yes_is_kept_with_what_she_was_shown_and_what_she_wrote) {
    EXPECT_THAT(talk.say("sí, claro\nmuchas gracias"), ElementsAre("tips.yes"));
    const auto* proof = talk.found<keep_record>();
    ASSERT_NE(proof, nullptr);
    EXPECT_EQ(proof->kind, "consent");
    for (const auto* part :
         {"kind=tips_offers\n", "given=yes\n", "channel=whatsapp\n", "message=m2\n",
          "answer=sí, claro muchas gracias\n", "text=tips.ask\n", "language=es\n",
          "shown=¿Le mando consejos, Rosa?"}) {
        EXPECT_THAT(proof->detail, HasSubstr(part));
    }
    ASSERT_EQ(talk.session.agreements.size(), 1U);
    EXPECT_EQ(
        talk.session.agreements[0],
        (agreement{consent_kind::tips_offers, true, monday_morning})
    );
}

TEST_F(consent_talk, a_no_takes_it_back) {
    (void)talk.say("sí");
    (void)talk.say("consejos");
    (void)talk.say("no");
    EXPECT_THAT(talk.found<keep_record>()->detail, HasSubstr("given=no\n"));
    EXPECT_FALSE(agreed(talk.session.agreements)[static_cast<std::size_t>(consent_kind::tips_offers)]);
}

TEST_F(consent_talk, what_is_no_clear_yes_or_no_agrees_to_nothing) {
    (void)talk.say("tal vez mañana");
    EXPECT_THAT(talk.session.agreements, IsEmpty());
}

TEST(consent_mistakes, are_told) {
    const auto of = [](std::string was, std::string is) {
        std::string text = tips_dialog;
        text.replace(text.find(was), was.size(), is);
        return told_of({text}, tips_messages);
    };
    EXPECT_THAT(of("tips_offers", "tips_ofers"), HasSubstr("there is no consent called 'tips_ofers'"));
    EXPECT_THAT(
        of("expect: yes_no\n    consent: tips_offers\n    when: {yes: {say: tips.yes, end: true}, no: "
           "{say: tips.no, end: true}}",
           "expect: text\n    keep_as: any_words\n    consent: tips_offers\n    end: true"),
        HasSubstr("'consent' belongs to 'expect: yes_no'")
    );
}

// ---- preferences

std::string setting_dialog(const std::string& set) {
    return "dialog: wish\nabout: Sets.\nstarts_on: {words: [quiero]}\nbegin: hour\nstates:\n"
           "  hour: {ask: wish.hour, expect: number, keep_as: best, go: set}\n"
           "  set: {set: {" + set + "}, go: told}\n  told: {say: wish.told, end: true}\n";
}
constexpr auto wish_messages =
    "wish.hour: \"¿A qué hora?\"\nwish.told: \"Listo, {client.courtesy}.\"\n";

conversation wishing(const std::string& set) {
    conversation talk{with({setting_dialog(set)}, wish_messages)};
    talk.session.welcomed = true;
    talk.know(rosa());
    (void)talk.say("quiero");
    return talk;
}

TEST(preferences_talk, row_H_the_very_next_message_addresses_her_so) {
    auto talk = wishing("prefers_address: first_name");
    (void)talk.say("9");
    EXPECT_THAT(talk.texts, testing::Contains("Listo, Rosa."));
    EXPECT_EQ(talk.found<keep_record>()->kind, "preference");
    EXPECT_EQ(talk.found<keep_record>()->detail, "address=first_name asked");
}

TEST(preferences_talk, the_hour_is_the_answer_that_was_named) {
    auto talk = wishing("prefers_hour: best");
    (void)talk.say("15");
    EXPECT_EQ(preferred(talk.session.preferences, "hour"), "15:00");
}

TEST(preferences_talk, row_H_staff_may_note_what_she_told_them) {
    auto talk = wishing("prefers_form: text");
    (void)talk.happen(agent_acted{.agent = "brenda", .action = "prefer", .text = "form=voice"});
    ASSERT_EQ(talk.session.preferences.size(), 1U);
    EXPECT_EQ(talk.session.preferences[0].source, "staff");
    EXPECT_EQ(talk.session.preferences[0].value, "voice");
    (void)talk.happen(agent_acted{.agent = "brenda", .action = "prefer", .text = "form=song"});
    EXPECT_EQ(talk.session.preferences[0].value, "voice");
    EXPECT_NE(talk.session.frames.size(), 0U) << "the question still waits";
}

TEST(preferences_talk, staff_note_a_pause_of_at_most_three_months) {
    auto talk = wishing("prefers_form: text");
    (void)talk.happen(agent_acted{.agent = "brenda", .action = "prefer", .text = "pause=2199-01-01"});
    const auto today = civil_date{std::chrono::floor<std::chrono::days>(talk.now - std::chrono::hours{6})};
    EXPECT_EQ(
        paused_until(talk.session.preferences, today), std::optional{plus_days(today, pause_days_max)}
    );
    (void)talk.happen(agent_acted{.agent = "brenda", .action = "prefer", .text = "pause=any"});
    EXPECT_EQ(paused_until(talk.session.preferences, today), std::nullopt);
}

TEST(preferences_talk, a_pause_is_no_word) {
    const auto told = told_of({setting_dialog("prefers_pause: january")}, wish_messages);
    EXPECT_THAT(told, HasSubstr("nobody can prefer 'january'"));
    EXPECT_THAT(told, HasSubstr("the name of an answer that is a day"));
}

TEST(preferences_talk, what_cannot_be_preferred_is_told) {
    EXPECT_THAT(
        told_of({setting_dialog("prefers_address: title")}, wish_messages),
        HasSubstr("nobody can prefer 'title'")
    );
    EXPECT_THAT(
        told_of({setting_dialog("prefers_hour: noon")}, wish_messages),
        HasSubstr("nobody can prefer 'noon'")
    );
}

constexpr auto later_dialog = R"(dialog: plan
about: Schedules at her hour.
starts_on: {words: [recuerdeme]}
begin: set
states:
  set: {schedule: {at: her_hour, begin: nudge}, go: told}
  told: {say: plan.told, end: true}
)";
constexpr auto nudge_dialog = R"(dialog: nudge
about: Asks how it went.
begin: how
states:
  how: {ask: nudge.how, choices: [{pick: well, end: true}]}
)";
constexpr auto plan_messages =
    "plan.told: \"Le aviso.\"\nnudge.how: \"¿Cómo le fue?\"\nnudge.how.well: \"Bien\"\n";

TEST(preferences_talk, what_is_scheduled_comes_at_her_hour) {
    for (const auto& [hour, from_now] :
         std::map<std::string, milliseconds>{{"15:00", 4h + 20min}, {"", 22h + 20min}}) {
        conversation talk{with({later_dialog, nudge_dialog}, plan_messages)};  // at 10:40 there
        talk.session.welcomed = true;
        prefer(talk.session.preferences, "hour", hour, asked_her, talk.now);
        (void)talk.say("recuerdeme");
        EXPECT_THAT(talk.wait(from_now - 1s), IsEmpty()) << hour;
        EXPECT_THAT(talk.wait(1s), ElementsAre("nudge.how")) << hour;
    }
}

}  // namespace
}  // namespace tertulia::dialogs
