// What callbacks and lists have in common: one element of "results".
//
// Internal to this folder.

#pragma once

#include "adapters/infobip/infobip.hpp"
#include "adapters/wire/json_view.hpp"

#include <optional>
#include <string_view>

namespace tertulia::adapters::infobip {

using problem = std::string_view;  // ours, a literal; empty: none

// A status object's group in our words; nothing for a group we do not know.
[[nodiscard]] std::optional<delivery_status> status_in(json_object status);
// Its id; 0 if it has none.
[[nodiscard]] int code_in(json_object status);

// A report has a status, a received message has none.
[[nodiscard]] bool is_report(json_object element);

// A sender that is no person leaves `from` empty.
[[nodiscard]] problem read_message(
    json_object element, const channel_settings& channel, instant received_at, inbound_message& into
);
// Only for a status we know.
[[nodiscard]] problem read_report(
    json_object element, const channel_settings& channel, instant received_at, status_update& into
);

// "42" of "sms-42": the outbox id in a message's id, if it is one of this channel's.
[[nodiscard]] std::string_view outbox_id_in(
    std::string_view message_id, const channel_settings& channel
);
[[nodiscard]] std::string message_id_of(
    std::string_view outbox_id, const channel_settings& channel
);

// "+502…" of Infobip's digits; empty if they are no phone number.
[[nodiscard]] std::string phone_of(std::string_view digits);

inline constexpr std::size_t id_bytes_max = 256;
inline constexpr std::size_t details_bytes_max = 512;
inline constexpr std::size_t callback_data_bytes_max = 512;

}  // namespace tertulia::adapters::infobip
