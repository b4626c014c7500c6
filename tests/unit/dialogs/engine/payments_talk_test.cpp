// What she says of her payments: a claim until core banking shows it, a promise until its day, and that
// she cannot; and what each keeps away from her.

#include "tests/talks/conversation.hpp"
#include "tests/talks/sources.hpp"
#include "tests/talks/with.hpp"

#include "dialogs/facts/iso_date.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace tertulia::dialogs {
namespace {

using namespace testing_talk;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr civil_date monday{std::chrono::year{2026} / 11 / 23};

constexpr auto paid_dialog = R"yaml(dialog: paid
about: She says that she has paid.
starts_on: {words: [pague]}
begin: sum
states:
  sum: {ask: paid.sum, expect: amount, keep_as: sum, go: slip}
  slip: {ask: paid.slip, expect: [photo, text], keep_as: slip, go: take}
  take:
    report_payment: {proof: slip, amount: answer.sum, case: payment_report}
    when:
      taken: {say: paid.taken, end: true}
      known: {say: paid.known, end: true}
      seen: {say: paid.seen, end: true}
      too_many: {say: paid.many, end: true}
)yaml";
constexpr auto seen_dialog = R"yaml(dialog: seen
about: It is there.
starts_on: {events: [payment_seen], between: "08:00-20:00"}
anywhere: true
back: true
begin: tell
states:
  tell: {say: seen.thanks, go: told}
  told: {set: {claim_told: true}, end: true}
)yaml";
constexpr auto promise_dialog = R"yaml(dialog: promise
about: She says when.
starts_on: {words: [pago]}
begin: heard
states:
  heard: {set: {day: words.date, sum: words.amount}, go: known}
  known:
    branch:
      - {when: "has(answer.day)", go: make}
      - {otherwise: true, go: day}
  day: {ask: promise.day, expect: day, keep_as: day, go: make}
  make:
    promise_payment: {on: answer.day, amount: answer.sum}
    when:
      made: {say: promise.made, end: true}
      too_late: {say: promise.late, end: true}
      open_already: {say: promise.open, end: true}
      officer: {say: promise.officer, end: true}
)yaml";
constexpr auto broken_dialog = R"yaml(dialog: broken
about: It has passed.
starts_on: {events: [promise_broken], between: "08:00-20:00"}
anywhere: true
back: true
begin: tell
states:
  tell: {say: broken.ask, end: true}
)yaml";
constexpr auto cannot_dialog = R"yaml(dialog: cannot
about: She cannot.
starts_on: {words: [no puedo]}
begin: why
states:
  why: {ask: cannot.why, expect: text, keep_as: why, go: danger}
  danger:
    branch:
      - {when: "words.danger", say: cannot.danger, end: true}
      - {otherwise: true, go: note}
  note: {note_hardship: {cause: "'sales'"}, go: options}
  options: {ask: cannot.options, choose_from: hardship_options, label: cannot.row, keep_as: option, go: ask}
  ask: {note_hardship: {case: hardship, keep: [why]}, say: cannot.asked, end: true}
)yaml";
constexpr auto texts = R"yaml(paid.sum: "¿Cuánto?"
paid.slip: "¿Boleta?"
paid.taken: "Es {claim.number} de {claim.amount, money}, caso {case.number}"
paid.known: "Ya {claim.number}"
paid.seen: "Visto {claim.number}"
paid.many: "Muchos"
seen.thanks:
  text: "Gracias por {claim.amount, money}"
  template: {name: seen, body: ["{claim.amount, money}"]}
promise.day: "¿Qué día?"
promise.made: "El {promise.on, date, long}"
promise.late: "Hasta {promise.last_day, date, long}"
promise.open: "Ya hay"
promise.officer: "Una persona"
broken.ask:
  text: "¿Todo bien?"
  template: {name: broken}
cannot.why: "¿Qué pasó?"
cannot.options: "¿Qué ayuda?"
cannot.row: "{option.label}"
cannot.asked: "Pedido {hardship.option}"
cannot.danger: "Llame al {safety.phone}"
relief.part: "Una parte"
relief.pause: "Una pausa"
)yaml";
constexpr auto relief = R"yaml(claim_days: 2
quiet_days: 30
promise: {max_days: 7, min_percent: 50, broken_most: 2, broken_within: 90 days, case: broken}
options:
  part: {label: relief.part}
  pause: {label: relief.pause, officer: true, days_late: "31"}
