// An application for a loan: what is sent, how it stands by core banking's copy, and when she is told.

#include "dialogs/script/program.hpp"
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

constexpr auto ask = R"(dialog: ask
about: Asks for a loan.
starts_on: {words: [pedir]}
begin: sum
states:
  sum: {ask: ask.sum, expect: amount, keep_as: sum, go: photo}
  photo: {ask: ask.photo, expect: photo, keep_as: paper, go: send}
  send: {submit: {application: micro, amount: answer.sum}, go: sent}
  sent: {say: ask.sent, end: true}
)";
constexpr auto news = R"(dialog: news
about: What became of it.
starts_on: {events: [loan_status_changed], when: "application.changed", between: "08:00-20:00"}
anywhere: true
back: true
begin: told
states:
  told: {set: {application_told: true}, go: tell}
  tell: {say: news.tell, end: true}
)";
constexpr auto decision = R"yaml(dialog: decision
about: What was decided.
starts_on: {words: [decision]}
needs: verified
begin: which
states:
  which:
    branch:
      - {when: "has(refusal.why)", say: decision.no, end: true}
      - {otherwise: true, say: decision.state, end: true}
)yaml";
constexpr auto texts = R"yaml(ask.sum: "¿Cuánto?"
ask.photo: "¿Foto?"
ask.sent: "Es la {application.number}."
news.tell:
  text: "Novedades de la {application.number}."
  template: {name: news, body: ["{application.number}"]}
decision.state: "{application.state} {application.offer, money}"
decision.no: "{refusal.why} {refusal.change} {refusal.retry_on, date, long}"
refusal.debts: "Debe mucho."
refusal.debts.change: "Pague uno."
)yaml";

std::shared_ptr<const script_set> scripts() {
    auto from = sources_with({ask, news, decision}, texts);
    from.dialogs.push_back(
        {"dialogs/products.yaml",
         "products:\n  micro: {core: \"2\"}\nrefusals:\n  debts: {retry: 90 days}\n"}
    );
    const auto made = load_scripts(from);
    EXPECT_TRUE(made.scripts) << testing_sources::all_problems(made);
    return made.scripts;
}

struct applications : testing::Test {
    conversation talk{scripts()};
    applications() {
        talk.session.welcomed = true;
        talk.known.conversation = 17;
        talk.know(rosa());
    }
    std::vector<std::string> apply() {
        (void)talk.say("pedir");
        (void)talk.say("3000");
        return talk.hear(received_media{
            .kind = media_kind::image, .id = "m-7", .mime_type = "image/jpeg", .sha256 = "ab"});
    }
    void core_has(loan_status status, const std::string& reason = {}) {
        auto her = rosa();
        her.requests.push_back(
            {.application = "gw-A17-1",
             .loan_id = "95",
             .status = status,
             .principal = {250000, {}},
             .reason = reason}
        );
        talk.know(std::move(her));
    }
    std::vector<std::string> happens() { return talk.happen(happened{"loan_status_changed"}); }
};

TEST_F(applications, what_she_answered_is_sent_under_a_number_of_the_conversation) {
    EXPECT_THAT(apply(), ElementsAre("ask.sent"));
    EXPECT_EQ(talk.texts.back(), "Es la A17-1.");
    const auto* sent = talk.found<send_application>();
    ASSERT_NE(sent, nullptr);
    EXPECT_EQ(sent->number, "A17-1");
    EXPECT_EQ(sent->client_id, "rosa");
    EXPECT_EQ(sent->product, "micro");
    EXPECT_EQ(sent->core_product, "2");
    EXPECT_EQ(sent->amount.minor, 300000);
    EXPECT_THAT(sent->answers.at("paper"), HasSubstr("m-7")) << "the picture's own id";
    EXPECT_EQ(talk.found<keep_record>()->detail, "A17-1");
    EXPECT_THAT(apply(), ElementsAre("ask.sent"));
    EXPECT_EQ(talk.found<send_application>()->number, "A17-2");
    EXPECT_THAT(talk.session.applications.front().papers, ElementsAre("paper"));
}

TEST_F(applications, in_doubt_it_is_of_no_client) {
    talk.session.proof.doubted = true;
    (void)apply();
    ASSERT_NE(talk.found<send_application>(), nullptr);
    EXPECT_EQ(talk.found<send_application>()->client_id, "");
}

TEST_F(applications, only_so_many_are_remembered_and_numbers_go_on) {
    for (int i = 0; i < 9; ++i) (void)apply();
    EXPECT_EQ(talk.session.applications.size(), applications_max);
    EXPECT_EQ(talk.session.applications.back().number, "A17-9");
}

TEST_F(applications, row_F_each_change_is_told_once) {
    (void)apply();
    EXPECT_THAT(happens(), IsEmpty()) << "nothing has become of it";
    core_has(loan_status::submitted);
    EXPECT_THAT(happens(), ElementsAre("news.tell"));
    EXPECT_THAT(happens(), IsEmpty());
    core_has(loan_status::approved);
    EXPECT_THAT(happens(), ElementsAre("news.tell"));
}

TEST_F(applications, row_F_at_night_news_wait_for_the_morning_and_for_each_other) {
    (void)apply();
    (void)talk.wait(13h);  // 23:40 there
    core_has(loan_status::submitted);
    EXPECT_THAT(happens(), IsEmpty());
    core_has(loan_status::approved);
    EXPECT_THAT(happens(), IsEmpty());
    EXPECT_THAT(talk.wait(8h), IsEmpty()) << "7:40";
    EXPECT_THAT(talk.wait(20min), ElementsAre("news.tell"));
    EXPECT_THAT(talk.wait(24h), IsEmpty());
}

