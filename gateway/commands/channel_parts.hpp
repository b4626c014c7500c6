// What a channel's configuration means to the planner.

#pragma once

#include "gateway/config/config.hpp"
#include "gateway/delivery/planner.hpp"

namespace tertulia::gateway {

// A rate of 0 is no limit of ours; a burst is a quarter of a second's worth, at least 20.
[[nodiscard]] channel_limits limits_of(const channel_config& from);

}  // namespace tertulia::gateway
