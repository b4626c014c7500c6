// Which events were handled before. An identity is remembered under the UTC day of the event's own
// stamp, because a redelivery carries the same stamp, or nearly: within two hours of midnight the day
// beside it is looked at as well. A day is then forgotten whole, `remember_days` later. A stamp outside the window (a clock gone wrong, an event that took weeks) is "odd": kept
// under the day it arrived, and always looked at.
//
// A day is in memory whole or not at all: it is read from its table the first time an event bears
// its date, and let go again when more than `in_memory_most` ids are held and nothing has asked for it
// in a while. A day in use stays, however large: 40 bytes an id at most.

#pragma once

#include "gateway/store/sqlite/statement.hpp"
#include "gateway/store/store.hpp"

#include <boost/unordered/unordered_flat_set.hpp>

#include <cstdint>
#include <map>
#include <vector>

namespace tertulia::gateway {

class seen_ids {
public:
    struct settings {
        int remember_days{10};  // more than the seven days a provider redelivers for
        std::size_t in_memory_most{2'000'000};
    };

    seen_ids(SQLite::Database& database, const settings& how);

    [[nodiscard]] bool contains(const event_identity& id, instant stamped);
    // After the commit that makes it so. `now` is the turn's.
    void add(const event_identity& id, instant stamped, instant now);

    void freeze();
    // Inside a transaction: at most `most` ids, or at most a few runs of a forgotten day.
    std::size_t slice(std::size_t most);
    void written();
    void undone() noexcept;
    void discard();  // for a store that writes nothing
    [[nodiscard]] std::size_t left() const noexcept;
    [[nodiscard]] std::size_t in_memory() const noexcept { return in_memory_; }

private:
    struct hash {
        using is_avalanching = void;  // the identities are a SHA-256 already
        std::size_t operator()(const event_identity& id) const noexcept {
            return static_cast<std::size_t>(id.high ^ id.low);
        }
    };
    using id_set = boost::unordered_flat_set<event_identity, hash>;

    struct day {
        bool loaded{};
        std::uint64_t used{};
        id_set ids{};
        std::vector<event_identity> current{};  // not in the table yet
        std::vector<event_identity> frozen{};
        std::size_t done{};
        std::size_t tried{};
        std::int64_t next_run{};
        std::int64_t tried_run{};
        bool forgotten{};
        bool tried_empty{};
    };
    struct day_key {
        bool odd{};
        std::int64_t number{};  // days since 1970
        auto operator<=>(const day_key&) const = default;
    };

    day& loaded(const day_key& key);
    void load(const day_key& key, day& into);
    void let_go();
    [[nodiscard]] bool in_window(std::int64_t stamp_day) const noexcept;

    settings how_;
    std::map<day_key, day> days_{};
    std::int64_t today_{};  // of the last turn; 0: not known yet
    std::uint64_t clock_{};
    std::size_t in_memory_{};
    std::size_t frozen_left_{};
    std::size_t forgetting_{};
    std::size_t odd_ids_{};
    std::string buffer_{};
    statement read_;
    statement append_;
    statement forget_;
};

}  // namespace tertulia::gateway
