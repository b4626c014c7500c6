// Why a turn came out as it did, for an operator: what was heard, what it matched, which states
// were gone through, which facts were looked at, what was said. Reads the trace of a step; decides
// nothing.

#pragma once

#include "dialogs/engine/event.hpp"
#include "dialogs/engine/session.hpp"
#include "dialogs/engine/step.hpp"
#include "dialogs/engine/step_trace.hpp"
#include "dialogs/script/script_set.hpp"

#include <string>
#include <vector>

namespace tertulia::dialogs {

// Hidden, her words and ours are counted, never quoted.
enum class texts : std::uint8_t { hidden, shown };

// "heard     a text of 8 letters", "matched   …", "went      …"; a line each, without a line break.
// `from` is the session before the step that gave `came` and `seen`.
[[nodiscard]] std::vector<std::string> explain(
    const script_set& scripts,
    const session& from,
    const event& what,
    const outcome& came,
    const step_trace& seen,
    texts quoted
);

}  // namespace tertulia::dialogs
