// What the figures say is what a person would count by hand from the same talks.

#include "gateway/insight/talk_figures.hpp"

#include "dialogs/engine/step.hpp"
#include "dialogs/services/applications.hpp"
#include "tests/talks/conversation.hpp"
#include "tests/talks/sources.hpp"
#include "tests/talks/with.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::gateway {
namespace {

using namespace std::chrono_literals;
using dialogs::testing_talk::monday_morning;
using testing::HasSubstr;
using testing::Not;

constexpr auto ask = R"(dialog: ask
about: Two questions.
starts_on: {words: [pedir]}
form:
  - {field: sum, ask: ask.sum, expect: amount}
  - {field: use, ask: ask.use, expect: text}
then: send
)";
constexpr auto send = R"(dialog: send
about: It is sent.
begin: away
states:
  away: {submit: {application: micro, amount: answer.sum}, go: sent}
  sent: {say: send.sent, end: true}
)";
constexpr auto terms = R"(dialog: terms
about: Whether it has come across.
starts_on: {words: [terminos]}
begin: total
states:
  total:
    ask: terms.total
    choices:
      - {pick: right, say: terms.good, end: true}
      - {pick: wrong, go: total_again}
  total_again:
    ask: terms.total
    choices:
      - {pick: right, say: terms.good, end: true}
      - {pick: wrong, say: terms.good, end: true}
)";
constexpr auto texts = R"(ask.sum: "¿Cuánto?"
ask.use: "¿Para qué?"
send.sent: "Va la {application.number}."
terms.total: "¿Cuánto es?"
terms.total.right: "Mil"
terms.total.wrong: "Cien"
terms.good: "Gracias."
)";

std::shared_ptr<const dialogs::script_set> scripts() {
    auto from = dialogs::testing_talk::sources_with({ask, send, terms}, texts);
    from.dialogs.push_back({"dialogs/products.yaml", "products:\n  micro: {core: \"2\"}\n"});
    const auto made = dialogs::load_scripts(from);
    EXPECT_TRUE(made.scripts) << dialogs::testing_sources::all_problems(made);
    return made.scripts;
}

// One person's conversation, counted as it goes.
class talker {
public:
    talker(talk_figures& into, std::int64_t party) : into_{into}, party_{party} {
        session_.welcomed = true;
        known_.as_of = monday_morning;
        known_.phones = {"+50255551234"};
        known_.clients = {std::make_shared<const client_facts>(dialogs::testing_talk::rosa())};
        known_.conversation = party;
    }

    void say(const std::string& text) {
        dialogs::heard what{};
        what.message.channel = "whatsapp";
        what.message.id = std::to_string(++messages_);
        what.message.sent_at = now;
        what.message.from = {{identity_kind::wa_id, "50255551234"}};
        what.message.content = typed_text{text};
        happen(what);
    }
    void happen(const dialogs::event& what) {
        static const auto set = scripts();
        dialogs::step_trace seen;
        auto made = dialogs::step(*set, session_, what, known_, now, 7, &seen);
        into_.add(
            {.of = set->compiled(),
             .party = party_,
             .now = now,
             .what = what,
             .before = session_,
             .after = made.next,
             .trace = seen,
             .known = &known_}
        );
        session_ = std::move(made.next);
    }
    void decided(loan_status as) {
        auto hers = dialogs::testing_talk::rosa();
        hers.requests.push_back(
            {.application = dialogs::core_name_of(session_.applications.back().number), .status = as}
        );
        known_.clients = {std::make_shared<const client_facts>(hers)};
        happen(dialogs::happened{.what = "loan_status_changed"});
    }

    instant now{monday_morning};

private:
    talk_figures& into_;
    std::int64_t party_{};
    dialogs::session session_{};
    facts known_{};
    int messages_{};
};

TEST(talk_figures, row_E_of_applications_each_step_is_told_of_those_begun) {
    talk_figures all;
    for (std::int64_t party = 1; party <= 5; ++party) {
        talker she{all, party};
        she.say("pedir");
        if (party <= 4) she.say("3000");
        if (party <= 2) she.say("gallinas");
    }
    const auto csv = all.csv();
    EXPECT_THAT(csv, HasSubstr("2026-11,application,begun,5,5,100.0,,\r\n"));
    EXPECT_THAT(csv, HasSubstr("2026-11,application,ask.sum,5,5,100.0,,\r\n"));
    EXPECT_THAT(csv, HasSubstr("2026-11,application,ask.use,4,5,80.0,,\r\n"));
    EXPECT_THAT(csv, HasSubstr("2026-11,application,sent,2,5,40.0,,\r\n"));
    EXPECT_THAT(csv, HasSubstr("2026-11,application,decided,0,5,0.0,,\r\n"));
}

