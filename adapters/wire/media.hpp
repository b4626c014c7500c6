// How a file that a person sent is fetched from its provider, as every adapter says it: a walk of
// single requests, each step following from the answer to the one before. Who performs them has no
// rule of its own.

#pragma once

#include "adapters/wire/http.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::adapters {

enum class media_next : std::uint8_t {
    call,   // make `call`, then ask again with its answer
    whole,  // the answer is the file
    again,  // passing trouble: from the beginning, later
    lost,   // it will never be had
};

struct media_step {
    media_next next{media_next::lost};
    outbound_request call{};   // may hold secrets: never log
    bool file{};               // the answer is the file itself, not words about it
    int hops{};                // calls made before this one
    std::string mime_type{};   // of the file, as the provider declares it; empty: it does not
    std::string sha256{};      // the same; base64 or hex
    std::int64_t bytes{};      // the same; 0: it does not say
    std::string reason{};      // of again and lost: short, ours, safe to log
    bool resend{true};         // of lost: it may help that she sends it again
};

// What came back. `body` of a file is not looked at by an adapter.
struct media_answer {
    unsigned status{};
    std::string_view body{};
    std::string_view location{};  // of a redirection
};

inline constexpr int media_hops_max = 5;

// "https://lookaside.fbsbx.com/x?y" -> "lookaside.fbsbx.com"; with its port where it names one, in
// small letters. Empty: not an http or https address, one with a user in it, or one with signs that
// have no place in an address.
[[nodiscard]] std::string host_of_url(std::string_view url);

// An https address of one of these hosts or below them ("fbsbx.com" takes lookaside.fbsbx.com), or
// an address of exactly the host and scheme of `api_base`.
[[nodiscard]] bool is_host_allowed(
    std::string_view url, std::string_view api_base, const std::vector<std::string_view>& hosts
);

[[nodiscard]] media_step media_lost(std::string reason);
[[nodiscard]] media_step media_again(std::string reason);

// What an answer that is neither a file nor a redirection means: trouble that passes (5xx, 429, a
// refused token, an address that has expired) or the end.
[[nodiscard]] media_step media_refused(unsigned status);

}  // namespace tertulia::adapters
