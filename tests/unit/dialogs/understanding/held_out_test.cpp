// The promise to the people who write to us, held to phrases nobody tuned on: of every language ten
// for each intent, in tests/corpus/understanding/held_out.*.tsv, by another author. The phrases the
// limits were chosen by (tuned.*.tsv) must keep it too. tests/bench/understanding compares others.

#include "tests/unit/dialogs/understanding/shipped_phrases.hpp"

#include <gtest/gtest.h>

#include <iostream>
#include <map>
#include <set>

namespace tertulia::dialogs {
namespace {

std::vector<phrase> phrases_of(const std::string& set, const std::string& language) {
    std::vector<phrase> all;
    std::ifstream file{source_path("tests/corpus/understanding/" + set + "." + language + ".tsv")};
    for (std::string line; std::getline(file, line);) {
        const auto tab = line.find('\t');
        if (line.starts_with('#') || tab == std::string::npos) continue;
        all.push_back({line.substr(0, tab), language, line.substr(tab + 1)});
    }
    return all;
}

// Those who wrote the sets were told that asking whether we are a machine is wanting a person: one
// intent then, two now.
std::string as_written(const std::string& intent) {
    return intent == "are_you_a_machine" ? "human" : intent;
}

bool is_careful(const std::string& intent) {
    return intent == "stop" || intent == "complaint" || intent == "hardship";
}

struct held_out_phrases : testing::TestWithParam<const char*> {};

TEST_P(held_out_phrases, share_no_utterance_with_the_examples) {
    std::set<std::string> taught;
    for (const auto& each : shipped_examples()) taught.insert(each.text);
    for (const auto& each : phrases_of("held_out", GetParam())) {
        EXPECT_FALSE(taught.contains(each.text)) << each.text;
    }
}

TEST_P(held_out_phrases, are_ten_of_every_intent) {
    std::map<std::string, int> counts;
    for (const auto& each : phrases_of("held_out", GetParam())) ++counts[each.intent];
    const auto model = intent_model::train(shipped_examples());
    std::set<std::string> known;
    for (const auto& intent : model.intents()) known.insert(as_written(intent));
    ASSERT_EQ(counts.size(), known.size());
    for (const auto& [intent, count] : counts) EXPECT_GE(count, 10) << intent;
}

// Right: at least 92 of 100 that are answered. Wrong where it costs her something (acted on as
// stop, complaint or hardship when she meant another, or the reverse): at most 1 of 100. Asking
// back is no mistake, but 70 of 100 are answered.
void expect_understood_or_asked_about(const std::string& set, const std::string& language) {
    const auto model = intent_model::train(shipped_examples());
    int answered = 0;
    int right = 0;
    int costly = 0;
    int count = 0;
    for (const auto& each : phrases_of(set, language)) {
        const auto about = model.understand(each.text, language);
        ++count;
        if (about.intent.empty()) continue;
        ++answered;
        if (as_written(about.intent) == each.intent) {
            ++right;
            continue;
        }
        std::cout << "  " << each.text << ": " << about.intent << " for " << each.intent << '\n';
        if (is_careful(about.intent) || is_careful(each.intent)) {
            ++costly;
        }
    }
    std::cout << set << ", " << language << ": " << count << " phrases, " << answered
              << " answered, " << right << " right, " << costly
              << " wrong on stop, complaint or hardship\n";
    EXPECT_GE(right * 100, answered * 92);
    EXPECT_LE(costly * 100, count);
    EXPECT_GE(answered * 100, count * 70);
}

TEST_P(held_out_phrases, dvara_words_are_understood_or_asked_about) {
    expect_understood_or_asked_about("held_out", GetParam());
}

TEST_P(held_out_phrases, and_so_are_those_the_limits_were_chosen_by) {
    expect_understood_or_asked_about("tuned", GetParam());
}

INSTANTIATE_TEST_SUITE_P(languages, held_out_phrases, testing::Values("es", "en", "fr"));

}  // namespace
}  // namespace tertulia::dialogs
