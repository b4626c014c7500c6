// What a channel can show, as far as wording goes: which provider carries it is the config's
// affair.

#pragma once

#include <cstdint>
#include <string>

namespace tertulia {

enum class channel_kind : std::uint8_t {
    whatsapp,  // buttons, lists, pictures, audio
    sms,       // text alone, dear by the letter; choices are numbered lines
};

// A channel of the config, by the name addresses carry.
struct known_channel {
    std::string name{};
    channel_kind kind{};
    auto operator<=>(const known_channel&) const = default;
};

}  // namespace tertulia
