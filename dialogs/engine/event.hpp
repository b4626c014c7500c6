// Everything that can happen to a conversation. One event, one turn.

#pragma once

#include "dialogs/engine/meeting_wish.hpp"
#include "dialogs/engine/room.hpp"
#include "dialogs/message/inbound.hpp"
#include "dialogs/message/outbound.hpp"
#include "dialogs/message/status.hpp"
#include "dialogs/nudges/gates.hpp"
#include "dialogs/services/cases.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace tertulia::dialogs {

// What became of a secret she typed (a PIN): the gateway compared it with the stored hash and
// erased it from the message before anybody could store it.
// `taken`: the number she has just proved belongs to the WhatsApp of somebody else.
enum class secret_answer : std::uint8_t { right, wrong, none_set, not_a_pin, taken };

// She wrote, tapped or sent something.
struct heard {
    inbound_message message{};
    std::optional<secret_answer> secret{};  // set exactly when the session was waiting for one
};

// A timer set by an earlier step. Dropped by the gateway if `steps` is not the session's any more.
struct timer_fired {
    std::string name{};
    std::uint64_t steps{};
};

// What another channel needs to carry a message on that this one could not deliver.
struct undelivered {
    outbound_message message{};
    priority urgency{};
    instant expires_at{};
};

// The final outcome of a message we sent: first of delivered or read, or failed.
struct delivery_outcome {
    std::int64_t outbox_id{};
    std::string purpose{};  // the message key it was rendered from
    delivery_status status{};
    provider_error error{};
    std::uint64_t touch{};                 // as dialogs::send has it
    std::optional<undelivered> what{};     // where she was unreachable, or a template is missing
};

// A person of the institution did something in this conversation.
struct agent_acted {
    std::string agent{};
    std::string action{};  // "release": the bot may speak again
    std::string text{};
};

// She has chosen a PIN where the link she was sent leads.
inline constexpr std::string_view pin_set_event = "pin_set";

// Something happened at the institution that concerns her: "payment_received",
// "loan_status_changed". Details are facts, never in here.
struct happened {
    std::string what{};
};

// What conversations have to tell one another. To colleagues: how a case stands; of colleagues,
// also by the console: what they do with one. To a room, and from it. To who asked for a meeting.
using told_content = std::variant<case_news, case_act, room_word, room_says, meeting_answer>;

// Another conversation said it with a `tell` effect.
struct told {
    party_id by{};  // whose conversation; 0: somebody's who has none here
    told_content what{};
};

// A nudge of the plan has fallen due in this conversation.
struct nudge_due {
    planned_nudge what{};
};

using event = std::variant<
    heard, timer_fired, delivery_outcome, agent_acted, happened, told, nudge_due>;

}  // namespace tertulia::dialogs
