// The operators' test files on disk, and the people they may name.

#pragma once

#include "dialogs/rehearsal/test_source.hpp"
#include "gateway/config/config.hpp"

#include <vector>

namespace tertulia::gateway {

// DIALOGS/tests/*.test.yaml, by name. What cannot be read becomes a problem.
[[nodiscard]] std::vector<dialogs::source_file> read_test_files(
    const config& from, std::vector<dialogs::diagnostic>& problems
);

// The well-known people of the demonstration, made once for each day that is asked for.
[[nodiscard]] dialogs::rehearsal_cast demo_cast();

}  // namespace tertulia::gateway
