// The promise of the guard, held to lists kept apart from its words and from what it learns from
// (tests/corpus/moderation): no leak is relayed, and at most 5 of 100 harmless lines are held.
// lines.strangers.tsv is by two authors who knew nothing of it; lines.tsv was written before the guard;
// words were taken from lines.tuning.tsv.

#include "tests/unit/dialogs/moderation/shipped_guard.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

namespace tertulia::dialogs {
namespace {

struct labelled {
    std::string language{}, step{}, speaker{}, decision{}, rule{}, text{};
};

std::vector<labelled> lines_of(const std::string& name) {
    std::vector<labelled> all;
    std::ifstream file{guard_file("tests/corpus/moderation/" + name)};
    std::string line;
    std::getline(file, line);  // what the columns are
    while (std::getline(file, line)) {
        std::istringstream cells{line};
        labelled one;
        for (auto* cell :
             {&one.language, &one.step, &one.speaker, &one.decision, &one.rule, &one.text}) {
            std::getline(cells, *cell, '\t');
        }
        all.push_back(std::move(one));
    }
    return all;
}

judgement judged(
    const std::string& text, const std::string& language, speaker_role by, meeting_step step
) {
    auto context = in_guatemala(language);
    context.learnt = &shipped_learning();
    return judge({.text = text, .by = by, .step = step}, context);
}

judgement judged(const labelled& one) {
    return judged(
        one.text, one.language, *find_speaker_role(one.speaker), *find_meeting_step(one.step)
    );
}

bool is_leak(const labelled& one) {
    return one.rule == "privacy_balance" || one.rule == "names_debtor";
}

struct guard_corpus : testing::TestWithParam<const char*> {};

TEST_P(guard_corpus, no_leak_is_relayed) {
    for (const auto& one : lines_of(GetParam())) {
        if (!is_leak(one)) continue;
        EXPECT_FALSE(judged(one).relayed()) << one.step << ": " << one.text;
    }
}

TEST_P(guard_corpus, at_most_five_of_a_hundred_harmless_lines_are_held) {
    int harmless = 0;
    std::vector<std::string> held;
    for (const auto& one : lines_of(GetParam())) {
        if (one.decision != "relay") continue;
        ++harmless;
        if (!judged(one).relayed()) held.push_back(one.text);
    }
    EXPECT_GE(harmless, 100);
    EXPECT_LE(held.size() * 100, static_cast<std::size_t>(harmless) * 5)
        << testing::PrintToString(held);
}

TEST_P(guard_corpus, nothing_else_that_is_to_be_held_passes_but_two_of_a_hundred) {
    int bad = 0;
    int passed = 0;
    int named = 0;
    for (const auto& one : lines_of(GetParam())) {
        if (one.decision != "hold") continue;
        const auto said = judged(one);
        ++bad;
        passed += said.relayed() ? 1 : 0;
        named += row_of(said.rule).name == one.rule ? 1 : 0;
    }
    EXPECT_LE(passed * 100, bad * 2);
    EXPECT_GE(named * 100, bad * 90) << "the rule that is told is the one that was meant";
}

INSTANTIATE_TEST_SUITE_P(lists, guard_corpus, testing::Values("lines.tsv", "lines.tuning.tsv"));

TEST(guard_corpus, of_strangers_lines_no_leak_is_relayed_and_at_most_five_of_a_hundred_harmless_ones_held) {
    std::ifstream file{guard_file("tests/corpus/moderation/lines.strangers.tsv")};
    std::string line;
    std::getline(file, line);  // what the columns are
    std::vector<std::string> relayed;
    std::vector<std::string> held;
    int leaks = 0;
    int harmless = 0;
    while (std::getline(file, line)) {
        std::istringstream cells{line};
        std::string label;
        std::string language;
        std::string text;
        std::getline(cells, label, '\t');
        std::getline(cells, language, '\t');
        std::getline(cells, text, '\t');
        const bool passes =
            judged(text, language, speaker_role::member, meeting_step::other_business).relayed();
        (label == "private" ? leaks : harmless) += 1;
        if (label == "private" && passes) relayed.push_back(text);
        if (label == "open" && !passes) held.push_back(text);
    }
    EXPECT_EQ(leaks, 200);
    EXPECT_EQ(harmless, 200);
    EXPECT_TRUE(relayed.empty()) << testing::PrintToString(relayed);
    EXPECT_LE(held.size(), 10U) << testing::PrintToString(held);
}

// What it learns from holds none of the lines it is measured on.
TEST(guard_corpus, no_line_is_both_learnt_from_and_measured_on) {
    std::set<std::string> learnt;
    for (const auto& one : shipped_lines()) learnt.insert(one.text);
    EXPECT_GT(learnt.size(), 2000U);
    for (const char* list : {"lines.tsv", "lines.tuning.tsv", "lines.strangers.tsv"}) {
        std::ifstream file{guard_file(std::string{"tests/corpus/moderation/"} + list)};
        for (std::string line; std::getline(file, line);) {
            EXPECT_FALSE(learnt.contains(line.substr(line.rfind('\t') + 1))) << list << ": " << line;
        }
    }
}

TEST(guard_corpus, the_lists_are_two_hundred_lines_each_in_three_languages_and_share_none) {
    std::set<std::string> held_out;
    std::map<std::string, int> languages;
    for (const auto& one : lines_of("lines.tsv")) {
        held_out.insert(one.text);
        ++languages[one.language];
        EXPECT_TRUE(find_guard_rule(one.rule)) << one.rule;
        EXPECT_EQ(
            one.decision == "relay",
            row_of(*find_guard_rule(one.rule)).decision == guard_decision::relay
        ) << one.text;
    }
    EXPECT_EQ(held_out.size(), 200U);
    EXPECT_EQ(languages, (std::map<std::string, int>{{"en", 30}, {"es", 140}, {"fr", 30}}));
    for (const auto& one : lines_of("lines.tuning.tsv")) EXPECT_FALSE(held_out.contains(one.text));
}

// Greetings, thanks and questions about meetings, by the authors of the corpus of understanding,
// who knew nothing of a guard.
TEST(guard_corpus, what_others_wrote_to_greet_and_ask_is_relayed_at_every_step) {
    int lines = 0;
    std::vector<std::string> held;
    for (const char* language : {"es", "en", "fr"}) {
        for (const char* set : {"held_out", "tuned"}) {
            std::ifstream file{guard_file(
                std::string{"tests/corpus/understanding/"} + set + "." + language + ".tsv"
            )};
            for (std::string line; std::getline(file, line);) {
                const auto tab = line.find('\t');
                const auto intent = line.substr(0, tab);
                if (intent != "greeting" && intent != "thanks" && intent != "meeting") continue;
                const auto text = line.substr(tab + 1);
                const auto step = static_cast<meeting_step>(lines++ % 11);
                if (!judged(text, language, speaker_role::member, step).relayed()) {
                    held.push_back(text);
                }
            }
        }
    }
    EXPECT_GT(lines, 200);
    EXPECT_LE(held.size() * 100, static_cast<std::size_t>(lines) * 2)
        << testing::PrintToString(held);
}

}  // namespace
}  // namespace tertulia::dialogs
