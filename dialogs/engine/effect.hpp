// What a step asks for. The gateway commits all of them with the session, then performs them.

#pragma once

#include "dialogs/message/outbound.hpp"
#include "dialogs/message/time.hpp"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace tertulia::dialogs {

// Say something to this conversation's person. callback_data is filled in by the gateway.
struct send {
    outbound_message message{};
    priority urgency{priority::reply};
    milliseconds keep_for{};  // not sent any more after this; 0: the channel's default
    bool in_order{};          // the next message waits until this one is delivered (bounded)
    std::string purpose{};    // the message key, for outcomes, reports and replays
    // One contact with her, by however many channels it is tried: limits count it once. 0: its own.
    std::uint64_t touch{};
};

// One timer per name and conversation: setting it again replaces it.
struct set_timer {
    std::string name{};
    instant due{};
};
struct cancel_timer {
    std::string name{};
};

// A person takes over. The task is listed for the queue until someone closes it.
struct hand_over {
    std::string queue{};   // "credit_agent:<officer id>", "branch:<id>", "support"
    std::string reason{};  // "asked", "not_understood", "complaint"…
    std::string client_id{};
};

// Something that must outlive the journal: consent, opt-out, identity events. Append-only.
struct keep_record {
    std::string kind{};  // "opt_out", "opt_in", "language", "pin_locked", "number_changed"…
    std::string detail{};
};

using effect = std::variant<send, set_timer, cancel_timer, hand_over, keep_record>;

}  // namespace tertulia::dialogs
