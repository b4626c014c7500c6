// A nudge that falls due in a conversation: said by the dialog of its step, or not, with the reason
// noted; her answers go on from there; and each touch counts.

#include "tests/talks/conversation.hpp"
#include "tests/talks/sources.hpp"
#include "tests/talks/with.hpp"

#include "dialogs/engine/agent_actions.hpp"
#include "dialogs/facts/iso_date.hpp"
#include "dialogs/nudges/standing.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::dialogs {
namespace {

using namespace testing_talk;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr civil_date monday{std::chrono::year{2026} / 11 / 23};

constexpr auto remind_dialog = R"yaml(dialog: remind
about: It is due soon.
needs: known
anywhere: true
back: true
begin: ask
states:
  ask:
    ask: remind.ask
    choices: [{pick: fine, say: remind.thanks, end: true}, {pick: talk, go: check}]
    if_silent: {after: 2 days, end: true}
  check: {note_contact: {about: mid}, say: remind.noted, end: true}
)yaml";
constexpr auto check_dialog = R"yaml(dialog: check
about: How she is.
begin: how
states:
  how: {ask: check.how, expect: text, keep_as: goal, go: keep}
  keep: {note_contact: {about: any, keep: [goal]}, say: check.thanks, end: true}
)yaml";
constexpr auto promise_dialog = R"yaml(dialog: promise
about: She says when.
starts_on: {words: [pago]}
begin: day
states:
  day: {ask: promise.day, expect: day, keep_as: day, go: make}
  make:
    promise_payment: {on: answer.day}
    when:
      made: {say: promise.made, end: true}
      too_late: {say: promise.made, end: true}
      open_already: {say: promise.made, end: true}
      officer: {say: promise.made, end: true}
)yaml";
constexpr auto changed_dialog = R"yaml(dialog: changed
about: Something changed because of her.
begin: tell
states:
  tell: {say: changed.tell, go: over}
  over: {settle_case: closed, end: true}
)yaml";
constexpr auto ideas = "policy: ideas\nabout: x\ncounts_from: feedback\nsegments:\n  - {name: changed, steps: [{day: 0, begin: changed}]}\n";
constexpr auto texts = R"yaml(changed.tell:
  text: "{case.number, select, missing {} other {{case.number}}}: {case.answer, select, missing {…} other {{case.answer}}}"
  template: {name: changed, body: ["{case.number, select, missing {} other {{case.number}}}", "{case.answer, select, missing {…} other {{case.answer}}}"]}
remind.ask:
  text: "{officer.courtesy, select, missing {Nosotros} other {{officer.courtesy}}}: toca el {reminder.on, date, short}."
  template: {name: remind, body: ["{officer.courtesy, select, missing {Nosotros} other {{officer.courtesy}}}", "{reminder.on, date, short}"], buttons: [fine, talk]}
remind.ask.fine: "Está bien"
remind.ask.talk: "Hablar"
remind.thanks: "Gracias"
remind.noted: "Anotado"
check.how:
  text: "¿Qué meta tiene?"
  template: {name: check}
check.thanks: "Gracias, {person.goal}"
promise.day: "¿Qué día?"
promise.made: "El {promise.on, date, short}"
)yaml";
constexpr auto repayment = R"(policy: repayment
about: x
counts_from: instalment
segments:
  - name: all
    most: {before: 2, after: 1}
    steps:
      - {day: -1, begin: remind}
      - {day: -3, begin: remind}
      - {day: 3, task: arrears_call}
      - {day: 7, begin: remind, task: arrears_call}
)";
constexpr auto promised = "policy: promised\nabout: x\ncounts_from: promise\nsegments:\n  - {name: all, steps: [{day: -1, begin: remind}]}\n";
constexpr auto contact = "policy: contact\nabout: x\ncounts_from: contact\nsegments:\n  - {name: any, steps: [{day: 0, begin: check}]}\n";

