#include "dialogs/script/words_reader.hpp"

#include "dialogs/script/dialog_source.hpp"

#include <array>
#include <utility>

namespace tertulia::dialogs {
namespace {

constexpr std::size_t phrase_bytes_max = 500;

void add_text(
    const std::string& key,
    const std::string& language,
    const std::string& variant,
    place variant_at,
    const yaml_node& text,
    findings& noted,
    std::vector<message_source>& into
) {
    if (!text.scalar() || text.text.empty()) {
        noted.error(
            rule::wrong_value, text.at, "'" + key + "' needs a text", "put it between quotes"
        );
        return;
    }
    if (text.text.find_first_not_of(" \t\n") == std::string::npos) {
        noted.error(rule::empty_text, text.at, "'" + key + "' has nothing in it to read");
        return;
    }
    into.push_back(message_source{
        .key = key,
        .language = language,
        .variant = variant == "text" ? std::string{} : variant,
        .pattern = text.text,
        .file = noted.file(),
        .line = text.at.line,
        .column = text.at.column,
        .variant_line = variant_at.line,
        .variant_column = variant_at.column});
}

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

bool read_messages(
    const source_file& file, std::vector<message_source>& into, std::vector<diagnostic>& problems
) {
    findings noted(file.path, problems);
    const auto root = read_yaml(file, noted);
    if (!root) return false;
    if (!root->map()) {
        noted.error(rule::wrong_shape, root->at, "messages look like  key: \"text\"");
        return false;
    }
    const auto language = stem_of(file.path);
    for (const auto& entry : root->entries) {
        if (!is_message_key(entry.key)) {
            noted.error(
                rule::bad_name,
                entry.at,
                "'" + entry.key + "' cannot be the key of a message",
                "use small letters, digits and _, with points between the names"
            );
        } else if (entry.value.map()) {
            for (const auto& variant : entry.value.entries) {
                add_text(entry.key, language, variant.key, variant.at, variant.value, noted, into);
            }
            if (entry.value.entries.empty())
                noted.error(rule::wrong_value, entry.at, "'" + entry.key + "' needs a text");
        } else {
            add_text(entry.key, language, {}, {}, entry.value, noted, into);
        }
    }
    return true;
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
