// The admin listener's routes for what a person of the institution does in a conversation.

#pragma once

#include "gateway/http/http.hpp"
#include "gateway/turns/inbox.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace tertulia::gateway {

// POST {"phone": "+50255551234"}: 200 once it is committed; 404 if she has never written; 409 if
// nobody had the conversation.
inline constexpr const char* release_path = "/api/v1/conversations/release";

[[nodiscard]] std::vector<http::route> conversation_routes(inbox& into);

}  // namespace tertulia::gateway
