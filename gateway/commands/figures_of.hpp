// How talks went: the journal of a store, step by step again.

#pragma once

#include "gateway/commands/kept_scripts.hpp"
#include "gateway/store/sqlite/sqlite_store.hpp"

#include <string>

namespace tertulia::gateway {

// As CSV (insight/talk_figures.hpp). Turns whose conversation began before the journal does, or whose
// set is gone, are left out.
[[nodiscard]] std::string figures_of(sqlite_store& from, kept_scripts& scripts);

}  // namespace tertulia::gateway
