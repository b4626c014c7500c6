// The admin listener's routes about channels: how each stands with its provider, and what an
// operator can do about it.
//
//   GET  /api/v1/channels                {"channels": [...]}: what waits, what is stopped and why,
//                                        the account's limit, quality and templates (and how they
//                                        differ from our messages), last notices
//   GET  /api/v1/channels/{name}/usage   {"currency", "months": [...]}: messages by month, category
//                                        and kind of price, the free ones left, the estimated cost
//   POST /api/v1/channels/{name}/resume  sends again after a stop; 404: no such channel

#pragma once

#include "gateway/accounts/account_watch.hpp"
#include "gateway/config/config.hpp"
#include "gateway/delivery/planner.hpp"
#include "gateway/http/http.hpp"
#include "gateway/turns/inbox.hpp"

#include <functional>
#include <vector>

namespace tertulia::gateway {

// All outlive the routes. The planner and the accounts are touched on the writer thread only.
struct channel_route_parts {
    inbox& incoming;
    planner& plan;
    account_watch& accounts;
    const std::vector<channel_config>& channels;
    std::function<instant()> clock{};
};

[[nodiscard]] std::vector<http::route> channel_routes(const channel_route_parts& parts);

}  // namespace tertulia::gateway
