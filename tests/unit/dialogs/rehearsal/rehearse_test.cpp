// A test passes when the talk goes as written, and otherwise says where it first does not.

#include "tests/unit/dialogs/rehearsal/house.hpp"

#include "dialogs/rehearsal/golden.hpp"
#include "dialogs/rehearsal/line_difference.hpp"
#include "dialogs/rehearsal/test_writer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::dialogs {
namespace {

using namespace testing_rehearsal;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr auto balance_talk = R"(test: Rosa asks
given: {person: rosa}
talk:
  - she: saldo
  - bot: verify.pin
  - she: "482915"
  - bot: balance.tell
    says: "Q1,041.65"
    says_not: "Q9"
  - ends: true
)";

std::string changed(std::string text, const std::string& from, const std::string& to) {
    text.replace(text.find(from), from.size(), to);
    return text;
}

TEST(rehearse, a_talk_that_goes_as_written_passes) {
    const auto wrong = played(balance_talk);
    EXPECT_FALSE(wrong) << wrong->what;
}

TEST(rehearse, another_message_fails_with_the_place_and_both_keys) {
    const auto wrong = played(changed(balance_talk, "bot: verify.pin", "bot: menu.what"));
    ASSERT_TRUE(wrong);
    EXPECT_EQ(wrong->at.line, 5);
    EXPECT_EQ(wrong->what, "the bot says 'verify.pin'; 'menu.what' was expected");
    EXPECT_THAT(wrong->difference, ElementsAre("- menu.what", "+ verify.pin"));
    EXPECT_THAT(wrong->talk, ElementsAre("she  saldo", HasSubstr("bot  verify.pin: Su PIN")));
}

TEST(rehearse, what_the_test_does_not_mention_fails_it) {
    const auto wrong = played(changed(balance_talk, "  - bot: verify.pin\n", ""));
    ASSERT_TRUE(wrong);
    EXPECT_EQ(wrong->at.line, 4);
    EXPECT_THAT(wrong->what, HasSubstr("says more than the test expects: 'verify.pin'"));
}

TEST(rehearse, silence_where_words_were_expected_fails) {
    const auto wrong = played("test: x\ntalk:\n  - agent: release\n  - bot: menu.what\n");
    ASSERT_TRUE(wrong);
    EXPECT_EQ(wrong->what, "the bot says nothing here; 'menu.what' was expected");
}

TEST(rehearse, the_words_themselves_are_looked_at) {
    EXPECT_THAT(played(changed(balance_talk, "Q1,041.65", "Q9"))->what, HasSubstr("does not say"));
    EXPECT_THAT(played(changed(balance_talk, "\"Q9\"", "Debe"))->what, HasSubstr("says \"Debe\""));
    EXPECT_THAT(
        played("test: x\nnever_says: [ayudo]\ntalk: [{she: menu}, {bot: menu.what}]\n")->what,
        HasSubstr("never to be said")
    );
}

TEST(rehearse, so_are_the_choices_the_place_and_who_takes_over) {
    const auto menu = [](const std::string& more) {
        return played("test: x\ntalk:\n  - she: menu\n  - bot: menu.what\n" + more);
    };
    EXPECT_FALSE(menu("    offers: [balance, person]\n  - waits_at: menu.what\n"));
    EXPECT_THAT(menu("    offers: [person]\n")->what, HasSubstr("offers other choices"));
    EXPECT_EQ(menu("  - ends: true\n")->what, "the talk has not ended: she is at menu.what");
    EXPECT_EQ(menu("  - waits_at: verify.pin\n")->what, "she is at menu.what");
    EXPECT_EQ(menu("  - keeps: opt_out\n")->what, "no record 'opt_out' is kept; none is");
    const std::string over = "  - she: [person]\n  - bot: person.coming\n";
    EXPECT_FALSE(menu(over + "  - hands_over: {to: support, because: asked}\n"));
    EXPECT_THAT(
        menu(over + "  - hands_over: {to: branch}\n")->difference,
        ElementsAre("- to branch because ", "+ to support because asked")
    );
}

