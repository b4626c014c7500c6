// A response as the bytes that leave, made once and sent to as many as share it.

#pragma once

#include "gateway/http/http.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

namespace tertulia::gateway::http {

// An HTTP/1.1 answer that keeps the connection; the rarer forms are made from it by adapt().
struct wire {
    std::string bytes{};
    std::size_t head_bytes{};  // with the empty line
};

// Reuses the capacity of `into`. Control bytes in header values become spaces, so that no value of
// ours can begin a header of its own; a status HTTP does not have becomes 500.
void serialise(const response& what, wire& into);

// What this connection needs that most do not.
struct adaptation {
    bool head_only{false};  // the answer to HEAD
    bool close{false};      // say that the connection ends
    bool say_keep{false};   // HTTP/1.0 that asked to keep it
    [[nodiscard]] bool any() const noexcept { return head_only || close || say_keep; }
};
void adapt(const wire& from, const adaptation& how, wire& into);

[[nodiscard]] std::string_view reason_of(unsigned status) noexcept;

}  // namespace tertulia::gateway::http
