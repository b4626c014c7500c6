#include "gateway/channels/channel.hpp"

#include <algorithm>
#include <utility>
#include <variant>

namespace tertulia::gateway {

channel_table::channel_table(const std::vector<channel_config>& from) {
    for (const auto& one : from) {
        all_.push_back(
            std::visit([](const auto& settings) { return make_channel(settings); }, one.provider)
        );
    }
}

const channel* channel_table::find(std::string_view name) const noexcept {
    const auto found =
        std::ranges::find_if(all_, [&](const auto& one) { return one->name() == name; });
    return found == all_.end() ? nullptr : found->get();
}

std::vector<outbound_message> channel_table::split(outbound_message what) const {
    if (const auto* to = find(what.to.channel)) return to->split(std::move(what));
    std::vector<outbound_message> alone;
    alone.push_back(std::move(what));
    return alone;
}

}  // namespace tertulia::gateway
