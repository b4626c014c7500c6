// What a command makes: to a file, or to the standard output where none is named.

#pragma once

#include <string>

namespace tertulia::gateway {

// The exit code of the command: 1 where it could not be written, which is told.
[[nodiscard]] int write_out(const std::string& table, const std::string& file);

}  // namespace tertulia::gateway
