// Who someone is to a channel. A person is a party with any number of identities, never a phone
// number: the number may be absent, shared or recycled.

#pragma once

#include <compare>
#include <cstdint>
#include <string>

namespace tertulia {

struct party_id {
    std::int64_t value{};
    auto operator<=>(const party_id&) const = default;
};

enum class identity_kind : std::uint8_t {
    phone,         // E.164 with its plus sign, "+50255551234"
    wa_id,         // WhatsApp's own spelling: digits, not always the E.164 number
    bsuid,         // WhatsApp business-scoped user id, "GT.1349…"; used whole
    parent_bsuid,  // the same for linked portfolios, "GT.ENT.118…"
    room,          // of no person: a meeting, "G12/7", or a group of WhatsApp, by Meta's id
};

struct identity {
    identity_kind kind{};
    std::string value{};
    auto operator<=>(const identity&) const = default;
};

// Where a message goes: a channel by its name in the config and one identity that channel can reach.
struct address {
    std::string channel{};
    identity to{};
    auto operator<=>(const address&) const = default;
};

}  // namespace tertulia