constexpr auto news = "policy: news\nabout: x\ncounts_from: campaign\nsegments:\n  - {name: feast, steps: [{day: 0, begin: check}]}\n";

std::shared_ptr<const script_set> scripts() {
    auto from = sources_with({remind_dialog, check_dialog, promise_dialog, changed_dialog}, texts);
    from.nudges = {
        {"nudges/repayment.yaml", repayment},
        {"nudges/promised.yaml", promised},
        {"nudges/contact.yaml", contact},
        {"nudges/ideas.yaml", ideas},
        {"nudges/news.yaml", news}};
    const auto made = load_scripts(from);
    EXPECT_TRUE(made.scripts) << testing_sources::all_problems(made);
    return made.scripts;
}

class nudges_talk : public testing::Test {
protected:
    nudges_talk() {
        (void)talk.say("hola");
        talk.known.conversation = 17;
        talk.known.as_of = talk.now;
        talk.know(rosa());
        talk.now += 30h;  // she wrote yesterday morning: Tuesday afternoon
        talk.known.as_of = talk.now;
    }
    [[nodiscard]] loan_standing stands() const {
        const auto& loans = talk.known.clients.front()->loans;
        const auto today = civil_date{std::chrono::floor<std::chrono::days>(talk.now - 6h)};
        return *standing_of(loans, loans.front(), today);
    }
    [[nodiscard]] planned_nudge due(int day = -1) const {
        const auto at = stands();
        return {
            .id = 7,
            .policy = "repayment",
            .segment = "all",
            .day = day,
            .anchor = at.due,
            .client_id = "rosa",
            .loan_id = talk.known.clients.front()->loans.front().id,
            .instalment = at.instalment,
            .due = talk.now};
    }
    // As if the instalment were due so many days from now.
    void due_in(int days) {
        auto her = *talk.known.clients.front();
        const auto today = civil_date{std::chrono::floor<std::chrono::days>(talk.now - 6h)};
        const auto shift = days_between(stands().due, plus_days(today, days));
        for (auto& one : her.loans.front().schedule) one.due = plus_days(one.due, shift);
        talk.know(std::move(her));
    }
    std::vector<std::string> nudge(const planned_nudge& what) { return talk.happen(nudge_due{what}); }
    [[nodiscard]] std::string verdict() const {
        const auto* noted = talk.found<note_nudge>();
        return noted == nullptr ? std::string{"none"} : in_words(noted->verdict);
    }

    conversation talk{scripts()};
};

TEST_F(nudges_talk, what_is_told_many_at_once_lets_all_else_go_first_and_counts_as_a_touch) {
    const planned_nudge told{
        .id = 9,
        .policy = "news",
        .segment = "feast",
        .day = 0,
        .anchor = plus_days(monday, 9),
        .client_id = "rosa",
        .due = talk.now};
    EXPECT_THAT(nudge(told), ElementsAre("check.how"));
    const auto* sent = talk.found<send>();
    ASSERT_NE(sent, nullptr);
    EXPECT_EQ(sent->urgency, priority::bulk);
    EXPECT_EQ(verdict(), "sent");
    EXPECT_THAT(nudge(due()), IsEmpty());
    EXPECT_THAT(verdict(), HasSubstr("cap_of_day"));
}

TEST_F(nudges_talk, what_is_told_many_at_once_passes_the_same_gates) {
    planned_nudge told{
        .id = 9,
        .policy = "news",
        .segment = "feast",
        .day = 0,
        .anchor = plus_days(monday, 9),
        .client_id = "rosa",
        .due = talk.now};
    talk.session.wishes.opted_out = true;
    EXPECT_THAT(nudge(told), IsEmpty());
    EXPECT_EQ(verdict(), "not sent: opt_out, opted_out");
    talk.session.wishes.opted_out = false;
    told.anchor = plus_days(monday, -3);
    EXPECT_THAT(nudge(told), IsEmpty());
    EXPECT_EQ(verdict(), "not sent: hours, too_late") << "its last day is over";
}

// ---- what became of an idea of hers

