// The guard with the words we ship and a group's names, for tests.

#pragma once

#include "dialogs/moderation/guard.hpp"
#include "dialogs/moderation/private_lines.hpp"
#include "tests/source_folder.hpp"

#include <fstream>
#include <string>
#include <vector>

namespace tertulia::dialogs {

inline std::string guard_file(const std::string& below) {
    return testing_files::source_folder().string() + "/" + below;
}

// The plain shape moderation.yaml has: "  list:" lines, then "    - phrase" each, or one list in
// brackets over several lines.
inline const meeting_lexicon& shipped_words() {
    static const meeting_lexicon all = [] {
        meeting_lexicon words;
        std::ifstream file{guard_file("config/meetings/moderation.yaml")};
        word_list list{};
        const auto trimmed = [](std::string text) {
            const auto from = text.find_first_not_of(" [\"");
            if (from == std::string::npos) return std::string{};
            return text.substr(from, text.find_last_not_of(" ]\"") + 1 - from);
        };
        for (std::string line; std::getline(file, line);) {
            if (line.starts_with("    - ")) {
                (void)words.add(list, trimmed(line.substr(6)));
            } else if (line.starts_with("    [") || line.starts_with("     ")) {
                for (std::size_t at = 0; at < line.size();) {
                    const auto end = std::min(line.find(',', at), line.size());
                    if (const auto one = trimmed(line.substr(at, end - at)); !one.empty()) {
                        (void)words.add(list, one);
                    }
                    at = end + 1;
                }
            } else if (line.starts_with("  ")) {
                if (const auto found = find_word_list(line.substr(2, line.find(':') - 2))) list = *found;
            }
        }
        return words;
    }();
    return all;
}

// The plain shape meetings/lines.LANGUAGE.yaml has: "  private:" or "  open:", then "    - "line"" each.
inline std::vector<sorted_line> shipped_lines() {
    std::vector<sorted_line> all;
    for (const std::string language : {"es", "en", "fr"}) {
        std::ifstream file{guard_file("config/meetings/lines." + language + ".yaml")};
        bool is_private = false;
        for (std::string line; std::getline(file, line);) {
            if (line == "  private:" || line == "  open:") is_private = line == "  private:";
            if (!line.starts_with("    - \"")) continue;
            std::string text;
            for (std::size_t at = 7; at + 1 < line.size(); ++at) {
                if (line[at] == '\\') ++at;
                text += line[at];
            }
            all.push_back({.is_private = is_private, .language = language, .text = text});
        }
    }
    return all;
}

inline const meeting_roster& some_group() {
    static const meeting_roster all = [] {
        meeting_roster names;
        std::ifstream file{guard_file("tests/corpus/moderation/roster.txt")};
        for (std::string line; std::getline(file, line);) (void)names.add(line);
        return names;
    }();
    return all;
}

inline guard_context in_guatemala(const std::string& language = "es") {
    return {
        .words = shipped_words(),
        .roster = some_group(),
        .reading = {
            .currency = {},
            .country = "GT",
            .language = language,
            .today = std::chrono::year{2026} / 11 / 26}};
}

// What the guard has learnt from the lines we ship.
inline const private_line_model& shipped_learning() {
    static const private_line_model all{shipped_lines(), shipped_words(), in_guatemala().reading};
    return all;
}

inline judgement judge_text(
    std::string_view text,
    meeting_step step = meeting_step::other_business,
    speaker_role by = speaker_role::member
) {
    return judge({.text = text, .by = by, .step = step}, in_guatemala());
}

inline std::string rule_of(
    std::string_view text,
    meeting_step step = meeting_step::other_business,
    speaker_role by = speaker_role::member
) {
    return std::string{row_of(judge_text(text, step, by).rule).name};
}

}  // namespace tertulia::dialogs
