// The body of a message, to a person or to a group.
//
// Internal to this folder.

#pragma once

#include "adapters/whatsapp_cloud/whatsapp_cloud.hpp"

#include <string>
#include <string_view>

namespace tertulia::adapters::whatsapp_cloud {

// To `what.to`, or to the group if one is named.
[[nodiscard]] result<std::string> message_body(
    const outbound_message& what, std::string_view group_id
);

[[nodiscard]] outbound_request request_of_message(
    std::string body, const channel_settings& channel
);

}  // namespace tertulia::adapters::whatsapp_cloud
