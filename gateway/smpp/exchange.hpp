// What one SMPP channel does, as decisions: the adapter's session, in the gateway's words. Outbox
// entries, bytes and the time go in; orders come out, to be carried out in their order. It has no
// socket, no clock and no thread.
//
// Two clocks: `now` only ever rises and is what pauses are counted by; `stamp` is the time of day,
// which messages are dated with.
//
// Not for two threads at a time.

#pragma once

#include "adapters/smpp/session.hpp"
#include "adapters/smpp/smpp.hpp"
#include "adapters/wire/parsed.hpp"
#include "gateway/delivery/planner.hpp"
#include "gateway/store/store.hpp"

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace tertulia::gateway::smpp {

struct write {
    std::string bytes{};  // of a bind holds the password: never log
};
struct hang_up {};  // once what was written before has left; lost() is not called for it
struct connect {
    instant at{};  // by `now`; then connected() or lost()
};
struct report {  // of an entry given to send(): once
    std::int64_t outbox_id{};
    call_outcome ended{};
};
struct take_in {  // commit it, then kept(delivery)
    std::uint64_t delivery{};  // 0: nobody waits to hear of it
    adapters::parsed what{};
};
struct line_is {
    bool up{};
    std::string reason{};  // of being down; ours, safe to log
};
struct warn {
    std::string what{};  // ours, safe to log
};
using order = std::variant<write, hang_up, connect, report, take_in, line_is, warn>;
using orders = std::vector<order>;

class exchange {
public:
    // `seed` spreads reconnects and the references of long messages.
    exchange(adapters::smpp::channel_settings channel, std::uint64_t seed);

    [[nodiscard]] orders start(instant now);
    [[nodiscard]] orders connected(instant now);
    [[nodiscard]] orders heard(std::string_view bytes, instant now, instant stamp);
    // The connection ended, or could not be made.
    [[nodiscard]] orders lost(std::string_view reason, instant now);

    // Reported as not_sent at once while there is no line.
    [[nodiscard]] orders send(const outbox_entry& entry, instant now);
    // What take_in asked for is committed, or was refused and must come again.
    [[nodiscard]] orders kept(std::uint64_t delivery, bool is_kept, instant now);

    [[nodiscard]] orders tick(instant now);
    [[nodiscard]] std::optional<instant> next_tick(instant now) const;

    // From here on what arrives is answered "again later".
    void close_door() noexcept { is_door_open_ = false; }
    // Says goodbye; no connection follows.
    [[nodiscard]] orders stop(instant now);
    [[nodiscard]] bool is_over() const noexcept { return is_stopped_ && !is_connected_; }

    // What waits for room in the window longer than this goes back to the planner.
    static constexpr milliseconds waits_at_most{60'000};

private:
    struct waiting {
        std::int64_t outbox_id{};
        std::vector<adapters::smpp::message_body> parts{};
        instant until{};
    };

    void translate(adapters::smpp::actions from, instant now, instant stamp, orders& out);
    void hand_in(adapters::smpp::received what, instant now, instant stamp, orders& out);
    [[nodiscard]] take_in late_status(adapters::smpp::answered_late what, instant stamp) const;
    void pump(instant now, orders& out);
    void line_down(std::string_view reason, orders& out);

    adapters::smpp::channel_settings channel_;
    adapters::smpp::session session_;
    std::deque<waiting> queue_{};
    std::uint16_t reference_{};
    std::uint32_t connection_{};  // counts them: an acknowledgement belongs to one
    std::string told_{};          // why the line is down; empty: up, or nothing told yet
    bool is_connected_{};
    bool is_door_open_{true};
    bool is_stopped_{};
};

}  // namespace tertulia::gateway::smpp
