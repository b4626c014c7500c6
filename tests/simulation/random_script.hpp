// Scripts nobody would write: dialogs of random states that lead anywhere, over a small set that
// plays the roles. Most are refused by the check, which is as it should be; those it accepts must
// never fail at run time, whatever is said to them.

#pragma once

#include "dialogs/script/script_set.hpp"

#include <cstdint>
#include <random>

namespace tertulia::simulation {

// The same seed gives the same sources on every machine.
[[nodiscard]] dialogs::script_sources random_sources(std::uint64_t seed);

// Drawn from a seeded engine without the distributions of <random>, whose results vary by library.
class dice {
public:
    explicit dice(std::uint64_t seed) : engine_{seed} {}
    std::uint64_t below(std::uint64_t bound) { return bound == 0 ? 0 : engine_() % bound; }
    bool one_in(std::uint64_t chances) { return below(chances) == 0; }

    template <class Container>
    const auto& any_of(const Container& from) {
        return from[below(std::size(from))];
    }

private:
    std::mt19937_64 engine_;
};

}  // namespace tertulia::simulation
