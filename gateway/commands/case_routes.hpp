// The admin listener's routes for cases, for who has no WhatsApp: the console and `tertulia case`.
// Every look at a case and every act is a row of its history, with who, when and what, and no words.

#pragma once

#include "gateway/http/http.hpp"
#include "gateway/turns/inbox.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::gateway {

struct case_route_parts {
    inbox& incoming;
    std::string token{};  // server.admin_token
    std::function<instant()> clock{};
};

// GET  /api/v1/cases?state=&queue=&kind=&late=true&all=true&by=…   the open ones without state
// GET  /api/v1/cases/NUMBER?by=…                              the case, her words, its history
// POST /api/v1/cases/NUMBER/take|note|reply|give_back|resolve|snooze   {"by", "text", "minutes"}
// 409 says who has it, or why not.
inline constexpr const char* cases_path = "/api/v1/cases";

[[nodiscard]] std::vector<http::route> case_routes(case_route_parts parts);

}  // namespace tertulia::gateway
