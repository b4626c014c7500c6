// What someone wrote, tapped or sent, turned into what the talk does about it. The order: words
// that win, a tap or an answer to the question that waits, what starts a dialog, and last "not
// understood".

#pragma once

#include "dialogs/engine/talk.hpp"

#include <cstdint>

namespace tertulia::dialogs {

// Asks her to send again what could not be had; every set has it.
inline constexpr const char* common_media_lost = "common.media_lost";
inline constexpr const char* common_pin_not_now = "common.pin_not_now";
inline constexpr const char* common_pin_late = "common.pin_late";

// False when nothing moved: a reaction, something said in a group.
[[nodiscard]] bool hear(talk& at, const session& from, const heard& what, std::uint64_t set);

}  // namespace tertulia::dialogs
