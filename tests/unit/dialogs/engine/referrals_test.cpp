// Recommending: who gets a code, whom a code is for, and what either of the two is told of the other.

#include "dialogs/services/referral_codes.hpp"
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

constexpr auto give = R"yaml(dialog: give
about: A code.
starts_on: {words: [codigo]}
begin: code
states:
  code: {set: {referral_code: true}, go: tell}
  tell:
    branch:
      - {when: "has(referral.code)", say: give.code, end: true}
      - {otherwise: true, say: give.none, end: true}
)yaml";
constexpr auto name = R"yaml(dialog: name
about: May it be told?
starts_on: {words: [nombre]}
begin: may
states:
  may: {ask: name.may, expect: yes_no, consent: referral_naming, when: {yes: which, no: done}}
  which: {ask: name.which, expect: name, keep_as: first, go: keep}
  keep: {set: {referral_name: first}, go: done}
  done: {say: name.done, end: true}
)yaml";
constexpr auto came = R"yaml(dialog: came
about: With a code.
starts_on: {referral_codes: true}
begin: which
states:
  which:
    branch:
      - {when: "introduced.state == 'new'", go: ask}
      - {otherwise: true, say: came.no, end: true}
  ask: {ask: came.ask, expect: yes_no, consent: being_referred, when: {yes: yes, no: no}}
  yes: {set: {referral: accepted}, go: done}
  no: {set: {referral: refused}, go: done}
  done: {say: came.done, end: true}
)yaml";
constexpr auto hide = R"yaml(dialog: hide
about: Nobody sees it.
starts_on: {words: [ocultar]}
begin: now
states:
  now: {set: {referral: hidden}, go: done}
  done: {say: came.done, end: true}
)yaml";
constexpr auto status = R"yaml(dialog: status
about: How they stand.
starts_on: {words: [recomendadas]}
begin: tell
states:
  tell: {say: status.tell, end: true}
)yaml";
constexpr auto ledger = R"yaml(dialog: ledger
about: What it earned.
starts_on: {words: [comision]}
begin: which
states:
  which:
    branch:
      - {when: "has(referrals.ledger)", say: ledger.tell, end: true}
      - {otherwise: true, say: ledger.none, end: true}
)yaml";
constexpr auto news = R"yaml(dialog: news
about: Something came of it.
starts_on: {events: [referral_news], when: "referral.changed", between: "08:00-18:00"}
anywhere: true
back: true
begin: tell
states:
  tell: {say: news.tell, go: told}
  told: {set: {referrals_told: true}, end: true}
)yaml";
constexpr auto may = R"yaml(dialog: may
about: May we ask?
starts_on: {words: [favor]}
begin: which
states:
  which:
    branch:
      - {when: "referral.may_ask", go: asked}
      - {otherwise: true, say: may.no, end: true}
  asked: {set: {referral_asked: true}, go: yes}
  yes: {say: may.yes, end: true}
)yaml";
constexpr auto send = R"yaml(dialog: send
about: Asks for a loan.
starts_on: {words: [pedir]}
begin: send
states:
  send: {submit: {application: micro}, go: sent}
  sent: {say: came.done, end: true}
)yaml";
constexpr auto texts = R"yaml(give.code: "Es {referral.code}. {referral.name, select, missing {sin nombre} other {{referral.name}}}."
give.none: "Para usted no. {referral.who}"
name.may: "¿Decimos su nombre?"
name.which: "¿Cuál?"
name.done: "Bien."
came.no: "No. {introduced.state} {introduced.by, select, missing {nadie} other {{introduced.by}}}"
came.ask: "{introduced.by, select, missing {Alguien} other {{introduced.by}}}. ¿Sí?"
came.done: "Bien."
status.tell: "{referrals.count}: {referrals.list}"
ledger.tell: "{referrals.earned, money} {referrals.paid, money} {referrals.open, money}: {referrals.ledger}"
ledger.none: "Nada."
news.tell: {text: "Novedades.", template: referral_news}
may.no: "No."
may.yes: "Recomiéndenos."
referral.line: "{referral.line.nth} {referral.line.state}"
referral.part: "{referral.line.nth} {referral.line.amount, money} {referral.line.state}"
)yaml";
constexpr auto rules = R"(rules:
  - {version: 1, valid_from: 2026-01-01, amount: 100, for: others,
     steps: [{after: disbursal, part: 50}, {after: instalments, part: 50}]}
  - {version: 2, valid_from: 2026-11-01, amount: 80, steps: [{after: disbursal, part: 100}]}
)";

