// Which of a provider's sent messages is the one whose call got no answer. Pure.
//
// Where the provider keeps our own id, it says so itself. Where it does not (Twilio's list), it is
// the same text to the same person, taken after we sent it: any other message with that text is
// known already by the provider's id.

#pragma once

#include "adapters/wire/parsed.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace tertulia::gateway {

// A send without an answer.
struct unanswered_send {
    std::int64_t outbox_id{};
    identity to{};
    std::string text{};  // as the list shows it; empty: it shows nothing we could compare
    instant queued_at{};
};

// Clocks of theirs and ours: how much earlier than we sent it the list may say it was taken.
inline constexpr milliseconds clock_slack{60'000};

// The statuses of the listed, each with our id where it could be found; a sent message whose status
// is not known to us counts as accepted. `is_known`: this provider's id belongs to a send of ours.
// `claimed` gets the outbox ids found by comparing.
[[nodiscard]] std::vector<status_update> settle(
    const adapters::listed& page,
    const std::string& channel,
    std::vector<unanswered_send> waiting,
    const std::function<bool(const std::string& provider_id)>& is_known,
    std::vector<std::int64_t>& claimed
);

}  // namespace tertulia::gateway
