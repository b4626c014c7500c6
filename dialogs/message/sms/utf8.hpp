// UTF-8 a character at a time, as the alphabets of SMS need it. Never fails: what is no character
// is U+FFFD, a byte at a time.
//
// Internal to this folder.

#pragma once

#include <string>
#include <string_view>

namespace tertulia {

inline constexpr char32_t replacement_character = 0xFFFD;

// Takes the first character off `text`, which is not empty.
[[nodiscard]] char32_t take_character(std::string_view& text) noexcept;

// Appends it; a surrogate, or what lies beyond U+10FFFF, as U+FFFD.
void append_character(std::string& text, char32_t character);

}  // namespace tertulia
