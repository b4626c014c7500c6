// A meeting as the admin API shows it. Nobody's ballot, nobody's balance, no words of what was said
// but those that wait for the moderator.

#pragma once

#include "dialogs/meetings/minutes.hpp"
#include "dialogs/meetings/replay.hpp"
#include "dialogs/meetings/views.hpp"
#include "gateway/store/meeting_ledger.hpp"

#include <nlohmann/json_fwd.hpp>

#include <span>

namespace tertulia::gateway {

[[nodiscard]] nlohmann::json json_of(const kept_meeting& one);
[[nodiscard]] nlohmann::json json_of(const dialogs::meetings::room_view& seen);
[[nodiscard]] nlohmann::json json_of(const dialogs::meetings::minutes& made);
// What was done and by whom, without words; of a ballot not even by whom.
[[nodiscard]] nlohmann::json json_of(std::span<const dialogs::meetings::line> log);

}  // namespace tertulia::gateway
