// A channel as the configuration has it: who carries it, with the adapter's own settings, and the
// limits we keep to whoever that is.

#pragma once

#include "adapters/africas_talking/africas_talking.hpp"
#include "adapters/infobip/infobip.hpp"
#include "adapters/kannel/kannel.hpp"
#include "adapters/smpp/smpp.hpp"
#include "adapters/twilio/twilio.hpp"
#include "adapters/vonage/vonage.hpp"
#include "adapters/whatsapp_cloud/whatsapp_cloud.hpp"
#include "dialogs/message/channel_kind.hpp"

#include <chrono>
#include <string>
#include <variant>
#include <vector>

namespace tertulia::gateway {

inline constexpr double rate_per_second_max = 10'000;

struct rate {
    double per_second{};  // 0: no limit of ours; at most rate_per_second_max
};

using provider_settings = std::variant<
    adapters::whatsapp_cloud::channel_settings,
    adapters::twilio::channel_settings,
    adapters::infobip::channel_settings,
    adapters::vonage::channel_settings,
    adapters::africas_talking::channel_settings,
    adapters::kannel::channel_settings,
    adapters::smpp::channel_settings>;

struct channel_config {
    std::string name{};
    provider_settings provider{};
    std::vector<std::string> allow_from{};  // address ranges that may call us; empty: any
    rate limit{80};                     // messages a second on the whole channel
    std::chrono::milliseconds pair_interval{6'000};  // to one person, sustained
    unsigned pair_burst{20};
    std::chrono::milliseconds unknown_wait{60'000};  // for a status, when a send had no answer
    bool checks_identity{};  // messages ask to be refused where her phone or key has changed
    std::vector<std::string> fallback_for{};  // carries on what these could not deliver
    std::chrono::milliseconds fallback_after{};  // and what they have not delivered by then; 0: never
};

// What its messages can show.
[[nodiscard]] channel_kind kind_of(const channel_config& of) noexcept;

}  // namespace tertulia::gateway
