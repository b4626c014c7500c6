// Two short lists side by side, as a person reads a change.

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tertulia::dialogs {

// Each line with a mark before it: "  " in both, "- " only expected, "+ " only came.
[[nodiscard]] std::vector<std::string> line_difference(
    const std::vector<std::string>& expected, const std::vector<std::string>& came
);

[[nodiscard]] std::vector<std::string> lines_of(std::string_view text);

}  // namespace tertulia::dialogs
