// Keeps a provider that is down from being hammered: after a row of failures nothing leaves for a
// while, then one call probes, and its answer decides.

#pragma once

#include "dialogs/message/time.hpp"

#include <optional>

namespace tertulia::gateway {

struct breaker_settings {
    int failures{5};
    milliseconds first{5'000};
    milliseconds most{60'000};
};

class breaker {
public:
    explicit breaker(breaker_settings settings) noexcept : settings_{settings} {}

    [[nodiscard]] bool closed() const noexcept { return !open_until_; }
    // When a call may leave: at once, at the next probe's time, or nullopt while one is probing.
    [[nodiscard]] std::optional<instant> next(instant now) const noexcept;
    void left() noexcept;       // a call was made; while not closed it is the probe
    void taken_back() noexcept;  // ...and was not made after all

    enum class change : unsigned char { none, opened, shut };
    change succeeded() noexcept;
    change failed(instant now, milliseconds jitter) noexcept;
    // The length of the next pause, before jitter.
    [[nodiscard]] milliseconds pause() const noexcept { return pause_; }

private:
    breaker_settings settings_;
    int row_{};
    bool probing_{};
    std::optional<instant> open_until_{};
    milliseconds pause_{settings_.first};
};

}  // namespace tertulia::gateway
