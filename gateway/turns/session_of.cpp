#include "gateway/turns/session_of.hpp"

#include <span>
#include <string>
#include <utility>

namespace tertulia::gateway {

dialogs::session session_of(store& from, party_id party) {
    const incoming probe{.id = identify({"look", std::to_string(party.value)}), .party = party};
    return std::move(from.open(std::span{&probe, 1})[0].session);
}

}  // namespace tertulia::gateway