std::shared_ptr<const script_set> scripts() {
    auto from = sources_with({give, name, came, hide, status, ledger, news, may, send}, texts);
    from.dialogs.push_back({"dialogs/referrals.yaml", rules});
    from.dialogs.push_back({"dialogs/products.yaml", "products:\n  micro:\n"});
    const auto made = load_scripts(from);
    EXPECT_TRUE(made.scripts) << testing_sources::all_problems(made);
    return made.scripts;
}

const std::string her_code = referral_code(17, 5);

struct referrals : testing::Test {
    conversation talk{scripts()};
    referrals() {
        talk.session.welcomed = true;
        talk.known.conversation = 23;
        talk.known.phones = {"+50255500199"};
    }
    // As the gateway would read them with her message.
    std::vector<std::string> come_with(const std::string& code, std::int64_t by, std::string called) {
        talk.known.introduced = introduction{.code = code, .by = {by}, .name = std::move(called)};
        auto said = talk.say("Hola, vengo con " + code);
        talk.known.introduced.reset();
        return said;
    }
    void agree() {
        (void)come_with(her_code, 17, "Rosa");
        (void)talk.say("sí");
    }
};

// ---- who recommends

TEST_F(referrals, a_code_is_hers_for_good_and_open_to_who_is_no_client) {
    (void)talk.say("codigo");
    const auto* noted = talk.found<note_referrer>();
    ASSERT_NE(noted, nullptr);
    EXPECT_EQ(noted->kind, referrer_kind::other);
    EXPECT_EQ(noted->name, "");
    EXPECT_EQ(find_referral_code(noted->code), noted->code);
    EXPECT_EQ(talk.texts.back(), "Es " + noted->code + ". sin nombre.");
    const auto before = talk.session.referrals.code;
    (void)talk.say("codigo");
    EXPECT_EQ(talk.session.referrals.code, before);
}

TEST_F(referrals, a_name_is_told_only_where_she_agrees) {
    talk.know(rosa());
    (void)talk.say("codigo");
    EXPECT_EQ(talk.found<note_referrer>()->name, "");
    EXPECT_EQ(talk.found<note_referrer>()->kind, referrer_kind::client);
    (void)talk.say("nombre");
    (void)talk.say("sí");
    ASSERT_NE(talk.found<note_referrer>(), nullptr) << "told again with the change";
    EXPECT_EQ(talk.found<note_referrer>()->name, "Rosa");
    (void)talk.say("nombre");
    (void)talk.say("no");
    EXPECT_EQ(talk.found<note_referrer>()->name, "");
}

TEST_F(referrals, who_is_on_no_file_says_her_name_herself) {
    (void)talk.say("codigo");
    (void)talk.say("nombre");
    (void)talk.say("sí");
    (void)talk.say("me llamo Ana");
    EXPECT_EQ(talk.found<note_referrer>()->name, "Ana");
    (void)talk.say("codigo");
    EXPECT_THAT(talk.texts.back(), HasSubstr(". Ana."));
}

TEST_F(referrals, who_works_here_or_may_be_another_gets_none) {
    talk.known.staff = staff_person{.id = "staff:Marta"};
    (void)talk.say("codigo");
    EXPECT_EQ(talk.found<note_referrer>(), nullptr);
    EXPECT_EQ(talk.texts.back(), "Para usted no. staff");
    talk.known.staff.reset();
    talk.session.proof.doubted = true;
    (void)talk.say("codigo");
    EXPECT_EQ(talk.found<note_referrer>(), nullptr);
    EXPECT_EQ(talk.texts.back(), "Para usted no. doubt");
}

TEST_F(referrals, she_sees_of_each_how_far_it_is_and_of_who_hides_it_nothing) {
    talk.known.referrals = {
        {.number = "R31", .state = referral_state::approved},
        {.number = "R32", .state = referral_state::earned, .hidden = true},
        {.number = "R33", .state = referral_state::lapsed}};
    (void)talk.say("recomendadas");
    EXPECT_EQ(talk.texts.back(), "3: 1 in_progress\n2 hidden\n3 ended");
    talk.session.proof.doubted = true;
    (void)talk.say("recomendadas");
    EXPECT_EQ(talk.texts.back(), "0: ") << "the number may be another person's";
}

