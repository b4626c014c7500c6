// cases.yaml and the verbs that stand on it: what may stand there loads, every slip is told.

#include "dialogs/script/program.hpp"
#include "dialogs/script/script_set.hpp"

#include "tests/talks/sources.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>

namespace tertulia::dialogs {
namespace {

using namespace std::chrono_literals;
using namespace testing_sources;
using testing::HasSubstr;

constexpr auto kinds = R"(complaint:
  to: complaints
  never: officer
  categories: [charge, treatment]
  priority: high
  acknowledge_within: 1 h
  person_within: 1 day
  resolve_within: {charge: 48 h, otherwise: 15 days}
  hard_limit: 30 days
  escalate_to: [supervisor, manager]
asked:
)";

script_sources with_cases() {
    auto from = basic();
    // The hand-overs of the basic set, each a kind of its own.
    std::string all = kinds;
    for (const auto& file : from.dialogs) {
        for (auto at = file.text.find("because: "); at != std::string::npos;
             at = file.text.find("because: ", at + 1)) {
            const auto word = file.text.substr(at + 9, file.text.find_first_of("},\n ", at + 9) - at - 9);
            if (all.find("\n" + word + ":") == std::string::npos && !all.starts_with(word + ":")) {
                all += word + ":\n";
            }
        }
    }
    from.dialogs.push_back({"dialogs/cases.yaml", all});
    from.dialogs.push_back({"dialogs/grief.yaml", R"(dialog: grief
about: She is not content.
starts_on: {words: [queja]}
anywhere: true
back: true
begin: what
states:
  what: {ask: grief.what, expect: text, keep_as: grief, go: open}
  open: {open_case: {kind: complaint, category: charge, keep: grief}, say: grief.taken, go: hand}
  hand: {hand_over: {to: support, because: complaint}}
)"});
    from.dialogs.push_back({"dialogs/solved.yaml", R"(dialog: solved
about: Her case is answered.
starts_on: {events: [case_resolved]}
anywhere: true
back: true
begin: over
states:
  over: {settle_case: closed, end: true}
)"});
    std::string words = "grief.what: \"¿Qué pasó?\"\ngrief.taken: \"Su número es {case.number}.\"\n";
    for (const auto* key :
         {"case.from_officer", "case.category.charge", "case.category.treatment", "desk.card",
          "desk.late", "desk.again", "desk.taken", "desk.wrote", "desk.given_back", "desk.noted",
          "desk.rests", "desk.resolved", "desk.has_another", "desk.busy", "desk.not_hers",
          "desk.over", "desk.unreachable", "desk.note_now", "desk.answer_now", "desk.switched",
          "desk.list", "desk.row", "desk.none", "desk.as_client", "desk.text_only",
          "desk.sent_file", "desk.sent_voice", "desk.claim", "desk.word_client", "desk.word_desk", "desk.take",
          "desk.note", "desk.snooze", "desk.resolve", "desk.give_back", "desk.go_to"}) {
        words += std::string{key} + ": \"" + std::string{key}.substr(5) + "\"\n";
    }
    for (std::size_t at = 0; at < all.size(); at = all.find('\n', at) + 1) {
        if (all[at] == ' ' || all[at] == '\n') continue;
        const auto name = all.substr(at, all.find(':', at) - at);
        words += "case.kind." + name + ": \"" + name + "\"\n";
    }
    from.messages[0].text += words;
    return from;
}

TEST(cases_script, loads_without_a_remark_and_says_what_was_declared) {
    const auto made = load_scripts(with_cases());
    EXPECT_EQ(all_problems(made), "");
    ASSERT_TRUE(made.scripts);
    const auto& all = made.scripts->compiled().cases;
    const auto one = std::ranges::find(all, "complaint", &case_kind::name);
    ASSERT_NE(one, all.end());
    EXPECT_EQ(one->to, "complaints");
    EXPECT_TRUE(one->never_officer);
    EXPECT_EQ(one->priority, "high");
    EXPECT_EQ(one->acknowledge_within, 1h);
    EXPECT_EQ(one->person_within, 24h);
    EXPECT_EQ(one->resolve_within, 15 * 24h);
    EXPECT_EQ(one->resolve_by_category.at("charge"), 48h);
    EXPECT_EQ(one->hard_limit, 30 * 24h);
    EXPECT_EQ(one->escalate_to, (std::vector<std::string>{"supervisor", "manager"}));
}

struct case_slip {
    const char* was;
    const char* now;
    const char* told;
};
void PrintTo(const case_slip& of, std::ostream* out) { *out << of.now; }

class case_slips : public testing::TestWithParam<case_slip> {};

TEST_P(case_slips, is_told) {
    auto from = with_cases();
    bool found = false;
    for (auto* files : {&from.dialogs, &from.messages}) {
        for (auto& file : *files) {
            const auto at = file.text.find(GetParam().was);
            if (at == std::string::npos || found) continue;
            file.text.replace(at, std::string_view{GetParam().was}.size(), GetParam().now);
            found = true;
        }
    }
    ASSERT_TRUE(found) << GetParam().was;
    EXPECT_THAT(all_problems(load_scripts(from)), HasSubstr(GetParam().told));
}

INSTANTIATE_TEST_SUITE_P(
    all,
    case_slips,
    testing::Values(
        case_slip{"  never: officer", "  never: manager", "'never' names who may not have it"},
        case_slip{"  priority: high", "  priority: urgent", "there is no priority 'urgent'"},
        case_slip{"acknowledge_within: 1 h", "acknowledge_within: soon", "is a length of time"},
        case_slip{"acknowledge_within", "acknowledged_within", "has no 'acknowledged_within'"},
        case_slip{"{charge: 48 h,", "{charges: 48 h,", "there is no category 'charges' here"},
        case_slip{"hard_limit: 30 days", "hard_limit: 10 days", "is sooner than it is to be resolved"},
        case_slip{"[charge, treatment]", "[charge, charge]", "is in the list already"},
        case_slip{"to: complaints", "to: Complaints", "cannot be the name of a queue"},
        case_slip{"{kind: complaint, category: charge,", "{kind: complain, category: charge,", "no kind of case 'complain'"},
        case_slip{"category: charge, keep", "category: charges, keep", "no category 'charges'"},
        case_slip{"keep: grief}", "keep: sorrow}", "no question keeps an answer 'sorrow'"},
        case_slip{"because: complaint}", "because: sorrow}", "no kind of case 'sorrow'"},
        case_slip{"settle_case: closed", "settle_case: forgotten", "a case cannot be 'forgotten'"},
        case_slip{"open_case: {kind: complaint, category: charge, keep: grief}", "open_case: complaint", "needs open_case: {kind: …}"},
        case_slip{"desk.card: ", "desk.cart: ", "the message 'desk.card' is missing"},
        case_slip{"case.category.charge: ", "case.category.fee: ", "the message 'case.category.charge' is missing"}
    )
);

TEST(cases_script, what_is_told_of_a_case_days_later_needs_a_template) {
    auto from = with_cases();
    for (auto& file : from.dialogs) {
        const auto at = file.text.find("settle_case: closed, end");
        if (at != std::string::npos) file.text.replace(at, 24, "settle_case: closed, say: grief.taken, end");
    }
    EXPECT_THAT(all_problems(load_scripts(from)), HasSubstr("has not written for 24 hours"));
}

}  // namespace
}  // namespace tertulia::dialogs
