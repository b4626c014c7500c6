// Telephone numbers as the whole house writes them.

#pragma once

#include <algorithm>
#include <string_view>

namespace tertulia {

// "+", then 7 to 15 digits, the first not 0 (ITU-T E.164). Not whether the number exists.
[[nodiscard]] inline bool is_e164(std::string_view text) noexcept {
    return text.size() >= 8 && text.size() <= 16 && text[0] == '+' && text[1] != '0' &&
           std::ranges::all_of(text.substr(1), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace tertulia
