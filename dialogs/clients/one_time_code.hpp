// A one-time code that nobody keeps. In a session, an effect or the journal it is a mark; who sends the
// message makes the digits of what the mark says and a key of the person's own, and who compares
// them makes them again.

#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace tertulia::dialogs {

// What the digits are made of: the number they prove, and a chance of that time.
[[nodiscard]] std::string code_subject(std::string_view phone, std::uint64_t nonce);

// Stands in a text for the code of that subject: two letters of the private use area around it.
[[nodiscard]] std::string code_mark(std::string_view subject);
[[nodiscard]] bool has_code_mark(std::string_view text) noexcept;
// Every mark in the text replaced by what `digits` makes of its subject.
[[nodiscard]] std::string with_codes(
    std::string_view text, const std::function<std::string(std::string_view subject)>& digits
);

}  // namespace tertulia::dialogs
