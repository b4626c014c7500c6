// What a provider's answer to a send means, the same for every adapter.

#pragma once

#include "dialogs/message/status.hpp"

#include <chrono>
#include <cstdint>
#include <string>

namespace tertulia::adapters {

// What to do about it. The provider's reaction table, as data, chooses one per error code.
enum class reaction : std::uint8_t {
    accepted,          // taken; provider_id says as what
    retry,             // passing trouble: again after `after`, at most `tries_max` times
    unsure,            // it may have been taken or not: wait for a status, as after no answer at all
    slow_channel,      // rate limit of the number or app: halve its rate, then again
    slow_recipient,    // rate limit of this recipient only: 4^n seconds, others go on
    spare_recipient,   // promotion enough for her: none of that kind for `after`, replies go on
    refuse,            // never this message again
    use_template,      // the 24-hour window is closed
    unreachable,       // counts towards "cannot be reached here": another channel
    stop_channel,      // token, account, payment: pause the channel, keep the queue, call a person
    stop_template,     // this template only
    other_language,    // the template is not there in this language: it may be in another
    stop_bulk,         // quality: nothing but replies for hours
    stop_marketing,    // marketing is off for us: none until a person has seen to it
    opted_out,         // she stopped marketing on the provider's side
    identity_changed,  // key mismatch: re-authenticate her before anything personal
    ask_operator,      // none of the above helps: a person must look
};

// What it says of the person.
[[nodiscard]] constexpr failure failure_of(reaction what) noexcept {
    switch (what) {
        case reaction::unreachable:
            return failure::unreachable;
        case reaction::opted_out:
            return failure::opted_out;
        case reaction::identity_changed:
            return failure::identity_changed;
        case reaction::other_language:
            return failure::no_template;
        default:
            return failure::other;
    }
}

struct verdict {
    adapters::reaction reaction{adapters::reaction::refuse};
    std::string provider_id{};          // of the accepted message
    std::string recipient_id{};         // the provider's canonical spelling of the recipient
    int code{};                         // the provider's error code; 0 if none
    std::string reason{};               // short, ours, safe to log
    std::chrono::milliseconds after{};  // earliest next try; 0: the sender's own back-off
    int tries_max{};
};

}  // namespace tertulia::adapters
