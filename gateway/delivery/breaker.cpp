#include "gateway/delivery/breaker.hpp"

#include <algorithm>

namespace tertulia::gateway {

std::optional<instant> breaker::next(instant now) const noexcept {
    if (closed()) return now;
    if (probing_) return std::nullopt;
    return std::max(now, *open_until_);
}

void breaker::left() noexcept {
    if (!closed()) probing_ = true;
}

void breaker::taken_back() noexcept { probing_ = false; }

breaker::change breaker::succeeded() noexcept {
    row_ = 0;
    if (closed()) return change::none;
    open_until_.reset();
    probing_ = false;
    pause_ = settings_.first;
    return change::shut;
}

breaker::change breaker::failed(instant now, milliseconds jitter) noexcept {
    if (closed()) {
        if (++row_ < settings_.failures) return change::none;
        open_until_ = now + pause_ + jitter;
        return change::opened;
    }
    // A call that was under way when the breaker opened says nothing new; a probe does.
    if (!probing_) return change::none;
    probing_ = false;
    pause_ = std::min(pause_ * 2, settings_.most);
    open_until_ = now + pause_ + jitter;
    return change::none;
}

}  // namespace tertulia::gateway
