// Where a conversation stands, for those who look at a session from outside a step.

#pragma once

#include "dialogs/engine/session.hpp"
#include "dialogs/script/program.hpp"
#include "dialogs/script/script_set.hpp"

namespace tertulia::dialogs {

// The state the innermost dialog waits at; nullptr when nothing is under way, when it runs on
// another set, or when it only waits for another dialog to end.
[[nodiscard]] inline const program_state* waiting_state(
    const script_set& scripts, const session& at
) noexcept {
    if (at.frames.empty() || at.script_set != scripts.short_version()) return nullptr;
    const auto& inner = at.frames.back();
    const auto found = scripts.compiled().find_state(inner.dialog, inner.state);
    return found ? &scripts.compiled().states[found->value] : nullptr;
}

}  // namespace tertulia::dialogs