struct ideas_talk : nudges_talk {
    std::vector<std::string> answered(const std::string& text) {
        return talk.happen(agent_acted{
            .agent = "staff:Marta", .action = std::string{idea_answered}, .text = text});
    }
    [[nodiscard]] planned_nudge idea(int number, std::int64_t id = 9) const {
        return {
            .id = id,
            .policy = "ideas",
            .segment = "changed",
            .day = 0,
            .anchor = plus_days(monday, 9),
            .client_id = "rosa",
            .instalment = number,
            .due = talk.now};
    }
};

TEST_F(ideas_talk, what_has_changed_because_of_her_is_told_once_and_the_case_is_over) {
    EXPECT_THAT(answered("12 ya abrimos los sábados."), IsEmpty());
    EXPECT_THAT(nudge(idea(12)), ElementsAre("changed.tell"));
    EXPECT_EQ(verdict(), "sent");
    const auto& content = talk.found<send>()->message.content;
    const auto* form = std::get_if<say_template>(&content);
    ASSERT_NE(form, nullptr);
    EXPECT_EQ(form->text, "F12: ya abrimos los sábados.");
    ASSERT_THAT(talk.session.cases, SizeIs(1));
    EXPECT_TRUE(talk.session.cases.front().over());
    talk.now += 24h;
    talk.known.as_of = talk.now;
    (void)answered("12 ya abrimos los sábados.");
    EXPECT_THAT(nudge(idea(12, 10)), IsEmpty());
    EXPECT_THAT(verdict(), HasSubstr("caps, said_before"));
}

TEST_F(ideas_talk, the_answer_told_is_the_ideas_own_whatever_else_is_open) {
    (void)answered("12 ya abrimos los sábados.");
    (void)answered("13 ya hay café.");
    client_case other{};
    other.number = "17-1";
    other.kind = "complaint";
    other.state = case_state::resolved;
    other.answer = "otra cosa";
    other.changed_at = talk.now;
    talk.session.cases.push_back(other);
    EXPECT_THAT(nudge(idea(12)), ElementsAre("changed.tell"));
    EXPECT_EQ(std::get<say_template>(talk.found<send>()->message.content).text, "F12: ya abrimos los sábados.");
    const auto still = std::ranges::find(talk.session.cases, std::string{"17-1"}, &client_case::number);
    ASSERT_NE(still, talk.session.cases.end());
    EXPECT_EQ(still->state, case_state::resolved) << "nobody has settled it";
}

TEST_F(ideas_talk, who_has_stopped_us_hears_nothing_and_nothing_is_left_open) {
    talk.session.wishes.opted_out = true;
    (void)answered("12 ya abrimos los sábados.");
    EXPECT_THAT(nudge(idea(12)), IsEmpty());
    EXPECT_EQ(verdict(), "not sent: opt_out, opted_out");
    EXPECT_THAT(talk.session.cases, IsEmpty());
}

TEST_F(ideas_talk, without_an_answer_there_is_nothing_to_tell) {
    for (const auto* text : {"", "12", "12 ", "x words", "0 words", "-3 words", "12words so"}) {
        (void)answered(text);
        EXPECT_THAT(talk.session.cases, IsEmpty()) << text;
    }
    EXPECT_THAT(nudge(idea(12)), IsEmpty());
    EXPECT_EQ(verdict(), "not sent: row, no_answer");
}

TEST_F(nudges_talk, it_is_said_by_the_dialog_of_its_step_with_the_day_it_is_about) {
    due_in(1);
    EXPECT_THAT(nudge(due()), ElementsAre("remind.ask"));
    EXPECT_EQ(verdict(), "sent");
    EXPECT_EQ(talk.found<note_nudge>()->dialog, "remind");
    const auto* sent = talk.found<send>();
    ASSERT_NE(sent, nullptr);
    EXPECT_EQ(sent->urgency, priority::nudge);
    EXPECT_EQ(sent->keep_for, milliseconds{1min}) << "she may pay meanwhile";
    ASSERT_THAT(talk.session.touches, SizeIs(1));
    EXPECT_EQ(talk.session.touches.front().nudge, 7);
    EXPECT_THAT(talk.say("está bien"), testing::Contains("remind.thanks"));
}

