// The version of a script set, told from its sources alone, whether they load or not.

#pragma once

#include "dialogs/script/script_set.hpp"

#include <string>

namespace tertulia::dialogs {

// SHA-256 over the files' names and contents and the institution, lower-case hex.
[[nodiscard]] std::string version_of(const script_sources& from);

}  // namespace tertulia::dialogs
