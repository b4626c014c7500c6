// What `tertulia test` tells people and machines.

#include "gateway/commands/test_report.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace tertulia::gateway {
namespace {

using testing::HasSubstr;
using testing::Not;

test_run failed() {
    test_run run{.file = "tests/x.test.yaml", .name = "a <b> & \"c\"", .how = {.language = "es"}};
    run.wrong = dialogs::mismatch{
        .at = {.line = 7, .column = 5},
        .what = "the bot says 'a'; 'b' was expected",
        .difference = {"- b", "+ a"},
        .talk = {"she  hola", "bot  a: " + std::string(300, 'x')}};
    return run;
}

TEST(test_report, a_failure_names_its_line_the_talk_and_the_difference) {
    std::ostringstream out;
    print_failures(out, {failed()});
    EXPECT_THAT(
        out.str(), HasSubstr("tests/x.test.yaml:7:5: the bot says 'a'; 'b' was expected\n")
    );
    EXPECT_THAT(out.str(), HasSubstr("test: a <b> & \"c\" (in es)\n"));
    EXPECT_THAT(out.str(), HasSubstr("she  hola\n"));
    EXPECT_THAT(out.str(), HasSubstr("      - b\n      + a\n"));
    EXPECT_THAT(out.str(), Not(HasSubstr(std::string(200, 'x'))));  // long texts are shortened
}

TEST(test_report, what_fails_alike_in_several_languages_is_told_once) {
    auto other = failed();
    other.how.language = "fr";
    auto nascent = failed();
    nascent.how.whom = archetype::nascent;
    auto passed = failed();
    passed.wrong.reset();
    auto elsewhere = failed();
    elsewhere.wrong->at.line = 9;
    std::ostringstream out;
    print_failures(out, {failed(), other, nascent, passed, elsewhere});
    const auto text = out.str();
    EXPECT_THAT(text, HasSubstr("(in es, fr; in es, nascent)\n"));
    EXPECT_EQ(text.find("x.test.yaml:7:5", text.find("x.test.yaml:7:5") + 1), std::string::npos);
    EXPECT_THAT(text, HasSubstr("x.test.yaml:9:5"));
}

TEST(test_report, junit_counts_and_escapes) {
    auto played = failed();
    played.wrong.reset();
    played.how.whom = archetype::nascent;
    const auto xml = junit_xml({failed(), played});
    EXPECT_THAT(xml, HasSubstr("<testsuites tests=\"2\" failures=\"1\" errors=\"0\">"));
    EXPECT_THAT(xml, HasSubstr("name=\"a &lt;b&gt; &amp; &quot;c&quot; (in es)\""));
    EXPECT_THAT(xml, HasSubstr("(in es, nascent)"));
    EXPECT_THAT(xml, HasSubstr("- b&#10;+ a&#10;</failure>"));
}

TEST(test_report, coverage_names_what_is_missing_and_where) {
    std::ostringstream out;
    const std::vector<dialogs::dialog_coverage> report{
        {.dialog = "menu",
         .states = 3,
         .states_covered = 2,
         .ways = 4,
         .ways_covered = 3,
         .gaps = {
             {.file = "menu.yaml", .line = 9, .state = "offer", .missing_in = {"fr"}},
             {.file = "menu.yaml", .line = 9, .state = "offer", .way = "choice stop"}}}};
    EXPECT_EQ(print_coverage(out, report, {"es", "fr"}), 66);
    EXPECT_THAT(out.str(), HasSubstr("menu  states 2/3  ways 3/4\n"));
    EXPECT_THAT(out.str(), HasSubstr("menu.yaml:9: offer, not in fr\n"));
    EXPECT_THAT(out.str(), HasSubstr("menu.yaml:9: offer: choice stop\n"));
    EXPECT_THAT(out.str(), HasSubstr("2 of 3 states in es, fr (66 %), 3 of 4 ways (75 %)"));
}

}  // namespace
}  // namespace tertulia::gateway