TEST_F(referrals, the_ledger_is_told_part_by_part) {
    (void)talk.say("comision");
    EXPECT_EQ(talk.texts.back(), "Nada.");
    const auto day = std::chrono::year{2026} / 11 / 20;
    talk.known.referrals = {
        {.number = "R31",
         .state = referral_state::earned,
         .parts = {{.step = 1, .amount = {5'000, {}}, .earned_on = day, .paid_on = day},
                   {.step = 2, .amount = {3'000, {}}, .earned_on = day}}}};
    (void)talk.say("comision");
    EXPECT_THAT(talk.texts.back(), HasSubstr("80.00"));
    EXPECT_THAT(talk.texts.back(), HasSubstr("50.00 paid\n"));
    EXPECT_THAT(talk.texts.back(), HasSubstr("30.00 open"));
}

TEST_F(referrals, news_are_told_once_and_only_of_what_she_does_not_know) {
    talk.known.referrals = {{.number = "R31", .state = referral_state::applied}};
    EXPECT_THAT(talk.happen(happened{"referral_news"}), IsEmpty());
    (void)talk.say("recomendadas");
    talk.known.referrals.front().state = referral_state::disbursed;
    EXPECT_THAT(talk.happen(happened{"referral_news"}), ElementsAre("news.tell"));
    EXPECT_THAT(talk.happen(happened{"referral_news"}), IsEmpty());
    talk.known.referrals.front().parts = {
        {.step = 1, .amount = {5'000, {}}, .earned_on = std::chrono::year{2026} / 11 / 20}};
    EXPECT_THAT(talk.happen(happened{"referral_news"}), ElementsAre("news.tell"));
    talk.known.referrals.front().parts.front().paid_on = std::chrono::year{2026} / 11 / 20;
    (void)talk.wait(48h);
    EXPECT_THAT(talk.happen(happened{"referral_news"}), ElementsAre("news.tell"));
    EXPECT_TRUE(std::holds_alternative<say_template>(talk.found<dialogs::send>()->message.content));
}

// ---- who was recommended

TEST_F(referrals, who_comes_with_a_code_hears_by_whom_and_is_asked) {
    EXPECT_THAT(come_with(her_code, 17, "Rosa"), ElementsAre("came.ask"));
    EXPECT_EQ(talk.texts.back(), "Rosa. ¿Sí?");
    (void)talk.say("sí");
    const auto* noted = talk.found<note_referral>();
    ASSERT_NE(noted, nullptr);
    EXPECT_EQ(noted->number, "R23");
    EXPECT_EQ(noted->what, "consented");
    EXPECT_EQ(noted->by.value, 17);
    EXPECT_EQ(noted->terms.version, 2);
    EXPECT_EQ(noted->terms.amount.minor, 8'000);
    ASSERT_NE(talk.found<keep_record>(), nullptr);
    EXPECT_THAT(talk.found<keep_record>()->detail, HasSubstr("shown=Rosa. ¿Sí?"));
    EXPECT_FALSE(talk.session.referrals.introduced) << "of the other one nothing is left here";
}

TEST_F(referrals, no_leaves_nothing_but_a_count) {
    (void)come_with(her_code, 17, "");
    EXPECT_EQ(talk.texts.back(), "Alguien. ¿Sí?");
    (void)talk.say("no");
    const auto* noted = talk.found<note_referral>();
    ASSERT_NE(noted, nullptr);
    EXPECT_EQ(noted->what, "refused");
    EXPECT_EQ(noted->number, "");
    EXPECT_EQ(talk.found<keep_record>(), nullptr);
    EXPECT_TRUE(talk.session.agreements.empty());
    EXPECT_FALSE(talk.session.referrals.introduced);
}

TEST_F(referrals, the_first_who_was_agreed_to_counts) {
    agree();
    const auto other = referral_code(18, 5);
    EXPECT_THAT(come_with(other, 18, "Ana"), ElementsAre("came.no"));
    EXPECT_EQ(talk.texts.back(), "No. taken nadie") << "nobody is named";
    EXPECT_EQ(talk.found<note_referral>(), nullptr);
    EXPECT_THAT(come_with(her_code, 17, "Rosa"), ElementsAre("came.no"));
    EXPECT_EQ(talk.texts.back(), "No. again nadie");
    EXPECT_EQ(talk.session.referrals.by_code, her_code);
}

TEST_F(referrals, a_code_is_not_for_herself_clients_or_staff_and_nobodys_is_unknown) {
    EXPECT_THAT(come_with(her_code, 0, ""), ElementsAre("came.no"));
    EXPECT_EQ(talk.texts.back(), "No. unknown nadie");
    (void)come_with(her_code, 23, "Rosa");
    EXPECT_EQ(talk.texts.back(), "No. self nadie");
    talk.know(rosa());
    (void)come_with(her_code, 17, "Rosa");
    EXPECT_EQ(talk.texts.back(), "No. client nadie");
    talk.known.staff = staff_person{.id = "staff:Marta"};
    (void)come_with(her_code, 17, "Rosa");
    EXPECT_EQ(talk.texts.back(), "No. staff nadie");
}

TEST_F(referrals, a_code_is_forgotten_after_a_day) {
    (void)come_with(her_code, 17, "Rosa");
    (void)talk.wait(25h);
    (void)talk.say("sí");
    EXPECT_EQ(talk.found<note_referral>(), nullptr);
}

TEST_F(referrals, she_may_hide_it_and_what_she_asks_for_is_noted_once) {
    (void)talk.say("ocultar");
    EXPECT_EQ(talk.found<note_referral>(), nullptr) << "nobody has recommended her";
    agree();
    (void)talk.say("ocultar");
    ASSERT_NE(talk.found<note_referral>(), nullptr);
    EXPECT_EQ(talk.found<note_referral>()->what, "hidden");
    (void)talk.say("pedir");
    ASSERT_NE(talk.found<note_referral>(), nullptr);
    EXPECT_EQ(talk.found<note_referral>()->what, "applied");
    (void)talk.say("pedir");
    EXPECT_EQ(talk.found<note_referral>(), nullptr);
}

// ---- asking for a favour

TEST_F(referrals, we_ask_nobody_who_is_late_or_has_anything_open_nor_twice) {
    talk.know(rosa());
    EXPECT_THAT(talk.say("favor"), ElementsAre("may.yes"));
    EXPECT_THAT(talk.say("favor"), ElementsAre("may.no")) << "asked a moment ago";
    talk.session.referrals.asked_at = {};
    talk.session.cases.push_back({.number = "23-1", .kind = "complaint"});
    EXPECT_THAT(talk.say("favor"), ElementsAre("may.no"));
    talk.session.cases.front().state = case_state::closed;
    auto late = rosa();
    late.loans.front().schedule.front().due = std::chrono::year{2026} / 11 / 1;
    late.loans.front().schedule.front().paid = {};
    talk.know(std::move(late));
    EXPECT_THAT(talk.say("favor"), ElementsAre("may.no"));
}

// ---- what operators write

TEST(referral_rules, mistakes_are_told_with_their_mend) {
    const auto told = [](const std::string& text) {
        auto from = sources_with({});
        from.dialogs.push_back({"dialogs/referrals.yaml", text});
        return testing_sources::all_problems(load_scripts(from));
    };
    const std::string rule = "rules:\n  - {version: 1, valid_from: 2026-01-01, amount: 100, steps: ";
    EXPECT_THAT(told(rule + "[{after: disbursal, part: 60}]}\n"), HasSubstr("60 together, not 100"));
    EXPECT_THAT(
        told(rule + "[{after: instalments, part: 50}, {after: disbursal, part: 50}]}\n"),
        HasSubstr("no later than the one before")
    );
    EXPECT_THAT(told(rule + "[{after: disbursal, count: 2, part: 100}]}\n"), HasSubstr("'count' is of"));
    EXPECT_THAT(told(rule + "[{after: lunch, part: 100}]}\n"), HasSubstr("disbursal or instalments"));
    EXPECT_THAT(told(rule + "[{part: 100}]}\n"), HasSubstr("needs 'after' and 'part'"));
    const std::string good = "[{after: disbursal, part: 100}]}\n";
    EXPECT_THAT(
        told(rule + good + "  - {version: 1, valid_from: 2026-02-01, amount: 90, steps: " + good),
        HasSubstr("not later in number and day")
    );
    EXPECT_THAT(told("rules:\n  - {version: 1}\n"), HasSubstr("a rule needs 'valid_from'"));
    EXPECT_THAT(told("rules:\n  - {versoin: 1}\n"), HasSubstr("version"));
    EXPECT_THAT(told("rule: []\n"), HasSubstr("there is no 'rule'"));
    EXPECT_THAT(told("- a\n"), HasSubstr("this file looks like"));
    EXPECT_THAT(
        told("rules:\n  - {version: 1, valid_from: 2026-01-01, amount: -3, for: everyone, "
             "lapses_after: soon, steps: " + good),
        testing::AllOf(
            HasSubstr("'amount' is an amount"), HasSubstr("who recommends for a commission"),
            HasSubstr("'lapses_after' is a length")
        )
    );
}

TEST(referral_rules, settings_and_triggers_take_their_words_only) {
    EXPECT_THAT(
        told_of({"dialog: a\nabout: x\nstarts_on: {referral_codes: yes}\nbegin: b\n"
                 "states: {b: {set: {referral: maybe}, end: true}}\n"}),
        testing::AllOf(HasSubstr("'referral_codes' is true"), HasSubstr("nobody can be 'maybe'"))
    );
}

}  // namespace
}  // namespace tertulia::dialogs
