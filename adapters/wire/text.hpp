// Text as it crosses a provider's border: repaired, bounded, and counted the way providers count.
// It knows no language and judges no content.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::adapters {

// Valid UTF-8 without NUL of at most bytes_max bytes: what is not UTF-8 becomes U+FFFD, NUL is
// dropped, and a cut never falls inside a character.
[[nodiscard]] std::string clean_text(std::string_view from, std::size_t bytes_max);

// Whether it holds nothing but ASCII, and no NUL: most ids and names, and then nothing to repair.
[[nodiscard]] bool is_plain_ascii(std::string_view text) noexcept;

// The UTF-16 units of valid UTF-8; a byte that is not UTF-8 counts one.
[[nodiscard]] std::size_t utf16_units(std::string_view text) noexcept;

// The longest prefix of at most units_max UTF-16 units that ends between two characters.
[[nodiscard]] std::string_view cut_to_units(std::string_view text, std::size_t units_max) noexcept;

// The text in pages of at most units_max (2 or more) units, cut at line ends, else at spaces, and
// only where there is neither, inside a word. Blanks alone give no page.
[[nodiscard]] std::vector<std::string> text_pages(std::string_view text, std::size_t units_max);

// A stranger's file name made fit to show and to offer as a download name: no path, no control or
// direction-changing character, no reserved sign, no leading dot, at most 120 bytes with its
// extension kept. Empty if nothing is left. Never open a file by it.
[[nodiscard]] std::string safe_file_name(std::string_view from);

}  // namespace tertulia::adapters
