// What a channel's messages cost: counts by month, category and kind of price, the free ones of a
// month, and an estimate by the operator's price table. Pure.
//
// Months are UTC. The provider's invoice is the truth; this is to see it coming.

#pragma once

#include "gateway/config/channel_config.hpp"
#include "gateway/store/store.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace tertulia::gateway {

// Free-form messages inside the window cost nothing until then; since then the first of a month.
inline constexpr const char* service_paid_from = "2026-10";
inline constexpr std::int64_t free_service_messages = 1'000;

// "2026-11".
[[nodiscard]] std::string month_of(instant at);

struct usage_line {
    std::string category{};
    std::string type{};
    std::int64_t count{};
    std::int64_t billed{};  // of those, what Meta charges for
    std::optional<std::int64_t> cost_micros{};  // nothing: no price is known
};
struct month_usage {
    std::string month{};
    std::vector<usage_line> lines{};
    std::int64_t service_free_left{};
    std::int64_t cost_micros{};
    bool cost_complete{};  // every billed message had a price
};

// Newest month first. `counts`: of one channel.
[[nodiscard]] std::vector<month_usage> usage_by_month(
    std::span<const usage_count> counts, const price_table& prices
);

}  // namespace tertulia::gateway