TEST(rehearse, core_banking_may_have_something_new_of_her_in_the_middle_of_a_talk) {
    constexpr auto talk = R"(test: a payment is posted
given: {person: rosa, verified: true}
talk:
  - she: saldo
  - bot: balance.tell
    says: "Q1,041.65"
  - core_has:
      loans: [{product: Mi Tienda, instalments: 4, paid: 1, each: 100, next_due: 2026-12-01}]
  - she: saldo
  - bot: balance.tell
    says: "Q300.00"
)";
    const auto wrong = played(talk);
    EXPECT_FALSE(wrong) << wrong->what;
}

TEST(rehearse, somebody_may_become_a_client_in_the_middle_of_a_talk) {
    constexpr auto talk = R"(test: a prospect becomes a client
talk:
  - core_has:
      first_name: Petrona
      pin: "482915"
      loans: [{product: Mi Tienda, instalments: 4, paid: 0, each: 100, next_due: 2026-12-01}]
  - she: saldo
  - bot: verify.pin
  - she: {pin: right}
  - bot: balance.tell
    says: "Q400.00"
)";
    const auto wrong = played(talk);
    EXPECT_FALSE(wrong) << wrong->what;
    EXPECT_THAT(
        played("test: x\ntalk: [{core_has: {officer: Brenda}}]\n")->what,
        HasSubstr("nobody is on file here")
    );
}

TEST(rehearse, what_core_banking_has_not_is_told_with_its_mend) {
    const auto told = [](const std::string& what) {
        return read("test: x\ntalk: [{core_has: " + what + "}]\n").problems;
    };
    EXPECT_THAT(told("{lons: none}"), HasSubstr("did you mean 'loans'"));
    EXPECT_THAT(told("{verified: true}"), HasSubstr("core banking has no 'verified' of her"));
    EXPECT_THAT(told("{}"), HasSubstr("core_has: {loans"));
    EXPECT_THAT(told("loans"), HasSubstr("core_has: {loans"));
    EXPECT_THAT(told("{pin: 12}"), HasSubstr("a PIN is six digits"));
}

TEST(rehearse, what_cannot_happen_says_why) {
    EXPECT_EQ(played("test: x\ntalk: [{she: [person]}]\n")->what, "there is nothing to tap");
    EXPECT_EQ(played("test: x\ntalk: [{she: {pin: right}}]\n")->what, "nobody has asked for a PIN");
    EXPECT_EQ(
        played("test: x\ntalk: [{she: menu}, {bot: menu.what}, {she: [menu]}]\n")->what,
        "there is no 'menu' to tap; there are: balance, person"
    );
}

TEST(rehearse, time_fires_what_is_due_and_not_a_minute_earlier) {
    const auto after = [](const std::string& time) {
        return played(
            "test: x\ntalk:\n  - she: menu\n  - bot: menu.what\n  - wait: " + time +
            "\n  - ends: true\n"
        );
    };
    EXPECT_TRUE(after("29 min"));
    EXPECT_FALSE(after("30 min"));
}

TEST(rehearse, every_archetype_is_played) {
    const auto file =
        read("test: x\narchetypes: [nascent, enabled]\ntalk: [{she: menu}, {bot: menu.what}]\n");
    EXPECT_EQ(stagings_of(file.tests.at(0)).size(), 2U);
}

TEST(coverage, counts_states_and_the_ways_out_of_them) {
    const auto file = read(balance_talk);
    coverage seen(scripts());
    const auto& test = file.tests.at(0);
    EXPECT_FALSE(rehearse(scripts(), test, stagings_of(test).at(0), cast(), seen));
    for (const auto& dialog : seen.report()) {
        if (dialog.dialog == "balance") {
            EXPECT_EQ(dialog.states, 4U);
            EXPECT_EQ(dialog.states_covered, 2U);  // look, tell
            EXPECT_EQ(dialog.ways, 6U);            // five outcomes, a loan chosen
            EXPECT_EQ(dialog.ways_covered, 1U);    // one
            EXPECT_EQ(dialog.gaps.front().state, "look");
            EXPECT_EQ(dialog.gaps.front().way, "outcome several");
        }
        if (dialog.dialog == "menu") {
            EXPECT_EQ(dialog.states_covered, 0U);
        }
    }
}

