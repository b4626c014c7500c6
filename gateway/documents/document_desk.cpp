#include "gateway/documents/document_desk.hpp"

#include "gateway/documents/one_time_token.hpp"

#include <algorithm>
#include <utility>

namespace tertulia::gateway {
std::string document_desk::lay_out(order what, instant now) {
    auto token = one_time_token();
    const std::scoped_lock lock{mutex_};
    std::erase_if(all_, [&](const auto& each) { return each.second.until <= now; });
    if (all_.size() >= waiting_max) {
        all_.erase(std::ranges::min_element(all_, {}, [](const auto& each) {
            return each.second.until;
        }));
    }
    all_.emplace(token, waiting{std::move(what), now + fetched_within});
    return token;
}

std::optional<document_desk::order> document_desk::take(std::string_view token, instant now) {
    const std::scoped_lock lock{mutex_};
    const auto found = all_.find(std::string{token});
    if (found == all_.end()) return std::nullopt;
    auto out = std::move(found->second);
    all_.erase(found);
    if (out.until <= now) return std::nullopt;
    return std::move(out.what);
}

}  // namespace tertulia::gateway
