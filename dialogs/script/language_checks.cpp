#include "dialogs/script/language_checks.hpp"

#include "dialogs/script/words_reader.hpp"

#include <algorithm>
#include <set>
#include <string>

namespace tertulia::dialogs {
namespace {

std::string base_of(const std::string& tag) {
    return tag.substr(0, tag.find('-'));
}

}  // namespace

void check_phrases_files(
    const script_sources& from,
    std::span<const language_tag> languages,
    std::vector<diagnostic>& problems
) {
    if (from.phrases.empty()) return;  // it understands words and buttons alone
    std::set<std::string> there;
    for (const auto& file : from.phrases) there.insert(stem_of(file.path));
    const auto& other = from.phrases.front().path;
    const auto folder = other.substr(0, other.find_last_of('/') + 1);
    for (const auto& language : languages) {
        if (there.contains(language) || there.contains(base_of(language))) continue;
        findings(folder + language + ".yaml", problems)
            .warning(
                rule::missing_phrases,
                {},
                "what people write in " + language_name(language) +
                    " is not understood: this file is not there",
                "write how they say each intent, as in " + other
            );
    }
}

void check_language_choice(
    const program& of, std::span<const language_tag> languages, std::vector<diagnostic>& problems
) {
    std::set<std::string> chosen;
    const program_state* where = nullptr;
    for (const auto& state : of.states) {
        for (const auto& row : state.settings) {
            if (row.what != setting::language) continue;
            chosen.insert(row.language);
            if (where == nullptr) where = &state;
        }
    }
    for (const auto& language : languages) {
        if (language == of.house.languages.front() || chosen.contains(language)) continue;
        findings(where == nullptr ? "config" : of.at(where->dialog).file, problems)
            .warning(
                rule::unchosen_language,
                where == nullptr ? place{} : where->at,
                "nobody can choose " + language_name(language),
                "add a choice that leads to a state with set: {language: " + language + "}"
            );
    }
}

}  // namespace tertulia::dialogs
