// The admin listener's routes for meetings: the console's and `tertulia meeting`'s.

#pragma once

#include "gateway/http/http.hpp"
#include "gateway/meetings/meeting_desk.hpp"
#include "gateway/store/meeting_ledger.hpp"
#include "gateway/turns/inbox.hpp"

#include <functional>
#include <string>
#include <vector>

namespace tertulia::gateway {

struct meeting_route_parts {
    inbox& incoming;
    meeting_ledger& ledger;
    meeting_desk& desk;
    std::string token{};  // server.admin_token
    dialogs::local_calendar calendar;
    std::function<instant()> clock{};
    const meeting_archive& archive;
};

// GET  /api/v1/meetings?group=                  the newest first
// POST /api/v1/meetings                         {"group", "start": ISO 8601, "agenda"}: a draft
// GET  /api/v1/meetings/feedback?agenda=        what members said, by agenda and version
// GET  /api/v1/meetings/GROUP/NUMBER            how it stands
// GET  /api/v1/meetings/GROUP/NUMBER/log        what was done, without words and ballots
// GET  /api/v1/meetings/GROUP/NUMBER/minutes?format=json|text|pdf&language=
// POST /api/v1/meetings/GROUP/NUMBER/acts       {"by": "officer:7", "as": "agent", "does": "advance",
//                                                "about", "text", "number", "minutes", "when", "to"…}
// 409 tells why it may not be done now, by the name of meetings::refusal.
inline constexpr const char* meetings_path = "/api/v1/meetings";
inline constexpr const char* meeting_feedback_path = "/api/v1/meetings/feedback";

[[nodiscard]] std::vector<http::route> meeting_routes(meeting_route_parts parts);

}  // namespace tertulia::gateway
