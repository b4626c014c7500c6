#include "gateway/commands/channel_parts.hpp"

#include <algorithm>
#include <cmath>

namespace tertulia::gateway {

channel_limits limits_of(const channel_config& from) {
    using namespace std::chrono_literals;
    channel_limits limits{.channel = from.name};
    const auto per_second = from.limit.per_second;
    // Counted over ten seconds, so that "0.5/s" is exact in whole numbers; a rate below one in ten
    // seconds must not become none at all, which would be no limit.
    limits.rate.count =
        per_second > 0 ? std::max<std::int64_t>(1, std::llround(per_second * 10)) : 0;
    limits.rate.period = 10s;
    limits.rate.burst = std::max<std::int64_t>(20, std::llround(per_second / 4));
    limits.pair.count = from.pair_interval.count() > 0 ? 1 : 0;  // 0: no limit of ours
    limits.pair.period = from.pair_interval;
    limits.pair.burst = from.pair_burst;
    limits.unknown_wait = from.unknown_wait;
    if (const auto* smpp = std::get_if<adapters::smpp::channel_settings>(&from.provider)) {
        limits.own_line = true;
        limits.echoes_callback = false;
        // As many again wait for room in the window, so that it never runs empty.
        limits.in_flight_max = 2 * smpp->window;
    }
    // Its messages are named by ours, and what is named alike is a repetition.
    limits.knows_repeats =
        std::holds_alternative<adapters::infobip::channel_settings>(from.provider);
    return limits;
}

}  // namespace tertulia::gateway
