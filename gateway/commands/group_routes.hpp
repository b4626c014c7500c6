// WhatsApp's own groups on the admin listener, for who may publish (script_routes.hpp): each call of
// adapters/whatsapp_cloud/groups.hpp, made at once and answered in our words.
//
//   GET    /api/v1/channels/NAME/groups[?after=…]         {"groups": […], "next"}: Meta's own list
//   GET    /api/v1/channels/NAME/groups?known             {"groups": […]}: what its webhooks told us,
//                                                         deleted ones too, who is in, asks or went
//   POST   /api/v1/channels/NAME/groups                   {"subject", "description", "joining":
//                                                         by_link | on_approval}: {"request_id"}
//   GET    …/groups/ID                                    its facts and members, as Meta has them
//   GET    …/groups/ID?known                              as we were told; 404: of none such
//   POST   …/groups/ID                                    {"subject", "description"}, either
//   POST   …/groups/ID/picture                            a JPEG, as image/jpeg: square, from 192
//                                                         pixels a side, 5 MB at most
//   DELETE …/groups/ID
//   GET    …/groups/ID/link                               {"link"}; POST {}: a new one
//   GET    …/groups/ID/join-requests                      {"join_requests": […]}
//   POST   …/groups/ID/join-requests                      {"answer": approve | reject, "ids": […]}
//   POST   …/groups/ID/remove                             {"people": ["+502…" or user id, …]}
//   POST   …/groups/ID/pin, …/unpin                       {"message_id", "days"}
//
// ID is percent-encoded. What a change led to comes by webhook. A refusal of Meta's is 422 with its
// code and our reason, 503 when it is worth another try; no answer at all is 504: look before you
// repeat it.

#pragma once

#include "gateway/accounts/group_book.hpp"
#include "gateway/config/channel_config.hpp"
#include "gateway/http/client.hpp"
#include "gateway/http/http.hpp"

#include <functional>
#include <string>
#include <vector>

namespace tertulia::gateway {

struct group_route_parts {
    const std::vector<channel_config>& channels;  // read while the routes are made
    http::client& client;                         // outlives the routes
    std::string admin_token{};
    // Calls back on the writer thread, soon; with nullptr for a channel without groups.
    std::function<void(std::string channel, std::function<void(group_book*)> with)> book{};
    std::function<instant()> clock{};
};

[[nodiscard]] std::vector<http::route> group_routes(const group_route_parts& parts);

}  // namespace tertulia::gateway
