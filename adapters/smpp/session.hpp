// One connection to an SMSC, as decisions: what to write, what to report, when to hang up and when
// to come back. It owns no socket and reads no clock: bytes and the time go in, actions come out,
// in the order they are to be done.
//
// What it keeps: the window of submits without their answer, the contracted rate, the back-off when
// the SMSC says to slow down, enquire_link over silence, and which deliveries were never
// acknowledged. What it does not keep is a queue: ask wants_more() before send().
//
// Not for two threads at a time.

#pragma once

#include "adapters/smpp/frame_reader.hpp"
#include "adapters/smpp/pdu.hpp"
#include "adapters/smpp/smpp.hpp"

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace tertulia::adapters::smpp {

// --- Actions -------------------------------------------------------------------------------------

struct write_bytes {
    std::string bytes{};  // of a bind holds the password: never log
};
struct bound {
    std::string system_id{};  // the SMSC's name for itself
};
// What became of a message given to send(): once, when its last part is answered for.
struct answered {
    std::string ticket{};
    verdict judged{};                     // provider_id: that of the part receipts are asked of
    std::vector<std::string> part_ids{};  // of the parts taken, in order; as message_id_of() spells
};
// The answers to what was already given up as unsure are there after all, to every part, or one says
// no for good. That it is to be tried again is what happens anyhow.
struct answered_late {
    std::string ticket{};
    verdict judged{};
};
// Store it, then acknowledge() its sequence.
struct received {
    std::uint32_t sequence{};
    std::string id{};  // ours; that of the first delivery if this is the same once more
    message_body what{};
};
struct hang_up {
    std::string reason{};  // ours, safe to log
};
struct reconnect {
    instant at{};  // then connect, and say on_connected() or on_closed()
};
// The configuration is wrong or the peer is not understood: a person should know.
struct warn {
    std::string what{};  // ours, safe to log
};
using action = std::variant<write_bytes, bound, answered, answered_late, received, hang_up, reconnect, warn>;
using actions = std::vector<action>;

// --- The machine ---------------------------------------------------------------------------------

class session {
public:
    // `seed` spreads the reconnects of many gateways apart. The settings are kept.
    session(channel_settings channel, std::uint64_t seed);

    [[nodiscard]] actions on_connected(instant now);
    [[nodiscard]] actions on_bytes(std::string_view bytes, instant now);
    // The connection is gone, or could not be made. After a hang_up this is not needed.
    [[nodiscard]] actions on_closed(instant now);
    [[nodiscard]] actions on_tick(instant now);

    // Bound for sending, and nothing waits for room in the window or the rate.
    [[nodiscard]] bool wants_more() const noexcept;
    // render()'s parts, one at least. Parts beyond the window or the rate follow by themselves. Not
    // bound: answered at once, to be tried again.
    [[nodiscard]] actions send(std::string ticket, std::vector<message_body> parts, instant now);

    // Stored: the SMSC may forget it. Not stored, or not yet: it will send it again, under the id it
    // has now.
    enum class kept : std::uint8_t { yes, no };
    [[nodiscard]] actions acknowledge(std::uint32_t sequence, kept stored, instant now);

    // Says goodbye; hangs up when the SMSC answers or after five seconds. No reconnect follows.
    [[nodiscard]] actions stop(instant now);

    // When on_tick() has something to do next.
    [[nodiscard]] std::optional<instant> next_tick(instant now) const;

    [[nodiscard]] bool is_bound() const noexcept { return state_ == state::bound; }
    [[nodiscard]] std::size_t outstanding() const noexcept { return outstanding_.size(); }
    [[nodiscard]] double rate() const noexcept { return rate_; }  // a second; 0: unlimited

private:
    enum class state : std::uint8_t { closed, binding, bound, unbinding };

    struct message {  // being sent
        std::size_t parts{};
        std::size_t done{};
        std::vector<std::string> ids{};  // by part; empty: not taken
        verdict worst{.reaction = reaction::accepted};
        bool is_late{};    // an answer was given up
        bool is_broken{};  // a part was refused, lost with its connection, or never written
    };
    struct queued_part {
        std::string ticket{};
        std::size_t number{};  // from 0
        std::uint64_t turn{};  // rising: a throttled part goes back to its place
        message_body body{};
    };
    struct outstanding_part {
        queued_part part{};
        instant until{};
    };
    struct late_part {
        std::string ticket{};
        std::size_t number{};
        instant until{};
    };
    struct late_message {
        std::vector<std::string> ids{};  // by part
        std::size_t missing{};           // answers
    };
    struct delivery {
        std::string id{};
        std::string fingerprint{};
        command answer_with{};
    };
    struct unanswered_delivery {
        std::string id{};
        std::string fingerprint{};
        instant until{};
    };

    void write(const pdu& what, actions& out, instant now);
    void write_answer(
        std::uint32_t to, std::uint32_t sequence, std::uint32_t status, actions& out, instant now
    );
    std::uint32_t next_sequence() noexcept;

    void on_frame(std::string_view frame, actions& out, instant now);
    void on_request(pdu read, actions& out, instant now);
    void on_response(const pdu& read, actions& out, instant now);
    void on_bind_answer(const pdu& read, actions& out, instant now);
    void on_submit_answer(const pdu& read, actions& out, instant now);
    void on_late_answer(const pdu& read, actions& out);
    void on_delivery(const pdu& read, message_body what, actions& out, instant now);

    void pump(actions& out, instant now);
    void forget_answered();
    [[nodiscard]] bool may_write(instant now) const noexcept;
    void count_against_rate(instant now) noexcept;
    void slow_down(instant now) noexcept;
    void speed_up() noexcept;
    void keep_for_late_answers(const std::string& ticket, const message& whole);
    [[nodiscard]] std::string id_of_whole(const std::vector<std::string>& ids) const;
    void finish_part(const queued_part& part, verdict judged, std::string id, actions& out);
    void expire_answers(actions& out, instant now);
    void watch_link(actions& out, instant now);

    void close(std::string reason, std::chrono::milliseconds pause, actions& out, instant now);
    void drop_everything(actions& out, instant now);
    void remember(delivery what, instant now);
    [[nodiscard]] std::chrono::milliseconds next_pause() noexcept;

    channel_settings channel_;
    std::uint64_t chance_;
    state state_{};
    frame_reader reader_{};
    std::uint32_t sequence_{};

    std::map<std::string, message> messages_{};  // by ticket
    std::deque<queued_part> queue_{};            // by turn
    std::uint64_t turn_{};
    std::map<std::uint32_t, outstanding_part> outstanding_{};  // by sequence
    // When each of them is given up, as they left; also of answered ones, until they come first. So
    // the next of a large window is known without looking through it at every message.
    std::deque<std::pair<instant, std::uint32_t>> given_up_{};
    std::map<std::uint32_t, late_part> late_{};                // given up, by sequence
    std::map<std::string, late_message> late_messages_{};      // given up, by ticket

    double rate_{};
    instant next_write_{};  // by the rate
    instant throttled_until_{};
    std::chrono::milliseconds throttle_pause_{};

    instant heard_at_{};
    std::optional<instant> enquiry_until_{};
    std::uint32_t enquiry_sequence_{};
    std::optional<instant> state_until_{};  // of binding and unbinding
    bool is_stopped_{};
    std::size_t failures_{};  // connections since the last bind

    std::map<std::uint32_t, delivery> deliveries_{};  // not acknowledged yet, by sequence
    std::vector<unanswered_delivery> unanswered_{};   // of connections that are gone
};

}  // namespace tertulia::adapters::smpp
