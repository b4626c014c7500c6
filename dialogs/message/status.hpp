// What became of a message we sent.

#pragma once

#include "dialogs/message/identity.hpp"
#include "dialogs/message/time.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace tertulia {

// In rising order: a later one implies the earlier. `failed` counts only below `delivered`.
enum class delivery_status : std::uint8_t {
    accepted,   // the provider took the request
    sent,       // left the provider
    delivered,  // on her phone
    read,
    played,  // a voice note was heard
    failed,
};

// What a failure says of the person rather than of the message.
enum class failure : std::uint8_t {
    other,             // nothing
    unreachable,       // not on this channel, or gone from it: another may still find her
    opted_out,         // she stopped us on the provider's side
    identity_changed,  // her phone or account key is another one now
    not_sent,          // it never left us: it had waited longer than it was worth
    no_template,       // nothing: the approved template is not there in that language
};

struct provider_error {
    int code{};
    std::string details{};  // bounded by the adapter; never logged with a number in it
    failure means{};
};

struct status_update {
    std::string channel{};
    std::string message_id{};  // the provider's
    delivery_status status{};
    instant at{};
    std::string participant{};    // in a group: whose; else empty
    std::string callback_data{};  // our outbox id, if the provider echoes it
    std::vector<identity> recipient{};
    std::vector<provider_error> errors{};
    std::string pricing_json{};  // raw, empty if absent
};

// Something about the account or channel rather than a person: quality, template state, errors, or
// a webhook field the adapter does not know. Kept raw for the operator.
struct channel_notice {
    std::string channel{};
    std::string field{};
    std::string summary{};
    std::string raw_json{};
};

}  // namespace tertulia