safety: {phone: "1572", words: [me pega]}
)yaml";

std::shared_ptr<const script_set> scripts() {
    auto from = sources_with(
        {paid_dialog, seen_dialog, promise_dialog, broken_dialog, cannot_dialog}, texts
    );
    from.dialogs.push_back({"dialogs/hardship.yaml", relief});
    const auto made = load_scripts(from);
    EXPECT_TRUE(made.scripts) << testing_sources::all_problems(made);
    return made.scripts;
}

struct payments : testing::Test {
    conversation talk{scripts()};
    payments() {
        talk.session.welcomed = true;
        talk.known.conversation = 17;
        talk.know(rosa());
    }
    [[nodiscard]] static std::string her_loan() { return rosa().loans.front().id; }
    std::vector<std::string> claim(const std::string& sum, const std::string& slip = "BR-77812") {
        (void)talk.say("pague");
        (void)talk.say(sum);
        return talk.say(slip);
    }
    void core_has(std::int64_t minor, int days = 0, const std::string& receipt = {}) {
        auto her = rosa();
        her.loans.front().payments.insert(
            her.loans.front().payments.begin(),
            {.id = "901", .on = plus_days(monday, days), .amount = {minor}, .receipt = receipt}
        );
        talk.know(std::move(her));
    }
    std::vector<std::string> happens() { return talk.happen(happened{"payment_received"}); }
    [[nodiscard]] std::vector<std::string> records(const std::string& kind) const {
        std::vector<std::string> all;
        for (const auto& one : talk.last) {
            const auto* kept = std::get_if<keep_record>(&one);
            if (kept != nullptr && kept->kind == kind) all.push_back(kept->detail);
        }
        return all;
    }
    [[nodiscard]] const client_case& last_case() const { return talk.session.cases.back(); }
};

// ---- claims

