// Which channel carries on what another could not deliver.

#include "dialogs/script/duration.hpp"
#include "gateway/config/read_channel.hpp"

#include <algorithm>

namespace tertulia::gateway {

void read_ladder(const reading& shared, yaml_section& section, channel_config& into) {
    into.fallback_for = section.texts("fallback_for");
    const auto after = section.text("fallback_after");
    if (after.empty()) return;
    const auto time = dialogs::parse_duration(after);
    if (!time || *time < std::chrono::minutes{1} || *time > std::chrono::hours{24 * 7}) {
        shared.problem(
            dialogs::rule::wrong_value,
            section.place("fallback_after"),
            "'fallback_after' is a time from 1 min to 7 days",
            "fallback_after: 4 h"
        );
    } else if (into.fallback_for.empty()) {
        shared.problem(
            dialogs::rule::missing_key,
            section.place("fallback_after"),
            "'fallback_after' belongs to 'fallback_for'",
            "fallback_for: [whatsapp]"
        );
    } else {
        into.fallback_after = *time;
    }
}

void check_ladder(
    const reading& shared, const YAML::Node& list, const std::vector<channel_config>& channels
) {
    const auto find = [&](const std::string& name) {
        return std::ranges::find(channels, name, &channel_config::name);
    };
    std::vector<std::string> names;
    for (const auto& one : channels) names.push_back(one.name);
    for (std::size_t i = 0; i < channels.size(); ++i) {
        const auto& one = channels[i];
        const auto place = list[i]["fallback_for"];
        for (const auto& from : one.fallback_for) {
            if (find(from) != channels.end()) continue;
            const auto near = dialogs::did_you_mean(from, names);
            shared.problem(
                dialogs::rule::unknown_word,
                place,
                "there is no channel '" + from + "' to fall back from",
                near.empty() ? "name one of this list" : "did you mean '" + near + "'?"
            );
        }
        if (!one.fallback_for.empty() && kind_of(one) != channel_kind::sms) {
            shared.problem(
                dialogs::rule::wrong_value,
                place,
                "'" + one.name + "' cannot be a fallback: only an SMS channel reaches any number",
                "take 'fallback_for' out, or put it at an SMS channel"
            );
        }
        // Whoever it falls back from, down to the ground: itself among them is a circle.
        std::vector<std::string> below = one.fallback_for;
        for (std::size_t at = 0; at < below.size() && below.size() <= channels.size(); ++at) {
            const auto from = find(below[at]);
            if (from == channels.end()) continue;
            for (const auto& next : from->fallback_for) {
                if (std::ranges::find(below, next) == below.end()) below.push_back(next);
            }
        }
        if (std::ranges::find(below, one.name) != below.end()) {
            shared.problem(
                dialogs::rule::wrong_value,
                place,
                "'" + one.name + "' is, by the others, its own fallback",
                "a ladder has an end: take one 'fallback_for' out"
            );
        }
    }
}

}  // namespace tertulia::gateway
