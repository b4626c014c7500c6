// The days to come as a page: a calendar, darker where more is said.

#pragma once

#include "gateway/nudges/preview.hpp"

#include <string>

namespace tertulia::gateway {

// Whole HTML; nothing of any client is in it.
[[nodiscard]] std::string plan_page(const preview& of);

}  // namespace tertulia::gateway
