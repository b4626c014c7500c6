// What the store knows of native groups, as the admin listener shows it. Pure.

#pragma once

#include "gateway/accounts/group_book.hpp"

#include <nlohmann/json_fwd.hpp>

namespace tertulia::gateway {

// {"id", "request_id", "subject", "description", "link", "joining"?, "state": open | suspended |
// deleted, "created_at" (ms; 0: not told), "members_count", "members": [{"who": [ids], "username",
// "state": in | asks | withdrew | rejected | left | removed, "since" (ms), "join_request_id"?}]}
[[nodiscard]] nlohmann::json json_of_known(const known_group& group);

}  // namespace tertulia::gateway
