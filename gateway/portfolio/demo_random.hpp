// The demo's dice: the same throws for the same seed on every machine. The distributions of
// <random> differ between libraries, so the mapping to a range is our own; its bias is far below
// what a table of invented people could show.

#pragma once

#include <boost/assert.hpp>

#include <cstddef>
#include <cstdint>
#include <random>
#include <span>

namespace tertulia::gateway {

class demo_random {
public:
    explicit demo_random(std::uint64_t seed) : engine_{seed} {}

    // 0 ... bound - 1
    [[nodiscard]] int below(int bound) {
        BOOST_ASSERT(bound > 0);
        return static_cast<int>(engine_() % static_cast<std::uint64_t>(bound));
    }
    // Both ends included.
    [[nodiscard]] int between(int low, int high) { return low + below(high - low + 1); }
    [[nodiscard]] bool chance(int percent) { return below(100) < percent; }

    template <class Value>
    [[nodiscard]] const Value& pick(std::span<const Value> from) {
        return from[static_cast<std::size_t>(below(static_cast<int>(from.size())))];
    }

private:
    std::mt19937_64 engine_;
};

}  // namespace tertulia::gateway
