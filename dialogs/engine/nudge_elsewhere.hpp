// Of a client with several telephones: what she has told us in one of her conversations counts for the
// nudge that another is about to say. Pure.

#pragma once

#include "dialogs/engine/session.hpp"
#include "dialogs/nudges/gates.hpp"

namespace tertulia::dialogs {

// `hers_alone`: no other client is known by a telephone of that conversation. `today`: at the institution.
void add_told_in(
    told_elsewhere& into, const session& other, bool hers_alone, const planned_nudge& what,
    civil_date today
);

}  // namespace tertulia::dialogs
