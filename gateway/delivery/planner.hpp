// Decides which message may leave when, and what an answer or a status means for it. It performs
// nothing: no socket, no clock, no thread, no storage. The writer thread owns it, passes it the time
// and commits what it asks for.
//
// Order. A lane is one recipient on one channel in one priority class, and is first in, first out by
// outbox id. At most one call of a lane is under way; the next leaves once the one before is
// accepted, or, after media and messages marked in order, once it is delivered (at most
// `order_wait`). Behind a call without an answer the lane waits for a status, at most `unknown_wait`. Read receipts and typing marks have a lane of their own and hold nobody up.
//
// Who goes first. Within a channel a higher class always goes before a lower one, with one exception
// that keeps every class alive: a class with something ready that was passed over `fair_every` times
// in a row gets the next slot. So with n classes waiting each gets at least one slot in n ×
// (fair_every + 1). Lanes of one recipient share her pair limit by the same rule.
//
// A message leaves once, except: after an answer, or a failed status, that says "again"; after a call
// that certainly never left; and a reply to a waiting person whose call stayed without answer and status for
// `unknown_wait`. Everything else without an answer becomes a task for an operator.

#pragma once

#include "adapters/wire/verdict.hpp"
#include "dialogs/engine/event.hpp"
#include "dialogs/message/status.hpp"
#include "dialogs/message/time.hpp"
#include "gateway/delivery/gcra.hpp"
#include "gateway/delivery/start_budget.hpp"
#include "gateway/store/store.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::gateway {

