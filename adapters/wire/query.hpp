// The query of a callback's address, as providers send it.

#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tertulia::adapters {

// "%41+b" -> "A b". Nothing if a percent sign is not followed by two hex digits.
[[nodiscard]] std::optional<std::string> percent_decoded(std::string_view text);

// The first value of that name in "a=b&c=d", decoded; nothing if absent or badly encoded. Names are
// compared decoded and may hold a dot.
[[nodiscard]] std::optional<std::string> query_value(std::string_view query, std::string_view name);

}  // namespace tertulia::adapters
