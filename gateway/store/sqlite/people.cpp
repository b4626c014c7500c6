#include "gateway/store/sqlite/people.hpp"

#include "gateway/store/archive.hpp"
#include "gateway/store/codec.hpp"

#include <boost/assert.hpp>

#include <algorithm>
#include <cstring>

namespace tertulia::gateway {
namespace {

std::string key_of_identity(const identity& one) {
    std::string key;
    key.reserve(one.value.size() + 1);
    key.push_back(static_cast<char>(one.kind));
    key += one.value;
    return key;
}

bool is_strong(identity_kind kind) {
    return kind == identity_kind::bsuid || kind == identity_kind::parent_bsuid;
}

std::string_view bytes_of(const seal_key& key) {
    return {reinterpret_cast<const char*>(key.data()), key.size()};
}

const identity_changed* change_in(const incoming& event) {
    const auto* heard = std::get_if<dialogs::heard>(&event.what);
    return heard == nullptr ? nullptr : std::get_if<identity_changed>(&heard->message.content);
}

}  // namespace

people::people(SQLite::Database& database, std::size_t cached_most)
    : cache_{cached_most},
      owners_{cached_most * 2},
      read_owner_{database, "SELECT party FROM identities WHERE kind = ? AND value = ?"},
      read_identities_{database, "SELECT kind, value FROM identities WHERE party = ?"},
      read_key_{database, "SELECT key FROM party_keys WHERE party = ?"},
      read_session_{database, "SELECT seq, body FROM sessions WHERE party = ?"},
      read_erased_{database, "SELECT 1 FROM parties WHERE id = ? AND erased_at IS NOT NULL"},
      add_party_{database, "INSERT INTO parties(id, created_at) VALUES (?, ?)"},
      add_key_{database, "INSERT INTO party_keys(party, key) VALUES (?, ?)"},
      add_identity_{
          database,
          "INSERT INTO identities(kind, value, party) VALUES (?1, ?2, ?3)"
          " ON CONFLICT(kind, value) DO UPDATE SET party = ?3"
      },
      move_identities_{database, "UPDATE identities SET party = ?2 WHERE party = ?1"},
      forward_party_{
          database, "UPDATE parties SET forwarded_to = ?2 WHERE id = ?1 OR forwarded_to = ?1"
      },
      write_session_{
          database, "INSERT OR REPLACE INTO sessions(party, seq, body) VALUES (?, ?, ?)"
      },
      drop_session_{database, "DELETE FROM sessions WHERE party = ?"},
      drop_key_{database, "DELETE FROM party_keys WHERE party = ?"},
      drop_identities_{database, "DELETE FROM identities WHERE party = ?"},
      mark_erased_{database, "UPDATE parties SET erased_at = ?2 WHERE id = ?1"} {
    statement newest{database, "SELECT max(id) FROM parties"};
    if (rows one{newest}; one.next()) next_party_ = one.number(0) + 1;
    statement merged{database, "SELECT id, forwarded_to FROM parties WHERE forwarded_to IS NOT NULL"};
    for (rows all{merged}; all.next();) forwarded_[all.number(0)] = all.number(1);
}

// ---- reading

std::int64_t people::forwarded(std::int64_t party) const {
    // The table is kept one step deep; a plan may add a step.
    if (const auto at = forwarded_.find(party); at != forwarded_.end()) party = at->second;
    while (true) {
        const auto at = plan_.forwards.find(party);
        if (at == plan_.forwards.end()) return party;
        party = at->second;
    }
}

std::int64_t people::owner(const std::string& key) {
    if (const auto at = plan_.identities.find(key); at != plan_.identities.end()) {
        return forwarded(at->second.party);
    }
    if (const auto* known = owners_.find(key)) return forwarded(*known);
    read_owner_.bind(1, static_cast<std::int64_t>(key.front()))
        .bind(2, std::string_view{key}.substr(1));
    rows found{read_owner_};
    if (!found.next()) return 0;
    return forwarded(owners_.put(key, found.number(0)));
}

std::int64_t people::find_owner(const identity& of) { return owner(key_of_identity(of)); }

std::optional<seal_key> people::key_of(std::int64_t party) {
    if (const auto at = plan_.created.find(party); at != plan_.created.end()) return at->second.key;
    if (const auto* known = cache_.find(party)) return known->key;
    read_key_.bind(1, party);
    rows found{read_key_};
    if (!found.next()) return std::nullopt;
    seal_key key{};
    const auto bytes = found.blob(0);
    if (bytes.size() != key.size()) throw damaged_row{"the key of a party has the wrong length"};
    std::memcpy(key.data(), bytes.data(), key.size());
    return key;
}

bool people::erased(std::int64_t party) {
    read_erased_.bind(1, party);
    return rows{read_erased_}.next();
}

const person* people::find(std::int64_t party) {
    const person* base = nullptr;
    if (const auto at = plan_.created.find(party); at != plan_.created.end()) {
        base = &at->second;
    } else if (const auto* known = cache_.find(party)) {
        base = known;
    } else {
        const auto key = key_of(party);
        if (!key) return nullptr;
        person read{.key = *key};
        if (const auto* waiting = sessions_.find(party)) {
            read.session = waiting->body;
            read.last_row = waiting->row;
        } else {
            read_session_.bind(1, party);
            if (rows found{read_session_}; found.next()) {
                read.last_row = found.number(0);
                read.session = found.blob(1);
            }
        }
        read_identities_.bind(1, party);
        for (rows all{read_identities_}; all.next();) {
            if (all.number(0) == static_cast<std::int64_t>(identity_kind::phone)) {
                read.phones.emplace_back(all.text(1));
            }
        }
        base = &cache_.put(party, std::move(read));
    }
    if (plan_.identities.empty() && plan_.merges.empty()) return base;

    // As she will be once the plan is written.
    found_ = *base;
    for (const auto& [key, to] : plan_.identities) {
        if (key.front() != static_cast<char>(identity_kind::phone)) continue;
        const auto phone = key.substr(1);
        std::erase(found_->phones, phone);
        if (forwarded(to.party) == party) found_->phones.push_back(phone);
    }
    for (const auto& one : plan_.merges) {
        if (forwarded(one.older) != party) continue;
        found_->session = one.session;
        for (const auto& lost : identities_of(one.younger)) {
            if (lost.kind == identity_kind::phone &&
                std::ranges::find(found_->phones, lost.value) == found_->phones.end()) {
                found_->phones.push_back(lost.value);
            }
        }
    }
    std::ranges::sort(found_->phones);
    return &*found_;
}

std::vector<identity> people::identities_of(std::int64_t party) {
    std::vector<identity> all;
    read_identities_.bind(1, party);
    for (rows found{read_identities_}; found.next();) {
        all.push_back({static_cast<identity_kind>(found.number(0)), std::string{found.text(1)}});
    }
    for (const auto& [key, to] : plan_.identities) {
        identity one{static_cast<identity_kind>(key.front()), key.substr(1)};
        std::erase(all, one);
        if (forwarded(to.party) == party) all.push_back(std::move(one));
    }
    return all;
}

// ---- planning

void people::forget_plan() { plan_ = plan{}; }

bool people::planned_new(std::int64_t party) const { return plan_.created.contains(party); }

bool people::has_plan() const noexcept {
    return !plan_.created.empty() || !plan_.identities.empty() || !plan_.merges.empty();
}

std::int64_t people::create() {
    const auto party = next_party_ + static_cast<std::int64_t>(plan_.created.size());
    plan_.created[party].key = new_seal_key();
    return party;
}

void people::attach(const std::string& key, std::int64_t party, bool moved) {
    plan_.identities[key] = {party, moved};
}

bool people::is_someone_else(std::int64_t party, const std::vector<identity>& seen_as) {
    const auto hers = identities_of(party);
    for (const auto& one : seen_as) {
        if (!is_strong(one.kind)) continue;
        bool has_kind = false;
        bool has_value = false;
        for (const auto& other : hers) {
            has_kind = has_kind || other.kind == one.kind;
            has_value = has_value || other == one;
        }
        if (has_kind && !has_value) return true;
    }
    return false;
}

// Her wishes are the person's, whichever party heard them last; the rest is the older's.
std::string people::merged_session(std::int64_t older, std::int64_t younger) {
    const auto* of_younger = find(younger);
    const auto lost = of_younger == nullptr || of_younger->session.empty()
                          ? dialogs::session{}
                          : decode_session(of_younger->session);
    const auto* of_older = find(older);
    auto kept = of_older == nullptr || of_older->session.empty()
                    ? dialogs::session{}
                    : decode_session(of_older->session);
    if (lost.wishes.changed_at > kept.wishes.changed_at) kept.wishes = lost.wishes;
    if (kept.language.empty()) kept.language = lost.language;
    if (lost.last_inbound_at > kept.last_inbound_at) {
        kept.last_inbound_at = lost.last_inbound_at;
        kept.reply_to = lost.reply_to;
    }
    kept.now = std::max(kept.now, lost.now);  // time never runs backwards for a conversation
    std::string bytes;
    encode(kept, bytes);
    return bytes;
}

std::int64_t people::unite(std::int64_t left, std::int64_t right) {
    const auto older = std::min(left, right);
    const auto younger = std::max(left, right);
    merge one{.older = older, .younger = younger};
    one.session = merged_session(older, younger);
    if (const auto* lost = find(younger)) one.younger_row = lost->last_row;
    plan_.forwards[younger] = older;
    plan_.merges.push_back(std::move(one));
    plan_.notes.push_back({older, "merged", "took in party " + std::to_string(younger)});
    plan_.notes.push_back({younger, "merged", "went into party " + std::to_string(older)});
    return older;
}

std::int64_t people::place(const incoming& event) {
    // The common case, a person we know: nothing but look-ups.
    const auto* changed = change_in(event);
    std::int64_t party = 0;
    bool all_hers = true;
    for (const auto& one : event.from) {
        const auto found = owner(key_of_identity(one));
        if (party == 0) party = found;
        all_hers = all_hers && found != 0 && found == party;
    }
    if (all_hers && changed == nullptr) return party != 0 ? party : create();

    auto seen_as = event.from;
    const auto holds = [](const std::vector<identity>& list, const identity& one) {
        return std::ranges::find(list, one) != list.end();
    };
    if (changed != nullptr) {
        // Same person: who she was decides, what she is now is attached to that.
        seen_as = changed->before;
        for (const auto& one : event.from) {
            if (!holds(changed->now, one) && !holds(seen_as, one)) seen_as.push_back(one);
        }
        if (seen_as.empty()) seen_as = event.from;
    }

    party = 0;
    for (const auto& one : seen_as) {  // user ids first: they are one person's
        if (!is_strong(one.kind)) continue;
        const auto found = owner(key_of_identity(one));
        if (found == 0 || found == party) continue;
        party = party == 0 ? found : unite(party, found);
    }
    const bool known_by_user_id = party != 0;
    for (const auto& one : seen_as) {
        if (is_strong(one.kind)) continue;
        const auto found = owner(key_of_identity(one));
        if (found == 0 || found == party) continue;
        const bool someone_else = is_someone_else(found, seen_as);
        if (party == 0) {
            if (!someone_else) party = found;
        } else if (known_by_user_id && !someone_else) {
            party = unite(party, found);
        }
    }
    if (changed != nullptr) {
        // She may have written as the new one before we heard of the change.
        for (const auto& one : changed->now) {
            const auto found = owner(key_of_identity(one));
            if (found == 0 || found == party) continue;
            if (party == 0) {
                party = found;
            } else if (is_strong(one.kind)) {
                party = unite(party, found);
            }
        }
    }
    if (party == 0) party = create();

    const bool proven = std::ranges::any_of(seen_as, [](const identity& one) {
        return is_strong(one.kind);
    });
    const auto take = [&](const identity& one, bool may_move) {
        const auto key = key_of_identity(one);
        const auto found = owner(key);
        if (found == party || (found != 0 && !may_move)) return;
        if (found != 0) {
            plan_.notes.push_back(
                {found, "identity_moved", one.value + " to party " + std::to_string(party)}
            );
            plan_.notes.push_back(
                {party, "identity_moved", one.value + " from party " + std::to_string(found)}
            );
        }
        attach(key, party, found != 0);
    };
    for (const auto& one : seen_as) take(one, proven);
    if (changed != nullptr) {
        for (const auto& one : changed->now) take(one, true);
    }
    return party;
}

// ---- writing

void people::write_plan(instant now) {
    for (const auto& [party, one] : plan_.created) {
        add_party_.bind(1, party).bind(2, to_millis(now)).run();
        add_key_.bind(1, party).bind_blob(2, bytes_of(one.key)).run();
    }
    for (const auto& [key, to] : plan_.identities) {
        add_identity_.bind(1, static_cast<std::int64_t>(key.front()))
            .bind(2, std::string_view{key}.substr(1))
            .bind(3, forwarded(to.party))
            .run();
    }
    for (const auto& one : plan_.merges) {
        move_identities_.bind(1, one.younger).bind(2, forwarded(one.older)).run();
        forward_party_.bind(1, one.younger).bind(2, forwarded(one.older)).run();
    }
}

void people::plan_written() {
    if (!has_plan()) return;
    const auto done = std::exchange(plan_, plan{});
    next_party_ += static_cast<std::int64_t>(done.created.size());
    for (const auto& one : done.merges) {
        forward(one.younger, one.older);
        cache_.erase(one.older);
    }
    for (const auto& [party, one] : done.created) {
        if (forwarded(party) == party) cache_.put(party, one);
    }
    for (const auto& [key, to] : done.identities) {
        const auto party = forwarded(to.party);
        if (to.moved) {
            if (const auto* before = owners_.find(key)) cache_.erase(forwarded(*before));
        }
        owners_.put(key, party);
        if (key.front() != static_cast<char>(identity_kind::phone)) continue;
        if (auto* known = cache_.find(party)) {
            known->phones.push_back(key.substr(1));
            std::ranges::sort(known->phones);
        }
    }
}

void people::set_session(std::int64_t party, std::string session, std::int64_t row) {
    if (auto* known = cache_.find(party)) {
        known->session = session;
        known->last_row = row;
    }
    sessions_.put(party, {std::move(session), row});
}

void people::end_session(std::int64_t party) {
    cache_.erase(party);
    sessions_.put(party, {});
}

void people::forward(std::int64_t younger, std::int64_t older) {
    older = forwarded(older);
    for (auto& [from, to] : forwarded_) {
        if (to == younger) to = older;
    }
    forwarded_[younger] = older;
}

std::size_t people::slice(std::size_t most) {
    return sessions_.slice(most, [this](std::int64_t party, const session_row& row) {
        if (row.body.empty() && row.row == 0) {
            drop_session_.bind(1, party).run();
        } else {
            write_session_.bind(1, party).bind(2, row.row).bind_blob(3, row.body).run();
        }
    });
}

std::vector<std::int64_t> people::erase(std::int64_t party, instant now) {
    std::vector<std::int64_t> all{party};
    for (const auto& [from, to] : forwarded_) {
        if (to == party) all.push_back(from);
    }
    for (const auto one : all) {
        drop_key_.bind(1, one).run();
        drop_identities_.bind(1, one).run();
        drop_session_.bind(1, one).run();
        mark_erased_.bind(1, one).bind(2, to_millis(now)).run();
    }
    return all;
}

void people::forget(const std::vector<std::int64_t>& parties) {
    for (const auto one : parties) cache_.erase(one);
    owners_ = recent_cache<std::string, std::int64_t>{owners_.capacity()};
}

}  // namespace tertulia::gateway
