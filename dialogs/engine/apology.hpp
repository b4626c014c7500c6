// What she is told when a step of ours failed and her event became a dead letter: words only, her
// conversation stays where it was.

#pragma once

#include "dialogs/engine/step.hpp"

namespace tertulia::dialogs {

// Says common.trouble where somebody waits for an answer (she wrote); nothing otherwise. Never
// throws: it is the last line.
[[nodiscard]] outcome apologise(
    const script_set& scripts, const session& at, const event& what, const facts& known, instant now
) noexcept;

}  // namespace tertulia::dialogs
