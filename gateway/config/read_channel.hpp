// One row of `channels:`, read and checked by its type.

#pragma once

#include "gateway/config/channel_config.hpp"
#include "gateway/config/yaml_section.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace tertulia::gateway {

// `own_url`: how providers reach this gateway, without a slash at its end.
[[nodiscard]] channel_config read_channel(
    const reading& shared, const YAML::Node& node, const std::string& own_url
);

// Address ranges under `key`, each checked.
[[nodiscard]] std::vector<std::string> read_ranges(
    const reading& shared, yaml_section& section, std::string_view key
);

// `fallback_for` and `fallback_after` of one channel.
void read_ladder(const reading& shared, yaml_section& section, channel_config& into);
// Whether every `fallback_for` names a channel of the list and leads somewhere in the end. `list`: the
// nodes they were read from, in the same order.
void check_ladder(
    const reading& shared, const YAML::Node& list, const std::vector<channel_config>& channels
);

// `sends_to` and `name_registered_in` of one channel of SMS.
void read_recipients(const reading& shared, yaml_section& section, channel_config& into);
// What networks make of the names our SMS come from, by the country of each channel's recipients:
// `country`, where it names none. `list` as above.
void check_senders(
    const reading& shared,
    const YAML::Node& list,
    const std::vector<channel_config>& channels,
    std::string_view country
);

[[nodiscard]] bool is_http_url(std::string_view value) noexcept;

// Which of the words it is; the first without any.
[[nodiscard]] std::size_t one_of(
    const reading& shared,
    yaml_section& section,
    std::string_view key,
    const std::vector<std::string>& words
);

}  // namespace tertulia::gateway
