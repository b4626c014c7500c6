#include "dialogs/script/words_reader.hpp"

#include "dialogs/script/dialog_source.hpp"

#include <array>
#include <utility>

namespace tertulia::dialogs {
namespace {

constexpr std::size_t phrase_bytes_max = 500;

}  // namespace

std::string language_name(const std::string& tag) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 6> known{{
        {"es", "Spanish"},
        {"en", "English"},
        {"fr", "French"},
        {"pt", "Portuguese"},
        {"quc", "K'iche'"},
        {"sw", "Swahili"},
    }};
    for (const auto& [code, name] : known) {
        if (tag == code) return std::string(name);
    }
    return tag;
}

bool read_phrases(
    const source_file& file, std::vector<phrase_source>& into, std::vector<diagnostic>& problems
) {
    findings noted(file.path, problems);
    const auto root = read_yaml(file, noted);
    if (!root) return false;
    if (!root->map()) {
        noted.error(
            rule::wrong_shape, root->at, "phrases look like  intent: [\"a phrase\", \"another\"]"
        );
        return false;
    }
    const auto language = stem_of(file.path);
    for (const auto& entry : root->entries) {
        if (!is_name(entry.key)) {
            noted.error(
                rule::bad_name, entry.at, "'" + entry.key + "' cannot be the name of an intent"
            );
            continue;
        }
        if (!entry.value.list() || entry.value.items.empty()) {
            noted.error(rule::wrong_shape, entry.at, "'" + entry.key + "' needs a list of phrases");
            continue;
        }
        for (const auto& item : entry.value.items) {
            if (!item.scalar() || item.text.empty() || item.text.size() > phrase_bytes_max) {
                noted.error(
                    rule::wrong_value, item.at, "a phrase is a text of at most 500 characters"
                );
                continue;
            }
            into.push_back(phrase_source{
                .example = {.intent = entry.key, .language = language, .text = item.text},
                .file = file.path,
                .at = item.at,
                .intent_at = entry.at});
        }
    }
    return true;
}

}  // namespace tertulia::dialogs
