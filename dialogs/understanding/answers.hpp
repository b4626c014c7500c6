// Short answers to a question just put: a choice by number, title or word; yes or no; a keyword; a
// PIN. Nothing here guesses: an answer that could be two things is none.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::dialogs {

// What a whole message must equal to be a keyword: two texts are the same word when their keys are
// equal. Keep the keys of configured words; compute the message's once.
[[nodiscard]] std::string keyword_key(std::string_view text);

// One thing she may pick.
struct choice_words {
    std::string title{};               // as shown to her
    std::vector<std::string> words{};  // the operator's further words
};

// Which of `choices` the text picks: "2", "2.", "la segunda", "the second one", its title or one of
// its words, also misspelt, also inside "quiero pagar por favor" when it fits one choice alone.
// An exact match beats a looser one; two equal candidates are none. A negated word picks nothing.
// Where one row has the word "otro día", "another day" or "un autre jour", a day and nothing else
// ("el 5", "pasado mañana") picks that row.
[[nodiscard]] std::optional<std::size_t> match_choice(
    std::string_view text, std::span<const choice_words> choices
);

enum class yes_no : std::uint8_t { yes, no };

// Yes and no in Spanish, English and French, thumbs included. Only for a message that says nothing
// else: "no puedo pagar" is no `no`, and "sí pero mañana" no `yes`.
[[nodiscard]] std::optional<yes_no> match_yes_no(std::string_view text);

// Six digits that look like a PIN: alone ("482915", "4 8 2 9 1 5", "482-915", full-width digits),
// or said to be one ("mi pin es 482915"). Longer numbers and two candidates are nothing.
[[nodiscard]] std::optional<std::string> six_digits(std::string_view text);

}  // namespace tertulia::dialogs
