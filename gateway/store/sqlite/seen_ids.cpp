#include "gateway/store/sqlite/seen_ids.hpp"

#include "gateway/store/archive.hpp"

#include <boost/assert.hpp>

#include <algorithm>
#include <cstring>

namespace tertulia::gateway {
namespace {

constexpr std::size_t id_bytes = 16;
constexpr std::size_t run_ids_most = 4096;   // 64 KiB: what one slice writes at most in one row
constexpr std::int64_t runs_forgotten = 4;   // in one slice
constexpr std::chrono::hours stamps_differ_by{2};  // of one event, at most
constexpr std::uint64_t uses_kept = 100'000;  // a day stays for this many look-ups after its last

std::int64_t day_of(instant at) {
    return std::chrono::floor<std::chrono::days>(at).time_since_epoch().count();
}

}  // namespace

seen_ids::seen_ids(SQLite::Database& database, const settings& how)
    : how_{how},
      read_{database, "SELECT ids FROM seen WHERE odd = ? AND day = ? ORDER BY run"},
      append_{database, "INSERT INTO seen(odd, day, run, ids) VALUES (?, ?, ?, ?)"},
      forget_{
          database,
          "DELETE FROM seen WHERE rowid IN"
          " (SELECT rowid FROM seen WHERE odd = ? AND day = ? ORDER BY run LIMIT ?)"
      } {
    statement known{database, "SELECT odd, day, max(run) FROM seen GROUP BY odd, day"};
    for (rows all{known}; all.next();) {
        days_[{all.number(0) != 0, all.number(1)}].next_run = all.number(2) + 1;
    }
    for (auto& [key, one] : days_) {
        if (key.odd) {
            load(key, one);
            odd_ids_ += one.ids.size();
        }
    }
}

bool seen_ids::in_window(std::int64_t stamp_day) const noexcept {
    return today_ == 0 ||
           (stamp_day >= today_ - how_.remember_days && stamp_day <= today_ + 1);
}

void seen_ids::load(const day_key& key, day& into) {
    read_.bind(1, std::int64_t{key.odd}).bind(2, key.number);
    for (rows all{read_}; all.next();) {
        const auto bytes = all.blob(0);
        if (bytes.size() % id_bytes != 0) {
            throw damaged_row{
                "a run of event identities of day " + std::to_string(key.number) + " is cut short"
            };
        }
        into.ids.reserve(into.ids.size() + bytes.size() / id_bytes);
        for (std::size_t at = 0; at < bytes.size(); at += id_bytes) {
            event_identity id;
            std::memcpy(&id.high, bytes.data() + at, 8);
            std::memcpy(&id.low, bytes.data() + at + 8, 8);
            into.ids.insert(id);
        }
    }
    in_memory_ += into.ids.size();
    into.loaded = true;
}

seen_ids::day& seen_ids::loaded(const day_key& key) {
    auto& one = days_[key];
    if (!one.loaded) load(key, one);
    one.used = ++clock_;
    return one;
}

// A provider that stamps no callback has it stamped when it came; its list gives its own time for
// the same message, and so may fall on the day before. And a retry comes a little later.
bool seen_ids::contains(const event_identity& id, instant stamped) {
    if (odd_ids_ != 0) {
        for (const auto& [key, one] : days_) {
            if (key.odd && one.ids.contains(id)) return true;
        }
    }
    bool known = false;
    const auto first = day_of(stamped - stamps_differ_by);
    const auto last = day_of(stamped + stamps_differ_by);
    for (auto number = first; number <= last && !known; ++number) {
        const day_key key{false, number};
        if (days_.contains(key)) known = loaded(key).ids.contains(id);
    }
    if (in_memory_ > how_.in_memory_most) let_go();
    return known;
}

void seen_ids::add(const event_identity& id, instant stamped, instant now) {
    today_ = day_of(now);
    const auto stamp_day = day_of(stamped);
    const bool odd = !in_window(stamp_day);
    auto& one = loaded({odd, odd ? today_ : stamp_day});
    if (!one.ids.insert(id).second) return;
    ++in_memory_;
    if (odd) ++odd_ids_;
    one.current.push_back(id);
    if (in_memory_ > how_.in_memory_most) let_go();
}

// Days that wait to be written stay, and so does a day in use: two large days asked for in turn must
// cost their memory rather than being read again and again.
void seen_ids::let_go() {
    while (in_memory_ > how_.in_memory_most) {
        auto oldest = days_.end();
        for (auto at = days_.begin(); at != days_.end(); ++at) {
            const auto& one = at->second;
            if (at->first.odd || !one.loaded || one.used + uses_kept > clock_) continue;
            if (!one.current.empty() || !one.frozen.empty() || one.ids.empty()) continue;
            if (oldest == days_.end() || one.used < oldest->second.used) oldest = at;
        }
        if (oldest == days_.end()) return;
        in_memory_ -= oldest->second.ids.size();
        oldest->second.ids = {};
        oldest->second.loaded = false;
    }
}

void seen_ids::freeze() {
    for (auto& [key, one] : days_) {
        BOOST_ASSERT(one.frozen.empty());
        one.frozen = std::exchange(one.current, {});
        frozen_left_ += one.frozen.size();
        one.done = one.tried = 0;
        if (!one.forgotten && today_ != 0 && key.number < today_ - how_.remember_days) {
            one.forgotten = true;
            ++forgetting_;
        }
    }
}

std::size_t seen_ids::left() const noexcept { return frozen_left_ + forgetting_; }

std::size_t seen_ids::slice(std::size_t most) {
    std::size_t wrote = 0;
    for (auto& [key, one] : days_) {
        one.tried = one.done;
        one.tried_run = one.next_run;
        one.tried_empty = false;
        if (one.forgotten) {
            // Written or not, none of it is asked for any more.
            if (wrote >= most) continue;
            forget_.bind(1, std::int64_t{key.odd}).bind(2, key.number).bind(3, runs_forgotten).run();
            read_.bind(1, std::int64_t{key.odd}).bind(2, key.number);
            one.tried_empty = !rows{read_}.next();
            one.tried = one.frozen.size();
            wrote += most;
            continue;
        }
        while (one.tried < one.frozen.size() && wrote < most) {
            const auto count =
                std::min({one.frozen.size() - one.tried, run_ids_most, most - wrote});
            buffer_.resize(count * id_bytes);
            for (std::size_t i = 0; i < count; ++i) {
                const auto& id = one.frozen[one.tried + i];
                std::memcpy(buffer_.data() + i * id_bytes, &id.high, 8);
                std::memcpy(buffer_.data() + i * id_bytes + 8, &id.low, 8);
            }
            append_.bind(1, std::int64_t{key.odd})
                .bind(2, key.number)
                .bind(3, one.tried_run)
                .bind_blob(4, buffer_)
                .run();
            ++one.tried_run;
            one.tried += count;
            wrote += count;
        }
    }
    return wrote;
}

void seen_ids::written() {
    for (auto at = days_.begin(); at != days_.end();) {
        auto& one = at->second;
        frozen_left_ -= one.tried - one.done;
        one.done = one.tried;
        one.next_run = std::max(one.next_run, one.tried_run);
        if (one.done == one.frozen.size()) {
            one.frozen = {};
            one.done = one.tried = 0;
        }
        if (one.forgotten && one.tried_empty) {
            one.forgotten = one.tried_empty = false;
            --forgetting_;
            if (one.current.empty() && one.frozen.empty()) {
                in_memory_ -= one.ids.size();
                if (at->first.odd) odd_ids_ -= one.ids.size();
                at = days_.erase(at);
                continue;
            }
        }
        ++at;
    }
}

void seen_ids::undone() noexcept {
    for (auto& [key, one] : days_) {
        one.tried = one.done;
        one.tried_run = one.next_run;
        one.tried_empty = false;
    }
}

void seen_ids::discard() {
    for (auto& [key, one] : days_) one.current = {};
}

}  // namespace tertulia::gateway
