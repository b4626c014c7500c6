// One field of a CSV file that staff open in a spreadsheet.

#pragma once

#include <string>
#include <string_view>

namespace tertulia::gateway {

// Quoted, whatever is in it. What a spreadsheet would take for a formula is told as text.
[[nodiscard]] std::string csv_field(std::string_view text);

}  // namespace tertulia::gateway
