// JSON files of a ledger: one array of flat objects, whose keys are the columns of the CSV file.
// Numbers are taken as they are written, so an amount never passes through a double.

#pragma once

#include "adapters/ledger/sources.hpp"

#include <string>
#include <string_view>

namespace tertulia::adapters::ledger {

// `bytes` is valid UTF-8 without a byte order mark.
void read_json(
    std::string_view bytes,
    std::string_view file,
    kind what,
    problem_list& problems,
    std::vector<bool>& has_column,
    const record_sink& sink
);

// What the parser said of bytes it could not read, for people.
[[nodiscard]] std::string not_json(std::string_view said);

}  // namespace tertulia::adapters::ledger
