// What a channel's configuration means to the parts that serve it: the adapter's settings and the
// planner's limits.

#pragma once

#include "adapters/whatsapp_cloud/whatsapp_cloud.hpp"
#include "gateway/config/config.hpp"
#include "gateway/delivery/planner.hpp"

namespace tertulia::gateway {

[[nodiscard]] adapters::whatsapp_cloud::channel_settings settings_of(const channel_config& from);

// A rate of 0 is no limit of ours; a burst is a quarter of a second's worth, at least 20.
[[nodiscard]] channel_limits limits_of(const channel_config& from);

}  // namespace tertulia::gateway
