// The meeting a room's conversation holds, as it stands now.

#pragma once

#include "dialogs/meetings/meeting.hpp"
#include "gateway/store/store.hpp"

#include <memory>

namespace tertulia::gateway {

// Null: the conversation is none of a room. On the writer thread. Throws what the disk refuses.
[[nodiscard]] std::shared_ptr<const dialogs::meetings::meeting> meeting_in(
    store& from, party_id room
);

}  // namespace tertulia::gateway
