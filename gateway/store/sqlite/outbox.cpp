#include "gateway/store/sqlite/outbox.hpp"

#include <algorithm>

namespace tertulia::gateway {
namespace {

constexpr int bucket_shift = 18;  // 262,144 sends: a few megabytes of index, written a page at a time

bool is_pending(outbox_state state) { return state < outbox_state::accepted; }

// FNV-1a, because it is stored and must never change. Nothing rests on it: what it finds is compared.
std::int64_t hash_of(std::string_view channel, std::string_view provider_id) {
    std::uint64_t hash = 0xcbf29ce484222325U;
    const auto mix = [&](char byte) {
        hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3U;
    };
    for (const char byte : channel) mix(byte);
    mix(0);
    for (const char byte : provider_id) mix(byte);
    return static_cast<std::int64_t>(hash);
}

}  // namespace

outbox::outbox(
    SQLite::Database& database,
    std::function<std::optional<outbox_entry>(std::int64_t, std::int64_t)> read_entry
)
    : read_entry_{std::move(read_entry)},
      read_{
          database,
          "SELECT seq, party, state, tries, error_code, at, provider_id FROM outbox WHERE id = ?"
      },
      write_{
          database,
          "INSERT OR REPLACE INTO outbox(id, seq, party, state, tries, error_code, at, provider_id)"
          " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
      },
      write_provider_{
          database, "INSERT OR IGNORE INTO provider_ids(bucket, hash, id) VALUES (?, ?, ?)"
      },
      write_bucket_{
          database, "INSERT OR REPLACE INTO provider_buckets(bucket, newest) VALUES (?, ?)"
      },
      read_provider_{database, "SELECT id FROM provider_ids WHERE bucket = ? AND hash = ?"},
      oldest_{database, "SELECT id, at, state FROM outbox ORDER BY id LIMIT ?"},
      drop_{database, "DELETE FROM outbox WHERE id <= ?"},
      drop_providers_{
          database,
          "DELETE FROM provider_ids WHERE (bucket, hash, id) IN"
          " (SELECT bucket, hash, id FROM provider_ids WHERE bucket = ? LIMIT ?)"
      },
      bucket_left_{database, "SELECT 1 FROM provider_ids WHERE bucket = ? LIMIT 1"},
      drop_bucket_{database, "DELETE FROM provider_buckets WHERE bucket = ?"} {
    statement newest{database, "SELECT max(id) FROM outbox"};
    if (rows one{newest}; one.next()) newest_id_ = one.number(0);
    statement buckets{database, "SELECT bucket, newest FROM provider_buckets"};
    for (rows all{buckets}; all.next();) buckets_[all.number(0)] = from_millis(all.number(1));
    statement waiting{database, "SELECT id FROM outbox WHERE state < 3"};
    std::vector<std::int64_t> ids;
    for (rows all{waiting}; all.next();) ids.push_back(all.number(0));
    for (const auto id : ids) pending_[id].known = row_of(id).value();
}

void outbox::add(const outbox_entry& entry, std::int64_t at_row) {
    newest_id_ = std::max(newest_id_, entry.id);
    row known{
        .seq = at_row,
        .party = entry.party.value,
        .state = outbox_state::queued,
        .at = entry.queued_at,
    };
    auto& one = pending_[entry.id];
    one.what = {.entry = entry, .state = outbox_state::queued};
    one.known = known;
    one.complete = true;
    rows_.put(entry.id, std::move(known));
}

void outbox::index(
    std::int64_t id, std::string_view channel, const std::string& provider_id, instant at
) {
    const auto bucket = id >> bucket_shift;
    providers_.put({bucket, hash_of(channel, provider_id), id}, at);
    auto& newest = buckets_[bucket];
    newest = std::max(newest, at);
}

void outbox::mark(const send_mark& what) {
    auto known = row_of(what.outbox_id);
    if (!known) return;  // trimmed long ago
    known->state = what.state;
    known->tries = what.tries;
    known->error_code = what.error_code;
    known->at = what.at;
    if (!what.provider_id.empty()) known->provider_id = what.provider_id;

    auto waiting = pending_.find(what.outbox_id);
    // Also when the row has it already: in a replay its slice may have been written, the index's not.
    if (!what.provider_id.empty()) {
        std::string channel;
        if (waiting != pending_.end() && waiting->second.complete) {
            channel = waiting->second.what.entry.message.to.channel;
        } else if (const auto* cached = recent_.find(what.outbox_id)) {
            channel = cached->entry.message.to.channel;
        } else if (const auto entry = read_entry_(known->seq, what.outbox_id)) {
            channel = entry->message.to.channel;
        }
        index(what.outbox_id, channel, known->provider_id, what.at);
    }
    if (is_pending(what.state)) {
        if (waiting == pending_.end()) {
            waiting = pending_.emplace(what.outbox_id, pending_send{}).first;
            if (const auto* cached = recent_.find(what.outbox_id)) {
                waiting->second.what.entry = cached->entry;
                waiting->second.complete = true;
            } else if (const auto entry = read_entry_(known->seq, what.outbox_id)) {
                waiting->second.what.entry = *entry;
                waiting->second.complete = true;
            }
        }
        waiting->second.known = *known;
        waiting->second.what.state = known->state;
        waiting->second.what.tries = known->tries;
        waiting->second.what.provider_id = known->provider_id;
    } else {
        outbox_entry_state last{
            .state = known->state, .tries = known->tries, .provider_id = known->provider_id
        };
        if (waiting != pending_.end()) {
            if (waiting->second.complete) {
                last.entry = std::move(waiting->second.what.entry);
                recent_.put(what.outbox_id, std::move(last));
            }
            pending_.erase(waiting);
        } else if (auto* cached = recent_.find(what.outbox_id)) {
            last.entry = std::move(cached->entry);
            *cached = std::move(last);
        }
    }
    rows_.put(what.outbox_id, std::move(*known));
}

void outbox::complete_pending() {
    for (auto at = pending_.begin(); at != pending_.end();) {
        auto& one = at->second;
        if (!one.complete) {
            const auto entry = read_entry_(one.known.seq, at->first);
            if (!entry) {  // erased with its person: nothing to send
                one.known.state = outbox_state::expired;
                rows_.put(at->first, one.known);
                at = pending_.erase(at);
                continue;
            }
            one.what = {
                .entry = *entry,
                .state = one.known.state,
                .tries = one.known.tries,
                .provider_id = one.known.provider_id,
            };
            one.complete = true;
        }
        ++at;
    }
}

std::optional<outbox::row> outbox::row_of(std::int64_t id) {
    if (const auto* known = rows_.find(id)) return *known;
    read_.bind(1, id);
    rows found{read_};
    if (!found.next()) return std::nullopt;
    return row{
        .seq = found.number(0),
        .party = found.number(1),
        .state = static_cast<outbox_state>(found.number(2)),
        .tries = static_cast<int>(found.number(3)),
        .error_code = static_cast<int>(found.number(4)),
        .at = from_millis(found.number(5)),
        .provider_id = std::string{found.text(6)},
    };
}

std::optional<outbox_entry_state> outbox::state_of(std::int64_t id, const row& known) {
    outbox_entry_state found{
        .state = known.state, .tries = known.tries, .provider_id = known.provider_id
    };
    if (auto entry = read_entry_(known.seq, id)) {
        found.entry = std::move(*entry);
    } else {  // its person was erased: that it was sent is still known
        found.entry.id = id;
        found.entry.party = party_id{known.party};
    }
    return found;
}

std::vector<outbox_entry_state> outbox::pending() const {
    std::vector<outbox_entry_state> all;
    all.reserve(pending_.size());
    for (const auto& [id, one] : pending_) all.push_back(one.what);
    return all;
}

std::optional<outbox_entry_state> outbox::find(std::int64_t id) {
    if (const auto at = pending_.find(id); at != pending_.end()) return at->second.what;
    if (const auto* cached = recent_.find(id)) return *cached;
    const auto known = row_of(id);
    if (!known) return std::nullopt;
    return state_of(id, *known);
}

std::optional<outbox_entry_state> outbox::find(
    std::string_view channel, std::string_view provider_id
) {
    const auto hash = hash_of(channel, provider_id);
    const auto matches = [&](std::int64_t id) -> std::optional<outbox_entry_state> {
        const auto known = row_of(id);
        if (!known || known->provider_id != provider_id) return std::nullopt;
        auto found = find(id);
        // A send whose person was erased has no channel to compare any more.
        if (found && !found->entry.message.to.channel.empty() &&
            found->entry.message.to.channel != channel) {
            return std::nullopt;
        }
        return found;
    };
    for (auto at = buckets_.rbegin(); at != buckets_.rend(); ++at) {  // newest first
        std::vector<std::int64_t> ids;
        for (const auto* map : {&providers_.current(), &providers_.frozen()}) {
            for (auto key = map->lower_bound({at->first, hash, 0});
                 key != map->end() && std::get<0>(key->first) == at->first &&
                 std::get<1>(key->first) == hash;
                 ++key) {
                ids.push_back(std::get<2>(key->first));
            }
        }
        read_provider_.bind(1, at->first).bind(2, hash);
        for (rows all{read_provider_}; all.next();) ids.push_back(all.number(0));
        for (const auto id : ids) {
            if (auto found = matches(id)) return found;
        }
    }
    return std::nullopt;
}

std::optional<std::int64_t> outbox::oldest_pending_row() const {
    if (pending_.empty()) return std::nullopt;
    return pending_.begin()->second.known.seq;
}

std::vector<std::int64_t> outbox::pending_of(std::int64_t party) const {
    std::vector<std::int64_t> ids;
    for (const auto& [id, one] : pending_) {
        if (one.known.party == party) ids.push_back(id);
    }
    return ids;
}

// ---- writing behind

void outbox::freeze() {
    rows_.freeze();
    providers_.freeze();
}

std::size_t outbox::slice(std::size_t most) {
    auto wrote = rows_.slice(most, [this](std::int64_t id, const row& now) {
        write_.bind(1, id)
            .bind(2, now.seq)
            .bind(3, now.party)
            .bind(4, static_cast<std::int64_t>(now.state))
            .bind(5, std::int64_t{now.tries})
            .bind(6, std::int64_t{now.error_code})
            .bind(7, to_millis(now.at))
            .bind(8, now.provider_id)
            .run();
    });
    std::int64_t bucket = -1;
    wrote += providers_.slice(most - std::min(most, wrote), [&](const provider_key& key, instant) {
        write_provider_.bind(1, std::get<0>(key))
            .bind(2, std::get<1>(key))
            .bind(3, std::get<2>(key))
            .run();
        if (bucket == std::get<0>(key)) return;
        bucket = std::get<0>(key);
        write_bucket_.bind(1, bucket).bind(2, to_millis(buckets_[bucket])).run();
    });
    return wrote;
}

void outbox::written() {
    rows_.written();
    providers_.written();
}

void outbox::undone() noexcept {
    rows_.undone();
    providers_.undone();
}

void outbox::discard() {
    rows_.discard();
    providers_.discard();
    for (const auto& [id, one] : pending_) rows_.put(id, one.known);
}

std::int64_t outbox::trim(instant keep_after, instant index_after, std::int64_t most) {
    std::int64_t last = 0;
    std::int64_t count = 0;
    oldest_.bind(1, most);
    for (rows all{oldest_}; all.next();) {
        const auto state = static_cast<outbox_state>(all.number(2));
        if (from_millis(all.number(1)) >= keep_after || is_pending(state)) break;
        last = all.number(0);
        ++count;
    }
    if (count != 0) drop_.bind(1, last).run();
    if (buckets_.size() > 1 && buckets_.begin()->second < index_after) {
        const auto bucket = buckets_.begin()->first;
        drop_providers_.bind(1, bucket).bind(2, most).run();
        bucket_left_.bind(1, bucket);
        if (!rows{bucket_left_}.next()) {
            drop_bucket_.bind(1, bucket).run();
            buckets_.erase(bucket);  // too old to be asked for, even if this is rolled back
        }
        ++count;
    }
    return count;
}

}  // namespace tertulia::gateway
