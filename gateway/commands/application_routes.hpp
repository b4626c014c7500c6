// GET /api/v1/applications?after=ID: applications for a loan as CSV, on the admin listener.

#pragma once

#include "gateway/http/http.hpp"
#include "gateway/store/application_ledger.hpp"
#include "gateway/turns/inbox.hpp"

#include <string>
#include <vector>

namespace tertulia::gateway {

inline constexpr const char* applications_path = "/api/v1/applications";
inline constexpr std::size_t applications_at_once = 5'000;  // ask for the rest after the last id

struct application_route_parts {
    inbox& incoming;             // the writer thread's errands
    application_ledger& ledger;  // used on the writer thread only
    std::string token{};         // as script_routes has it
};

[[nodiscard]] std::vector<http::route> application_routes(const application_route_parts& parts);

}  // namespace tertulia::gateway
