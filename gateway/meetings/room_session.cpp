#include "gateway/meetings/room_session.hpp"

#include "gateway/turns/session_of.hpp"

namespace tertulia::gateway {

std::shared_ptr<const dialogs::meetings::meeting> meeting_in(store& from, party_id room) {
    return session_of(from, room).room.is;
}

}  // namespace tertulia::gateway
