// Texts as YAML writes them, and where one that is written ends. Knows the forms our messages have:
// quoted, plain and block texts; whoever uses it reads the result again and compares.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tertulia::dialogs {

// Between double quotes, on one line.
[[nodiscard]] std::string yaml_quoted(std::string_view text);
// A `|-` block, its lines `indent` spaces in, if there are several lines; else quoted. No line break
// behind it.
[[nodiscard]] std::string yaml_text_of(std::string_view text, std::size_t indent);
// The same, as far as possible in the form of `was`, which stands there now.
[[nodiscard]] std::string yaml_text_like(
    std::string_view was, std::string_view text, std::size_t indent, bool in_flow
);

// One past the last byte of the scalar that begins at `at`, its line break left out. `key_indent`:
// how far in its key stands; `in_flow`: between braces.
[[nodiscard]] std::size_t yaml_scalar_end(
    std::string_view text, std::size_t at, std::size_t key_indent, bool in_flow
);
// The beginning of the line behind the entry whose key is at `at`; blank lines are not its own.
[[nodiscard]] std::size_t yaml_entry_end(
    std::string_view text, std::size_t at, std::size_t key_indent
);

}  // namespace tertulia::dialogs
