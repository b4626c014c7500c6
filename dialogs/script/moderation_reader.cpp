#include "dialogs/script/moderation_reader.hpp"

#include "dialogs/script/unknown_key.hpp"
#include "dialogs/wording/regions.hpp"

#include <map>
#include <utility>
#include <vector>

namespace tertulia::dialogs {
namespace {

class moderation_words_reader {
public:
    explicit moderation_words_reader(findings& noted) : noted_(noted) {}

    meeting_lexicon read(const yaml_node& root) {
        for (const auto& entry : root.entries) {
            if (!is_language(entry.key)) {
                noted_.error(
                    rule::unknown_language, entry.at, "there is no language '" + entry.key + "'"
                );
            } else if (entry.value.map()) {
                language(entry.value);
            } else {
                noted_.error(
                    rule::wrong_shape,
                    entry.value.at,
                    "'" + entry.key + "' needs lists of words below it",
                    "for example  insults: [pendej*]"
                );
            }
        }
        return std::move(made_);
    }

private:
    void language(const yaml_node& map) {
        lines_.clear();
        for (const auto& entry : map.entries) {
            const auto list = find_word_list(entry.key);
            if (!list) {
                note_unknown_key(noted_, entry, meeting_words_shape());
            } else if (!entry.value.list()) {
                noted_.error(
                    rule::wrong_shape, entry.value.at, "'" + entry.key + "' is a list of words"
                );
            } else {
                for (const auto& item : entry.value.items) phrase(*list, item);
            }
        }
    }

    void phrase(word_list list, const yaml_node& item) {
        if (!item.scalar() || item.text.empty() || item.text.size() > meeting_phrase_bytes_max) {
            noted_.error(
                rule::wrong_value, item.at, "a phrase is a text of at most 100 characters"
            );
            return;
        }
        if (phrases_ == meeting_phrases_max) {
            noted_.error(rule::too_large, item.at, "there are more than 10000 phrases");
        }
        if (++phrases_ > meeting_phrases_max) return;
        const auto [first, is_new] = lines_.emplace(std::pair{list, item.text}, item.at.line);
        if (!is_new) {
            noted_.error(
                rule::repeated_word,
                item.at,
                "'" + item.text + "' stands in line " + std::to_string(first->second) + ", too",
                "take one out"
            );
            return;
        }
        if (made_.add(list, item.text)) return;
        noted_.error(
            rule::no_letters,
            item.at,
            "'" + item.text + "' has nothing to recognise",
            "words; '*' at the end of one, ' ... ' between two, '^' before the first"
        );
    }

    findings& noted_;
    meeting_lexicon made_{};
    std::map<std::pair<word_list, std::string>, int> lines_{};
    std::size_t phrases_{};
};

}  // namespace

const map_shape& meeting_words_shape() {
    static const map_shape shape = [] {
        map_shape made{.name = "words", .keys = {}};
        for (std::size_t i = 0; i < word_lists; ++i) {
            const auto list = static_cast<word_list>(i);
            made.keys.push_back(
                {std::string{name_of(list)}, a_list(a_text()), std::string{about(list)}}
            );
        }
        return made;
    }();
    return shape;
}

const map_shape& moderation_shape() {
    static const map_shape shape{
        .name = "moderation",
        .pattern = "[a-z]{2,3}(-[A-Za-z0-9]{2,8})*",
        .other = a_map(meeting_words_shape)};
    return shape;
}

moderation_source read_moderation(const source_file& file, findings& into) {
    moderation_source all{.file = file.path};
    const auto root = read_yaml(file, into);
    if (root && root->map()) {
        all.words = moderation_words_reader(into).read(*root);
    } else if (root) {
        into.error(rule::wrong_shape, root->at, "this file looks like  es: {insults: [pendej*]}");
    }
    return all;
}

}  // namespace tertulia::dialogs
