// The admin listener's routes for campaigns: what is told many at once (nudges/campaign_book.hpp).
//
// GET  /api/v1/campaigns                                   the newest first, with their counts
// GET  /api/v1/campaigns/NAME                              one, with who did what
// POST /api/v1/campaigns  {"name", "says", "to": {"branch", "group", "officer", "product", "segment"} or
//      "everybody", "a_minute", "until": "2026-12-20", "by"}
// POST /api/v1/campaigns/NAME/approve|pause|resume|end  {"by"}
// 409 says why not.

#pragma once

#include "gateway/http/http.hpp"
#include "gateway/nudges/campaign_book.hpp"
#include "gateway/commands/nudge_routes.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace tertulia::gateway {

inline constexpr const char* campaigns_path = "/api/v1/campaigns";

[[nodiscard]] std::vector<http::route> campaign_routes(const nudge_route_parts& parts);

}  // namespace tertulia::gateway
