// What one person sent us and another is to see or hear, as `say_media::link`: no address, but whose
// it is and the provider's id it came by. The gateway keeps the file; on the way out it is handed to
// the provider of whoever gets it.

#pragma once

#include "dialogs/message/identity.hpp"
#include "dialogs/message/inbound.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace tertulia {

struct received_ref {
    party_id by{};  // who sent it; 0: in a rehearsal
    media_kind kind{};
    std::string media_id{};  // received_media::id
    bool operator==(const received_ref&) const = default;
};

// "received:17/image/wamid": in the conversation 17.
[[nodiscard]] std::string received_link(const received_ref& what);
// Nothing: it is another link.
[[nodiscard]] std::optional<received_ref> read_received_link(std::string_view link);

}  // namespace tertulia
