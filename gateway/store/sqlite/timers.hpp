// Pending timers, one per name and conversation. A timer is alive while its conversation has not
// moved on since it was set; a dead one is dropped when it comes up.

#pragma once

#include "gateway/store/sqlite/statement.hpp"
#include "gateway/store/sqlite/write_behind.hpp"
#include "gateway/store/store.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace tertulia::gateway {

class timer_table {
public:
    // `steps_of` says how far a conversation is now; nothing if it is no more.
    timer_table(
        SQLite::Database& database,
        std::function<std::optional<std::uint64_t>(std::int64_t)> steps_of
    );

    void set(std::int64_t party, const std::string& name, std::uint64_t steps, instant due);
    void cancel(std::int64_t party, const std::string& name);
    // It fired and its turn is committed (or it is a dead letter): unless it was set again since.
    void fired(std::int64_t party, const std::string& name, std::uint64_t steps);

    // Alive ones, soonest first. Drops the dead ones it meets.
    [[nodiscard]] std::vector<pending_timer> due(instant until, std::size_t most);

    // Inside a transaction.
    void erase(std::int64_t party);
    void forget(std::int64_t party);  // after it

    void freeze() { timers_.freeze(); }
    std::size_t slice(std::size_t most);
    void written();
    void undone() noexcept { timers_.undone(); }
    [[nodiscard]] std::size_t left() const noexcept { return timers_.left(); }

private:
    using key = std::pair<std::int64_t, std::string>;
    struct row {
        bool gone{};
        std::uint64_t steps{};
        instant due{};
    };
    using order = std::tuple<instant, std::int64_t, std::string>;

    void put(const key& at, const row& now);
    [[nodiscard]] bool alive(std::int64_t party, std::uint64_t steps) const;

    std::function<std::optional<std::uint64_t>(std::int64_t)> steps_of_;
    write_behind<std::map<key, row>> timers_{};
    std::set<order> waiting_{};  // of those not in the table yet
    statement due_;
    statement steps_;
    statement write_;
    statement drop_;
    statement drop_party_;
};

}  // namespace tertulia::gateway
