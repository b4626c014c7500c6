#include "gateway/store/sqlite/people.hpp"

#include "gateway/store/archive.hpp"

#include <boost/assert.hpp>

#include <algorithm>
#include <cstring>
#include <functional>

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

seal_key key_from(std::string_view bytes) {
    seal_key key{};
    if (bytes.size() != key.size()) throw damaged_row{"the key of a party has the wrong length"};
    std::memcpy(key.data(), bytes.data(), key.size());
    return key;
}

const identity_changed* change_in(const incoming& event) {
    const auto* heard = std::get_if<dialogs::heard>(&event.what);
    return heard == nullptr ? nullptr : std::get_if<identity_changed>(&heard->message.content);
}

bool holds(const std::vector<identity>& list, const identity& one) {
    return std::ranges::find(list, one) != list.end();
}

dialogs::session session_of(const person& one) {
    return one.session.empty() ? dialogs::session{} : decode_session(one.session);
}

// Those of the other whose name is not there yet.
template <class T, class Name>
void add_missing(std::vector<T>& kept, std::vector<T>& lost, Name name) {
    for (auto& one : lost) {
        if (std::ranges::find(kept, std::invoke(name, one), name) == kept.end()) {
            kept.push_back(std::move(one));
        }
    }
}

// The same, and of those that are on both sides the newer.
template <class T, class Name>
void add_newer(std::vector<T>& kept, std::vector<T>& lost, Name name) {
    for (auto& one : lost) {
        const auto there = std::ranges::find(kept, std::invoke(name, one), name);
        if (there != kept.end() && one.at > there->at) *there = one;
    }
    add_missing(kept, lost, name);
}

// The conversation she is in, whichever party it was of.
void take_conversation(dialogs::session& kept, dialogs::session& lost) {
    kept.last_inbound_at = lost.last_inbound_at;
    kept.reply_to = lost.reply_to;
    kept.script_set = lost.script_set;
    kept.frames = std::move(lost.frames);
    kept.misses = lost.misses;
    kept.queue = std::move(lost.queue);
    kept.case_in_hand = std::move(lost.case_in_hand);
    kept.handed_over_at = lost.handed_over_at;
    kept.told_coming_at = lost.told_coming_at;
    kept.pin_put_aside = lost.pin_put_aside;
    kept.later = std::move(lost.later);
    kept.proving = std::move(lost.proving);
    kept.identity_key_hash = std::move(lost.identity_key_hash);
}

// What she recommended under either code is hers; of what she was recommended by, the first counts,
// which whoever follows the portfolio sees to.
void merge_sides(dialogs::referral_sides& kept, dialogs::referral_sides& lost) {
    if (kept.code.empty()) kept.code = lost.code;
    if (kept.name.empty()) kept.name = lost.name;
    kept.told_won += lost.told_won;
    kept.told_earned += lost.told_earned;
    kept.told_paid += lost.told_paid;
    kept.asked_at = std::max(kept.asked_at, lost.asked_at);
    if (kept.number.empty()) {
        kept.number = lost.number;
        kept.by_code = lost.by_code;
        kept.hidden = lost.hidden;
        kept.applied = lost.applied;
    }
    if (!kept.introduced) {
        kept.introduced = lost.introduced;
        kept.introduced_at = lost.introduced_at;
    }
}

