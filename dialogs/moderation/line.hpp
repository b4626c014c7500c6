// A line of a meeting as the rules read it: words as they sound, figures, and who is named. For
// this folder only.

#pragma once

#include "dialogs/moderation/lexicon.hpp"
#include "dialogs/moderation/roster.hpp"
#include "dialogs/understanding/figures.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::dialogs {

struct line_word {
    std::string plain{};  // normalised; figures in ASCII
    std::string folded{};
    std::size_t begin{};  // bytes of the text
    std::size_t end{};
    bool digits{};
    bool capital{};
    bool begins{};  // the line, or a part of it behind a sign
    bool blank{};   // harmless
};

struct line_figure {
    figure is{};
    std::size_t first{};  // words, [first, end)
    std::size_t end{};
    bool money{};       // may be a sum
    bool said_money{};  // and is said to be one: "Q300", "300 pesos"
};

class meeting_line {
public:
    meeting_line(
        std::string_view text,
        const meeting_lexicon& words,
        const meeting_roster& roster,
        const reading_rules& reading
    );

    [[nodiscard]] const std::string& text() const noexcept { return text_; }
    [[nodiscard]] const std::vector<line_word>& words() const noexcept { return words_; }
    [[nodiscard]] const std::vector<line_figure>& figures() const noexcept { return figures_; }
    [[nodiscard]] const std::vector<word_span>& names() const noexcept { return names_; }
    // By a name of the roster or with a courtesy; not only "la Terminal", which may be a place.
    [[nodiscard]] bool names_a_member() const noexcept { return members_named_; }
    [[nodiscard]] const std::vector<word_span>& of(word_list list) const noexcept {
        return found_[static_cast<std::size_t>(list)];
    }
    [[nodiscard]] bool has(word_list list) const noexcept { return !of(list).empty(); }
    [[nodiscard]] bool has_money() const noexcept;
    // Whether a list has a word among these.
    [[nodiscard]] bool within(word_list list, std::size_t first, std::size_t end) const noexcept;

private:
    void read_words();
    void find_all(const meeting_lexicon& words);
    void find_names(const meeting_roster& roster);
    void read_figures(const reading_rules& reading);
    [[nodiscard]] bool is_count_of(std::size_t at) const noexcept;
    [[nodiscard]] bool is_sum(const line_figure& one) const;

    std::string text_{};
    std::vector<line_word> words_{};
    std::vector<line_figure> figures_{};
    std::vector<word_span> names_{};
    bool members_named_{};
    std::array<std::vector<word_span>, word_lists> found_{};
};

}  // namespace tertulia::dialogs
