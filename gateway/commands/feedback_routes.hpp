// GET /api/v1/contact/feedback[?open=true]: the board of ideas, as JSON, nobody named;
// POST /api/v1/contact/feedback/ID/decision {"owner", "decision": "adopted", "declined" or "later",
// "words", "also": [ID, …]}: what was decided of one, or of several that are one. On the admin listener.

#pragma once

#include "gateway/commands/nudge_routes.hpp"
#include "gateway/nudges/feedback_book.hpp"
#include "gateway/store/sqlite/sqlite_store.hpp"
#include "gateway/turns/inbox.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::gateway {

inline constexpr const char* feedback_path = "/api/v1/contact/feedback";

struct feedback_route_parts {
    inbox& incoming;
    sqlite_store& store;  // asked on the writer thread
    nudge_route_parts of_nudges{};  // `settings` name the colleagues
};

[[nodiscard]] std::vector<http::route> feedback_routes(const feedback_route_parts& parts);

// What a POST asks for: the ideas, the path's first, and the decision; or what is wrong with it.
struct feedback_asked {
    std::vector<std::int64_t> ideas{};
    feedback_verdict what{};
    std::string wrong{};  // where, what, how to mend it; empty: it is read
};
[[nodiscard]] feedback_asked read_decision(std::string_view id, std::string_view body);

}  // namespace tertulia::gateway
