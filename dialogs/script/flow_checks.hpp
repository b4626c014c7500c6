// What only the whole program shows: states nobody reaches, talk that runs in circles without ever
// asking, dialogs that call themselves, outcomes of called dialogs nobody handles.

#pragma once

#include "dialogs/script/program.hpp"

#include <vector>

namespace tertulia::dialogs {

void check_flow(const program& of, bool linked, std::vector<diagnostic>& problems);

}  // namespace tertulia::dialogs
