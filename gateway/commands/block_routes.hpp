// The admin listener's routes that block a person: here for every channel, and at Meta where we have
// a WhatsApp number. POST {"phone": "+50255551234"}: 200 with what became of it, 404 if she has
// never written. Here it always works; Meta blocks only who wrote within a day, and says so.

#pragma once

#include "adapters/whatsapp_cloud/whatsapp_cloud.hpp"
#include "gateway/accounts/account_watch.hpp"
#include "gateway/http/client.hpp"
#include "gateway/http/http.hpp"
#include "gateway/turns/inbox.hpp"

#include <functional>
#include <vector>

namespace tertulia::gateway {

inline constexpr const char* block_path = "/api/v1/conversations/block";
inline constexpr const char* unblock_path = "/api/v1/conversations/unblock";

// All outlive the routes. The accounts are touched on the writer thread only.
struct block_route_parts {
    inbox& incoming;
    account_watch& accounts;
    http::client& client;
    const adapters::whatsapp_cloud::channel_settings* by{};  // null: no such channel
    std::function<instant()> clock{};
};

[[nodiscard]] std::vector<http::route> block_routes(const block_route_parts& parts);

}  // namespace tertulia::gateway
