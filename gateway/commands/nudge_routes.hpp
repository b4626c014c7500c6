// GET /api/v1/nudges?client=ID[&days=60]: what was decided for one client and why, as JSON;
// GET /api/v1/nudges/plan[?days=30]: the days to come as a page. On the admin listener.

#pragma once

#include "dialogs/script/script_set.hpp"
#include "gateway/http/http.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace tertulia::gateway {

inline constexpr const char* nudges_path = "/api/v1/nudges";
inline constexpr const char* nudge_plan_path = "/api/v1/nudges/plan";

struct nudge_route_parts {
    std::string database{};
    std::string time_zone{};
    std::function<std::shared_ptr<const dialogs::script_set>()> scripts{};  // from any thread
    std::function<instant()> clock{};
    std::string token{};  // as script_routes has it
};

[[nodiscard]] std::vector<http::route> nudge_routes(const nudge_route_parts& parts);

}  // namespace tertulia::gateway
