// `template:` and `gaps:` of an operator's test.

#include "tests/unit/dialogs/rehearsal/house.hpp"
#include "tests/talks/with.hpp"

#include "dialogs/rehearsal/test_writer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::dialogs {
namespace {

using namespace testing_rehearsal;
using namespace std::chrono_literals;
using testing::Contains;
using testing::HasSubstr;

std::shared_ptr<const script_set> patient() {
    static const auto made = testing_talk::with(
        {"dialog: later\nabout: Later.\nstarts_on: {words: [luego]}\nbegin: plan\nstates:\n"
         "  plan: {schedule: {after: 2 days, begin: again}, end: true}\n",
         "dialog: again\nabout: Again.\nbegin: ask\nstates:\n"
         "  ask: {ask: later.again, choices: [{pick: yes, end: true}, {pick: no, end: true}]}\n"},
        "later.again:\n  text: \"¿Seguimos?\"\n"
        "  template: {name: go_on_again, body: [\"{institution.name}\"], buttons: [yes, no]}\n"
        "later.again.yes: \"Sí\"\nlater.again.no: \"No\"\n"
    );
    return made;
}

// What goes otherwise, or what is wrong with the file; empty: it passes.
std::string told(const std::string& expected) {
    const std::string text =
        "- test: later\n  given: {person: rosa}\n  talk:\n    - she: luego\n    - bot: menu.what\n"
        "    - wait: 2 days\n    - bot: later.again\n      " + expected + "\n";
    std::vector<diagnostic> problems;
    const auto tests = read_tests({"x.test.yaml", text}, patient()->compiled(), cast(), problems);
    std::string all;
    for (const auto& one : problems) all += to_text(one, text);
    if (!all.empty()) return all;
    coverage seen(patient());
    const auto wrong = rehearse(patient(), tests.at(0), {.language = "es"}, cast(), seen);
    if (wrong) {
        all = wrong->what;
        for (const auto& line : wrong->difference) all += '\n' + line;
    }
    return all;
}

TEST(template_expectations, hold_where_the_message_goes_out_so) {
    EXPECT_EQ(told("template: go_on_again"), "");
    EXPECT_EQ(told("gaps: [Semilla]"), "");
    EXPECT_EQ(told("gaps: [{es: Semilla}]"), "");
    EXPECT_EQ(told("offers: [yes, no]"), "");
}

TEST(template_expectations, are_told_where_they_do_not) {
    EXPECT_THAT(told("gaps: [Ceibas]"), HasSubstr("fills its template otherwise"));
    EXPECT_THAT(told("gaps: [Semilla, Rosa]"), HasSubstr("fills its template otherwise"));
}

TEST(template_expectations, fail_within_the_24_hours) {
    EXPECT_THAT(
        told("template: go_on_again\n    - she: menu\n    - bot: menu.what\n"
             "      template: go_on_again"),
        HasSubstr("'menu.what' is said as it is: the 24 hours are not over")
    );
}

TEST(template_expectations, name_a_template_there_is) {
    EXPECT_THAT(
        told("template: go_on_agian"),
        testing::AllOf(
            HasSubstr("no message has the template 'go_on_agian'"),
            HasSubstr("did you mean 'go_on_again'?")
        )
    );
}

TEST(template_expectations, are_written_by_update) {
    stage on(patient(), "whatsapp", {identity_kind::wa_id, "50255551234"});
    on.now = testing_talk::monday_morning;
    on.hear(typed_text{"luego"});
    on.pass(2 * 24h);
    EXPECT_THAT(
        lines_expecting(on, false, with_texts::no), Contains("  template: go_on_again")
    );
}

}  // namespace
}  // namespace tertulia::dialogs
