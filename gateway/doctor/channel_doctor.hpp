// Asks providers, and knocks at our own door as they do. What answers mean is in the readings.
//
// It changes nothing anywhere: its POST holds no message.

#pragma once

#include "gateway/accounts/declared.hpp"
#include "gateway/config/config.hpp"
#include "gateway/doctor/finding.hpp"
#include "gateway/http/client.hpp"

#include <functional>
#include <string>
#include <vector>

namespace tertulia::gateway {

struct doctor_parts {
    // Makes the call and waits for its answer.
    std::function<http::answer(http::call)> ask{};
    std::function<instant()> clock{};
    const config& settings;
    std::vector<declared_template> templates{};
};

[[nodiscard]] findings examine_channel(const doctor_parts& parts, const channel_config& channel);
// What belongs to no channel: the public address and the certificate's end.
[[nodiscard]] findings examine_server(const doctor_parts& parts);

// Days until a PEM certificate ends; nothing: it is none.
[[nodiscard]] std::optional<int> certificate_days(const std::string& pem, instant now);

}  // namespace tertulia::gateway
