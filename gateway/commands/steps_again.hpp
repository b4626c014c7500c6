// The journal of a store, each turn stepped again for what it went through.

#pragma once

#include "dialogs/engine/step_trace.hpp"
#include "gateway/commands/kept_scripts.hpp"
#include "gateway/store/sqlite/sqlite_store.hpp"

#include <functional>

namespace tertulia::gateway {

using turn_stepped = std::function<void(
    const turn& one, const dialogs::session& before, const dialogs::program& of,
    const dialogs::step_trace& seen
)>;

// In the order of the journal. Turns whose conversation began before the journal does, or whose set is
// gone, are left out.
void steps_again(sqlite_store& from, kept_scripts& scripts, const turn_stepped& done);

}  // namespace tertulia::gateway
