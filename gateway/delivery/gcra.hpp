// The generic cell rate algorithm, in whole numbers: "count per period, burst at once", exact for
// rates such as 3 per second whose interval is no whole number of milliseconds.
//
// One 64-bit number is the whole state, so a limit per recipient costs eight bytes. Time is an
// argument; nothing here reads a clock.

#pragma once

#include "dialogs/message/time.hpp"

#include <algorithm>
#include <cstdint>

namespace tertulia::gateway {

struct rate_limit {
    std::int64_t count{};  // 0: no limit; at most rate_count_max
    milliseconds period{1'000};
    std::int64_t burst{1};  // how many may leave at once after a pause

    [[nodiscard]] constexpr bool unlimited() const noexcept { return count <= 0; }
    bool operator==(const rate_limit&) const = default;
};
inline constexpr std::int64_t rate_count_max = 100'000;  // keeps now × count below 2^63

// A fraction of the declared rate, for providers that ask us to slow down.
inline constexpr std::int64_t whole_share = 1'024;

class gcra {
public:
    // The earliest instant at or after `now` when one more may leave.
    [[nodiscard]] constexpr instant next(const rate_limit& limit, instant now) const noexcept {
        if (limit.unlimited()) return now;
        // The allowance is that of the whole rate: a reduced share shrinks the burst as well.
        const auto earliest = arrival_ - (limit.burst - 1) * interval(limit, whole_share);
        const auto current = to_millis(now) * limit.count;
        if (earliest <= current) return now;
        return from_millis((earliest + limit.count - 1) / limit.count);
    }

    // One leaves now. Only after next() said so; a limit that is overrun stays correct all the same.
    constexpr void take(
        const rate_limit& limit, instant now, std::int64_t share = whole_share
    ) noexcept {
        if (limit.unlimited()) return;
        arrival_ = std::max(arrival_, to_millis(now) * limit.count) + interval(limit, share);
    }

    // When nothing is left of what was taken, so that the state may be forgotten.
    [[nodiscard]] constexpr instant idle_at(const rate_limit& limit) const noexcept {
        if (limit.unlimited()) return instant{};
        return from_millis((arrival_ + limit.count - 1) / limit.count);
    }

private:
    // In units of a count-th of a millisecond, where the interval of the full rate is whole. A
    // reduced share rounds up: never faster than asked.
    [[nodiscard]] static constexpr std::int64_t interval(
        const rate_limit& limit, std::int64_t share
    ) noexcept {
        const auto whole = std::int64_t{limit.period.count()};
        return share == whole_share ? whole : (whole * whole_share + share - 1) / share;
    }

    std::int64_t arrival_{};  // theoretical arrival of the next one, in the same units
};

}  // namespace tertulia::gateway