// What one channel may do, from the config. The defaults are WhatsApp's.
struct channel_limits {
    std::string channel{};
    rate_limit rate{.count = 80, .period = milliseconds{1'000}, .burst = 20};
    rate_limit pair{.count = 1, .period = milliseconds{6'000}, .burst = 20};  // to one recipient
    std::size_t in_flight_max{128};
    milliseconds unknown_wait{60'000};
    milliseconds order_wait{5'000};
    milliseconds keep_for{24 * 3'600'000};  // expiry of a message that names none
    int tries{5};                           // repetitions where the verdict gives no number
    milliseconds back_off_first{1'000};     // doubles with each try, jittered down to its half
    milliseconds back_off_most{300'000};
    int breaker_failures{5};                // in a row: nothing leaves any more
    milliseconds breaker_first{5'000};      // until the first probe; doubles while probes fail
    milliseconds breaker_most{60'000};
    milliseconds bulk_pause{6 * 3'600'000};      // nudges and bulk after a quality warning
    milliseconds template_pause{3 * 3'600'000};  // a stopped template, unless allowed before
    bool knows_repeats{};  // the same message once more is to it the one that failed: none follows
    bool echoes_callback{true};  // statuses carry our id; else they are found by the provider's
    bool own_line{};             // it keeps a line of its own, which is down until line_up()
};

// How a call ended.
struct call_outcome {
    enum class how : std::uint8_t {
        answered,     // `verdict` holds what the answer means
        not_sent,     // no byte left: safe to repeat
        unknown,      // it left and no answer came
        unrenderable  // never a call: the adapter cannot express this message; final
    };
    how ended{how::not_sent};
    unsigned http_status{};
    adapters::verdict verdict{};  // for `unrenderable` its reason and code
};

// Codes of ours in provider_error::code, below zero so that they never meet a provider's.
enum class delivery_trouble : int {
    expired = -1,           // too old to send
    outcome_unknown = -2,   // called, never answered: it may have arrived
    template_stopped = -3,  // the provider stopped this template
    no_channel = -4,        // no such channel in the config
    gave_up = -5,           // repeated as often as allowed without an answer that has a code
};

// A message's story has ended (or, as `delivered`, is known): an event for its conversation.
// Its identity is identify({"outcome", outbox id}) for delivered and read alike and
// identify({"failed", outbox id}) for failed, so that it stays one event across restarts.
struct final_outcome {
    party_id party{};
    instant at{};
    dialogs::delivery_outcome event{};
};

// A template left to her: she counts against the provider's limit for a day.
struct conversation_start {
    std::string channel{};
    party_id party{};
    instant at{};
};

// Until when she is sent no nudges or bulk (or no bulk alone): the provider's limit of what people
// are offered.
struct spared_recipient {
    std::string channel{};
    party_id party{};
    priority from{priority::bulk};  // this class and those behind it
    instant until{};
};

// What must be committed because of what happened. Appended to, never cleared here.
struct settled {
    std::vector<send_mark> marks{};
    std::vector<final_outcome> outcomes{};
    // Fields: "delivery.unknown", "delivery.ask_operator", "delivery.channel_stopped",
    // "delivery.channel_slowed", "delivery.bulk_stopped", "delivery.marketing_stopped",
    // "delivery.template_stopped", "delivery.template_missing" (in its language),
    // "delivery.breaker_open", "delivery.breaker_closed", "delivery.line_down", "delivery.line_up".
    // "delivery.people_limit": nudges to people not written to today wait.
    std::vector<channel_notice> notices{};
    std::vector<conversation_start> starts{};
    std::vector<spared_recipient> spared{};
};

enum class status_meaning : std::uint8_t {
    outcome,        // the first of delivered or read, or failed: a turn
    record,         // nothing new for a dialog (sent, read after delivered, a repetition)
    contradiction,  // delivered after failed or the reverse: recorded only
    not_held,       // the planner has no such message: ask the store, adopt(), and try again
};
struct status_answer {
    status_meaning meaning{status_meaning::not_held};
    std::int64_t outbox_id{};  // also when not held, if the status carries it; else 0
    std::optional<final_outcome> outcome{};  // set exactly with status_meaning::outcome
};

// One line for the operator and the metrics.
struct channel_state {
    std::string channel{};
    std::size_t queued{}, in_flight{}, unknown{};
    bool paused{};        // stopped until someone resumes it
    std::string reason{};
    bool line_down{};
    bool breaker_open{};
    instant bulk_paused_until{};
    bool marketing_stopped{};  // until someone resumes the channel
    std::size_t templates_stopped{};
    std::size_t people_started{};  // within a day
    std::int64_t share{whole_share};  // of its rate, in 1/1024
};

class planner {
public:
    // `seed` drives the jitter. Limits out of range are our config's fault: asserted.
    explicit planner(std::vector<channel_limits> channels, std::uint64_t seed = 0);
    ~planner();
    planner(const planner&) = delete;
    planner& operator=(const planner&) = delete;

    // From a turn, after its commit. An id already held is ignored.
    void add(outbox_entry entry, instant now);

    // At start, with the store's pending sends in any order. Released ones are unknown from here on.
    void restore(outbox_entry_state state, instant now);

    // Who leaves now, in order. The marks in `out` must be committed BEFORE the calls are made; if
    // that commit fails, take_back() what was returned. Also ends waits and expiries that are due,
    // so `out` may hold outcomes and notices even when nothing leaves.
    [[nodiscard]] std::vector<std::shared_ptr<const outbox_entry>> release(
        instant now, settled& out
    );
    void take_back(std::span<const std::shared_ptr<const outbox_entry>> entries, instant now);

    // How a released message's call ended. Unknown ids are ignored.
    void settle(
        std::int64_t outbox_id, const call_outcome& ended, instant now, settled& out
    );

    // A status of the provider, also before its call's answer. Merged monotonically. `sent`,
    // `delivered` and later also end an unknown.
    [[nodiscard]] status_answer on_status(const status_update& status, instant now, settled& out);

    // A failed status's code asks for something (`judged`: reaction_to() of its channel). Performs
    // what it asks of the channel or the template, and queues the message anew where it may leave
    // once more. True: on_status() is not needed, for nothing has happened yet for its conversation.
    // `of`: the message as the store knows it, held or adopted before.
    [[nodiscard]] bool fails(
        const status_update& status, const outbox_entry_state& of, const adapters::verdict& judged,
        instant now, settled& out
    );
    // Which message of ours a status is of; 0: none that is held.
    [[nodiscard]] std::int64_t id_of(const status_update& status) const;

    // A message the planner had forgotten, as the store knows it; then on_status() finds it.
    void adopt(const outbox_entry_state& state, instant now);

    // Of one channel: what was called and got no answer, and waits for a status.
    [[nodiscard]] std::vector<std::shared_ptr<const outbox_entry>> unanswered(
        std::string_view channel
    ) const;

    // The operator, or a webhook of the provider, says it works again.
    void resume(std::string_view channel, instant now);
    void pause(std::string_view channel, std::string_view reason);
    // Of a channel with a line of its own: nothing leaves while it is down, and no message spends
    // its tries on that. Told once for each reason; a line that came up at once is not told.
    void line_down(std::string_view channel, std::string_view reason, settled& out);
    void line_up(std::string_view channel, settled& out);
    // In one language; with none, in all of them.
    void allow_template(
        std::string_view channel, std::string_view name, std::string_view language = {}
    );
    // `means`: what its messages fail as.
    void stop_template(
        std::string_view channel,
        std::string_view name,
        instant until,
        std::string_view language = {},
        failure means = failure::other
    );
    // Nudges and bulk; the later of two pauses counts, allowing ends both.
    void pause_bulk(std::string_view channel, instant until);
    void allow_bulk(std::string_view channel);
    // How many people may be written to first in 24 hours; nothing: no limit is known. Nudges and
    // bulk templates over it wait, everything else goes.
    void limit_people(
        std::string_view channel, std::optional<std::int64_t> people, instant now
    );
    void started(std::string_view channel, party_id who, instant at);  // before the restart
    void spare(const spared_recipient& who, instant now);              // the same

    // When release() should be called next if nothing else happens; `now` if at once.
    [[nodiscard]] std::optional<instant> next_wake(instant now) const;

    // What an entry without an expiry of its own gets; nullopt: no such channel.
    [[nodiscard]] std::optional<milliseconds> keep_for(std::string_view channel) const;

    [[nodiscard]] std::size_t queued() const noexcept;  // queued or under way, all channels
    // Nobody is refused here, what is committed must leave; callers that can wait (the nudge run,
    // bulk sends) should while this is true.
    [[nodiscard]] bool crowded() const noexcept;
    [[nodiscard]] std::vector<channel_state> states() const;

    static constexpr int fair_every = 16;
    static constexpr std::size_t crowded_at = 100'000;
    static constexpr std::size_t tracked_max = 100'000;  // accepted ones kept for their statuses

private:
    class implementation;
    std::unique_ptr<implementation> self_;
};

}  // namespace tertulia::gateway
