// The keys of an SMPP channel.

#pragma once

#include "gateway/config/channel_config.hpp"
#include "gateway/config/yaml_section.hpp"

#include <string>

namespace tertulia::gateway {

// per_second is left: it is the rate that every channel has.
[[nodiscard]] provider_settings read_smpp(
    const reading& shared, yaml_section& section, const std::string& name, const std::string& own_url
);

}  // namespace tertulia::gateway
