// Who may do what, and when: one table of (state, verb, roles). Its first part is the machine's
// own; the second holds what runs through many states: talk, moderation, pausing, what comes from
// outside. "Both" of two roles (cash, waiving) is the act's own business; the table only lets each
// of them in.

#pragma once

#include "dialogs/meetings/act.hpp"
#include "dialogs/meetings/meeting.hpp"
#include "dialogs/meetings/state.hpp"

#include <span>

namespace tertulia::dialogs::meetings {

struct permission {
    state in{};
    verb what{};
    role_set who{};
};
[[nodiscard]] std::span<const permission> permission_table() noexcept;

[[nodiscard]] bool is_allowed(state in, verb what, role who) noexcept;
[[nodiscard]] role_set allowed_roles(state in, verb what) noexcept;

// The roles she acts with now: those of the roster; those of an officer who is not here go to a
// deputy who is, and where there is none to the moderator. Empty: nobody we know.
[[nodiscard]] role_set roles_of(const meeting& in, const actor& who) noexcept;

}  // namespace tertulia::dialogs::meetings
