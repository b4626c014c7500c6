// Who is who, and where each stands: parties, their identities, their keys, their sessions.
//
// New and changed people are rare beside turns, so they are written in the commit itself; sessions
// are written behind. open() of the store plans (nothing is written), commit writes the plan; a plan
// that no commit wrote is forgotten by the next.
//
// When an event shows two parties under one person, the older stays and the younger's key forwards
// to it; the conversation that goes on is the one she was in last. A number (phone, wa_id) alone does not prove that: numbers are recycled. It is believed
// unless its owner has a WhatsApp user id of the same kind that is another; then the number has moved
// to a new person and is moved here too; she is in doubt until she has proved who she is, the one
// before keeps a record of it, and the operator is told. Two numbers of one event that belong to different parties
// prove nothing without a user id: the first named wins.

#pragma once

#include "gateway/store/codec.hpp"
#include "gateway/store/seal.hpp"
#include "gateway/store/sqlite/recent_cache.hpp"
#include "gateway/store/sqlite/statement.hpp"
#include "gateway/store/sqlite/write_behind.hpp"
#include "gateway/store/store.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::gateway {

// One party as turns need her, packed: many of her kind are in memory.
struct person {
    std::string session{};    // encoded; empty: none yet
    std::string timers{};     // encoded; empty: none
    std::string known_as{};   // her identities, encoded; empty: none
    std::int64_t last_row{};  // her newest journal row; 0: none
    seal_key key{};

    [[nodiscard]] std::vector<identity> identities() const;
    [[nodiscard]] std::vector<std::string> phones() const;
};

class people {
public:
    people(SQLite::Database& database, std::size_t cached_most);

    // The plan of one commit, in two passes: place() every event, then forwarded() and find().
    void forget_plan();
    // The party these identities belong to, planned if there is none. An event without
    // any identity gets a party of its own: nothing is lost, though nothing can be answered.
    [[nodiscard]] std::int64_t place(const incoming& event);
    [[nodiscard]] bool planned_new(std::int64_t party) const;
    [[nodiscard]] bool has_plan() const noexcept;
    // 0: nobody's.
    [[nodiscard]] std::int64_t find_owner(const identity& of);

    // A party merged away stands for the one that stayed.
    [[nodiscard]] std::int64_t forwarded(std::int64_t party) const;
    // Null: there is no such party, or she was erased. Lives until the next call.
    [[nodiscard]] const person* find(std::int64_t party);
    // Her key, also after she was merged away: her journal rows keep it.
    [[nodiscard]] std::optional<seal_key> key_of(std::int64_t party);
    [[nodiscard]] bool erased(std::int64_t party);

    // Inside a transaction. Who calls writes merges() to the journal and notes() to the records.
    struct merge {
        std::int64_t older{};
        std::int64_t younger{};
        std::int64_t younger_row{};  // her newest journal row: her story stays readable
        std::string session{};
    };
    struct note {
        std::int64_t party{};
        std::string kind{};
        std::string detail{};
    };
    void write_plan(instant now);
    [[nodiscard]] const std::vector<merge>& merges() const noexcept { return plan_.merges; }
    [[nodiscard]] const std::vector<note>& notes() const noexcept { return plan_.notes; }
    void plan_written();

    // After a commit, or from the journal at start.
    void set_session(
        std::int64_t party, std::string session, std::string timers, std::int64_t row
    );
    // Those of her conversation now.
    [[nodiscard]] std::vector<kept_timer> timers_of(std::int64_t party);
    void end_session(std::int64_t party);
    void forward(std::int64_t younger, std::int64_t older);
    // Every session there is, encoded, once each.
    void each_session(const std::function<void(std::string_view body)>& visit);

    // Inside a transaction: her key, sessions and identities, and those of the parties that were
    // merged into her; says who all of them were. Afterwards, committed: forget().
    [[nodiscard]] std::vector<std::int64_t> erase(std::int64_t party, instant now);
    void forget(const std::vector<std::int64_t>& parties);

    void freeze() { sessions_.freeze(); }
    std::size_t slice(std::size_t most);
    void written() { sessions_.written(); }
    void undone() noexcept { sessions_.undone(); }
    [[nodiscard]] std::size_t left() const noexcept { return sessions_.left(); }
    void discard() { sessions_.discard(); }

private:
    struct session_row {
        std::string body{};  // empty: ended with her party
        std::string timers{};
        std::int64_t row{};
    };
    struct plan {
        boost::unordered_flat_map<std::string, std::int64_t> identities{};  // to whom they belong
        boost::unordered_flat_map<std::int64_t, person> people{};  // new and changed, as they will be
        std::vector<std::int64_t> created{};
        boost::unordered_flat_map<std::int64_t, std::int64_t> forwards{};
        std::vector<merge> merges{};
        std::vector<note> notes{};
    };

    [[nodiscard]] std::int64_t owner(const std::string& key);
    [[nodiscard]] person& planned(std::int64_t party);
    // True if the party has an identity of one of these strong kinds with none of these values.
    [[nodiscard]] bool is_someone_else(std::int64_t party, const std::vector<identity>& seen_as);
    void attach(const identity& one, std::int64_t party);
    void detach(const identity& one, std::int64_t party);
    void doubt(std::int64_t party);
    std::int64_t unite(std::int64_t left, std::int64_t right);
    [[nodiscard]] std::int64_t create();
    // Who an event is of, and what of it stays to be attached to her.
    [[nodiscard]] std::int64_t recognise(
        const std::vector<identity>& seen_as, const identity_changed* changed
    );

    recent_cache<std::int64_t, person> cache_;
    recent_cache<std::string, std::int64_t> owners_;
    boost::unordered_flat_map<std::int64_t, std::int64_t> forwarded_{};
    write_behind<boost::unordered_flat_map<std::int64_t, session_row>> sessions_{};
    plan plan_{};
    std::int64_t next_party_{1};

    statement read_owner_;
    statement read_person_;
    statement read_session_;
    statement read_sessions_;
    statement read_erased_;
    statement add_party_;
    statement write_person_;
    statement write_identity_;
    statement drop_identity_;
    statement forward_party_;
    statement write_session_;
    statement drop_session_;
    statement drop_person_;
    statement mark_erased_;
};

}  // namespace tertulia::gateway
