// Only whom a channel's `allow_from` names may call it: for providers that sign nothing, behind the
// secret of the path; for all others a door before the door. To anybody else the path does not exist.
//
// A refused address is told the log the first time and then ever more rarely: it is what an
// operator looks for when a provider has moved.

#pragma once

#include "gateway/http/addresses/address_ranges.hpp"
#include "gateway/http/http.hpp"
#include "gateway/insight/metrics.hpp"

#include <string>
#include <vector>

namespace tertulia::gateway {

struct caller_rules {
    std::string channel{};
    http::address_ranges allowed{};
    http::address_ranges trusted_proxies{};
};

// The routes, each behind the gate. Those of a channel without `allow_from` stay as they are.
// `counts` outlives the server.
[[nodiscard]] std::vector<http::route> behind_gate(
    std::vector<http::route> routes, caller_rules rules, metrics& counts
);

}  // namespace tertulia::gateway
