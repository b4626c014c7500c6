// What the planner remembers. Private to the planner's sources.

#pragma once

#include "gateway/delivery/breaker.hpp"
#include "gateway/delivery/planner.hpp"

#include <array>
#include <deque>
#include <functional>
#include <map>
#include <queue>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace tertulia::gateway {

// The classes in the order they go first. Signals (read receipts, typing) are ours to place: they
// are worth nothing late, cost the person nothing and must not hold up her reply.
enum class rank : std::uint8_t { reply, signal, agent, meeting, nudge, bulk };
inline constexpr std::size_t ranks = 6;

enum class phase : std::uint8_t {
    queued,
    in_flight,  // released: a call is, or will be, under way
    unknown,    // waits for a status
    accepted,
    ended,      // failed or expired; kept only to recognise late statuses
};

struct record {
    std::shared_ptr<const outbox_entry> entry{};  // null once it cannot leave again
    party_id party{};
    std::string purpose{};
    std::uint64_t touch{};
    std::string provider_id{};  // kept only where statuses are found by it
    std::string failed_as{};    // the provider's id of the last try that a status failed
    std::uint32_t channel{};
    gateway::rank rank{};
    gateway::phase phase{};
    delivery_status reached{delivery_status::accepted};
    bool confirmed{};  // a status or an answer says the provider has it
    bool told{};       // its outcome has been reported
    bool holding{};    // accepted, and its lane waits until it is delivered
    bool probe{};      // left while the breaker was not closed: costs no try
    bool tracked{};
    int tries{};       // calls made
    int strikes{};     // of those, what counts towards giving up
    instant until{};   // queued: not before; unknown, holding: the end of the wait
};

struct lane {
    gateway::rank rank{};
    std::uint8_t passed{};  // slots of her pair limit that went to her higher classes
    std::int64_t listed{};  // the head under which its channel's ready set has it; 0: not there
    std::int64_t busy{};    // the one in flight, unknown or holding; 0: none
    std::vector<std::int64_t> queue{};  // rising ids
};

struct recipient_key {
    std::uint32_t channel{};
    std::int64_t party{};
    std::string address{};  // where nobody knows the person; else empty
    bool operator==(const recipient_key&) const = default;
};
struct recipient_hash {
    std::size_t operator()(const recipient_key& of) const noexcept {
        const auto who = of.party != 0 ? std::hash<std::int64_t>{}(of.party)
                                       : std::hash<std::string>{}(of.address);
        return who * 31 + of.channel;
    }
};

struct recipient {
    std::uint32_t channel{};
    recipient_key key{};
    gcra pair{};
    instant blocked_until{};
    instant spared_until{};  // of `spared_from` and the ranks behind it
    gateway::rank spared_from{gateway::rank::bulk};
    int slowed{};      // times in a row the provider named this recipient as the limit
    int wakes{};       // that point here: it must outlive them
    instant waking{instant::max()};  // the earliest of those
    std::vector<gateway::lane> lanes{};  // one for each rank in use
};

struct stopped_template {
    instant until{};
    failure means{};  // what its messages fail as
};

struct channel {
    channel_limits limits{};
    gcra rate{};
    std::int64_t share{whole_share};
    instant share_changed{};
    gateway::breaker breaker;
    bool paused{};
    std::string reason{};
    bool line_down{};
    std::string line_reason{};
    instant bulk_until{};
    bool marketing_stopped{};
    std::size_t queued{}, in_flight{}, unknown{};
    // By name and language; without a language: in all of them.
    std::map<std::pair<std::string, std::string>, stopped_template> stopped_templates{};
    std::array<std::set<std::pair<std::int64_t, recipient*>>, ranks> ready{};
    std::array<int, ranks> passed{};

    start_budget people{};
    bool told_people_limit{};

    explicit channel(channel_limits from);
    // Nothing: it may leave.
    [[nodiscard]] std::optional<failure> template_stopped(
        const std::string& name, const std::string& language, instant now
    );
    // The class as a whole waits, whoever it is for.
    [[nodiscard]] bool holds_back(std::size_t which, instant now) const noexcept;
};

struct wake {
    instant at{};
    std::int64_t id{};      // of a record, when `who` is null
    recipient* who{};
    bool operator>(const wake& other) const noexcept { return at > other.at; }
};

class planner::implementation {
public:
    implementation(std::vector<channel_limits> limits, std::uint64_t seed);

    // planner.cpp: what may leave
    void queue(outbox_entry entry, int tries, instant now);
    void await_status(outbox_entry entry, int tries, instant now);
    void remember(const outbox_entry_state& state);
    std::vector<std::shared_ptr<const outbox_entry>> release(instant now, settled& out);
    void take_back(std::int64_t id, instant now);
    std::optional<instant> next_wake(instant now) const;
    void look_again(instant now);

    // planner_answers.cpp: what an answer means
    void settle(std::int64_t id, const call_outcome& ended, instant now, settled& out);
    status_answer on_status(const status_update& status, instant now, settled& out);
    void fail(
        std::int64_t id, record& what, provider_error error, outbox_state state, instant now,
        settled& out
    );
    void end_unknown(std::int64_t id, record& what, instant now, settled& out);

