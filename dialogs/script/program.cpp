#include "dialogs/script/program.hpp"

#include "dialogs/understanding/answers.hpp"

#include <algorithm>

namespace tertulia::dialogs {

const std::vector<std::string>& event_names() {
    static const std::vector<std::string> names{
        "payment_received", "loan_status_changed", "media_lost",
        "media_poor",
        "case_taken", "case_answered", "case_resolved", "case_late", "pin_set",
        "payment_seen", "promise_kept", "promise_broken", "referral_news"};
    return names;
}

const std::vector<std::string>& referral_words() {
    static const std::vector<std::string> words{"accepted", "refused", "hidden", "shown"};
    return words;
}

bool is_of_entry_code(char one) noexcept {
    return (one >= 'a' && one <= 'z') || (one >= 'A' && one <= 'Z') || (one >= '0' && one <= '9') ||
           one == '-' || one == '_';
}

std::string entry_code_key(std::string_view text) {
    std::string key{text};
    for (auto& one : key) {
        if (one >= 'A' && one <= 'Z') one = static_cast<char>(one - 'A' + 'a');
    }
    return key;
}

const move* program_state::outcome(std::string_view word) const noexcept {
    const auto found = std::find_if(outcomes.begin(), outcomes.end(), [&](const auto& one) {
        return one.first == word;
    });
    return found == outcomes.end() ? nullptr : &found->second;
}

std::optional<dialog_index> program::find_dialog(std::string_view name) const noexcept {
    const auto found = by_name.find(name);
    return found == by_name.end() ? std::nullopt : std::optional{found->second};
}

std::optional<state_index> program::find_state(std::string_view dialog, std::string_view name)
    const noexcept {
    const auto owner = find_dialog(dialog);
    if (!owner) return std::nullopt;
    const auto& all = at(*owner).states;
    const auto found =
        std::find_if(all.begin(), all.end(), [&](state_index one) { return at(one).name == name; });
    return found == all.end() ? std::nullopt : std::optional{*found};
}

understood program::understand(std::string_view text, std::string_view language) const {
    if (language.empty()) language = house.languages.front();
    auto about = intents.understand(text, language);
    const auto word = intent_of_word.find(keyword_key(text));
    if (word == intent_of_word.end()) return about;
    about.intent = word->second;
    about.confidence = 1.0;
    std::erase_if(about.alternatives, [&](const guess& each) {
        return each.intent == about.intent;
    });
    return about;
}

reading_rules program::rules_of_reading(std::string_view language, instant now) const {
    return {
        .currency = house.currency,
        .country = house.country,
        .language = std::string{language.empty() ? house.languages.front() : language},
        .today = calendar->date_of(now),
        .places = &places};
}

}  // namespace tertulia::dialogs
