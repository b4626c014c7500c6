// Written words as people type them on a telephone, brought to a form that can be compared. Works
// on code points and fixed tables, never on the locale of the process: the same text gives the same
// answer everywhere. Input is UTF-8; invalid bytes are dropped.

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tertulia::dialogs {

// Mild: compatibility forms unified, lower case, accents gone (ñ stays), punctuation gone, one
// space between words. Letters, digits and emoji stay, an emoji as a word of its own. For keywords
// and titles.
//   "¡Sí,  GRACIAS!" -> "si gracias"      "l'argent" -> "l argent"      "vale👍🏽" -> "vale
//   👍"
[[nodiscard]] std::string normalise(std::string_view text);

// As it sounds in Spanish as written in a hurry: normalise(), then repeated letters squeezed,
// texting shorthands and joined words spelled out, h, qu/k/c, z/s/c, b/v, ll/y/i made one, small
// number words made digits. For the intent scorer; not meant to be read.
//   "kiero 1 prestamo", "Quiero un préstamo" -> the same
[[nodiscard]] std::string fold(std::string_view text);

// The words of a normalised or folded text.
[[nodiscard]] std::vector<std::string_view> words_of(std::string_view normalised);

}  // namespace tertulia::dialogs
