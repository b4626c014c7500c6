// What people sent, for agents: the list with what failed and why, and the files themselves, whole or
// in ranges so that a voice note can be played. Behind the same token as publishing.

#pragma once

#include "gateway/http/http.hpp"
#include "gateway/received/fetcher.hpp"
#include "gateway/turns/inbox.hpp"

#include <string>
#include <vector>

namespace tertulia::gateway {

struct received_route_parts {
    inbox& incoming;
    media_ledger& ledger;
    fetcher& files;
    std::string token{};  // server.admin_token
};

// GET /api/v1/media: the newest thousand, without anything personal.
// GET /api/v1/media/ID: the file. Outlived by nothing it is given.
[[nodiscard]] std::vector<http::route> received_routes(const received_route_parts& parts);

}  // namespace tertulia::gateway
