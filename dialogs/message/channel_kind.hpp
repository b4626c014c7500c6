// What a channel can show, as far as wording goes: which provider carries it is the config's
// affair.

#pragma once

#include "dialogs/message/time.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace tertulia {

enum class channel_kind : std::uint8_t {
    whatsapp,  // buttons, lists, pictures, audio
    sms,       // text alone, dear by the letter; choices are numbered lines
};

// A channel of the config, by the name addresses carry.
struct known_channel {
    std::string name{};
    channel_kind kind{};
    // Carries on what these could not deliver, to the same person's own number. In no circle.
    std::vector<std::string> fallback_for{};
    // What we started and those have not delivered by then it carries too; 0: only what failed.
    milliseconds fallback_after{};
    bool checks_identity{};  // a message may ask to be refused if her phone or key has changed
    std::string number{};    // people write to, E.164 or a short code; empty: not known to us
    auto operator<=>(const known_channel&) const = default;
};

}  // namespace tertulia
