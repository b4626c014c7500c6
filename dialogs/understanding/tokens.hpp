// A text as words, figures and signs that know where they stand, which is what the readers of
// entities work on. For this folder and dialogs/moderation only.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::dialogs {

enum class token_kind : std::uint8_t {
    word,    // letters
    digits,  // of any script, as ASCII
    sign,    // one code point that is neither, nor blank
};

struct token {
    token_kind kind{};
    std::string plain{};   // a word normalised, digits in ASCII, a sign as it is
    std::string folded{};  // of a word: as it sounds, see fold()
    std::size_t begin{};   // bytes of the text
    std::size_t end{};
    bool apart{};  // blank before it
    bool used{};   // an entity has been made of it
};

[[nodiscard]] std::vector<token> tokens_of(std::string_view text);

// Whether a token is there, unused, and this word (normalised) or sign.
[[nodiscard]] bool is_at(
    const std::vector<token>& all, std::size_t at, std::string_view plain
) noexcept;

}  // namespace tertulia::dialogs