TEST_F(nudges_talk, after_a_payment_nothing_is_said) {
    due_in(1);
    const auto what = due();
    auto her = *talk.known.clients.front();
    for (auto& one : her.loans.front().schedule) {
        if (one.number == what.instalment) one.paid = one.total;
    }
    talk.know(std::move(her));
    EXPECT_THAT(nudge(what), IsEmpty());
    EXPECT_THAT(verdict(), HasSubstr("balance, paid"));
    EXPECT_THAT(talk.session.touches, IsEmpty());
}

TEST_F(nudges_talk, one_touch_a_day_over_everything) {
    due_in(1);
    (void)nudge(due());
    auto other = due(-3);
    other.id = 8;
    EXPECT_THAT(nudge(other), IsEmpty());
    EXPECT_THAT(verdict(), HasSubstr("cap_of_day (1 of 1 today)"));
    other.policy = "contact";
    other.segment = "any";
    other.loan_id.clear();
    other.instalment = 0;
    other.day = 0;
    EXPECT_THAT(nudge(other), IsEmpty());
    EXPECT_THAT(verdict(), HasSubstr("cap_of_day"));
}

TEST_F(nudges_talk, the_same_step_that_comes_again_is_not_said_again) {
    due_in(2);
    (void)nudge(due());
    talk.now += 24h;
    talk.known.as_of = talk.now;
    EXPECT_THAT(nudge(due()), IsEmpty());
    EXPECT_THAT(verdict(), HasSubstr("said_before"));
}

TEST_F(nudges_talk, at_night_it_waits_for_the_morning) {
    due_in(3);
    talk.now += 10h;  // past midnight
    talk.known.as_of = talk.now;
    EXPECT_THAT(nudge(due()), IsEmpty());
    const auto* noted = talk.found<note_nudge>();
    ASSERT_NE(noted, nullptr);
    EXPECT_EQ(noted->verdict.answer, nudge_answer::later);
    EXPECT_EQ(noted->verdict.reason, "quiet_hours");
    EXPECT_GT(noted->verdict.again, talk.now);
}

TEST_F(nudges_talk, an_old_copy_of_core_banking_reminds_nobody) {
    due_in(1);
    talk.known.core = core_state::stale;
    talk.known.as_of = talk.now - 20min;
    EXPECT_THAT(nudge(due()), IsEmpty());
    EXPECT_THAT(verdict(), HasSubstr("later: balance, old_balance (20 minutes old)"));
}

TEST_F(nudges_talk, who_has_stopped_us_or_is_in_doubt_is_left_alone) {
    due_in(1);
    talk.session.wishes.opted_out = true;
    EXPECT_THAT(nudge(due()), IsEmpty());
    EXPECT_THAT(verdict(), HasSubstr("opt_out, opted_out"));
    talk.session.wishes.opted_out = false;
    talk.session.proof.doubted = true;
    EXPECT_THAT(nudge(due()), IsEmpty());
    EXPECT_THAT(verdict(), HasSubstr("consent, not_hers"));
}

TEST_F(nudges_talk, who_wants_fewer_gets_none_before_the_day) {
    due_in(1);
    prefer(talk.session.preferences, "reminders", "less", asked_her, talk.now);
    EXPECT_THAT(nudge(due()), IsEmpty());
    EXPECT_THAT(verdict(), HasSubstr("wants_no_reminder"));
}

TEST_F(nudges_talk, who_asked_to_be_left_in_peace_is_until_her_day) {
    due_in(1);
    const auto today = civil_date{std::chrono::floor<std::chrono::days>(talk.now - 6h)};
    prefer(talk.session.preferences, "pause", iso_date(plus_days(today, 1)), asked_her, talk.now);
    EXPECT_THAT(nudge(due()), IsEmpty());
    EXPECT_THAT(verdict(), HasSubstr("opt_out, paused"));
    prefer(talk.session.preferences, "pause", iso_date(today), asked_her, talk.now);
    EXPECT_THAT(nudge(due()), Not(IsEmpty()));
}

