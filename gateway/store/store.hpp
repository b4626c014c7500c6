// Where turns become durable. Two batch calls carry the traffic: open() reads what a batch of events
// needs, commit() writes what it made of them, in one transaction. What a store keeps in memory is
// its own business and never shows here.
//
// Threads: every member is called from the writer thread only, unless it says otherwise.
// Errors: what the disk refuses is thrown (std::runtime_error); nothing of that batch is then kept.

#pragma once

#include "dialogs/engine/effect.hpp"
#include "dialogs/engine/event.hpp"
#include "dialogs/engine/session.hpp"
#include "dialogs/facts/facts.hpp"
#include "dialogs/message/outbound.hpp"
#include "dialogs/message/sms/joiner.hpp"
#include "dialogs/message/status.hpp"
#include "gateway/store/publication.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace tertulia::gateway {

// What makes a repeated delivery recognisable: message (channel, id); status (channel, id, status,
// participant); timer (conversation, timer, steps). 128 bits of a SHA-256 over those, so that two
// different events never meet. `at` is the event's own stamp and picks the day it is remembered
// under: a redelivery carries the same stamp.
struct event_identity {
    std::uint64_t high{};
    std::uint64_t low{};
    auto operator<=>(const event_identity&) const = default;
};
[[nodiscard]] event_identity identify(std::initializer_list<std::string_view> parts);

// An event on its way to a turn.
struct incoming {
    event_identity id{};
    instant stamped{};
    std::vector<identity> from{};  // finds or creates the party; empty when `party` is known
    party_id party{};
    dialogs::event what{};
};

// What one event of the batch needs, in the order asked. Sessions of a conversation that occurs
// twice in a batch are the caller's to carry forward: both entries show the one before the batch.
struct opened {
    bool seen{};      // handled before: drop it
    party_id party{};
    bool created{};   // the party is new with this batch
    std::vector<std::string> phones{};  // E.164: what the mirror finds her client by
    dialogs::session session{};
};

// A message that must leave, as it lies in the outbox.
struct outbox_entry {
    std::int64_t id{};  // rising; also the callback data, as text
    party_id party{};
    instant queued_at{};
    instant expires_at{};
    priority urgency{};
    bool in_order{};
    std::string purpose{};
    outbound_message message{};
    std::uint64_t touch{};  // as dialogs::send has it
};

enum class outbox_state : std::uint8_t {
    queued,     // not yet handed to a sender
    released,   // handed to a sender in a commit; after a restart this means unknown
    unknown,    // the call left and no answer came: waits for a status
    accepted,   // the provider has it
    failed,     // final: refused, or retries exhausted
    expired,    // final: too old to send
};

struct outbox_entry_state {
    outbox_entry entry{};
    outbox_state state{};
    int tries{};
    std::string provider_id{};
};

// One turn, complete.
struct turn {
    event_identity id{};
    instant stamped{};
    party_id party{};
    instant now{};
    std::uint64_t seed{};
    std::string script_version{};       // full hash
    dialogs::event what{};
    std::shared_ptr<const facts> read{};  // only when facts_read is not 0
    std::uint32_t facts_read{};
    dialogs::session before{};          // not stored: for checks
    dialogs::session next{};
    std::vector<dialogs::effect> effects{};
    std::vector<outbox_entry> sends{};  // the send effects, with ids and expiry
};

// What happened to a send since the last commit. The latest per outbox id wins.
struct send_mark {
    std::int64_t outbox_id{};
    outbox_state state{};
    int tries{};
    std::string provider_id{};
    int error_code{};
    instant at{};
};

struct dead_letter {
    std::int64_t id{};
    instant at{};
    party_id party{};
    event_identity event_id{};
    dialogs::event what{};
    std::string reason{};
};

struct pending_timer {
    party_id party{};
    std::string name{};
    std::uint64_t steps{};
    instant due{};
};

// A delivery status that is not an outcome, or contradicts one: kept for reports only.
struct status_record {
    std::int64_t outbox_id{};  // 0: not one of ours that we still know
    status_update status{};
};

// A piece of a long SMS that waits for the others.
struct kept_part {
    event_identity id{};  // the piece's own
    party_id party{};     // whose it is: it is sealed for her
    instant at{};         // when it came
    sms_part part{};
};

// One thing known of a channel's account with its provider, which must outlive a restart: a
// template's status, a limit, a restriction. The latest per (channel, key) is kept.
struct channel_fact {
    std::string channel{};
    std::string key{};    // "template/NAME/LANGUAGE", "limit"…: gateway/accounts names them
    std::string value{};  // JSON; empty: forget it
    instant at{};
    bool operator==(const channel_fact&) const = default;
};

// Messages of one kind of price in one month: counts are added up.
struct usage_count {
    std::string channel{};
    std::string month{};     // "2026-11", UTC
    std::string category{};  // the provider's
    std::string type{};
    std::int64_t count{};
    bool operator==(const usage_count&) const = default;
};

// What a conversation is to be told by another: kept from the commit that says so until the commit
// of the turn it becomes.
struct pending_told {
    std::int64_t id{};  // rising: the order of telling
    event_identity event_id{};
    party_id by{};      // whose conversation said it
    dialogs::recipient to{};  // party or phone; queues have become those by now
    dialogs::told_content what{};
    instant at{};       // when it was said
};

