// What the people of a meeting may look at: who is here, how the vote goes, the minutes. A member sees
// names and counts; who leads sees also who has not come or answered. Told to who asked, and nothing is
// changed by it.

#pragma once

#include "dialogs/meetings/out.hpp"

#include <optional>
#include <string_view>

namespace tertulia::dialogs {

// `what` is "who", "votes" or "minutes". Nothing: she is not of the group.
[[nodiscard]] std::optional<meetings::say> shown_to(
    const meetings::meeting& room, const meetings::actor& who, std::string_view what, instant at
);

}  // namespace tertulia::dialogs
