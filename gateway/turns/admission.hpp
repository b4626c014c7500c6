// What comes to the writer: whole POSTs, outcomes of sends, and the few things operators do.

#pragma once

#include "dialogs/message/sms/joiner.hpp"
#include "gateway/delivery/planner.hpp"
#include "gateway/http/http.hpp"
#include "gateway/store/store.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace tertulia::gateway {

// What her turn said on the channel it came by, which can say it only as the answer to the request.
struct said_in_reply {
    std::vector<outbound_message> messages{};
    bool awaits_answer{};  // a question is open; else the conversation has ended, or a person has it
    bool was_known{};      // the event was handled before: nothing is said again
};

// One POST of a provider, parsed. Admitted whole or not at all; `answer` is sent when its last
// element is committed.
struct admission {
    std::vector<inbound_message> messages{};  // in the order of the body
    std::vector<sms_part> parts{};  // pieces of long messages
    std::vector<status_update> statuses{};
    std::vector<channel_notice> notices{};
    http::reply answer{};
    // On the writer thread once all of it is committed, with how many of the messages were new.
    std::function<void(std::size_t fresh)> done{};
    const http::response* on_commit{};  // what to answer then; lives for ever; null: a bare 200
    // In place of `answer`, for who did not come by HTTP: called once, on the writer thread, when
    // the last element is committed (true), or when the store refuses (false: it must come again).
    // Not at all if the gateway ends before. It must only queue.
    std::function<void(bool kept)> settled{};
    // Of a channel that speaks in its answers (USSD): called on the writer thread after the commit,
    // in place of sending what the turn said on that channel; must only queue. `answer` is then
    // empty and somebody else's.
    std::function<void(said_in_reply)> in_reply{};

    [[nodiscard]] std::size_t weight() const noexcept {
        return 1 + messages.size() + parts.size() + statuses.size() + notices.size();
    }
};

// How the call of a released message ended.
struct send_result {
    std::int64_t outbox_id{};
    call_outcome how{};
    std::string channel{};  // only where statuses carry no id of ours and may come before this
};

// A line of ours to a provider came up or went down.
struct line_change {
    std::string channel{};
    bool is_up{};
    std::string reason{};  // why it is down; ours
};

// Try a dead letter again, as a new event of now.
struct replay_dead_letter {
    dead_letter what{};
    std::function<void(bool found)> done{};
};

enum class agent_answer : std::uint8_t {
    done,
    nothing_to_do,   // a release, but nobody had the conversation
    unknown_person,  // she has never written
    failed,          // the step broke; it is among the dead letters
};

// A person of the institution does something in a conversation. It is an event like any other;
// `done` is called on the writer thread once it is committed, or at once when there is nobody.
struct agent_request {
    std::string phone{};  // E.164; or
    party_id party{};     // whose conversation, where that is known; or
    std::string room{};   // which meeting, "G12/7"
    dialogs::event what{};
    std::function<void(agent_answer)> done{};
};

// Something happened that concerns a conversation and came by no webhook. `done` is called on the
// writer thread once it is committed, also when it was known already.
struct occurrence {
    event_identity id{};
    instant stamped{};
    party_id party{};                // or, of who has no conversation yet,
    std::vector<identity> from{};    // by what she is known: one is made
    dialogs::event what{};
    std::function<void()> done{};
};

// Run on the writer thread between two batches: what needs the store but is no event. It must not
// throw: it tells whoever asked what the store refused.
using errand = std::function<void(store&)>;

}  // namespace tertulia::gateway