TEST_F(nudges_talk, while_a_person_talks_with_her_it_waits) {
    due_in(2);
    talk.session.queue = "agent:brenda";
    EXPECT_THAT(nudge(due()), IsEmpty());
    EXPECT_THAT(verdict(), HasSubstr("later: hours, with_person"));
}

TEST_F(nudges_talk, while_she_waits_for_a_person_it_waits_too) {
    due_in(2);
    talk.session.queue = "support";
    EXPECT_THAT(nudge(due()), IsEmpty());
    EXPECT_THAT(verdict(), HasSubstr("later: hours, with_person"));
}

TEST_F(nudges_talk, what_she_has_begun_is_heard_to_its_end_first) {
    due_in(2);
    talk.now -= 4h;
    (void)talk.say("pago");
    ASSERT_THAT(talk.session.frames, testing::Not(IsEmpty()));
    talk.now += 110min;
    talk.known.as_of = talk.now;
    EXPECT_THAT(nudge(due()), IsEmpty());
    EXPECT_THAT(verdict(), HasSubstr("later: hours, talking"));
    EXPECT_THAT(talk.session.frames, testing::Not(IsEmpty())) << "her question stays";
    talk.now += 11min;
    talk.known.as_of = talk.now;
    EXPECT_THAT(nudge(due()), ElementsAre("remind.ask")) << "she has let it lie";
}

TEST_F(nudges_talk, while_she_complains_of_a_charge_or_of_our_messages_nothing_is_asked_of_her) {
    due_in(2);
    for (const auto* about : {"messages", "charge", "payment_missing"}) {
        talk.session.cases = {{.number = "1-1", .kind = "complaint", .category = about}};
        EXPECT_THAT(nudge(due()), IsEmpty());
        EXPECT_THAT(verdict(), HasSubstr("blocked, dispute")) << about;
    }
    talk.session.cases = {{.number = "1-1", .kind = "complaint", .category = "treatment"}};
    EXPECT_THAT(nudge(due()), ElementsAre("remind.ask"));
}

TEST_F(nudges_talk, a_task_opens_a_case_and_the_next_step_waits_for_its_outcome) {
    due_in(-3);
    auto what = due(3);
    EXPECT_THAT(nudge(what), IsEmpty());
    EXPECT_EQ(verdict(), "sent");
    ASSERT_THAT(talk.session.cases, SizeIs(1));
    EXPECT_EQ(talk.session.cases.front().kind, "arrears_call");
    EXPECT_THAT(talk.session.touches, IsEmpty()) << "nothing reached her";
    talk.now += 144h;
    talk.known.as_of = talk.now;
    what.day = 7;
    what.id = 9;
    EXPECT_THAT(nudge(what), ElementsAre("remind.ask"));
    EXPECT_THAT(talk.session.cases, SizeIs(1)) << "the call has no outcome yet";
}

TEST_F(nudges_talk, what_has_not_left_in_time_is_no_touch_and_comes_again) {
    due_in(1);
    (void)nudge(due());
    const auto sent = talk.session.touches.front().sent;
    delivery_outcome lost{.purpose = "remind.ask", .status = delivery_status::failed, .touch = sent};
    lost.error.means = failure::not_sent;
    EXPECT_THAT(talk.happen(lost), IsEmpty());
    EXPECT_THAT(talk.session.touches, IsEmpty());
    EXPECT_THAT(verdict(), HasSubstr("later: window, not_sent_in_time"));
    EXPECT_EQ(talk.found<hand_over>(), nullptr);
    EXPECT_THAT(nudge(due()), ElementsAre("remind.ask")) << "five minutes later";
}

