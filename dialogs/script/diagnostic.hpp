// What is wrong in an operator's file, where, and how to mend it.

#pragma once

#include "dialogs/script/rules.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace tertulia::dialogs {

// Columns and lengths count characters of UTF-8, not bytes.
[[nodiscard]] bool begins_character(char byte) noexcept;
[[nodiscard]] int characters_in(std::string_view text) noexcept;

// A file as read by the caller: this layer opens none.
struct source_file {
    std::string path{};  // as the operator knows it, for messages
    std::string text{};
};

struct diagnostic {
    rule breaks{};
    severity level{severity::error};
    std::string file{};
    int line{};    // from 1; 0: the file as a whole
    int column{};  // from 1, in characters
    std::string what{};
    std::string mend{};  // "did you mean 'payment_points'?"; may be empty
    int length{1};       // how much of the line to underline
};

// "file:line:column: what [rule-id]" then the line, a caret and the mend, as a compiler would.
[[nodiscard]] std::string to_text(const diagnostic& of, std::string_view source_text);

// The candidate nearest to `word` if it is near enough to be a slip, else empty.
[[nodiscard]] std::string did_you_mean(
    std::string_view word, const std::vector<std::string>& candidates
);

}  // namespace tertulia::dialogs