// Her wishes are the person's, whichever party heard them last; the conversation is the one she was
// in last; the rest is the older's. What either had proved is to be proved again.
std::string merged_session(const person& older, const person& younger) {
    auto lost = session_of(younger);
    auto kept = session_of(older);
    if (lost.wishes.changed_at > kept.wishes.changed_at) kept.wishes = lost.wishes;
    if (kept.language.empty()) kept.language = lost.language;
    if (kept.prefers.empty()) kept.prefers = lost.prefers;
    kept.welcomed = kept.welcomed || lost.welcomed;
    add_newer(kept.preferences, lost.preferences, &dialogs::preference::name);
    add_newer(kept.agreements, lost.agreements, &dialogs::agreement::what);
    add_missing(kept.channels, lost.channels, [](const auto& one) { return one.where.channel; });
    add_missing(kept.under_way, lost.under_way, &dialogs::started::touch);
    add_missing(kept.drafts, lost.drafts, &dialogs::draft::dialog);
    add_missing(kept.applications, lost.applications, &dialogs::sent_application::number);
    add_missing(kept.claims, lost.claims, &dialogs::payment_claim::number);
    kept.claims_said = std::max(kept.claims_said, lost.claims_said);
    add_missing(kept.promises, lost.promises, &dialogs::payment_promise::made_at);
    if (lost.hardship.since > kept.hardship.since) kept.hardship = lost.hardship;
    merge_sides(kept.referrals, lost.referrals);
    if (kept.drafts.size() > dialogs::drafts_max) kept.drafts.resize(dialogs::drafts_max);
    // Numbers go on from the higher of both, so that none is given twice.
    add_missing(kept.cases, lost.cases, &dialogs::client_case::number);
    kept.cases_opened = std::max(kept.cases_opened, lost.cases_opened);
    add_missing(kept.desk.cases, lost.desk.cases, &dialogs::desk_case::number);
    // No timer of either stands any more; one who never spoke has none, and moves nobody.
    if (!younger.session.empty()) kept.steps = std::max(kept.steps, lost.steps) + 1;
    if (lost.last_inbound_at > kept.last_inbound_at) take_conversation(kept, lost);
    dialogs::forget_proof(kept.proof);
    kept.confirmations.clear();
    kept.now = std::max(kept.now, lost.now);  // time never runs backwards for a conversation
    std::string bytes;
    encode(kept, bytes);
    return bytes;
}

}  // namespace

std::vector<identity> person::identities() const {
    return known_as.empty() ? std::vector<identity>{} : decode_identities(known_as);
}

std::vector<std::string> person::phones() const {
    std::vector<std::string> all;
    for (auto& one : identities()) {
        if (one.kind == identity_kind::phone) all.push_back(std::move(one.value));
    }
    return all;
}

people::people(SQLite::Database& database, std::size_t cached_most)
    : cache_{cached_most},
      owners_{cached_most * 2},
      read_owner_{database, "SELECT party FROM identities WHERE kind = ? AND value = ?"},
      read_person_{database, "SELECT key, identities FROM people WHERE party = ?"},
      read_session_{database, "SELECT seq, body, timers FROM sessions WHERE party = ?"},
      read_sessions_{database, "SELECT party, body FROM sessions"},
      read_erased_{database, "SELECT 1 FROM parties WHERE id = ? AND erased_at IS NOT NULL"},
      add_party_{database, "INSERT INTO parties(id, created_at) VALUES (?, ?)"},
      write_person_{
          database, "INSERT OR REPLACE INTO people(party, key, identities) VALUES (?, ?, ?)"
      },
      write_identity_{
          database, "INSERT OR REPLACE INTO identities(kind, value, party) VALUES (?, ?, ?)"
      },
      drop_identity_{
          database, "DELETE FROM identities WHERE kind = ? AND value = ? AND party = ?"
      },
      forward_party_{
          database, "UPDATE parties SET forwarded_to = ?2 WHERE id = ?1 OR forwarded_to = ?1"
      },
      write_session_{
          database, "INSERT OR REPLACE INTO sessions(party, seq, body, timers) VALUES (?, ?, ?, ?)"
      },
      drop_session_{database, "DELETE FROM sessions WHERE party = ?"},
      drop_person_{database, "DELETE FROM people WHERE party = ?"},
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
        return forwarded(at->second);
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
    const auto* who = find(party);
    return who == nullptr ? std::nullopt : std::optional{who->key};
}

bool people::erased(std::int64_t party) {
    read_erased_.bind(1, party);
    return rows{read_erased_}.next();
}

const person* people::find(std::int64_t party) {
    if (!plan_.people.empty()) {
        const auto at = plan_.people.find(party);
        if (at != plan_.people.end()) return &at->second;
    }
    if (const auto* known = cache_.find(party)) return known;
    person read;
    read_person_.bind(1, party);
    {
        rows found{read_person_};
        if (!found.next()) return nullptr;
        read.key = key_from(found.blob(0));
        read.known_as = found.blob(1);
    }
    if (const auto* waiting = sessions_.find(party)) {
        read.session = waiting->body;
        read.timers = waiting->timers;
        read.last_row = waiting->row;
    } else {
        read_session_.bind(1, party);
        if (rows found{read_session_}; found.next()) {
            read.last_row = found.number(0);
            read.session = found.blob(1);
            read.timers = found.blob(2);
        }
    }
    return &cache_.put(party, std::move(read));
}