    // planner_failures.cpp: what a failure asks for
    bool on_failure(
        const status_update& status, const outbox_entry_state& of, const adapters::verdict& judged,
        instant now, settled& out
    );
    record* find_by(const status_update& status, std::int64_t& id);

    channel* find(std::string_view name);
    recipient& recipient_of(const outbox_entry& entry, std::uint32_t channel_number);
    recipient& recipient_of(party_id who, std::string_view address, std::uint32_t channel_number);
    void spare(recipient& who, rank from, instant until, instant now);
    lane& lane_of(recipient& who, rank which);

    std::deque<channel> channels_{};
    std::map<std::string, std::uint32_t, std::less<>> channel_numbers_{};
    std::unordered_map<std::int64_t, record> records_{};
    std::unordered_map<recipient_key, std::unique_ptr<recipient>, recipient_hash> recipients_{};
    std::vector<outbox_entry> homeless_{};  // no such channel: fail at the next release
    std::set<std::pair<instant, std::int64_t>> expiries_{};  // of what is queued
    std::priority_queue<wake, std::vector<wake>, std::greater<>> wakes_{};
    std::deque<std::int64_t> tracked_{};
    std::unordered_map<std::string, std::int64_t> by_provider_id_{};
    std::size_t queued_{};
    std::uint64_t jitter_state_{};

private:
    // planner.cpp
    void enqueue(std::int64_t id, record& what, instant now);
    void leave_queue(std::int64_t id, record& what, instant now);
    void free_lane(std::int64_t id, record& what, instant now);
    void refresh(recipient& who, lane& which, instant now);
    void unlist(recipient& who, lane& which);
    void forget_if_idle(recipient& who, instant now);
    void wake_at(recipient& who, instant at);
    instant lane_free_at(const recipient& who, const lane& which, instant now) const;
    void run_wakes(instant now, settled& out);
    void release_from(
        channel& from, instant now, settled& out,
        std::vector<std::shared_ptr<const outbox_entry>>& leaving
    );
    void tell_people_limit(channel& of, instant now, settled& out);
    std::optional<std::size_t> next_rank(const channel& from, instant now) const;
    std::pair<recipient*, lane*> next_lane(channel& from, instant now);
    lane* overdue_sibling(const channel& from, recipient& who, const lane& first, instant now);
    void launch(
        channel& from, recipient& who, lane& which, instant now, settled& out,
        std::vector<std::shared_ptr<const outbox_entry>>& leaving
    );

    // planner_answers.cpp
    void accept(std::int64_t id, record& what, std::string provider_id, instant now, settled& out);
    void to_accepted(std::int64_t id, record& what, instant now);
    void again(
        std::int64_t id, record& what, instant not_before, int error_code, instant now, settled& out
    );
    void judge(std::int64_t id, record& what, const call_outcome& ended, instant now, settled& out);
    void note_breaker(channel& which, bool good, instant now, settled& out);
    void track(std::int64_t id, record& what);

    // planner_failures.cpp
    void stop_bulk(channel& which, milliseconds pause, int code, instant now, settled& out);
    void stop_channel(
        std::int64_t id, const record& what, const adapters::verdict& why, settled& out
    );
    void stop_template(
        std::int64_t id, const record& what, const outbox_entry& entry, const adapters::verdict& why,
        instant now, settled& out
    );
    void stop_marketing(
        std::int64_t id, const record& what, const outbox_entry& entry, const adapters::verdict& why,
        instant now, settled& out
    );
    void spare(
        const record& what, const outbox_entry& entry, const adapters::verdict& why, instant now,
        settled& out
    );
    void ask_operator(
        std::int64_t id, const record& what, const adapters::verdict& why, settled& out
    );
    void slow_down(
        std::int64_t id, const record& what, const adapters::verdict& why, instant now, settled& out
    );
    static instant slow_down(recipient& who, milliseconds at_least, instant now);
    std::optional<instant> next_try(
        record& what, const outbox_entry& entry, const adapters::verdict& why, instant now
    );
    void from_the_start(
        std::int64_t id, record& what, const outbox_entry_state& of, instant not_before,
        const status_update& failed, int code, instant now, settled& out
    );

    // From zero to `most`, both included.
    milliseconds jitter(milliseconds most) noexcept;
    milliseconds back_off(const channel_limits& limits, int tries) noexcept;
};

// Adaptation of the rate to "slow down": half at once, back in sixteenths.
inline constexpr milliseconds share_step_every{10'000};
inline constexpr milliseconds share_halves_at_most_every{1'000};
inline constexpr std::int64_t share_step = whole_share / 16;
inline constexpr std::int64_t share_least = whole_share / 64;
inline constexpr int slowed_most = 6;  // 4^6 s: over an hour

// Of by_provider_id_.
[[nodiscard]] std::string provider_key(std::string_view channel, std::string_view id);
[[nodiscard]] rank rank_of(const outbox_entry& entry) noexcept;
[[nodiscard]] send_mark mark(
    std::int64_t id, const record& what, outbox_state state, instant now, std::string provider_id = {},
    int error_code = 0
);
[[nodiscard]] channel_notice notice(
    const channel& where, std::string_view field, std::string summary, std::int64_t id,
    party_id party, int code
);

}  // namespace tertulia::gateway
