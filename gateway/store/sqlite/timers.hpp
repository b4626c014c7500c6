// Pending timers by when they are due: an index over what each conversation keeps beside its
// session. An entry its conversation knows nothing of any more is dropped when it comes up.

#pragma once

#include "gateway/store/sqlite/statement.hpp"
#include "gateway/store/sqlite/write_behind.hpp"
#include "gateway/store/store.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace tertulia::gateway {

class timer_table {
public:
    // `steps_of` gives the step a timer was set at, or nothing if it stands no more.
    using steps_of = std::function<
        std::optional<std::uint64_t>(std::int64_t party, const std::string& name, instant due)>;
    timer_table(SQLite::Database& database, steps_of still_stands);

    void add(std::int64_t party, const std::string& name, instant due);
    void drop(std::int64_t party, const std::string& name, instant due);

    // Soonest first.
    [[nodiscard]] std::vector<pending_timer> due(instant until, std::size_t most);

    void freeze() { timers_.freeze(); }
    std::size_t slice(std::size_t most);
    void written() { timers_.written(); }
    void undone() noexcept { timers_.undone(); }
    [[nodiscard]] std::size_t left() const noexcept { return timers_.left(); }

private:
    using key = std::tuple<instant, std::int64_t, std::string>;
    enum class change : std::uint8_t { added, dropped };

    steps_of still_stands_;
    write_behind<std::map<key, change>> timers_{};
    statement due_;
    statement write_;
    statement drop_;
};

}  // namespace tertulia::gateway