std::vector<kept_timer> people::timers_of(std::int64_t party) {
    const auto* who = find(party);
    return who == nullptr || who->timers.empty() ? std::vector<kept_timer>{}
                                                 : decode_timers(who->timers);
}

// ---- planning

void people::forget_plan() {
    if (has_plan()) plan_ = plan{};
}

bool people::planned_new(std::int64_t party) const {
    return std::ranges::find(plan_.created, party) != plan_.created.end();
}

bool people::has_plan() const noexcept { return !plan_.people.empty(); }

person& people::planned(std::int64_t party) {
    if (const auto at = plan_.people.find(party); at != plan_.people.end()) return at->second;
    const auto* known = find(party);
    BOOST_ASSERT(known != nullptr);  // an identity never belongs to nobody
    auto copy = *known;
    return plan_.people.emplace(party, std::move(copy)).first->second;
}

std::int64_t people::create() {
    const auto party = next_party_ + static_cast<std::int64_t>(plan_.created.size());
    plan_.created.push_back(party);
    plan_.people[party].key = new_seal_key();
    return party;
}

void people::attach(const identity& one, std::int64_t party) {
    auto& who = planned(party);
    auto all = who.identities();
    if (!holds(all, one)) all.push_back(one);
    encode(all, who.known_as);
    plan_.identities[key_of_identity(one)] = party;
}

void people::detach(const identity& one, std::int64_t party) {
    auto& who = planned(party);
    auto all = who.identities();
    std::erase(all, one);
    encode(all, who.known_as);
}

bool people::is_someone_else(std::int64_t party, const std::vector<identity>& seen_as) {
    const auto hers = planned(party).identities();
    for (const auto& one : seen_as) {
        if (!is_strong(one.kind) || holds(hers, one)) continue;
        for (const auto& other : hers) {
            if (other.kind == one.kind) return true;
        }
    }
    return false;
}

// What was somebody else's number may be on file for somebody else, too.
void people::doubt(std::int64_t party) {
    auto& who = planned(party);
    auto session = session_of(who);
    dialogs::begin_to_doubt(session.proof);
    session.confirmations.clear();
    encode(session, who.session);
}

std::int64_t people::unite(std::int64_t left, std::int64_t right) {
    const auto older = std::min(left, right);
    const auto younger = std::max(left, right);
    const auto lost = planned(younger);
    merge one{.older = older, .younger = younger, .younger_row = lost.last_row};
    auto& kept = planned(older);
    kept.session = merged_session(kept, lost);
    one.session = kept.session;
    for (const auto& hers : lost.identities()) {
        detach(hers, younger);
        attach(hers, older);
    }
    plan_.forwards[younger] = older;
    plan_.merges.push_back(std::move(one));
    plan_.notes.push_back({older, "merged", "took in party " + std::to_string(younger)});
    plan_.notes.push_back({younger, "merged", "went into party " + std::to_string(older)});
    return older;
}

std::int64_t people::recognise(
    const std::vector<identity>& seen_as, const identity_changed* changed
) {
    std::int64_t party = 0;
    for (const auto& one : seen_as) {  // user ids first: they are one person's
        if (!is_strong(one.kind)) continue;
        const auto found = find_owner(one);
        if (found == 0 || found == party) continue;
        party = party == 0 ? found : unite(party, found);
    }
    const bool known_by_user_id = party != 0;
    for (const auto& one : seen_as) {
        if (is_strong(one.kind)) continue;
        const auto found = find_owner(one);
        if (found == 0 || found == party || is_someone_else(found, seen_as)) continue;
        if (party == 0) {
            party = found;
        } else if (known_by_user_id) {
            party = unite(party, found);
        }
    }
    if (changed == nullptr) return party;
    for (const auto& one : changed->now) {
        // She may have written as the new one before we heard of the change.
        const auto found = find_owner(one);
        if (found == 0 || found == party) continue;
        if (party == 0) {
            party = found;
        } else if (is_strong(one.kind)) {
            party = unite(party, found);
        }
    }
    return party;
}

