// `core_banking:`, read and checked by its type.

#pragma once

#include "gateway/config/core_banking_config.hpp"
#include "gateway/config/yaml_section.hpp"

namespace tertulia::gateway {

[[nodiscard]] core_banking_config read_core_banking(const reading& shared, const YAML::Node& node);

}  // namespace tertulia::gateway
