// The stand-in's doors for programs, the same in the gateway and in the executable:
//   /v25.0/…, /media/…   the Graph API
//   GET /control         the controls as they are, and counters
//   POST /control {…}    changes them (graph_stand_in::control lists the keys)
//   POST /inbound {…}    someone writes: {"from": "+502…", "text": "hola"} or {"from", "type",
//                        "content": {…}}; optional "name", "user_id", "reply_to", "id" (a repeated
//                        id is a redelivery); answers {"id": "wamid…"}
//                        with "group_id" she writes in that group; 409: she is not in it
//   POST /group/join {…} {"from", "name", "link"}: she taps an invite link; {"how", "group_id"}
//   POST /group/leave {…} {"from", "group_id"}; 409: she is not in it and does not ask to be
//   POST /shelve {…}     keeps a file as one she sends: {"type": "image/jpeg", "base64": "…"}; answers
//                        the content of the message that carries it
//   GET /sent?since=N    the accepted sends after the N-th: {"next", "sent": [...]}; &most=M

#pragma once

#include "gateway/simulator/graph_stand_in.hpp"

namespace tertulia::gateway::simulator {

[[nodiscard]] graph_answer serve(graph_stand_in& stand_in, const graph_request& request);

// RFC 9457, as the doors for programs answer mistakes.
[[nodiscard]] graph_answer mistake(
    unsigned status, std::string_view title, std::string_view detail
);
[[nodiscard]] graph_answer json_answer(const nlohmann::json& what);

// A number in a query string; `otherwise` if absent or not one.
[[nodiscard]] std::uint64_t query_number(
    std::string_view query, std::string_view name, std::uint64_t otherwise
);

}  // namespace tertulia::gateway::simulator
