// A known group as a fact of its channel, and back. Internal to this folder.

#pragma once

#include "gateway/accounts/group_book.hpp"

#include <optional>
#include <string>

namespace tertulia::gateway {

[[nodiscard]] std::string fact_value_of(const known_group& group);
// Nothing: it is no group's.
[[nodiscard]] std::optional<known_group> group_of_fact(std::string id, const std::string& value);

}  // namespace tertulia::gateway
