// What the people who lead a meeting may look at while it goes on: who is here, how the vote goes, the
// minutes so far. Told to who asked, and nothing is changed by it.

#pragma once

#include "dialogs/meetings/out.hpp"

#include <optional>
#include <string_view>

namespace tertulia::dialogs {

// `what` is "who", "votes" or "minutes". Nothing: it is not hers to see.
[[nodiscard]] std::optional<meetings::say> shown_to(
    const meetings::meeting& room, const meetings::actor& who, std::string_view what, instant at
);

}  // namespace tertulia::dialogs
