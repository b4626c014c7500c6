// hardship.yaml and the verbs of payments: what may stand there loads, every slip is told.

#include "dialogs/script/program.hpp"
#include "dialogs/script/script_set.hpp"

#include "tests/talks/sources.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::dialogs {
namespace {

using namespace testing_sources;
using testing::HasSubstr;

constexpr auto rules = R"(claim_days: 3
quiet_days: 10
promise: {max_days: 5, min_percent: 40, broken_most: 3, broken_within: 60 days, case: broken}
options:
  part: {label: relief.part, min_percent: 25}
  pause: {label: relief.pause, officer: true, days_late: 1-30}
  anew: {label: relief.part, max_days: 60, days_late: "31"}
safety: {phone: "1572", words: [Me pega]}
)";

load_result load(const std::string& hardship, const std::string& state) {
    auto from = basic();
    from.dialogs.push_back({"dialogs/hardship.yaml", hardship});
    from.dialogs.push_back(
        {"dialogs/pays.yaml",
         "dialog: pays\nabout: She pays.\nstarts_on: {words: [pague]}\nbegin: one\nstates:\n" + state}
    );
    from.messages[0].text += "relief.part: \"Una parte\"\nrelief.pause: \"Una pausa\"\n"
                             "pays.which: \"¿Cuál?\"\npays.row: \"{option.label}\"\n"
                             "pays.done: \"Listo\"\n";
    return load_scripts(from);
}

constexpr auto chooses = R"(  one: {ask: pays.which, choose_from: hardship_options, label: pays.row, keep_as: option, go: two}
  two: {note_hardship: {cause: answer.option}, say: pays.done, end: true}
)";

std::string problems_of(const std::string& hardship, const std::string& state = chooses) {
    const auto made = load(hardship, state);
    EXPECT_FALSE(made.scripts) << "it loads";
    return all_problems(made);
}

TEST(hardship_script, what_may_stand_there_loads) {
    const auto made = load(rules, chooses);
    ASSERT_TRUE(made.scripts) << all_problems(made);
    const auto& relief = made.scripts->compiled().relief;
    EXPECT_EQ(relief.claim_days, 3);
    EXPECT_EQ(relief.quiet_days, 10);
    EXPECT_EQ(relief.promise.days_max, 5);
    EXPECT_EQ(relief.promise.percent_least, 40);
    EXPECT_EQ(relief.promise.broken_most, 3);
    EXPECT_EQ(relief.promise.broken_within, std::chrono::days{60});
    EXPECT_EQ(relief.broken_case, "broken");
    ASSERT_EQ(relief.options.size(), 3U);
    EXPECT_EQ(relief.options[0].percent_least, 25);
    EXPECT_EQ(relief.options[1].late_from, 1);
    EXPECT_EQ(relief.options[1].late_until, 30);
    EXPECT_TRUE(relief.options[1].officer);
    EXPECT_EQ(relief.options[2].late_from, 31);
    EXPECT_FALSE(relief.options[2].late_until);
    EXPECT_EQ(relief.safety_phone, "1572");
    EXPECT_EQ(relief.danger_words.size(), 1U);
    EXPECT_EQ(made.scripts->compiled().relief_labels.size(), 3U);
}

TEST(hardship_script, every_slip_is_told) {
    EXPECT_THAT(problems_of("claim_day: 2\n"), HasSubstr("there is no 'claim_day' here"));
    EXPECT_THAT(problems_of("claim_days: soon\n"), HasSubstr("'claim_days' is a whole number"));
    EXPECT_THAT(problems_of("claim_days: 0\n"), HasSubstr("from 1 to 30"));
    EXPECT_THAT(problems_of("promise: 7\n"), HasSubstr("'promise' is a map"));
    EXPECT_THAT(problems_of("promise: {max_day: 7}\n"), HasSubstr("there is no 'max_day' here"));
    EXPECT_THAT(
        problems_of("promise: {broken_within: long}\n"), HasSubstr("'broken_within' is a length")
    );
    EXPECT_THAT(problems_of("options: [part]\n"), HasSubstr("'options' are names"));
    EXPECT_THAT(problems_of("options: {part: {officer: true}}\n"), HasSubstr("'label' is missing"));
    EXPECT_THAT(
        problems_of("options: {part: {label: relief.nothing}}\n"), HasSubstr("relief.nothing")
    );
    EXPECT_THAT(
        problems_of("options: {part: {label: relief.part, days_late: 30-1}}\n"),
        HasSubstr("'days_late' is how many days late")
    );
    EXPECT_THAT(
        problems_of("options: {part: {label: relief.part, officer: maybe}}\n"),
        HasSubstr("'officer' is true or false")
    );
    EXPECT_THAT(problems_of("options: {Part!: {label: relief.part}}\n"), HasSubstr("name of an option"));
    EXPECT_THAT(problems_of("safety: {words: [me pega]}\n"), HasSubstr("'phone' is missing"));
    EXPECT_THAT(
        problems_of("safety: {phone: \"1\", words: [\"!!\"]}\n"), HasSubstr("no letters to recognise")
    );
    EXPECT_THAT(problems_of("- claim_days\n"), HasSubstr("this file looks like"));
}

TEST(hardship_script, nothing_to_choose_from_is_told) {
    EXPECT_THAT(problems_of("claim_days: 2\n"), HasSubstr("offers nothing"));
}

TEST(hardship_script, every_outcome_of_a_payment_leads_somewhere) {
    EXPECT_THAT(
        problems_of(
            rules,
            "  one:\n    report_payment: {case: payment_report}\n    when: {taken: {end: true}}\n"
        ),
        HasSubstr("does not say what to do when the outcome is 'known'")
    );
    EXPECT_THAT(
        problems_of(
            rules,
            "  one:\n    promise_payment: {on: today}\n    when: {made: {end: true}, too_late: {end: "
            "true}, open_already: {end: true}, officer: {end: true}, later: {end: true}}\n"
        ),
        HasSubstr("there is no outcome 'later'")
    );
    EXPECT_THAT(
        problems_of(rules, "  one: {promise_payment: {amount: today}, when: {made: {end: true}}}\n"),
        HasSubstr("on")
    );
    EXPECT_THAT(
        problems_of(rules, "  one: {report_payment: now, when: {taken: {end: true}}}\n"),
        HasSubstr("needs report_payment: {case: …}")
    );
    EXPECT_THAT(
        problems_of(rules, "  one: {note_hardship: {keep: [sum]}, end: true}\n"),
        HasSubstr("'keep' goes with a case")
    );
    EXPECT_THAT(
        problems_of(rules, "  one: {note_hardship: sad, end: true}\n"),
        HasSubstr("needs note_hardship")
    );
}

}  // namespace
}  // namespace tertulia::dialogs
