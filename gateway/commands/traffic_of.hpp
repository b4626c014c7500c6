// How many people went where: the journal of a store, step by step again.

#pragma once

#include "dialogs/graph/picture.hpp"
#include "gateway/commands/kept_scripts.hpp"
#include "gateway/store/sqlite/sqlite_store.hpp"

namespace tertulia::gateway {

// Turns whose conversation began before the journal does, or whose set is gone, are left out.
[[nodiscard]] dialogs::traffic traffic_of(sqlite_store& from, kept_scripts& scripts);

}  // namespace tertulia::gateway
