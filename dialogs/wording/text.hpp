// Lengths as providers count them. Text is UTF-8 everywhere in the house; the limits of channels
// are in UTF-16 units, where an emoji counts two.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tertulia::dialogs {

// Invalid bytes count as one unit each, as they would when replaced by U+FFFD.
[[nodiscard]] std::size_t utf16_length(std::string_view utf8) noexcept;

// The longest beginning that fits in `units_max`, ending in "…" if anything was cut; never splits a
// character. With units_max 0 the result is empty.
[[nodiscard]] std::string truncate_utf16(std::string_view utf8, std::size_t units_max);

}  // namespace tertulia::dialogs
