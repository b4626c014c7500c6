// meetings/lines*.yaml: lines of meetings that operators have sorted, by language, for the moderation
// to learn from.
//
//   es: {private: ["yo ya di mis 300"], open: ["la libra de tomate a 5"]}

#pragma once

#include "dialogs/moderation/private_lines.hpp"
#include "dialogs/script/shape.hpp"
#include "dialogs/script/yaml_tree.hpp"

#include <string_view>
#include <vector>

namespace tertulia::dialogs {

inline constexpr std::size_t sorted_lines_max = 20'000;  // of all files together
inline constexpr std::size_t sorted_line_bytes_max = 400;

// "lines.yaml", "lines.market.yaml".
[[nodiscard]] bool is_sorted_lines_file(std::string_view file_name) noexcept;

[[nodiscard]] const map_shape& sorted_lines_shape();
// Adds to what other files had.
void read_sorted_lines(const source_file& file, std::vector<sorted_line>& all, findings& into);

}  // namespace tertulia::dialogs
