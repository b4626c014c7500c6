// GET /api/v1/nudges?client=ID[&days=60]: what was decided for one client and why, as JSON;
// GET /api/v1/nudges/plan[?days=30]: the days to come as a page;
// POST /api/v1/nudges/attention {"client", "wants": "less", "none", "more" or "usual", "until": "2026-12-31",
// "why", "by"}: what an officer asks for one client. On the admin listener.

#pragma once

#include "dialogs/script/script_set.hpp"
#include "gateway/config/config.hpp"
#include "gateway/http/http.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace tertulia::gateway {

inline constexpr const char* nudges_path = "/api/v1/nudges";
inline constexpr const char* nudge_plan_path = "/api/v1/nudges/plan";
inline constexpr const char* nudge_attention_path = "/api/v1/nudges/attention";

struct nudge_route_parts {
    std::string database{};
    std::string time_zone{};
    std::function<std::shared_ptr<const dialogs::script_set>()> scripts{};  // from any thread
    std::function<instant()> clock{};
    std::string token{};  // as script_routes has it
    const config* settings{};  // what messages cost; it outlives the routes
};

[[nodiscard]] std::vector<http::route> nudge_routes(const nudge_route_parts& parts);

}  // namespace tertulia::gateway
