#include "dialogs/nudges/channel_of_week.hpp"

namespace tertulia::dialogs {

bool one_channel_a_week(const nudge_rules& rules) noexcept {
    return rules.limits.one_channel_a_week || rule_of_country(rules.country).one_channel_a_week;
}

std::string_view channel_of_week(
    std::span<const touch> all, std::string_view client_id, instant now
) noexcept {
    const touch* newest = nullptr;
    for (const auto& one : all) {
        const bool counts = one.client_id == client_id && !one.channel.empty() &&
                            now - one.at < std::chrono::days{7};
        if (counts && (newest == nullptr || one.at >= newest->at)) newest = &one;
    }
    return newest == nullptr ? std::string_view{} : std::string_view{newest->channel};
}

std::string_view kind_to_take(const channel_wishes& of) noexcept {
    if (!of.hers.empty()) return of.hers;
    return !of.of_week.empty() && of.week_reaches_her ? of.of_week : of.of_segment;
}

}  // namespace tertulia::dialogs
