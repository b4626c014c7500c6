// Who calls, where reverse proxies stand between us and the world. Pure.
//
// A proxy says in X-Forwarded-For whom it was called by, behind what the caller himself claimed. So
// the header is read from its right end, past proxies of ours, to the first address that is none:
// what stands further left, anybody may have written.

#pragma once

#include "gateway/http/addresses/address_ranges.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace tertulia::gateway::http {

// `peer`: the other end of the socket. `forwarded`: the X-Forwarded-For lines of the request in
// their order; looked at only if the peer is one of `trusted`. Where everybody on the way is one of
// ours, it is the one furthest off. Nothing if what decides is no address: refuse.
[[nodiscard]] std::optional<address> caller_of(
    std::string_view peer,
    const std::vector<std::string_view>& forwarded,
    const address_ranges& trusted
);

}  // namespace tertulia::gateway::http
