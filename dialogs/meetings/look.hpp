// A meeting as who leads it sees it on a telephone: who is here, who has answered, and what can be done
// now as buttons. The desk's figures are those of views.hpp.

#pragma once

#include "dialogs/meetings/meeting.hpp"
#include "dialogs/meetings/out.hpp"

namespace tertulia::dialogs::meetings {

// To somebody who acts with these roles; to whom it goes is left open.
[[nodiscard]] say who_is_here(const meeting& room, role_set as, instant at);

// Who is here, by first name, and nothing more of anybody; after the end who was.
[[nodiscard]] say people_here(const meeting& room);

// The minutes in one message, by any member to be read: no sum, and nobody's vote.
[[nodiscard]] say minutes_in_short(const meeting& room);

}  // namespace tertulia::dialogs::meetings
