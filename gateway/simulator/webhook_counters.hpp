// What became of the webhooks a stand-in posts, and how it tells so among its own counters.

#pragma once

#include <nlohmann/json_fwd.hpp>

#include <cstdint>

namespace tertulia::gateway::simulator {

struct webhook_counters {
    std::uint64_t posted{};        // calls made
    std::uint64_t acknowledged{};  // bodies answered as the provider wants it
    std::uint64_t repeated{};      // calls made because the one before was not
    std::uint64_t given_up{};
    std::uint64_t waiting{};  // bodies neither acknowledged nor given up
};

// "webhooks_posted", "webhooks_acknowledged"…
[[nodiscard]] nlohmann::json to_json(const webhook_counters& from);

}  // namespace tertulia::gateway::simulator
