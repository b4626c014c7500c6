// Pieces of long messages as adapters report them, and as dialogs/message/sms joins them.

#pragma once

#include "adapters/wire/parsed.hpp"
#include "dialogs/message/sms/joiner.hpp"

namespace tertulia::adapters {

// What a joiner takes: the octets where the part has them, else UTF-8 with the coding 0.
[[nodiscard]] sms_part joinable(const message_part& part);

// The whole message, under the id, time and sender of its first part; sms_gap_mark stands where
// parts are missing. Of parts joinable() made, and of one at least.
[[nodiscard]] inbound_message joined_message(const joined_sms& whole);

}  // namespace tertulia::adapters
