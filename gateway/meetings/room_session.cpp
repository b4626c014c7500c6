#include "gateway/meetings/room_session.hpp"

#include <span>
#include <string>

namespace tertulia::gateway {

std::shared_ptr<const dialogs::meetings::meeting> meeting_in(store& from, party_id room) {
    const incoming probe{.id = identify({"look", std::to_string(room.value)}), .party = room};
    return from.open(std::span{&probe, 1})[0].session.room.is;
}

}  // namespace tertulia::gateway
