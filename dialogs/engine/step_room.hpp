// A turn of a room: the meeting goes on by one act, and what it wants said goes to the conversations
// of its people. Nothing is ever sent from here.

#pragma once

#include "dialogs/engine/step.hpp"

namespace tertulia::dialogs {

// Whether the event is for a room rather than for a person's conversation.
[[nodiscard]] bool is_for_room(const session& at, const event& what) noexcept;

[[nodiscard]] outcome step_room(
    const script_set& scripts, const session& from, const event& what, instant now
);

}  // namespace tertulia::dialogs
