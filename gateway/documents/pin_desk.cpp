#include "gateway/documents/pin_desk.hpp"

#include "gateway/documents/one_time_token.hpp"

#include <algorithm>
#include <utility>

namespace tertulia::gateway {

std::string pin_desk::lay_out(order what, instant now) {
    auto token = one_time_token();
    const std::scoped_lock lock{mutex_};
    std::erase_if(all_, [&](const auto& each) {
        return each.second.until <= now || each.second.what.client_id == what.client_id;
    });
    if (all_.size() >= waiting_max) {
        all_.erase(std::ranges::min_element(all_, {}, [](const auto& each) {
            return each.second.until;
        }));
    }
    all_.emplace(hash_of_token(token), waiting{std::move(what), now + open_for, 0});
    return token;
}

std::optional<pin_desk::order> pin_desk::look(std::string_view token, instant now) {
    const auto key = hash_of_token(token);
    const std::scoped_lock lock{mutex_};
    const auto found = all_.find(key);
    if (found == all_.end() || found->second.until <= now) return std::nullopt;
    return found->second.what;
}

std::optional<pin_desk::order> pin_desk::attempt(std::string_view token, instant now) {
    const auto key = hash_of_token(token);
    const std::scoped_lock lock{mutex_};
    const auto found = all_.find(key);
    if (found == all_.end() || found->second.until <= now) return std::nullopt;
    if (++found->second.tries > tries_max) {
        all_.erase(found);
        return std::nullopt;
    }
    return found->second.what;
}

void pin_desk::used(std::string_view token) {
    const auto key = hash_of_token(token);
    const std::scoped_lock lock{mutex_};
    all_.erase(key);
}

}  // namespace tertulia::gateway
