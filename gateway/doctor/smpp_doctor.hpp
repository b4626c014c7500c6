// An SMPP channel as the doctor tries it: its name, a connection, TLS, a bind, one enquiry there and
// back, goodbye. What an SMSC hands over meanwhile is answered "again later" and comes again to the
// gateway.

#pragma once

#include "adapters/smpp/smpp.hpp"
#include "gateway/doctor/finding.hpp"

#include <cstdint>

namespace tertulia::gateway {

// Blocks until the SMSC has answered everything, or has not within the channel's `answer_within`.
[[nodiscard]] findings examine_smpp(const adapters::smpp::channel_settings& channel);

// What the command_status of a bind's answer means for whoever has written the channel.
[[nodiscard]] finding reading_of_bind(
    const adapters::smpp::channel_settings& channel, std::uint32_t status
);

}  // namespace tertulia::gateway
