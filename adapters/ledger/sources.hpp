// A file's bytes into records of text, CSV and JSON alike; nothing after this knows which it was.

#pragma once

#include "adapters/ledger/columns.hpp"
#include "adapters/ledger/problem.hpp"

#include <functional>
#include <string_view>

namespace tertulia::adapters::ledger {

using record_sink = std::function<void(const record&)>;  // the record is gone after the call

// Reports what is wrong with the form (encoding, quotes, columns, types) and hands on every record
// that can be read. `has_column[i]` becomes true for each column some record or the header names.
void read_records(
    std::string_view bytes,
    std::string_view file,
    file_kind what,
    problem_list& problems,
    std::vector<bool>& has_column,
    const record_sink& sink
);

}  // namespace tertulia::adapters::ledger
