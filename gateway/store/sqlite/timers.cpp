#include "gateway/store/sqlite/timers.hpp"

#include <algorithm>

namespace tertulia::gateway {

timer_table::timer_table(
    SQLite::Database& database, std::function<std::optional<std::uint64_t>(std::int64_t)> steps_of
)
    : steps_of_{std::move(steps_of)},
      due_{
          database,
          "SELECT due, party, name, steps FROM timers WHERE due <= ? ORDER BY due, party, name"
      },
      steps_{database, "SELECT steps FROM timers WHERE party = ? AND name = ?"},
      write_{
          database, "INSERT OR REPLACE INTO timers(party, name, steps, due) VALUES (?, ?, ?, ?)"
      },
      drop_{database, "DELETE FROM timers WHERE party = ? AND name = ?"},
      drop_party_{database, "DELETE FROM timers WHERE party = ?"} {}

void timer_table::put(const key& at, const row& now) {
    if (const auto* before = timers_.find(at); before != nullptr && !before->gone) {
        waiting_.erase({before->due, at.first, at.second});
    }
    timers_.put(at, now);
    if (!now.gone) waiting_.insert({now.due, at.first, at.second});
}

void timer_table::set(
    std::int64_t party, const std::string& name, std::uint64_t steps, instant due
) {
    put({party, name}, {.gone = false, .steps = steps, .due = due});
}

void timer_table::cancel(std::int64_t party, const std::string& name) {
    put({party, name}, {.gone = true});
}

void timer_table::fired(std::int64_t party, const std::string& name, std::uint64_t steps) {
    if (const auto* known = timers_.find({party, name})) {
        if (!known->gone && known->steps == steps) cancel(party, name);
        return;
    }
    steps_.bind(1, party).bind(2, name);
    bool same = false;
    if (rows one{steps_}; one.next()) same = static_cast<std::uint64_t>(one.number(0)) == steps;
    if (same) cancel(party, name);
}

bool timer_table::alive(std::int64_t party, std::uint64_t steps) const {
    const auto now = steps_of_(party);
    return now && *now == steps;
}

std::vector<pending_timer> timer_table::due(instant until, std::size_t most) {
    std::vector<pending_timer> all;
    std::vector<key> dead;
    const auto consider = [&](std::int64_t party, std::string name, std::uint64_t steps, instant at) {
        if (alive(party, steps)) {
            all.push_back({party_id{party}, std::move(name), steps, at});
        } else {
            dead.emplace_back(party, std::move(name));
        }
    };
    due_.bind(1, to_millis(until));
    for (rows table{due_}; all.size() < most && table.next();) {
        std::string name{table.text(2)};
        const auto party = table.number(1);
        if (timers_.find({party, name}) != nullptr) continue;  // changed since
        consider(
            party, std::move(name), static_cast<std::uint64_t>(table.number(3)),
            from_millis(table.number(0))
        );
    }
    const auto from_table = all.size();
    for (const auto& [at, party, name] : waiting_) {
        if (at > until || all.size() - from_table >= most) break;
        consider(party, name, timers_.find({party, name})->steps, at);
    }
    for (const auto& [party, name] : dead) cancel(party, name);

    std::ranges::sort(all, {}, [](const pending_timer& one) {
        return std::tuple{one.due, one.party.value, one.name};
    });
    if (all.size() > most) all.resize(most);
    return all;
}

void timer_table::erase(std::int64_t party) { drop_party_.bind(1, party).run(); }

void timer_table::forget(std::int64_t party) {
    std::vector<key> hers;
    for (const auto& [at, now] : timers_.current()) {
        if (at.first == party) hers.push_back(at);
    }
    for (const auto& at : hers) put(at, {.gone = true});
}

std::size_t timer_table::slice(std::size_t most) {
    return timers_.slice(most, [this](const key& at, const row& now) {
        if (now.gone) {
            drop_.bind(1, at.first).bind(2, at.second).run();
        } else {
            write_.bind(1, at.first)
                .bind(2, at.second)
                .bind(3, static_cast<std::int64_t>(now.steps))
                .bind(4, to_millis(now.due))
                .run();
        }
    });
}

void timer_table::written() {
    // What is in the table by now waits there, unless it was changed meanwhile.
    std::vector<order> moved;
    if (timers_.finishing()) {
        for (const auto& [at, now] : timers_.frozen()) {
            if (now.gone) continue;
            const auto changed = timers_.current().find(at);
            if (changed == timers_.current().end()) moved.emplace_back(now.due, at.first, at.second);
        }
    }
    timers_.written();
    for (const auto& one : moved) waiting_.erase(one);
}

}  // namespace tertulia::gateway
