// A length of time as people write it: "30 min", "2 h", "3 days".

#pragma once

#include "dialogs/message/time.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace tertulia::dialogs {

// A whole number from 1 to 100,000 and a unit: s, min, minutes, h, hours, days, weeks.
[[nodiscard]] std::optional<milliseconds> parse_duration(std::string_view text) noexcept;

// What it takes, and a little more, as a regular expression.
[[nodiscard]] std::string duration_pattern();

}  // namespace tertulia::dialogs
