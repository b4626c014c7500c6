// A conversation under way on an earlier version, moved to this one as its migration declares
// (script/migration.hpp). All or nothing: where any part of it has no place here, it stays where it
// is. Pure, and needs nothing of the earlier version: sessions name states by their names.

#pragma once

#include "dialogs/engine/session.hpp"
#include "dialogs/script/script_set.hpp"

#include <optional>

namespace tertulia::dialogs {

// The session as it is on `scripts`; nothing when it is there already, when nothing is under way,
// or when it does not move. Answers of a type they no longer have are left out.
[[nodiscard]] std::optional<session> moved_to(const script_set& scripts, const session& from);

// What waits apart from any version, under the names it has in `scripts`: drafts, and dialogs and
// hand-overs that come later. Does nothing the second time.
void rename_what_waits(const script_set& scripts, session& at);

}  // namespace tertulia::dialogs