TEST_F(nudges_talk, a_promise_plans_its_own_reminder_and_keeps_the_others_back) {
    due_in(3);
    (void)talk.say("pago");
    (void)talk.say("el viernes");
    const auto* planned = talk.found<plan_nudge>();
    ASSERT_NE(planned, nullptr);
    EXPECT_EQ(planned->what.policy, "promised");
    EXPECT_EQ(planned->what.day, -1);
    EXPECT_EQ(iso_date(planned->what.anchor), "2026-11-27");
    EXPECT_NE(talk.found<note_promise>(), nullptr);
    talk.now += 1h;
    EXPECT_THAT(nudge(due()), IsEmpty());
    EXPECT_THAT(verdict(), HasSubstr("promise, promised (2026-11-27)"));
    talk.now += 47h;
    talk.known.as_of = talk.now;
    auto of_promise = planned->what;
    of_promise.id = 12;
    const auto before = talk;
    EXPECT_THAT(nudge(of_promise), ElementsAre("remind.ask"));

    // Core banking has the instalment as paid, and does not say when or by which payment.
    talk = before;
    auto facts = *talk.known.clients.front();
    const auto number = stands().instalment;
    for (auto& one : facts.loans.front().schedule) {
        if (one.number == number) one.paid = one.total;
    }
    talk.known.clients.clear();
    talk.know(std::move(facts));
    EXPECT_THAT(nudge(of_promise), IsEmpty());
    EXPECT_THAT(verdict(), HasSubstr("balance, paid"));
}

TEST_F(nudges_talk, a_telephone_that_several_share_is_not_written_to_but_people_are_asked) {
    due_in(-7);
    auto sister = rosa();
    sister.who.id = "sara";
    sister.who.first_name = "Sara";
    talk.known.clients.push_back(std::make_shared<const client_facts>(std::move(sister)));
    EXPECT_THAT(nudge(due(7)), IsEmpty());
    EXPECT_THAT(verdict(), HasSubstr("consent, not_hers"));
    ASSERT_THAT(talk.session.cases, SizeIs(1));
    EXPECT_EQ(talk.session.cases.front().client_id, "rosa");
    auto nobodys = due();
    nobodys.client_id = "someone";
    EXPECT_THAT(nudge(nobodys), IsEmpty());
    EXPECT_THAT(verdict(), HasSubstr("not_hers"));
}

TEST_F(nudges_talk, who_has_not_met_the_officer_is_not_written_to_in_her_name) {
    due_in(1);
    auto her = *talk.known.clients.front();
    her.who.met_officer = false;
    talk.know(std::move(her));
    EXPECT_THAT(nudge(due()), ElementsAre("remind.ask"));
    const auto* sent = talk.found<send>();
    ASSERT_NE(sent, nullptr);
    const auto* form = std::get_if<say_template>(&sent->message.content);
    ASSERT_NE(form, nullptr);
    EXPECT_THAT(form->text, testing::Not(HasSubstr("Brenda")));
}

TEST_F(nudges_talk, a_talk_that_was_had_is_kept_and_her_goal_remembered) {
    planned_nudge what{
        .id = 3, .policy = "contact", .segment = "any", .day = 0, .anchor = plus_days(monday, 1),
        .client_id = "rosa", .due = talk.now};
    EXPECT_THAT(nudge(what), ElementsAre("check.how"));
    EXPECT_THAT(talk.say("una refri nueva"), ElementsAre("check.thanks"));
    EXPECT_THAT(talk.texts.back(), HasSubstr("una refri nueva"));
    const auto* had = talk.found<contact_had>();
    ASSERT_NE(had, nullptr);
    EXPECT_EQ(had->client_id, "rosa");
    EXPECT_EQ(had->about, "any");
    EXPECT_EQ(talk.session.goal, "una refri nueva");
}