TEST(talk_figures, kinara_hours_from_the_application_to_the_decision) {
    talk_figures all;
    for (std::int64_t party = 1; party <= 5; ++party) {
        talker she{all, party};
        she.say("pedir");
        she.say("3000");
        she.say("gallinas");
        she.now += std::chrono::hours{party * 10};
        she.decided(party == 5 ? loan_status::rejected : loan_status::approved);
        she.now += 100h;
        she.decided(loan_status::active);  // what comes later decides nothing anew
    }
    EXPECT_THAT(
        all.csv(), HasSubstr("2026-11,decision_time,within 24 h,2,5,40.0,30.0,40.0\r\n")
    );
    EXPECT_THAT(all.csv(), HasSubstr("2026-11,application,paid_out,5,5,100.0,,\r\n"));
}

TEST(talk_figures, of_fewer_than_five_neither_shares_nor_hours_are_told) {
    talk_figures all;
    talker she{all, 1};
    she.say("pedir");
    she.say("3000");
    she.say("gallinas");
    she.now += 3h;
    she.decided(loan_status::approved);
    EXPECT_THAT(all.csv(), HasSubstr("2026-11,decision_time,within 24 h,1,1,,,\r\n"));
}

TEST(talk_figures, row_I_what_was_understood_at_once_is_told_by_question) {
    talk_figures all;
    for (std::int64_t party = 1; party <= 5; ++party) {
        talker she{all, party};
        she.say("terminos");
        she.say(party == 1 ? "Cien" : "Mil");
    }
    EXPECT_THAT(all.csv(), HasSubstr("2026-11,teach_back,terms.total,4,5,80.0,,\r\n"));
    EXPECT_THAT(all.csv(), Not(HasSubstr("total_again")));
}

TEST(talk_figures, dvara_talks_that_break_off_are_counted_once_each) {
    talk_figures all;
    for (std::int64_t party = 1; party <= 5; ++party) {
        talker she{all, party};
        she.say("menu");
        if (party == 1) {
            she.say("xyzzy uno");
            she.say("xyzzy dos");   // comes to the fallback
            she.say("menu");
            she.say("xyzzy tres");
            she.say("xyzzy cuatro");  // again, in the same talk
        }
    }
    EXPECT_THAT(all.csv(), HasSubstr("2026-11,broken_talk,all,1,5,20.0,,\r\n"));
    EXPECT_THAT(all.csv(), HasSubstr("2026-11,broken_talk,menu,1,5,20.0,,\r\n"));
}

TEST(talk_figures, half_an_hour_parts_one_talk_from_the_next) {
    talk_figures all;
    talker she{all, 1};
    she.say("menu");
    she.now += 29min;
    she.say("menu");
    she.now += 30min;
    she.say("menu");
    EXPECT_THAT(all.csv(), HasSubstr("2026-11,broken_talk,all,0,2,,,\r\n"));
}

TEST(talk_figures, soyfinca_adoption_who_wrote_each_month_and_in_the_first_ninety_days) {
    talk_figures all;
    for (std::int64_t party = 1; party <= 7; ++party) {
        talker she{all, party};
        if (party > 5) she.now += std::chrono::days{89 + (party - 5)};  // the 90th day, and after
        if (party == 6) she.now -= 1min;
        she.say("menu");
        she.now += 31min;
        if (party == 1) she.say("menu");
    }
    const auto told = all.csv();
    EXPECT_THAT(told, HasSubstr("2026-11,people,wrote,5,5,100.0,,\r\n"));
    EXPECT_THAT(told, HasSubstr("2027-02,people,wrote,2,7,28.6,,\r\n"));
    EXPECT_THAT(told, HasSubstr("2026-11,people,first 90 days,6,7,85.7,,\r\n"));
}

TEST(talk_figures, nothing_counted_is_a_header) {
    EXPECT_EQ(
        talk_figures{}.csv(), "month,figure,part,count,of,percent,median_hours,p90_hours\r\n"
    );
}

}  // namespace
}  // namespace tertulia::gateway
