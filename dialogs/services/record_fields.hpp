// The details of records that are told again as columns: fields with | between them.

#pragma once

#include "dialogs/facts/money.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace tertulia::dialogs {

// A | in a field is told as /.
[[nodiscard]] std::string record_fields(std::vector<std::string> fields);
[[nodiscard]] std::vector<std::string> fields_of_record(std::string_view detail);

// "25000 GTQ", empty for nothing.
[[nodiscard]] std::string minor_units(const money& of);

}  // namespace tertulia::dialogs
