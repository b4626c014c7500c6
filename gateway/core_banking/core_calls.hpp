// Calls to core banking over HTTP, a few at a time, waited for.

#pragma once

#include "gateway/core_banking/core_reader.hpp"

#include <atomic>
#include <chrono>

namespace tertulia::gateway {

namespace http {
class client;
}

inline constexpr std::size_t calls_at_once = 6;  // core banking has others to serve

// Once `stopping` is true no further call is begun; those get no answer. Both outlive the caller.
[[nodiscard]] core_caller call_over_http(
    http::client& client, const std::atomic<bool>& stopping, std::chrono::milliseconds deadline
);

}  // namespace tertulia::gateway
