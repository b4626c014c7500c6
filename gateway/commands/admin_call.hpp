// One request to the running gateway's admin listener, for the commands that ask it to do
// something.

#pragma once

#include "gateway/config/config.hpp"
#include "gateway/http/client.hpp"

#include <string>

namespace tertulia::gateway {

// Waits for the answer. `body`: JSON; empty: none is sent. The admin token goes with it.
[[nodiscard]] http::answer ask_admin(
    const config& settings,
    const std::string& method,
    const std::string& path,
    std::string body = {}
);

// Says on standard error what became of it when it is not what was hoped for; returns 1.
int explain_failure(const config& settings, const http::answer& got);

}  // namespace tertulia::gateway