TEST_F(applications, after_a_day_they_come_by_template) {
    (void)apply();
    (void)talk.wait(48h);
    core_has(loan_status::approved);
    EXPECT_THAT(happens(), ElementsAre("news.tell"));
    const auto* sent = talk.found<send>();
    ASSERT_NE(sent, nullptr);
    EXPECT_TRUE(std::holds_alternative<say_template>(sent->message.content));
}

TEST_F(applications, a_person_who_has_the_conversation_is_waited_for) {
    (void)apply();
    (void)talk.say("persona");
    (void)talk.happen(agent_acted{.agent = "brenda", .action = "take"});
    core_has(loan_status::submitted);
    EXPECT_THAT(happens(), IsEmpty());
    EXPECT_THAT(talk.wait(90min), IsEmpty());
    (void)talk.happen(agent_acted{.agent = "brenda", .action = "release"});
    EXPECT_THAT(talk.wait(1h), testing::Contains("news.tell"));
}

TEST_F(applications, who_asked_for_silence_is_told_nothing) {
    (void)apply();
    talk.session.wishes.opted_out = true;
    core_has(loan_status::approved);
    EXPECT_THAT(happens(), IsEmpty());
    EXPECT_THAT(talk.wait(48h), IsEmpty());
}

TEST_F(applications, row_G_a_refusal_is_told_whole_or_not_at_all) {
    (void)apply();
    talk.session.proof.client_id = "rosa";
    (void)pin_was_right(talk.session.proof, "rosa", talk.now);
    core_has(loan_status::rejected, "debts");
    EXPECT_THAT(talk.say("decision"), ElementsAre("decision.no"));
    EXPECT_THAT(talk.texts.back(), HasSubstr("Debe mucho. Pague uno."));
    EXPECT_THAT(talk.texts.back(), HasSubstr("2027")) << "ninety days on";
    core_has(loan_status::rejected, "no such reason");
    EXPECT_THAT(talk.say("decision"), ElementsAre("decision.state"));
    EXPECT_THAT(talk.texts.back(), HasSubstr("refused"));
}

TEST_F(applications, a_product_nobody_has_is_an_error) {
    EXPECT_THAT(told_of({ask}, texts), HasSubstr("no product is called 'micro'"));
}

TEST_F(applications, row_G_a_refusal_without_its_words_or_its_day_is_an_error) {
    auto from = sources_with({});
    from.dialogs.push_back({"dialogs/products.yaml", "refusals:\n  debts: {}\n"});
    const auto told = testing_sources::all_problems(load_scripts(from));
    EXPECT_THAT(told, HasSubstr("does not say when she may ask again"));
    EXPECT_THAT(told, HasSubstr("refusal.debts"));
}

TEST_F(applications, hours_that_are_none_and_events_without_a_template_are_errors) {
    const auto with_hours = [](const std::string& hours) {
        return "dialog: news\nabout: x\nstarts_on: {events: [loan_status_changed], between: \"" + hours +
               "\"}\nanywhere: true\nback: true\nbegin: a\nstates: {a: {say: balance.none, end: true}}\n";
    };
    EXPECT_THAT(told_of({with_hours("20:00-08:00")}), HasSubstr("end before they begin"));
    EXPECT_THAT(told_of({with_hours("8-20")}), HasSubstr("no time of the day"));
    EXPECT_THAT(told_of({with_hours("08:00-20:00")}), HasSubstr("only an approved"));
}

// ---- working days

constexpr auto in_three_working_days = R"(dialog: plan
about: Later.
starts_on: {words: [luego]}
begin: later
states:
  later: {schedule: {after: 3 working days, at: "10:00", begin: then}, end: true}
)";
constexpr auto then_tell = R"(dialog: then
about: Now.
begin: tell
states: {tell: {say: then.tell, end: true}}
)";

// The hour and day it is due, said on Thursday the 26th of November.
local_time due_in_three_working_days(institution house) {
    auto from = sources_with(
        {in_three_working_days, then_tell}, "then.tell: {text: \"Ahora.\", template: then}\n"
    );
    from.of.hours = house.hours;
    from.of.holidays = house.holidays;
    const auto made = load_scripts(from);
    EXPECT_TRUE(made.scripts) << testing_sources::all_problems(made);
    conversation talk{made.scripts};
    talk.session.welcomed = true;
    (void)talk.wait(3 * 24h);
    (void)talk.say("luego");
    EXPECT_EQ(talk.session.later.size(), 1U);
    return made.scripts->compiled().calendar->local(talk.session.later.front().due);
}

local_time at_ten(unsigned month, unsigned day) {
    return {
        .date = std::chrono::year{2026} / std::chrono::month{month} / std::chrono::day{day},
        .hour = 10};
}

TEST(working_days, are_from_monday_to_friday_where_nobody_says_otherwise) {
    EXPECT_EQ(due_in_three_working_days({}), at_ten(12, 1));
}

TEST(working_days, row_F_are_those_of_the_institution_without_its_holidays) {
    EXPECT_EQ(due_in_three_working_days({.hours = "Lun-Sáb 8:00-17:00"}), at_ten(11, 30));
    const civil_date friday{std::chrono::year{2026} / 11 / 27};
    EXPECT_EQ(due_in_three_working_days({.holidays = {friday}}), at_ten(12, 2));
    EXPECT_EQ(
        due_in_three_working_days({.hours = "Lun-Sáb 8:00-17:00", .holidays = {friday}}),
        at_ten(12, 1)
    );
}

}  // namespace
}  // namespace tertulia::dialogs
