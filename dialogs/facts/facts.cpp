#include "dialogs/facts/facts.hpp"

#include <algorithm>

namespace tertulia {

channel_kind kind_of_channel(const institution& of, std::string_view name) noexcept {
    const auto found = std::find_if(of.channels.begin(), of.channels.end(), [&](const auto& one) {
        return one.name == name;
    });
    if (found != of.channels.end()) return found->kind;
    return name == "sms" ? channel_kind::sms : channel_kind::whatsapp;
}

}  // namespace tertulia
