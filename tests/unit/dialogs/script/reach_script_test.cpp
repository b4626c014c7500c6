// Codes, the channel she prefers and who of several writes: what may stand there loads, every slip is
// told.

#include "dialogs/script/script_set.hpp"

#include "tests/talks/with.hpp"
#include "tests/talks/sources.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>

namespace tertulia::dialogs {
namespace {

using namespace testing_sources;
using testing::HasSubstr;

script_sources with_code() {
    auto from = basic();
    from.dialogs.push_back({"dialogs/link.yaml", R"(dialog: link
about: Proves a number.
starts_on: {words: [vincular]}
begin: which
states:
  which: {ask: link.which, expect: phone, keep_as: own_number, go: code}
  code:
    ask: link.code
    expect: code
    number: own_number
    sends: link.sms
    when: {right: done, wrong: code, expired: no, too_often: no, taken: no, no_sms: no}
  done: {set: {prefers: sms, writes_as: own_number}, go: bye}
  bye: {say: link.done, end: true}
  no: {say: link.no, end: true}
)"});
    from.messages[0].text += R"(link.which: "¿Cuál es su número?"
link.code: "Mandé un código al {answer.own_number}."
link.sms: "{code.sent} es su código."
link.done: "Gracias."
link.no: "No se puede."
)";
    return from;
}

TEST(reach_script, loads_without_a_remark) {
    const auto made = load_scripts(with_code());
    EXPECT_EQ(all_problems(made), "");
    EXPECT_TRUE(made.scripts);
}

struct reach_slip {
    const char* was;
    const char* now;
    const char* told;
};
void PrintTo(const reach_slip& of, std::ostream* out) { *out << of.now; }

class reach_slips : public testing::TestWithParam<reach_slip> {};

TEST_P(reach_slips, are_told) {
    auto from = with_code();
    auto& text = from.dialogs.back().text;
    const std::string was = GetParam().was;
    const auto at = text.find(was);
    ASSERT_NE(at, std::string::npos);
    text.replace(at, was.size(), GetParam().now);
    const auto made = load_scripts(from);
    EXPECT_FALSE(made.scripts);
    EXPECT_THAT(all_problems(made), HasSubstr(GetParam().told));
}

INSTANTIATE_TEST_SUITE_P(
    all, reach_slips,
    testing::Values(
        reach_slip{"    number: own_number\n", "", "needs 'number:' beside 'expect: code'"},
        reach_slip{"    sends: link.sms\n", "", "needs 'sends:' beside 'expect: code'"},
        reach_slip{"number: own_number", "number: own_nmber", "no question keeps an answer"},
        reach_slip{"sends: link.sms", "sends: link.smss", "link.smss"},
        reach_slip{", no_sms: no}", "}", "'no_sms'"},
        reach_slip{"expired: no", "late: no", "there is no outcome 'late' here"},
        reach_slip{"expect: code", "expect: [code, text]", "a code is asked for alone"},
        reach_slip{"keep_as: own_number, go: code}", "keep_as: own_number, number: x, go: code}",
                   "'number' belongs to 'expect: code'"},
        reach_slip{"prefers: sms", "prefers: pigeon", "nobody can prefer 'pigeon'"},
        reach_slip{"writes_as: own_number", "writes_as: nobody", "no question keeps an answer"}
    )
);

}  // namespace
}  // namespace tertulia::dialogs
