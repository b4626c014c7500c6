// The promise of the guard, held to two hundred lines written before it and kept apart from its
// words (tests/corpus/moderation/lines.tsv): no leak is relayed, and at most 5 of 100 harmless
// lines are held. At the first try, before anything was tuned to them, 2 of 56 leaks were relayed
// (both without a figure) and 4 of 100 harmless lines held; lines.tuning.tsv is the list it was
// made on.

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

judgement judged(const labelled& one) {
    return judge(
        {.text = one.text,
         .by = *find_speaker_role(one.speaker),
         .step = *find_meeting_step(one.step)},
        in_guatemala(one.language)
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

INSTANTIATE_TEST_SUITE_P(lists, guard_corpus, testing::Values("lines.tsv", "lines.tuning.tsv", "lines.others.tsv"));

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
    for (const char* other : {"lines.tuning.tsv", "lines.others.tsv"}) {
        for (const auto& one : lines_of(other)) EXPECT_FALSE(held_out.contains(one.text));
    }
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
                if (!judge({.text = text, .step = step}, in_guatemala(language)).relayed()) {
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