std::int64_t people::place(const incoming& event) {
    // The common case, a person we know: nothing but look-ups.
    const auto* changed = change_in(event);
    std::int64_t party = 0;
    bool all_hers = true;
    for (const auto& one : event.from) {
        const auto found = find_owner(one);
        if (party == 0) party = found;
        all_hers = all_hers && found != 0 && found == party;
    }
    if (all_hers && changed == nullptr) return party != 0 ? party : create();

    auto seen_as = event.from;
    if (changed != nullptr && !changed->before.empty()) {
        // Same person: who she was decides, what she is now is attached to that.
        seen_as = changed->before;
        for (const auto& one : event.from) {
            if (!holds(changed->now, one) && !holds(seen_as, one)) seen_as.push_back(one);
        }
    }
    party = recognise(seen_as, changed);
    if (party == 0) party = create();

    const auto take = [&](const identity& one, bool may_move) {
        const auto found = find_owner(one);
        if (found == party || (found != 0 && !may_move)) return;
        if (found != 0) {
            detach(one, found);
            plan_.notes.push_back(
                {found, "identity_moved", one.value + " to party " + std::to_string(party)}
            );
            plan_.notes.push_back(
                {party, "identity_moved", one.value + " from party " + std::to_string(found)}
            );
        }
        attach(one, party);
        if (found != 0) doubt(party);
    };
    const bool proven =
        std::ranges::any_of(seen_as, [](const identity& one) { return is_strong(one.kind); });
    for (const auto& one : seen_as) take(one, proven);
    if (changed != nullptr) {
        for (const auto& one : changed->now) take(one, true);
    }
    return party;
}

// ---- writing

void people::write_plan(instant now) {
    for (const auto party : plan_.created) add_party_.bind(1, party).bind(2, to_millis(now)).run();
    for (const auto& [party, one] : plan_.people) {
        write_person_.bind(1, party).bind_blob(2, bytes_of(one.key)).bind_blob(3, one.known_as).run();
    }
    for (const auto& [key, party] : plan_.identities) {
        write_identity_.bind(1, static_cast<std::int64_t>(key.front()))
            .bind(2, std::string_view{key}.substr(1))
            .bind(3, party)
            .run();
    }
    for (const auto& one : plan_.merges) {
        forward_party_.bind(1, one.younger).bind(2, forwarded(one.older)).run();
    }
}

void people::plan_written() {
    if (!has_plan()) return;
    auto done = std::exchange(plan_, plan{});
    next_party_ += static_cast<std::int64_t>(done.created.size());
    for (const auto& one : done.merges) forward(one.younger, one.older);
    for (auto& [party, one] : done.people) cache_.put(party, std::move(one));
    for (const auto& [key, party] : done.identities) owners_.put(key, party);
}

void people::set_session(
    std::int64_t party, std::string session, std::string timers, std::int64_t row
) {
    if (auto* known = cache_.find(party)) {
        known->session = session;
        known->timers = timers;
        known->last_row = row;
    }
    sessions_.put(party, {std::move(session), std::move(timers), row});
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

void people::each_session(const std::function<void(std::string_view body)>& visit) {
    const auto fresh = [&visit](const session_row& row) {
        if (row.row != 0 && !row.body.empty()) visit(row.body);
    };
    for (const auto& [party, row] : sessions_.current()) fresh(row);
    for (const auto& [party, row] : sessions_.frozen()) {
        if (!sessions_.current().contains(party)) fresh(row);
    }
    for (rows stored{read_sessions_}; stored.next();) {
        if (sessions_.find(stored.number(0)) == nullptr) visit(stored.blob(1));
    }
}

std::size_t people::slice(std::size_t most) {
    return sessions_.slice(most, [this](std::int64_t party, const session_row& row) {
        if (row.row == 0) {
            drop_session_.bind(1, party).run();
        } else {
            write_session_.bind(1, party)
                .bind(2, row.row)
                .bind_blob(3, row.body)
                .bind_blob(4, row.timers)
                .run();
        }
    });
}

std::vector<std::int64_t> people::erase(std::int64_t party, instant now) {
    std::vector<std::int64_t> all{party};
    for (const auto& [from, to] : forwarded_) {
        if (to == party) all.push_back(from);
    }
    for (const auto one : all) {
        const auto* who = find(one);
        if (who == nullptr) continue;
        for (const auto& hers : who->identities()) {
            drop_identity_.bind(1, static_cast<std::int64_t>(hers.kind))
                .bind(2, hers.value)
                .bind(3, one)
                .run();
        }
        drop_person_.bind(1, one).run();
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