// A case as it is kept, and one thing that became of it.
struct kept_case {
    dialogs::client_case what{};
    party_id party{};
};
struct case_event {
    instant at{};
    std::string who{};   // empty: the assistant, or she
    std::string what{};  // "opened", "taken", "viewed"…
    std::string text{};
    bool internal{};     // never for clients
};
struct case_filter {
    std::optional<dialogs::case_state> state{};  // nothing: those that are not over
    std::string queue{};
    std::string kind{};
    bool late_only{};
    bool all{};  // those that are over, too
};

// Everything one commit writes.
struct batch {
    std::vector<turn> turns{};
    std::vector<event_identity> seen_ids{};        // statuses merged or recorded only: remembered
    std::vector<instant> seen_stamps{};            // beside seen_ids, one each
    std::vector<send_mark> marks{};
    std::vector<dead_letter> dead_letters{};
    std::vector<status_record> statuses{};
    std::vector<channel_notice> notices{};
    std::vector<kept_part> parts_kept{};
    std::vector<event_identity> parts_done{};  // no longer waiting: after parts_kept
    std::vector<channel_fact> channel_facts{};
    std::vector<usage_count> usage{};
    std::vector<pending_told> told{};          // by turns of this batch
    std::vector<std::int64_t> told_done{};     // have become turns, or came to nothing
    [[nodiscard]] bool empty() const noexcept;
};

struct script_set_row {
    std::string version{};
    std::string sources_json{};  // every file, path and text: enough to load it again
};

class store {
public:
    store() = default;
    store(const store&) = delete;
    store& operator=(const store&) = delete;
    virtual ~store() = default;

    // Asked again before the commit, for events of parties that are known, it forgets nobody.
    [[nodiscard]] virtual std::vector<opened> open(std::span<const incoming> events) = 0;
    virtual void commit(const batch& what) = 0;

    [[nodiscard]] virtual std::int64_t next_outbox_id() = 0;

    // At start, and to serve status webhooks.
    [[nodiscard]] virtual std::vector<outbox_entry_state> pending_sends() = 0;
    [[nodiscard]] virtual std::optional<outbox_entry_state> find_send(std::int64_t outbox_id) = 0;
    [[nodiscard]] virtual std::optional<outbox_entry_state> find_send_by_provider_id(
        std::string_view channel, std::string_view provider_id
    ) = 0;

    // At start: the pieces that wait, in the order they came.
    [[nodiscard]] virtual std::vector<kept_part> waiting_parts() = 0;

    // Whose identity this is, if anybody's.
    [[nodiscard]] virtual std::optional<party_id> find_party(const identity& of) = 0;

    // Every identity a party has; of nobody none.
    [[nodiscard]] virtual std::vector<identity> identities_of(party_id whose) = 0;

    // Six digits that nobody else can make: of `what` and the party's own key, so that they are kept
    // nowhere and end with her. Empty: there is no such party.
    [[nodiscard]] virtual std::string one_time_code(party_id whose, std::string_view what) = 0;

    // Timers due at or before `until`, soonest first, at most `most`.
    [[nodiscard]] virtual std::vector<pending_timer> due_timers(instant until, std::size_t most) = 0;
    [[nodiscard]] virtual std::optional<instant> next_timer() = 0;

    [[nodiscard]] virtual std::vector<channel_fact> channel_facts() = 0;
    // Of one channel, by month, category and type.
    [[nodiscard]] virtual std::vector<usage_count> usage(std::string_view channel) = 0;
    [[nodiscard]] virtual std::vector<channel_notice> notices(std::size_t most) = 0;  // newest first

    // At start: what is still to be told, in order.
    [[nodiscard]] virtual std::vector<pending_told> waiting_told() = 0;

    // Cases, the soonest opened first, at most `most`. What is personal of an erased person's is
    // empty.
    [[nodiscard]] virtual std::vector<kept_case> cases(
        const case_filter& which, std::size_t most
    ) = 0;
    [[nodiscard]] virtual std::optional<kept_case> find_case(std::string_view number) = 0;
    [[nodiscard]] virtual std::vector<case_event> case_history(std::string_view number) = 0;
    // Somebody looked at it, or tried something: no turn of its own.
    virtual void note_case_view(
        std::string_view number, instant at, std::string_view who, std::string_view what
    ) = 0;

    virtual void keep_script_set(const script_set_row& set) = 0;
    [[nodiscard]] virtual std::optional<script_set_row> script_set(std::uint64_t short_version) = 0;
    // Keeps the set, unless its sources are empty (it is kept already), and appends the decision, in
    // one transaction. Gives the decision's number.
    virtual std::int64_t publish(const script_set_row& set, const publication& what) = 0;
    [[nodiscard]] virtual std::vector<publication> publications() = 0;  // oldest first
    // How many conversations are under way on each set, by its short version. Looks at everybody
    // there is: about a second for a million people, so only for an operator who asks. Only those
    // that `counted` holds for, if it is given.
    using session_test = std::function<bool(const dialogs::session&)>;
    [[nodiscard]] virtual std::map<std::uint64_t, std::size_t> conversations_under_way(
        const session_test& counted = {}
    ) = 0;

    [[nodiscard]] virtual std::vector<dead_letter> dead_letters(std::size_t most) = 0;
    virtual void drop_dead_letter(std::int64_t id) = 0;

    // Writes projections behind until everything up to now is in its tables. Called at shutdown; the
    // store also does it in slices by itself while it commits.
    virtual void checkpoint() = 0;
};

}  // namespace tertulia::gateway
