#include "gateway/turns/early_statuses.hpp"

#include <utility>

namespace tertulia::gateway {

void early_statuses::forget(instant now) {
    while (!kept_.empty() && kept_.front().until <= now) kept_.pop_front();
}

void early_statuses::keep(status_update status, instant now) {
    forget(now);
    if (kept_.size() >= kept_max) kept_.pop_front();
    kept_.push_back({.status = std::move(status), .until = now + kept_for});
}

std::vector<status_update> early_statuses::take(
    std::string_view channel, std::string_view message_id, instant now
) {
    forget(now);
    std::vector<status_update> found;
    std::erase_if(kept_, [&](one& each) {
        if (each.status.channel != channel || each.status.message_id != message_id) return false;
        found.push_back(std::move(each.status));
        return true;
    });
    return found;
}

}  // namespace tertulia::gateway
