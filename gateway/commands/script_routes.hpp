// The publishing desk on the admin listener: GET and POST /api/v1/scripts, POST
// /api/v1/scripts/rollback. Only for who shows the admin token, or without one is on this machine.

#pragma once

#include "gateway/config/config.hpp"
#include "gateway/http/http.hpp"
#include "gateway/publishing/desk.hpp"
#include "gateway/turns/inbox.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace tertulia::gateway {

struct script_route_parts {
    inbox& incoming;        // errands to the writer thread go through it
    publishing_desk& desk;  // used on the writer thread only
    std::string token{};    // empty: none is asked for
    std::function<std::optional<config>()> config_again{};  // as the file says now; from any thread
    std::function<instant()> clock{};
};

[[nodiscard]] std::vector<http::route> script_routes(const script_route_parts& parts);

// Exactly one of the two: the token where there is one, else an address of this machine. What
// changes something must also say application/json, which no foreign web page can send here.
[[nodiscard]] bool may_publish(
    std::string_view token, std::string_view authorization, std::string_view remote_address
) noexcept;

}  // namespace tertulia::gateway