TEST_F(nudges_talk, a_policy_that_is_gone_refuses_what_it_had_planned) {
    due_in(1);
    auto what = due();
    what.policy = "older";
    EXPECT_THAT(nudge(what), IsEmpty());
    EXPECT_THAT(verdict(), HasSubstr("row, no_such_step"));
    what = due(5);
    EXPECT_THAT(nudge(what), IsEmpty());
    EXPECT_THAT(verdict(), HasSubstr("row, no_such_step"));
}

// ---- surveys

constexpr auto surveys = R"(policy: survey
about: x
counts_from: survey
segments:
  - {name: sv_support, steps: [{day: 1, begin: check}]}
  - {name: sv_transact, steps: [{day: 1, begin: check}]}
)";

std::shared_ptr<const script_set> scripts_with_surveys() {
    auto from = sources_with({remind_dialog, check_dialog, promise_dialog}, texts);
    from.nudges = {
        {"nudges/survey.yaml", surveys}, {"nudges/limits.yaml", "survey_share: 1000\na_day: 9\na_week: 9\n"}};
    const auto made = load_scripts(from);
    EXPECT_TRUE(made.scripts) << testing_sources::all_problems(made);
    return made.scripts;
}

class surveys_talk : public testing::Test {
protected:
    surveys_talk() {
        (void)talk.say("hola");
        talk.known.conversation = 17;
        talk.know(rosa());
        talk.now += 30h;
        talk.known.as_of = talk.now;
    }
    // Her loan with so many instalments paid, and none that is late.
    void has_paid(std::size_t count) {
        auto her = rosa();
        auto& schedule = her.loans.front().schedule;
        const auto today = civil_date{std::chrono::floor<std::chrono::days>(talk.now - 6h)};
        for (std::size_t i = 0; i < schedule.size(); ++i) {
            auto& one = schedule[i];
            one.due = plus_days(today, 7 * (static_cast<int>(i) - static_cast<int>(count)) + 1);
            one.paid = i < count ? one.total : money{0, one.total.currency};
        }
        talk.know(std::move(her));
    }
    [[nodiscard]] planned_nudge survey() const {
        return {
            .id = 5, .policy = "survey", .segment = "sv_transact", .day = 1, .anchor = plus_days(monday, 0),
            .client_id = "rosa", .due = talk.now};
    }
    [[nodiscard]] std::string verdict() const {
        const auto* noted = talk.found<note_nudge>();
        return noted == nullptr ? std::string{"none"} : in_words(noted->verdict);
    }
    conversation talk{scripts_with_surveys()};
};

TEST_F(surveys_talk, one_is_planned_after_the_third_payment_and_after_no_other) {
    has_paid(2);
    (void)talk.happen(happened{"payment_received"});
    EXPECT_EQ(talk.found<plan_nudge>(), nullptr);
    has_paid(3);
    (void)talk.happen(happened{"payment_received"});
    const auto* planned = talk.found<plan_nudge>();
    ASSERT_NE(planned, nullptr);
    EXPECT_EQ(planned->counts_from, nudge_anchor::survey);
    EXPECT_EQ(planned->what.segment, "sv_transact");
    EXPECT_EQ(planned->what.client_id, "rosa");
}

TEST_F(surveys_talk, nobody_is_asked_twice_in_sixty_days_nor_while_something_is_late) {
    has_paid(3);
    EXPECT_THAT(talk.happen(nudge_due{survey()}), ElementsAre("check.how"));
    (void)talk.say("una refri");
    talk.now += 24h * 6;
    talk.known.as_of = talk.now;
    has_paid(3);
    EXPECT_THAT(talk.happen(nudge_due{survey()}), IsEmpty());
    EXPECT_THAT(verdict(), HasSubstr("blocked, surveyed_lately"));
    talk.session.touches.clear();
    auto her = *talk.known.clients.front();
    her.loans.front().schedule.front().paid.minor = 0;
    talk.know(std::move(her));
    EXPECT_THAT(talk.happen(nudge_due{survey()}), IsEmpty());
    EXPECT_THAT(verdict(), HasSubstr("blocked, late"));
}

}  // namespace
}  // namespace tertulia::dialogs
