#include "gateway/store/sqlite/timers.hpp"

#include <algorithm>

namespace tertulia::gateway {

timer_table::timer_table(SQLite::Database& database, steps_of still_stands)
    : still_stands_{std::move(still_stands)},
      due_{
          database, "SELECT due, party, name FROM timers WHERE due <= ? ORDER BY due, party, name"
      },
      write_{database, "INSERT OR IGNORE INTO timers(due, party, name) VALUES (?, ?, ?)"},
      drop_{database, "DELETE FROM timers WHERE due = ? AND party = ? AND name = ?"} {}

void timer_table::add(std::int64_t party, const std::string& name, instant due) {
    timers_.put({due, party, name}, change::added);
}

void timer_table::drop(std::int64_t party, const std::string& name, instant due) {
    // Set and taken back before anything was written, as most are: nothing to write. Should the table
    // have it all the same (after a replay), it comes up once and is found stale.
    const key at{due, party, name};
    if (!timers_.take_back(at)) timers_.put(at, change::dropped);
}

std::vector<pending_timer> timer_table::due(instant until, std::size_t most) {
    std::vector<pending_timer> all;
    std::vector<key> stale;
    const auto consider = [&](const key& at) {
        const auto& [due, party, name] = at;
        if (const auto steps = still_stands_(party, name, due)) {
            all.push_back({party_id{party}, name, *steps, due});
        } else {
            stale.push_back(at);
        }
    };
    // Each of the three is in order, so the first `most` of each hold the first `most` of all.
    due_.bind(1, to_millis(until));
    for (rows table{due_}; all.size() < most && table.next();) {
        const key at{from_millis(table.number(0)), table.number(1), std::string{table.text(2)}};
        if (timers_.find(at) == nullptr) consider(at);  // else changed since
    }
    for (const auto* map : {&timers_.frozen(), &timers_.current()}) {
        const auto before = all.size();
        for (const auto& [at, what] : *map) {
            if (std::get<0>(at) > until || all.size() - before >= most) break;
            if (what == change::dropped) continue;
            if (map == &timers_.frozen() && timers_.current().contains(at)) continue;
            consider(at);
        }
    }
    for (const auto& [due, party, name] : stale) drop(party, name, due);

    std::ranges::sort(all, {}, [](const pending_timer& one) {
        return std::tuple{one.due, one.party.value, one.name};
    });
    if (all.size() > most) all.resize(most);
    return all;
}

std::size_t timer_table::slice(std::size_t most) {
    return timers_.slice(most, [this](const key& at, change what) {
        const auto& [due, party, name] = at;
        (what == change::added ? write_ : drop_)
            .bind(1, to_millis(due))
            .bind(2, party)
            .bind(3, name)
            .run();
    });
}

}  // namespace tertulia::gateway
