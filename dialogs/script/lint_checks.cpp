#include "dialogs/script/lint_checks.hpp"

#include "dialogs/script/dialog_source.hpp"
#include "dialogs/script/message_places.hpp"
#include "dialogs/script/words_reader.hpp"
#include "dialogs/script/words_shapes.hpp"
#include "dialogs/wording/lint.hpp"
#include "dialogs/wording/regions.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <string>

namespace tertulia::dialogs {
namespace {

struct language_list {
    lint_list words{};
    std::map<std::string, place> allowed{};  // messages, which are not looked at
};

class list_reader {
public:
    explicit list_reader(findings& noted) : noted_(noted) {}

    std::map<std::string, language_list> read(const yaml_node& root) {
        std::map<std::string, language_list> all;
        if (!root.map()) {
            noted_.error(rule::wrong_shape, root.at, "the list looks like  es: {never: [...]}");
            return all;
        }
        for (const auto& entry : root.entries) {
            if (!is_language(entry.key)) {
                noted_.error(
                    rule::unknown_language, entry.at, "there is no language '" + entry.key + "'"
                );
            } else if (entry.value.map()) {
                all[entry.key] = language(entry.value);
            } else {
                noted_.error(
                    rule::wrong_shape,
                    entry.value.at,
                    "'" + entry.key + "' needs 'never:', 'instead_of:' or others below it"
                );
            }
        }
        return all;
    }

private:
    language_list language(const yaml_node& map) {
        language_list made{};
        for (const auto& entry : map.entries) {
            if (entry.key == "instead_of") {
                pairs(entry.value, [&](const yaml_entry& one) {
                    add(made, one.key, one.at, lint_kind::jargon, one.value.text);
                });
            } else if (entry.key == "never") {
                words(entry.value, made, lint_kind::forbidden);
            } else if (entry.key == "informal") {
                words(entry.value, made, lint_kind::informal);
            } else if (entry.key == "words_max") {
                pairs(entry.value, [&](const yaml_entry& one) { most(one, made); });
            } else if (entry.key == "allow") {
                pairs(entry.value, [&](const yaml_entry& one) {
                    made.allowed.emplace(one.key, one.at);
                });
            } else {
                auto mend = mend_for(entry.key, lint_list_shape().names());
                if (mend.empty())
                    mend = "possible are: instead_of, never, informal, words_max, allow";
                noted_.error(
                    rule::unknown_key,
                    entry.at,
                    "the list has no '" + entry.key + "'",
                    std::move(mend)
                );
            }
        }
        return made;
    }

    template <class Take>
    void pairs(const yaml_node& map, Take take) {
        if (!map.map()) {
            noted_.error(rule::wrong_shape, map.at, "this looks like  {one: other}");
            return;
        }
        for (const auto& entry : map.entries) {
            if (entry.value.scalar() && !entry.value.text.empty()) {
                take(entry);
            } else {
                noted_.error(rule::wrong_value, entry.at, "'" + entry.key + "' needs a text");
            }
        }
    }

    void words(const yaml_node& list, language_list& into, lint_kind kind) {
        if (!list.list()) {
            noted_.error(rule::wrong_shape, list.at, "this is a list of words");
            return;
        }
        for (const auto& item : list.items) add(into, item.text, item.at, kind, {});
    }

    void add(
        language_list& into,
        const std::string& text,
        place at,
        lint_kind kind,
        const std::string& instead
    ) {
        auto folded = lint_words(text);
        if (folded.empty()) {
            noted_.error(rule::no_letters, at, "'" + text + "' has no letters to recognise");
            return;
        }
        into.words.words.push_back({.words = std::move(folded), .instead = instead, .kind = kind});
    }

    void most(const yaml_entry& one, language_list& into) {
        std::size_t count = 0;
        const auto& text = one.value.text;
        const auto variants = words_max_shape().names();
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
        if (std::find(variants.begin(), variants.end(), one.key) == variants.end()) {
            noted_.error(
                rule::unknown_word,
                one.at,
                "there is no variant called '" + one.key + "'",
                mend_for(one.key, variants)
            );
        } else if (error != std::errc{} || end != text.data() + text.size() || count < 3) {
            noted_.error(rule::wrong_value, one.value.at, "this is a count of words, 3 or more");
        } else {
            into.words.words_max[one.key] = count;
        }
    }

    findings& noted_;
};

struct told {
    rule breaks;
    std::string what;
    std::string mend;
};

told words_for(const lint_remark& of, const std::string& key, const std::string& piece) {
    const std::string in = " in '" + key + "'";
    switch (of.kind) {
        case lint_kind::jargon:
            return {
                rule::jargon, "'" + piece + "'" + in + " is no word of hers", "say: " + of.instead};
        case lint_kind::forbidden:
            return {
                rule::forbidden_text,
                "'" + piece + "'" + in + " is never said to a client",
                "no threats, no hurry, no religion, no comparisons, no guesses"};
        case lint_kind::informal:
            return {
                rule::informal_address,
                "'" + piece + "'" + in + " is too familiar",
                "address her politely throughout"};
        case lint_kind::long_sentence:
            return {
                rule::long_sentence,
                "a sentence of " + std::to_string(of.count) + " words" + in + "; " +
                    std::to_string(of.most) + " are enough for its readers",
                "make two sentences of it"};
        case lint_kind::shouting:
            break;
    }
    return {rule::shouting, "'" + piece + "'" + in + " shouts", "small letters, one sign"};
}

}  // namespace

void check_wording(
    const source_file& list,
    std::span<const source_file> messages,
    std::vector<diagnostic>& problems
) {
    findings noted(list.path, problems);
    const auto root = read_yaml(list, noted);
    if (!root) return;
    const auto lists = list_reader(noted).read(*root);
    for (const auto& file : messages) {
        const auto tag = stem_of(file.path);
        auto found = lists.find(tag);
        if (found == lists.end()) found = lists.find(tag.substr(0, tag.find('-')));
        if (found == lists.end()) continue;
        std::vector<message_source> texts;
        std::vector<diagnostic> told_elsewhere;
        if (!read_messages(file, texts, told_elsewhere)) continue;
        const line_index lines(file.text);
        findings here(file.path, problems);
        std::set<std::string_view> keys;
        for (const auto& text : texts) {
            keys.insert(text.key);
            if (found->second.allowed.contains(text.key)) continue;
            for (const auto& remark : lint(found->second.words, text.pattern, text.variant)) {
                auto at = place_of_piece(text, remark.offset, remark.length, file.text, lines);
                auto words =
                    words_for(remark, text.key, text.pattern.substr(remark.offset, remark.length));
                here.warning(words.breaks, at, std::move(words.what), std::move(words.mend));
            }
        }
        for (const auto& [key, at] : found->second.allowed) {
            if (keys.contains(key)) continue;
            noted.error(rule::unknown_message, at, "there is no message called '" + key + "'");
        }
    }
}

}  // namespace tertulia::dialogs
