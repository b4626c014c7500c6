// A client with several telephones has a conversation for each she wrote from, and one limit over all of
// them. What another conversation of hers began is told to the one that is about to speak, as text in an
// event, so that the gates count it there and a replay counts the same. Pure.

#pragma once

#include "dialogs/nudges/gates.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::dialogs {

// A line each, tabs between; what has a tab or a line break in it is left out.
[[nodiscard]] std::string told_touches(std::span<const touch> all);
// A line that cannot be read is none.
[[nodiscard]] std::vector<touch> read_touches(std::string_view text);

// All that is known of elsewhere, instead of what was before; what is of this conversation stays. A touch
// of elsewhere has a `nudge` and no `sent`.
inline constexpr std::int64_t touch_of_no_nudge = -1;  // elsewhere, and not of the plan
void count_elsewhere(std::vector<touch>& all, std::vector<touch> elsewhere);

}  // namespace tertulia::dialogs