TEST_F(payments, a_claim_has_a_number_and_a_case_and_the_assistant_goes_on) {
    EXPECT_THAT(claim("250"), ElementsAre("paid.taken"));
    ASSERT_EQ(talk.session.claims.size(), 1U);
    const auto& said = talk.session.claims.front();
    EXPECT_EQ(said.number, "P17-1");
    EXPECT_EQ(said.amount.minor, 25'000);
    EXPECT_EQ(said.paid_on, monday);
    EXPECT_EQ(said.receipt, "BR77812");
    EXPECT_EQ(said.client_id, "rosa");
    EXPECT_EQ(said.loan_id, her_loan());
    EXPECT_EQ(said.case_number, last_case().number);
    EXPECT_EQ(last_case().kind, "payment_report");
    EXPECT_EQ(talk.session.queue, "");
    EXPECT_THAT(records("payment_claim"), ElementsAre(HasSubstr("P17-1|open|")));
    EXPECT_THAT(records("quiet"), ElementsAre("claim"));
}

TEST_F(payments, her_photo_goes_with_the_case) {
    (void)talk.say("pague");
    (void)talk.say("250");
    (void)talk.hear(received_media{.kind = media_kind::image, .id = "m-7", .mime_type = "image/jpeg"});
    EXPECT_THAT(last_case().media, ElementsAre("received:17/image/m-7"));
    EXPECT_THAT(talk.session.claims.front().media, ElementsAre("received:17/image/m-7"));
}

TEST_F(payments, a_photo_that_comes_later_joins_the_claim_and_its_case) {
    (void)talk.say("pague");
    (void)talk.say("250");
    (void)talk.say("no tengo");
    const auto cases = talk.session.cases.size();
    const auto had = talk.session.claims.size();
    (void)talk.say("pague");
    (void)talk.say("250");
    (void)talk.hear(received_media{.kind = media_kind::image, .id = "m-9", .mime_type = "image/jpeg"});
    EXPECT_EQ(talk.session.claims.size(), had);
    EXPECT_EQ(talk.session.cases.size(), cases);
    EXPECT_THAT(talk.session.claims.front().media, ElementsAre("received:17/image/m-9"));
    EXPECT_THAT(last_case().media, ElementsAre("received:17/image/m-9"));
}

TEST_F(payments, she_is_thanked_once_and_the_case_is_over) {
    (void)claim("250");
    core_has(25'000);
    EXPECT_THAT(happens(), ElementsAre("seen.thanks"));
    EXPECT_THAT(talk.texts.back(), HasSubstr("250.00"));
    EXPECT_EQ(talk.session.claims.front().state, claim_state::seen);
    EXPECT_EQ(talk.session.claims.front().payment_id, "901");
    EXPECT_TRUE(last_case().over());
    EXPECT_THAT(happens(), IsEmpty()) << "once";
    EXPECT_THAT(talk.wait(milliseconds{std::chrono::days{5}}), IsEmpty());
}

TEST_F(payments, the_record_says_when_she_may_be_reminded_again) {
    (void)claim("250");
    core_has(25'000);
    (void)happens();
    EXPECT_THAT(records("quiet"), ElementsAre(""));
}

TEST_F(payments, what_is_not_hers_settles_nothing) {
    (void)claim("250");
    core_has(10'000);
    EXPECT_THAT(happens(), IsEmpty());
    EXPECT_EQ(talk.session.claims.front().state, claim_state::open);
    talk.session.proof.doubted = true;
    core_has(25'000);
    EXPECT_THAT(happens(), IsEmpty()) << "the number may be another person's";
    EXPECT_EQ(talk.session.claims.front().state, claim_state::open);
}

TEST_F(payments, told_twice_it_is_known) {
    (void)claim("250");
    EXPECT_THAT(claim("250"), ElementsAre("paid.known"));
    EXPECT_THAT(claim("999", "br 77812"), ElementsAre("paid.known")) << "the same slip";
    EXPECT_EQ(talk.session.claims.size(), 1U);
}

TEST_F(payments, what_is_there_already_is_seen_at_once_and_opens_no_case) {
    core_has(25'000);
    EXPECT_THAT(claim("250"), ElementsAre("paid.seen"));
    EXPECT_THAT(talk.session.cases, IsEmpty());
    EXPECT_THAT(happens(), IsEmpty()) << "she has been told";
}

TEST_F(payments, three_at_a_time) {
    (void)claim("100", "A1");
    (void)claim("200", "A2");
    (void)claim("300", "A3");
    EXPECT_THAT(claim("400", "A4"), ElementsAre("paid.many"));
    EXPECT_EQ(talk.session.claims.size(), 3U);
}

TEST_F(payments, after_two_working_days_it_is_a_persons_and_may_still_come) {
    (void)claim("250");
    (void)talk.wait(47h);
    EXPECT_EQ(talk.session.claims.front().state, claim_state::open);
    (void)talk.wait(2h);
    EXPECT_EQ(talk.session.claims.front().state, claim_state::not_found);
    EXPECT_FALSE(last_case().over()) << "the officer keeps it";
    core_has(25'000, 1);
    EXPECT_THAT(happens(), ElementsAre("seen.thanks"));
    EXPECT_TRUE(last_case().over());
}

TEST_F(payments, while_core_banking_is_down_nothing_is_missing) {
    (void)claim("250");
    talk.known.core = core_state::down;
    (void)talk.wait(49h);
    EXPECT_EQ(talk.session.claims.front().state, claim_state::open);
    talk.known.core = core_state::up;
    (void)talk.wait(7h);
    EXPECT_EQ(talk.session.claims.front().state, claim_state::not_found);
}

// ---- promises

TEST_F(payments, pago_el_viernes_fills_in_the_day) {
    EXPECT_THAT(talk.say("pago"), ElementsAre("promise.day"));
    EXPECT_THAT(talk.say("el viernes"), ElementsAre("promise.made"));
    ASSERT_EQ(talk.session.promises.size(), 1U);
    EXPECT_EQ(talk.session.promises.front().on, plus_days(monday, 4));
    EXPECT_EQ(talk.session.promises.front().loan_id, her_loan());
    EXPECT_THAT(talk.say("pago"), ElementsAre("promise.day"));
    EXPECT_THAT(talk.say("el jueves"), ElementsAre("promise.open"));
}

TEST_F(payments, further_than_a_week_is_told_and_a_stranger_is_a_persons) {
    (void)talk.say("pago");
    EXPECT_THAT(talk.say("el 20 de diciembre"), ElementsAre("promise.late"));
    EXPECT_THAT(talk.texts.back(), HasSubstr("30 de noviembre"));
    talk.known.clients.clear();
    (void)talk.say("pago");
    EXPECT_THAT(talk.say("mañana"), ElementsAre("promise.officer"));
}

TEST_F(payments, kept_is_never_asked_about) {
    (void)talk.say("pago");
    (void)talk.say("mañana");
    core_has(100, 1);
    (void)happens();
    EXPECT_EQ(talk.session.promises.front().state, promise_state::kept);
    EXPECT_THAT(talk.wait(milliseconds{std::chrono::days{3}}), IsEmpty());
}

TEST_F(payments, broken_asks_once_and_tells_a_person) {
    (void)talk.say("pago");
    (void)talk.say("mañana");
    EXPECT_THAT(talk.wait(milliseconds{std::chrono::days{3}}), ElementsAre("broken.ask"));
    EXPECT_EQ(talk.session.promises.front().state, promise_state::broken);
    EXPECT_EQ(last_case().kind, "broken");
    core_has(100, 1);  // entered late
    (void)happens();
    EXPECT_EQ(talk.session.promises.front().state, promise_state::kept);
    EXPECT_TRUE(last_case().over());
}

TEST_F(payments, in_a_pause_a_broken_promise_is_told_to_people_alone) {
    (void)talk.say("pago");
    (void)talk.say("mañana");
    prefer(talk.session.preferences, "pause", "2099-01-01", asked_her, talk.now);
    EXPECT_THAT(talk.wait(milliseconds{std::chrono::days{3}}), IsEmpty());
    EXPECT_EQ(talk.session.promises.front().state, promise_state::broken);
    EXPECT_EQ(last_case().kind, "broken");
}

TEST_F(payments, a_claim_is_looked_for_before_her_word_is_doubted) {
    (void)talk.say("pago");
    (void)talk.say("mañana");
    (void)talk.wait(24h);
    (void)claim("250");
    EXPECT_THAT(talk.wait(25h), IsEmpty());
    EXPECT_EQ(talk.session.promises.front().state, promise_state::open);
}

// ---- hardship

TEST_F(payments, from_her_first_answer_on_reminders_are_silent) {
    (void)talk.say("no puedo");
    EXPECT_THAT(talk.say("no he vendido nada"), ElementsAre("cannot.options"));
    EXPECT_EQ(talk.session.hardship.cause, "sales");
    EXPECT_EQ(talk.session.hardship.until, plus_days(monday, 30));
    EXPECT_THAT(records("quiet"), ElementsAre("hardship"));
}

TEST_F(payments, what_she_asks_for_is_a_case_with_her_words) {
    (void)talk.say("no puedo");
    (void)talk.say("no he vendido nada");
    ASSERT_EQ(talk.choices.size(), 1U) << "a pause is for who is late";
    EXPECT_EQ(talk.choices.front().title, "Una parte");
    EXPECT_THAT(talk.tap("Una parte"), ElementsAre("cannot.asked"));
    EXPECT_EQ(talk.texts.back(), "Pedido Una parte");
    EXPECT_EQ(last_case().kind, "hardship");
    EXPECT_THAT(last_case().words, ElementsAre("no he vendido nada"));
    EXPECT_EQ(talk.session.hardship.case_number, last_case().number);
}

TEST_F(payments, a_promise_made_before_is_withdrawn_and_not_broken) {
    (void)talk.say("pago");
    (void)talk.say("mañana");
    (void)talk.say("no puedo");
    (void)talk.say("no he vendido nada");
    EXPECT_EQ(talk.session.promises.front().state, promise_state::withdrawn);
    EXPECT_THAT(talk.wait(milliseconds{std::chrono::days{3}}), IsEmpty());
}

TEST_F(payments, words_of_danger_are_heard) {
    (void)talk.say("no puedo");
    EXPECT_THAT(talk.say("es que mi esposo me pega"), ElementsAre("cannot.danger"));
    EXPECT_EQ(talk.texts.back(), "Llame al 1572");
}

TEST_F(payments, when_the_quiet_ends_the_record_says_so) {
    (void)talk.say("no puedo");
    (void)talk.say("no he vendido nada");
    talk.last.clear();
    (void)talk.wait(milliseconds{std::chrono::days{30}});
    EXPECT_THAT(records("quiet"), IsEmpty());
    (void)talk.wait(milliseconds{std::chrono::days{2}});
    EXPECT_THAT(records("quiet"), ElementsAre(""));
}

}  // namespace
}  // namespace tertulia::dialogs
