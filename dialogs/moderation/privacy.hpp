// The heart of the guard: whether a line tells what one person owes, pays, has saved, or that she
// is late. For this folder only.

#pragma once

#include "dialogs/moderation/guard.hpp"
#include "dialogs/moderation/line.hpp"

#include <optional>

namespace tertulia::dialogs {

// privacy_balance, names_debtor, loan_talk_allowed, or nothing to say. By words and figures first;
// then, unless the figure is one that somebody is known to owe, by what was learnt from lines that
// operators have sorted: it finds what no list of words has, and lets pass what only looks like it.
[[nodiscard]] std::optional<guard_rule> judge_privacy(
    const meeting_line& line, const guard_context& in, meeting_step step
);

}  // namespace tertulia::dialogs
