// One received message of a callback's fields.
//
// Internal to this folder.

#pragma once

#include "adapters/twilio/fields.hpp"

#include <string_view>
#include <vector>

namespace tertulia::adapters::twilio {

struct read_messages {
    std::vector<inbound_message> messages{};  // one or more if nothing is wrong
    std::string_view wrong{};                 // ours, a literal; empty: nothing

    explicit operator bool() const noexcept { return wrong.empty(); }
};

// A sender that is no person leaves `from` empty.
[[nodiscard]] read_messages read_message(
    const form_fields& fields, const channel_settings& channel, instant received_at
);

// The newest of its names that is of a bearable length; empty: none.
[[nodiscard]] std::string message_id_in(const form_fields& fields);

// "id", "id/1"…: one of several media of a message.
[[nodiscard]] std::string id_of_part(std::string_view id, std::size_t index);

}  // namespace tertulia::adapters::twilio
