// Long SMS that arrive in pieces: what of a piece must be kept, and when a message is whole or
// given up. The pieces lie in the store, committed before they are acknowledged; what is here is
// the same again in memory, rebuilt at start.
//
// A message whose pieces do not all come is heard without them once wait_for_pieces has passed,
// with a mark at the gap.
//
// Threads: the writer's.

#pragma once

#include "dialogs/message/sms/joiner.hpp"
#include "gateway/store/store.hpp"

#include <chrono>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

namespace tertulia::gateway {

// Networks deliver the pieces of one message within seconds, and after a telephone was out of reach
// within a few minutes. Longer, and a person waits for an answer to what she has sent.
inline constexpr std::chrono::minutes wait_for_pieces{10};

// A message like any other, and the pieces that need not be kept once it is handled.
struct long_message {
    incoming event{};
    std::vector<event_identity> pieces{};
};

[[nodiscard]] event_identity identity_of(const sms_part& piece);

class long_messages {
public:
    explicit long_messages(const std::vector<kept_part>& waiting);

    // The message this piece completes, or is by itself: hear it in place of the piece, and remember
    // the piece's identity with it, not before.
    struct whole {
        long_message message{};
    };
    struct held {};      // keep the piece
    struct repeated {};  // nothing to keep: this piece is here already
    using answer = std::variant<whole, held, repeated>;
    [[nodiscard]] answer add(const sms_part& piece, instant now);

    // Those whose time is up, and those pushed out by others; each once.
    [[nodiscard]] std::vector<long_message> given_up(instant now);
    [[nodiscard]] std::optional<instant> next_given_up() const;

private:
    sms_joiner joiner_;
    std::vector<joined_sms> pushed_out_{};
};

}  // namespace tertulia::gateway
