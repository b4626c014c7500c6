// Waiting for what must become true, with an end. There is no other kind of waiting in these tests
// but where time itself is what is tested.

#pragma once

#include <chrono>
#include <thread>

namespace tertulia::integration {

using std::chrono::milliseconds;
using namespace std::chrono_literals;

// Asks until it is so or the time is over; says which.
template <class Condition>
[[nodiscard]] bool soon(Condition&& is_so, milliseconds within = 10s, milliseconds every = 5ms) {
    const auto until = std::chrono::steady_clock::now() + within;
    for (;;) {
        if (is_so()) return true;
        if (std::chrono::steady_clock::now() >= until) return false;
        std::this_thread::sleep_for(every);
    }
}

// The opposite promise: it holds all the while.
template <class Condition>
[[nodiscard]] bool stays(Condition&& is_so, milliseconds during) {
    return !soon([&] { return !is_so(); }, during, 20ms);
}

}  // namespace tertulia::integration