TEST(golden, what_failed_is_written_anew_and_the_rest_is_kept_to_the_byte) {
    const std::string text =
        "# Ours.\n"
        "- test: not golden\n"
        "  talk:\n"
        "    - she:   saldo      # odd spaces stay\n"
        "    - bot: menu.what\n"
        "\n"
        "- test: golden\n"
        "  golden: true\n"
        "  given: {person: rosa}\n"
        "  talk:\n"
        "    - she: saldo\n"
        "    # why she is asked\n"
        "    - bot: menu.what\n"
        "      says: old\n"
        "    - she: \"482915\"\n"
        "\n"
        "# The end.\n";
    const auto file = read(text);
    ASSERT_EQ(file.tests.size(), 2U) << file.problems;
    std::vector<diagnostic> problems;
    const auto anew = golden_anew({"x.test.yaml", text}, file.tests, scripts(), cast(), problems);
    ASSERT_TRUE(anew);
    EXPECT_TRUE(problems.empty());
    EXPECT_EQ(
        *anew,
        "# Ours.\n"
        "- test: not golden\n"
        "  talk:\n"
        "    - she:   saldo      # odd spaces stay\n"
        "    - bot: menu.what\n"
        "\n"
        "- test: golden\n"
        "  golden: true\n"
        "  given: {person: rosa}\n"
        "  talk:\n"
        "    - she: saldo\n"
        "    # why she is asked\n"
        "    - bot: verify.pin\n"
        "      text: \"Su PIN, por favor.\"\n"
        "    - she: \"482915\"\n"
        "    - bot: balance.tell\n"
        "      text: \"Debe Q1,041.65.\"\n"
        "    - ends: true\n"
        "\n"
        "# The end.\n"
    );
    // What was written passes, so there is nothing left to write.
    const auto again = read(*anew);
    EXPECT_FALSE(golden_anew({"x.test.yaml", *anew}, again.tests, scripts(), cast(), problems));
    EXPECT_TRUE(problems.empty());
}

TEST(golden, several_steps_on_a_line_are_refused_rather_than_mangled) {
    const std::string text = "test: x\ngolden: true\ntalk: [{she: menu}, {bot: verify.pin}]\n";
    std::vector<diagnostic> problems;
    EXPECT_FALSE(golden_anew({"x.test.yaml", text}, read(text).tests, scripts(), cast(), problems));
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_THAT(problems[0].what, HasSubstr("a step a line"));
}

TEST(test_writer, what_is_written_reads_back_as_it_was) {
    const auto back = [](test_step_kind what) {
        const test_step step{.does = std::move(what)};
        const auto line = line_of(step, "es");
        const auto file = read("test: x\ntalk:\n  " + line + "\n");
        EXPECT_EQ(file.problems, "") << line;
        return file.tests.empty() ? std::string{} : line_of(file.tests[0].talk.at(0), "es");
    };
    EXPECT_EQ(
        back(she_types{{.same = "dijo \"no\": 50\\50\n# {x}", .each = {}}}),
        "- she: \"dijo \\\"no\\\": 50\\\\50\\n# {x}\""
    );
    EXPECT_EQ(back(she_taps{.pick = "person"}), "- she: [person]");
    EXPECT_EQ(back(she_taps{.pick = "Crédito escolar"}), "- she: [\"Crédito escolar\"]");
    EXPECT_EQ(back(she_taps{.pick = "person", .earlier = true}), "- she: {earlier: [person]}");
    EXPECT_EQ(back(she_gives_pin{secret_answer::wrong}), "- she: {pin: wrong}");
    EXPECT_EQ(back(time_passes{std::chrono::minutes{31}}), "- wait: 31 min");
    EXPECT_EQ(back(time_passes{std::chrono::seconds{90}}), "- wait: 90 s");
    EXPECT_EQ(back(agent_acts{"release"}), "- agent: release");
    EXPECT_EQ(back(core_becomes{core_state::down}), "- core: down");
    EXPECT_EQ(
        back(she_sends{received_media{.kind = media_kind::voice_note}}), "- she: {voice_note: \"\"}"
    );
    EXPECT_EQ(back(she_sends{identity_changed{}}), "- she: {number_changed: true}");
}

TEST(line_difference, marks_what_is_missing_and_what_came) {
    EXPECT_THAT(
        line_difference({"a", "b", "c"}, {"a", "x", "c"}), ElementsAre("  a", "- b", "+ x", "  c")
    );
    EXPECT_THAT(line_difference({}, {"a"}), ElementsAre("+ a"));
    EXPECT_THAT(line_difference({"a"}, {}), ElementsAre("- a"));
}

}  // namespace
}  // namespace tertulia::dialogs
