// What an address nobody guesses ends with.

#pragma once

#include <string>
#include <string_view>

namespace tertulia::gateway {

// 256 bits of chance as 64 hex digits. Throws std::runtime_error where there is none to be had.
[[nodiscard]] std::string one_time_token();

// Its SHA-256, for where the token itself is not to be kept.
[[nodiscard]] std::string hash_of_token(std::string_view token);

}  // namespace tertulia::gateway
