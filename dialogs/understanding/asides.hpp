// What people say beside an answer: that they do not understand the question, why it is asked,
// that they would rather go back or leave it out, that what they said before was wrong. Spanish,
// English and French. Whole messages, never a guess.

#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace tertulia::dialogs {

enum class aside : std::uint8_t {
    help,  // "?", "no entiendo", "ayuda"
    why,   // "¿por qué?", "para qué quieren saber"
    back,  // "atrás", "la anterior"
    skip,  // "omitir", "no tengo"
};

[[nodiscard]] std::optional<aside> aside_of(std::string_view text);

// "no, mejor 3000", "perdón, era 3000", "actually 3000", "plutôt 3000": what stands after the words
// that take the earlier answer back. Nothing where there are none, or nothing after them. A view
// into the text.
[[nodiscard]] std::optional<std::string_view> correction_of(std::string_view text);

// Whether something is denied: "no quiero 500" is not the amount 500.
[[nodiscard]] bool denies_something(std::string_view text);

}  // namespace tertulia::dialogs
