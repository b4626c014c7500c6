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
#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

namespace tertulia::gateway {

inline constexpr double rate_per_second_max = 10'000;

struct rate {
    double per_second{};  // 0: no limit of ours; at most rate_per_second_max
};

// USSD of Africa's Talking. The texts are ours to say where no dialog speaks.
struct ussd_settings {
    std::string name{};
    std::string path_secret{};
    std::vector<std::string> service_codes{};  // "*384*123#"; empty: any
    std::string opening{"menu"};  // what dialling means, as if she had written it
    std::string otherwise{};      // the SMS channel for what is said while nobody is dialling
    std::string more_key{"98"};   // what she types for the next page
    std::string more{"98. More"};
    std::string slow{"One moment, please.\n1. Go on"};
    std::string taken{"We have received it. We answer by SMS."};
    std::string again{"We cannot answer now. Please dial again in a few minutes."};
    std::chrono::milliseconds reply_within{8'000};  // Africa's Talking waits for 15 s
};

// Asking the provider's list for what never reached us.
struct reconcile_config {
    std::chrono::milliseconds every{};  // 0: never
    std::chrono::milliseconds back{};   // how far at most
};

using provider_settings = std::variant<
    adapters::whatsapp_cloud::channel_settings,
    adapters::twilio::channel_settings,
    adapters::infobip::channel_settings,
    adapters::vonage::channel_settings,
    adapters::africas_talking::channel_settings,
    adapters::kannel::channel_settings,
    adapters::smpp::channel_settings,
    ussd_settings>;

// What the provider charges for one message, by its category.
struct price_table {
    std::string currency{};  // "USD"; empty: there is no table
    std::map<std::string, std::int64_t> micros{};  // millionths of the currency
};

struct channel_config {
    std::string name{};
    provider_settings provider{};
    std::vector<std::string> allow_from{};  // address ranges that may call us; empty: any
    reconcile_config reconcile{};
    rate limit{80};                     // messages a second on the whole channel
    std::chrono::milliseconds pair_interval{6'000};  // to one person, sustained
    unsigned pair_burst{20};
    std::chrono::milliseconds unknown_wait{60'000};  // for a status, when a send had no answer
    price_table prices{};
    bool checks_identity{};  // messages ask to be refused where her phone or key has changed
    std::vector<std::string> fallback_for{};  // carries on what these could not deliver
    std::vector<std::string> sends_to{};            // countries of its recipients; SMS only
    std::vector<std::string> name_registered_in{};  // where the operators have agreed to its name
    std::string number{};  // people write to, with a + or a short code; empty: not known to us
    std::chrono::milliseconds fallback_after{};  // and what they have not delivered by then; 0: never
};

// What its messages can show.
[[nodiscard]] channel_kind kind_of(const channel_config& of) noexcept;

}  // namespace tertulia::gateway
