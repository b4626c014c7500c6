#include "gateway/store/sqlite/sqlite_store.hpp"

#include "gateway/store/archive.hpp"
#include "gateway/store/codec.hpp"
#include "gateway/store/sqlite/application_table.hpp"
#include "gateway/store/sqlite/case_table.hpp"
#include "gateway/store/sqlite/journal.hpp"
#include "gateway/store/sqlite/media_table.hpp"
#include "gateway/store/sqlite/migrate.hpp"
#include "gateway/store/sqlite/open_database.hpp"
#include "gateway/store/sqlite/outbox.hpp"
#include "gateway/store/sqlite/people.hpp"
#include "gateway/store/sqlite/nudge_table.hpp"
#include "gateway/store/sqlite/meeting_table.hpp"
#include "gateway/store/sqlite/referral_table.hpp"
#include "gateway/store/sqlite/schema.hpp"
#include "gateway/store/sqlite/script_sets.hpp"
#include "gateway/store/sqlite/seen_ids.hpp"
#include "gateway/store/sqlite/shelf.hpp"
#include "gateway/store/sqlite/statement.hpp"
#include "gateway/store/sqlite/timers.hpp"
#include "gateway/store/sqlite/told_table.hpp"
#include "gateway/store/sqlite/wal_keeper.hpp"

#include <SQLiteCpp/Database.h>
#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>
#include <sqlite3.h>

#include <algorithm>
#include <limits>

namespace tertulia::gateway {
namespace {

// A slice is twice what the commit brings, so that a generation is written before the next is full.
constexpr std::size_t slice_least = 16;
constexpr std::size_t slice_most = 1024;
constexpr std::size_t checkpoint_slice = 4096;
constexpr int busy_timeout_ms = 10'000;

sqlite_settings checked(sqlite_settings how) {
    if (how.keep < keep_least) {
        throw std::invalid_argument{
            "store.keep is " + std::to_string(how.keep.count()) + " days, and at least " +
            std::to_string(keep_least.count()) + " are needed to place late delivery statuses"
        };
    }
    if (how.generation_turns == 0) throw std::invalid_argument{"generation_turns is 0"};
    if (how.promise == durability::memory) {
        how.path = ":memory:";
        how.vfs.clear();
        how.people_cached_most = std::numeric_limits<std::int32_t>::max();
        how.seen_in_memory_most = std::numeric_limits<std::size_t>::max();
    }
    return how;
}

std::unique_ptr<SQLite::Database> connect(const sqlite_settings& how) {
    auto database = open_database({
        .path = how.path,
        .flags = SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE | SQLite::OPEN_NOMUTEX,
        .lock_wait_ms = busy_timeout_ms,
        .vfs = how.vfs,
        .page_pragma = "PRAGMA page_size = " + std::to_string(how.page_bytes),
    });
    database->exec(
        how.promise == durability::unsynced ? "PRAGMA synchronous = OFF" : "PRAGMA synchronous = FULL"
    );
    database->exec("PRAGMA cache_size = -" + std::to_string(how.cache_bytes / 1024));
    database->exec("PRAGMA mmap_size = 0");
    database->exec("PRAGMA temp_store = MEMORY");
    sqlite3_wal_autocheckpoint(database->getHandle(), 0);  // wal_keeper's
    return database;
}

std::unique_ptr<SQLite::Database> connect_and_migrate(const sqlite_settings& how) {
    auto database = connect(how);
    migrate(*database, "store", store_versions());
    return database;
}

// A redelivered event bears the same stamp; this is where one that became a dead letter has it.
instant stamp_of(const dead_letter& one) {
    const auto* heard = std::get_if<dialogs::heard>(&one.what);
    return heard != nullptr ? heard->message.sent_at : one.at;
}

struct id_hash {
    using is_avalanching = void;
    std::size_t operator()(const event_identity& id) const noexcept {
        return static_cast<std::size_t>(id.high ^ id.low);
    }
};

}  // namespace

class sqlite_store::impl {
public:
    explicit impl(sqlite_settings how);

    std::vector<opened> open(std::span<const incoming> events);
    void commit(const batch& what);
    void checkpoint();
    void erase_person(std::int64_t party, instant now, std::string_view by);

    std::vector<turn> journal_of(std::int64_t party);
    void visit(const std::function<bool(const journal_entry&)>& visit);

    std::vector<dead_letter> dead_letters(std::size_t most);
    std::vector<kept_part> waiting_parts();
    std::optional<instant> next_timer();
    std::vector<pending_timer> due_timers(instant until, std::size_t most);

    outbox& sends() noexcept { return outbox_; }
    shelf& kept() noexcept { return shelf_; }
    nudge_table& nudges() noexcept { return nudges_; }
    media_table& received() noexcept { return media_; }
    told_table& still_told() noexcept { return told_; }
    case_table& cases() noexcept { return cases_; }
    void note_case_view(
        std::string_view number, instant at, std::string_view who, std::string_view what
    );
    application_table& applications() noexcept { return applications_; }
    referral_table& referrals() noexcept { return referrals_; }
    meeting_table& meetings() noexcept { return meetings_; }
    script_sets& scripts() noexcept { return script_sets_; }
    std::int64_t publish(const script_set_row& set, const publication& what);
    std::map<std::uint64_t, std::size_t> conversations_under_way(const session_test& counted);
    std::optional<party_id> find_party(const identity& of);
    std::vector<identity> identities_of(std::int64_t party);
    std::string one_time_code(std::int64_t party, std::string_view what);
    std::int64_t next_outbox_id() noexcept { return next_outbox_++; }

private:
    // A turn or merge of the commit under way.
    struct written_row {
        std::int64_t seq{};
        std::string session{};
    };

    template <class Work>
    void in_transaction(Work&& work);
    void write(const batch& what, instant now);
    template <class Value>
    std::int64_t seal_beside(party_id whose, const Value& value, std::string_view what);
    void write_dead_letters(const batch& what);
    void write_parts(const batch& what);
    void write_records(const turn& of, std::int64_t seq, const seal_key& hers);
    void apply(const batch& what, instant now);
    void apply_turn(const turn& one, std::string session, std::int64_t seq);
    void apply_rest(const batch_row& rest, instant now);
    void apply_merge(
        std::int64_t older, std::int64_t younger, std::string session, std::int64_t seq
    );

    void replay();
    void replay_row(const journal_row& row);
    std::optional<seal_key> key_for(const journal_row& row);
    std::optional<decoded_turn> decoded(const journal_row& row);
    std::optional<merge_row> decoded_merge(const journal_row& row);
    std::optional<outbox_entry> read_entry(std::int64_t row, std::int64_t id);

    void freeze();
    [[nodiscard]] std::size_t left() const noexcept;
    void slice(std::size_t most);
    void trim(std::size_t most);
    void projections_written();
    void projections_undone() noexcept;
    void forget_generation();

    std::int64_t previous_row(std::int64_t party);
    std::optional<std::uint64_t> steps_of_timer(
        std::int64_t party, const std::string& name, instant due
    );
    void timer_fired(std::int64_t party, const dialogs::timer_fired& what);
    // Her timers after a turn, encoded; the index by due follows.
    std::string timers_after(const turn& one);
    void end_timers(std::int64_t party);
    std::int64_t position(int column);

    sqlite_settings how_;
    bool writes_{};
    std::unique_ptr<SQLite::Database> database_;
    std::int64_t log_pages_{};
    people people_;
    seen_ids seen_;
    journal journal_;
    outbox outbox_;
    timer_table timers_;
    shelf shelf_;
    media_table media_;
    told_table told_;
    case_table cases_;
    application_table applications_;
    referral_table referrals_;
    meeting_table meetings_;
    nudge_table nudges_;
    script_sets script_sets_;
    std::unique_ptr<wal_keeper> keeper_{};

    statement begin_;
    statement end_;
    statement move_position_;

    std::int64_t position_{};
    std::int64_t next_outbox_{1};
    instant now_{};  // of the latest commit
    std::size_t turns_dirty_{};
    bool generation_open_{};
    std::int64_t generation_row_{};
    bool trimming_{true};
    bool next_timer_known_{};
    std::optional<instant> next_timer_{};

    boost::unordered_flat_set<event_identity, id_hash> batch_ids_{};
    boost::unordered_flat_map<std::int64_t, std::int64_t> batch_rows_{};  // newest by party
    std::vector<written_row> rows_{};
    std::vector<written_row> merge_rows_{};
    batch_row rest_{};
    std::string plain_{};
    std::string sealed_{};
};

// ---- opening the file

sqlite_store::impl::impl(sqlite_settings how)
    : how_{checked(std::move(how))},
      writes_{how_.promise != durability::memory},
      database_{connect_and_migrate(how_)},
      people_{*database_, how_.people_cached_most},
      seen_{*database_, {how_.remember_days, how_.seen_in_memory_most}},
      journal_{*database_, position(0)},
      outbox_{
          *database_, [this](std::int64_t row, std::int64_t id) { return read_entry(row, id); }
      },
      timers_{
          *database_,
          [this](std::int64_t party, const std::string& name, instant due) {
              return steps_of_timer(party, name, due);
          }
      },
      shelf_{*database_},
      media_{
          *database_, journal_, people_,
          [this](const std::function<void()>& work) { in_transaction(work); }
      },
      told_{*database_, journal_, people_},
      cases_{*database_, journal_, people_},
      applications_{
          *database_, journal_, people_,
          [this](const std::function<void()>& work) { in_transaction(work); }
      },
      referrals_{
          *database_, journal_, people_,
          [this](const std::function<void()>& work) { in_transaction(work); }
      },
      meetings_{*database_, journal_, people_},
      nudges_{*database_, journal_, people_},
      script_sets_{*database_},
      begin_{*database_, "BEGIN IMMEDIATE"},
      end_{*database_, "COMMIT"},
      move_position_{*database_, "UPDATE position SET seq = ?, outbox_id = ?"},
      position_{position(0)} {
    sqlite3_wal_hook(
        database_->getHandle(),
        [](void* self, sqlite3*, const char*, int pages) {
            static_cast<impl*>(self)->log_pages_ = pages;
            return SQLITE_OK;
        },
        this
    );
    replay();
    next_outbox_ = std::max(position(1), outbox_.newest_id() + 1);
    if (writes_) {
        keeper_ = std::make_unique<wal_keeper>(
            [this] { return connect(how_); }, how_.checkpoint_thread
        );
    }
}

std::int64_t sqlite_store::impl::position(int column) {
    statement read{*database_, "SELECT seq, outbox_id FROM position"};
    rows one{read};
    if (!one.next()) throw damaged_row{"the journal position is missing"};
    return one.number(column);
}

// Each row holds the whole new session, so replaying what is already in a table changes nothing.
void sqlite_store::impl::replay() {
    statement newest{*database_, "SELECT at FROM journal ORDER BY seq DESC LIMIT 1"};
    if (rows one{newest}; one.next()) now_ = from_millis(one.number(0));
    journal_.each_after(position_, [this](const journal_row& row) {
        replay_row(row);
        return true;
    });
    outbox_.complete_pending();
}

void sqlite_store::impl::replay_row(const journal_row& row) {
    now_ = std::max(now_, row.at);
    switch (row.kind) {
    case row_kind::turn:
        if (auto turn = decoded(row)) apply_turn(turn->what, std::move(turn->session), row.seq);
        ++turns_dirty_;
        return;
    case row_kind::rest: {
        batch_row rest;
        try {
            rest = decode_batch_row(row.body);
        } catch (const std::runtime_error& broken) {
            throw damaged_row{
                "journal row " + std::to_string(row.seq) + " cannot be read: " + broken.what()
            };
        }
        apply_rest(rest, row.at);
        turns_dirty_ += rest.seen.size() + rest.marks.size();
        return;
    }
    case row_kind::merged:
        if (auto merge = decoded_merge(row)) {
            apply_merge(row.party, merge->younger, std::move(merge->session), row.seq);
        }
        return;
    }
    throw damaged_row{
        "journal row " + std::to_string(row.seq) + " is of a kind this build does not know"
    };
}

// ---- reading the journal

// Nothing: the person was erased, and her rows are noise.
std::optional<seal_key> sqlite_store::impl::key_for(const journal_row& row) {
    auto key = people_.key_of(row.party);
    if (!key && !people_.erased(row.party)) {
        throw damaged_row{
            "journal row " + std::to_string(row.seq) + " belongs to party " +
            std::to_string(row.party) + ", whose key is missing"
        };
    }
    return key;
}

std::optional<decoded_turn> sqlite_store::impl::decoded(const journal_row& row) {
    const auto key = key_for(row);
    if (!key) return std::nullopt;
    const auto plain = journal_.open(row, *key);
    try {
        return decode_turn(plain);
    } catch (const std::runtime_error& broken) {
        throw damaged_row{
            "journal row " + std::to_string(row.seq) + " cannot be read: " + broken.what()
        };
    }
}

std::optional<merge_row> sqlite_store::impl::decoded_merge(const journal_row& row) {
    const auto key = key_for(row);
    if (!key) return std::nullopt;
    return decode_merge_row(journal_.open(row, *key));
}

std::optional<outbox_entry> sqlite_store::impl::read_entry(std::int64_t row, std::int64_t id) {
    std::string keep;
    const auto found = journal_.read(row, keep);
    if (!found || found->kind != row_kind::turn) return std::nullopt;
    auto turn = decoded(*found);
    if (!turn) return std::nullopt;
    for (auto& entry : turn->what.sends) {
        if (entry.id == id) return std::move(entry);
    }
    return std::nullopt;
}

std::vector<turn> sqlite_store::impl::journal_of(std::int64_t party) {
    std::vector<std::pair<std::int64_t, turn>> found;
    std::vector<std::int64_t> chains;
    if (const auto* who = people_.find(people_.forwarded(party))) chains.push_back(who->last_row);
    std::string keep;
    while (!chains.empty()) {
        auto seq = chains.back();
        chains.pop_back();
        while (seq != 0) {
            const auto row = journal_.read(seq, keep);
            if (!row) break;  // trimmed, and so is all before it
            if (row->kind == row_kind::merged) {
                if (const auto merge = decoded_merge(*row)) chains.push_back(merge->younger_row);
            } else if (auto turn = decoded(*row)) {
                turn->what.script_version = script_sets_.version_of(turn->script);
                found.emplace_back(seq, std::move(turn->what));
            }
            seq = row->previous;
        }
    }
    std::ranges::sort(found, {}, [](const auto& one) { return one.first; });
    std::vector<turn> turns;
    turns.reserve(found.size());
    for (auto& [seq, one] : found) turns.push_back(std::move(one));
    return turns;
}

void sqlite_store::impl::visit(const std::function<bool(const journal_entry&)>& visit) {
    journal_.each_after(0, [&](const journal_row& row) {
        journal_entry entry{.seq = row.seq, .at = row.at};
        if (row.kind == row_kind::rest) {
            const auto rest = decode_batch_row(row.body);
            entry.marks = &rest.marks;
            entry.statuses = &rest.statuses;
            return visit(entry);
        }
        if (row.kind != row_kind::turn) return true;
        auto turn = decoded(row);
        if (!turn) return true;
        turn->what.script_version = script_sets_.version_of(turn->script);
        entry.one = &turn->what;
        return visit(entry);
    });
}

// ---- open

std::vector<opened> sqlite_store::impl::open(std::span<const incoming> events) {
    std::vector<opened> answers(events.size());
    // Outcomes are opened after the events of their batch: the strangers among those stay planned.
    if (std::ranges::any_of(events, [](const incoming& one) { return one.party.value == 0; })) {
        people_.forget_plan();
    }
    batch_ids_.clear();
    // Everybody is placed before anybody is looked at: a later event may prove two of them one.
    for (std::size_t i = 0; i < events.size(); ++i) {
        const auto& event = events[i];
        auto& answer = answers[i];
        answer.party = event.party;
        answer.seen =
            seen_.contains(event.id, event.stamped) || !batch_ids_.insert(event.id).second;
        if (answer.seen) {
            if (const auto* timer = std::get_if<dialogs::timer_fired>(&event.what)) {
                timer_fired(event.party.value, *timer);
            }
        } else if (event.party.value == 0) {
            answer.party.value = people_.place(event);
        }
    }
    for (std::size_t i = 0; i < events.size(); ++i) {
        auto& answer = answers[i];
        if (answer.seen) continue;
        answer.party.value = people_.forwarded(answer.party.value);
        answer.created = people_.planned_new(answer.party.value);
        const auto* who = people_.find(answer.party.value);
        if (who == nullptr) {  // erased meanwhile: there is nobody to have a turn with
            answer.seen = true;
            continue;
        }
        answer.phones = who->phones();
        if (!who->session.empty()) answer.session = decode_session(who->session);
    }
    return answers;
}

std::optional<party_id> sqlite_store::impl::find_party(const identity& of) {
    const auto party = people_.find_owner(of);
    return party == 0 ? std::nullopt : std::optional{party_id{party}};
}

std::vector<identity> sqlite_store::impl::identities_of(std::int64_t party) {
    const auto* who = people_.find(people_.forwarded(party));
    return who == nullptr ? std::vector<identity>{} : who->identities();
}

std::string sqlite_store::impl::one_time_code(std::int64_t party, std::string_view what) {
    const auto key = people_.key_of(people_.forwarded(party));
    return key ? six_digits_of(*key, what) : std::string{};
}

// ---- timers

std::optional<std::uint64_t> sqlite_store::impl::steps_of_timer(
    std::int64_t party, const std::string& name, instant due
) {
    for (const auto& one : people_.timers_of(party)) {
        if (one.name == name && one.due == due) return one.steps;
    }
    return std::nullopt;
}

std::string sqlite_store::impl::timers_after(const turn& one) {
    const auto party = one.party.value;
    const auto before = people_.timers_of(party);
    auto after = before;
    // A timer waits for silence: whatever moved the conversation on took it back.
    std::erase_if(after, [&](const kept_timer& timer) { return timer.steps != one.next.steps; });
    if (const auto* fired = std::get_if<dialogs::timer_fired>(&one.what)) {
        std::erase_if(after, [&](const kept_timer& timer) {
            return timer.name == fired->name && timer.steps == fired->steps;
        });
    }
    for (const auto& effect : one.effects) {
        const auto* set = std::get_if<dialogs::set_timer>(&effect);
        const auto* cancel = std::get_if<dialogs::cancel_timer>(&effect);
        if (set == nullptr && cancel == nullptr) continue;
        const auto& name = set != nullptr ? set->name : cancel->name;
        std::erase_if(after, [&](const kept_timer& timer) { return timer.name == name; });
        if (set != nullptr) after.push_back({set->name, one.next.steps, set->due});
    }
    for (const auto& timer : before) timers_.drop(party, timer.name, timer.due);
    for (const auto& timer : after) timers_.add(party, timer.name, timer.due);
    std::string bytes;
    if (!after.empty()) encode(after, bytes);
    return bytes;
}

void sqlite_store::impl::end_timers(std::int64_t party) {
    for (const auto& timer : people_.timers_of(party)) timers_.drop(party, timer.name, timer.due);
}

// It fired and came to nothing: a dead letter, or handled before a kill that came too soon.
void sqlite_store::impl::timer_fired(std::int64_t party, const dialogs::timer_fired& what) {
    const auto* who = people_.find(party);
    if (who == nullptr || who->timers.empty()) return;
    auto left = decode_timers(who->timers);
    const auto gone = std::erase_if(left, [&](const kept_timer& timer) {
        if (timer.name != what.name || timer.steps != what.steps) return false;
        timers_.drop(party, timer.name, timer.due);
        return true;
    });
    if (gone == 0) return;
    std::string bytes;
    if (!left.empty()) encode(left, bytes);
    const auto row = who->last_row;
    auto session = who->session;
    people_.set_session(party, std::move(session), std::move(bytes), row);
    next_timer_known_ = false;
}

// ---- commit

template <class Work>
void sqlite_store::impl::in_transaction(Work&& work) {
    begin_.run();
    try {
        work();
        end_.run();
    } catch (...) {
        // A full disk may have ended the transaction already.
        auto* handle = database_->getHandle();
        if (sqlite3_get_autocommit(handle) == 0) {
            sqlite3_exec(handle, "ROLLBACK", nullptr, nullptr, nullptr);
        }
        script_sets_.undone();
        projections_undone();
        throw;
    }
    script_sets_.written();
    projections_written();
}

void sqlite_store::impl::commit(const batch& what) {
    if (what.empty() && !people_.has_plan()) return;
    auto now = instant{};
    for (const auto& one : what.turns) now = std::max(now, one.now);
    for (const auto& one : what.marks) now = std::max(now, one.at);
    for (const auto& one : what.channel_facts) now = std::max(now, one.at);
    for (const auto& one : what.dead_letters) now = std::max(now, one.at);
    for (const auto& one : what.parts_kept) now = std::max(now, one.at);
    if (now == instant{}) now = now_;

    rest_ = {.marks = what.marks, .statuses = what.statuses};
    for (std::size_t i = 0; i < what.seen_ids.size(); ++i) {
        rest_.seen.push_back(
            {what.seen_ids[i], i < what.seen_stamps.size() ? what.seen_stamps[i] : now}
        );
    }
    for (const auto& one : what.dead_letters) rest_.seen.push_back({one.event_id, stamp_of(one)});
    rows_.resize(what.turns.size());
    merge_rows_.resize(people_.merges().size());
    batch_rows_.clear();

    bool moved = false;
    if (writes_) {
        in_transaction([&] {
            write(what, now);
            if (generation_open_) {
                if (left() == 0) {
                    move_position_.bind(1, generation_row_).bind(2, next_outbox_).run();
                    moved = true;
                } else {
                    slice(std::clamp(2 * what.turns.size(), slice_least, slice_most));
                }
            } else if (trimming_) {
                trim(std::clamp(2 * what.turns.size(), slice_least, slice_most));
            }
        });
    } else {
        for (std::size_t i = 0; i < what.turns.size(); ++i) {
            rows_[i].seq = journal_.take_row();
            encode(what.turns[i].next, rows_[i].session);
        }
        for (std::size_t i = 0; i < merge_rows_.size(); ++i) {
            merge_rows_[i] = {journal_.take_row(), people_.merges()[i].session};
        }
    }
    now_ = now;
    apply(what, now);
    if (moved) {
        generation_open_ = false;
        trimming_ = true;
        position_ = generation_row_;
    }
    if (turns_dirty_ >= how_.generation_turns && !generation_open_) {
        if (writes_) {
            freeze();
        } else {
            forget_generation();
        }
    }
    if (keeper_) keeper_->poke(log_pages_ * how_.page_bytes);
}

// The rows of the batch: merges first, since its turns are already those of the one that stayed.
void sqlite_store::impl::write(const batch& what, instant now) {
    people_.write_plan(now);
    for (std::size_t i = 0; i < people_.merges().size(); ++i) {
        const auto& one = people_.merges()[i];
        const auto older = people_.forwarded(one.older);
        const auto key = people_.key_of(older);
        if (!key) throw std::invalid_argument{"a merge into a party that is no more"};
        const auto seq = journal_.take_row();
        encode(merge_row{one.younger, one.younger_row, one.session}, plain_);
        journal_.append(
            {.seq = seq, .at = now, .party = older, .kind = row_kind::merged,
             .previous = previous_row(older)},
            &*key, plain_
        );
        batch_rows_[older] = seq;
        merge_rows_[i] = {seq, one.session};
        referrals_.merge(older, one.younger);
    }
    for (const auto& note : people_.notes()) {
        shelf_.add_record(journal_.newest(), note.party, now, note.kind, note.detail);
        if (note.kind != "identity_moved") continue;
        shelf_.add_notice(
            {.field = "identity.moved",
             .summary = "a number has another owner on WhatsApp",
             .raw_json = R"({"party":)" + std::to_string(note.party) + "}"},
            now
        );
    }
    for (std::size_t i = 0; i < what.turns.size(); ++i) {
        const auto& one = what.turns[i];
        const auto party = one.party.value;
        const auto key = people_.key_of(party);
        if (!key) {
            throw std::invalid_argument{"a turn of party " + std::to_string(party) + ", who is none"};
        }
        auto& row = rows_[i];
        row.seq = journal_.take_row();
        encode(one.next, row.session);
        encode_turn(one, row.session, script_sets_.number_of(one.script_version), plain_);
        journal_.append(
            {.seq = row.seq, .at = one.now, .party = party, .kind = row_kind::turn,
             .previous = previous_row(party)},
            &*key, plain_
        );
        batch_rows_[party] = row.seq;
        write_records(one, row.seq, *key);
        if (const auto* heard = std::get_if<dialogs::heard>(&one.what);
            heard != nullptr && std::holds_alternative<received_media>(heard->message.content)) {
            media_.add(party, *key, heard->message, one.now);
        }
    }
    if (!rest_.marks.empty() || !rest_.seen.empty() || !rest_.statuses.empty()) {
        encode(rest_, plain_);
        journal_.append(
            {.seq = journal_.take_row(), .at = now, .party = 0, .kind = row_kind::rest}, nullptr,
            plain_
        );
    }
    write_dead_letters(what);
    write_parts(what);
    for (const auto& one : what.told) told_.add(one);
    for (const auto id : what.told_done) told_.drop(id);
    for (const auto& one : what.notices) shelf_.add_notice(one, now);
    for (const auto& one : what.channel_facts) shelf_.set_fact(one);
    for (const auto& one : what.usage) shelf_.add_usage(one);
}

// Under a row number of its own, into sealed_.
template <class Value>
std::int64_t sqlite_store::impl::seal_beside(
    party_id whose, const Value& value, std::string_view what
) {
    const auto key = people_.key_of(whose.value);
    if (!key) {
        throw std::invalid_argument{
            std::string{what} + " of party " + std::to_string(whose.value) + ", who is none"
        };
    }
    const auto row = journal_.take_row();
    encode(value, plain_);
    journal_.seal(row, *key, plain_, sealed_);
    return row;
}

void sqlite_store::impl::write_dead_letters(const batch& what) {
    for (const auto& one : what.dead_letters) {
        const auto id = seal_beside(one.party, one.what, "a dead letter");
        shelf_.add_dead_letter(id, one, sealed_);
    }
}

void sqlite_store::impl::write_parts(const batch& what) {
    for (const auto& one : what.parts_kept) {
        const auto row = seal_beside(one.party, one.part, "a piece");
        shelf_.add_part(row, one, sealed_);
    }
    for (const auto& one : what.parts_done) shelf_.drop_part(one);
}

// What must outlive the journal, each in its own table.
void sqlite_store::impl::write_records(const turn& of, std::int64_t seq, const seal_key& hers) {
    const auto party = of.party.value;
    for (const auto& effect : of.effects) {
        if (const auto* kept = std::get_if<dialogs::keep_record>(&effect)) {
            shelf_.add_record(seq, party, of.now, kept->kind, kept->detail);
        } else if (const auto* noted = std::get_if<dialogs::note_case>(&effect)) {
            cases_.note(party, *noted, of.now);
        } else if (const auto* sent = std::get_if<dialogs::send_application>(&effect)) {
            applications_.add(party, hers, *sent, of.now);
        } else if (const auto* referrer = std::get_if<dialogs::note_referrer>(&effect)) {
            referrals_.add_referrer(party, hers, *referrer, of.now);
        } else if (const auto* referral = std::get_if<dialogs::note_referral>(&effect)) {
            referrals_.note(party, *referral, of.now);
        } else if (const auto* nudge = std::get_if<dialogs::note_nudge>(&effect)) {
            nudges_.note(party, *nudge, of.now);
        } else if (const auto* planned = std::get_if<dialogs::plan_nudge>(&effect)) {
            nudges_.plan(*planned);
        } else if (const auto* promised = std::get_if<dialogs::note_promise>(&effect)) {
            nudges_.promise(party, *promised);
        } else if (const auto* contact = std::get_if<dialogs::contact_had>(&effect)) {
            nudges_.contact(party, hers, *contact, of.now);
        } else if (const auto* meeting = std::get_if<dialogs::note_meeting>(&effect)) {
            meetings_.note(party, *meeting, of.now);
        }
    }
}

std::int64_t sqlite_store::impl::previous_row(std::int64_t party) {
    if (const auto at = batch_rows_.find(party); at != batch_rows_.end()) return at->second;
    const auto* who = people_.find(party);
    return who == nullptr ? 0 : who->last_row;
}

// ---- projections

void sqlite_store::impl::apply(const batch& what, instant now) {
    const auto merges = people_.merges();
    people_.plan_written();
    for (std::size_t i = 0; i < merges.size(); ++i) {
        apply_merge(
            people_.forwarded(merges[i].older), merges[i].younger, std::move(merge_rows_[i].session),
            merge_rows_[i].seq
        );
    }
    for (std::size_t i = 0; i < what.turns.size(); ++i) {
        apply_turn(what.turns[i], std::move(rows_[i].session), rows_[i].seq);
    }
    apply_rest(rest_, now);
    for (const auto& one : what.dead_letters) {
        if (const auto* timer = std::get_if<dialogs::timer_fired>(&one.what)) {
            timer_fired(one.party.value, *timer);
        }
    }
    turns_dirty_ += what.turns.size() + rest_.seen.size() + rest_.marks.size();
    next_timer_known_ = false;
}

void sqlite_store::impl::apply_turn(const turn& one, std::string session, std::int64_t seq) {
    const auto party = one.party.value;
    seen_.add(one.id, one.stamped, one.now);
    for (const auto& entry : one.sends) outbox_.add(entry, seq);
    if (people_.forwarded(party) != party) return;  // merged away since: that session has ended
    people_.set_session(party, std::move(session), timers_after(one), seq);
}

void sqlite_store::impl::apply_rest(const batch_row& rest, instant now) {
    for (const auto& one : rest.seen) seen_.add(one.id, one.stamped, now);
    for (const auto& one : rest.marks) outbox_.mark(one);
}

// The younger's running session ends; she is at the menu of the older's next.
void sqlite_store::impl::apply_merge(
    std::int64_t older, std::int64_t younger, std::string session, std::int64_t seq
) {
    end_timers(younger);
    people_.end_session(younger);
    if (people_.forwarded(older) != older) return;  // merged on since
    const auto* who = people_.find(older);
    auto timers = who == nullptr ? std::string{} : who->timers;
    people_.set_session(older, std::move(session), std::move(timers), seq);
}

void sqlite_store::impl::freeze() {
    people_.freeze();
    outbox_.freeze();
    timers_.freeze();
    seen_.freeze();
    generation_open_ = true;
    generation_row_ = journal_.newest();
    turns_dirty_ = 0;
}

void sqlite_store::impl::forget_generation() {
    people_.discard();
    outbox_.discard();
    seen_.discard();
    turns_dirty_ = 0;
}

std::size_t sqlite_store::impl::left() const noexcept {
    return people_.left() + outbox_.left() + timers_.left() + seen_.left();
}

void sqlite_store::impl::slice(std::size_t most) {
    people_.slice(most);
    outbox_.slice(2 * most);
    timers_.slice(most);
    seen_.slice(8 * most);  // sixteen bytes each, side by side
}

void sqlite_store::impl::trim(std::size_t most) {
    auto up_to = position_;
    if (const auto pending = outbox_.oldest_pending_row()) up_to = std::min(up_to, *pending - 1);
    const auto rows_most = static_cast<std::int64_t>(most);
    const auto went = journal_.trim(now_ - how_.keep, up_to, rows_most) +
                      outbox_.trim(now_ - how_.keep, now_ - keep_least, rows_most);
    trimming_ = went != 0;
}

void sqlite_store::impl::projections_written() {
    people_.written();
    outbox_.written();
    timers_.written();
    seen_.written();
}

void sqlite_store::impl::projections_undone() noexcept {
    people_.undone();
    outbox_.undone();
    timers_.undone();
    seen_.undone();
}

void sqlite_store::impl::checkpoint() {
    if (!writes_) return;
    while (generation_open_ || position_ != journal_.newest() || turns_dirty_ != 0) {
        if (!generation_open_) freeze();
        while (left() != 0) in_transaction([this] { slice(checkpoint_slice); });
        in_transaction([this] {
            move_position_.bind(1, generation_row_).bind(2, next_outbox_).run();
        });
        generation_open_ = false;
        position_ = generation_row_;
    }
    trimming_ = true;
    while (trimming_) in_transaction([this] { trim(checkpoint_slice); });
    database_->exec("PRAGMA wal_checkpoint(TRUNCATE)");
}

// ---- the rest

void sqlite_store::impl::erase_person(
    std::int64_t party, instant now, std::string_view by
) {
    people_.forget_plan();
    party = people_.forwarded(party);
    batch ends;
    for (const auto id : outbox_.pending_of(party)) {
        ends.marks.push_back({.outbox_id = id, .state = outbox_state::expired, .at = now});
    }
    commit(ends);
    checkpoint();  // nothing of hers may be replayed later
    database_->exec("PRAGMA secure_delete = ON");
    std::vector<std::int64_t> gone;
    in_transaction([&] {
        gone = people_.erase(party, now);
        shelf_.add_record(journal_.newest(), party, now, "erased", by);
        for (const auto one : gone) {
            shelf_.drop_dead_letters_of(one);
            shelf_.drop_parts_of(one);
            media_.drop_of(one);
            told_.drop_of(one);
        }
    });
    people_.forget(gone);
    outbox_.forget_recent();
    next_timer_known_ = false;
    database_->exec("PRAGMA secure_delete = OFF");
    database_->exec("PRAGMA wal_checkpoint(TRUNCATE)");  // the old pages are in the log, too
}

std::optional<instant> sqlite_store::impl::next_timer() {
    if (!next_timer_known_) {
        const auto first = timers_.due(instant::max(), 1);
        next_timer_ = first.empty() ? std::nullopt : std::optional{first.front().due};
        next_timer_known_ = true;
    }
    return next_timer_;
}

std::vector<pending_timer> sqlite_store::impl::due_timers(instant until, std::size_t most) {
    return timers_.due(until, most);
}

std::vector<dead_letter> sqlite_store::impl::dead_letters(std::size_t most) {
    return shelf_.dead_letters(
        most,
        [this](std::int64_t id, std::int64_t party, std::string_view sealed)
            -> std::optional<dialogs::event> {
            const auto key = people_.key_of(party);
            if (!key) return std::nullopt;
            return decode_event(journal_.unseal(id, party, *key, sealed));
        }
    );
}

std::vector<kept_part> sqlite_store::impl::waiting_parts() {
    return shelf_.parts(
        [this](std::int64_t row, std::int64_t party, std::string_view sealed)
            -> std::optional<sms_part> {
            const auto key = people_.key_of(party);
            if (!key) return std::nullopt;
            return decode_part(journal_.unseal(row, party, *key, sealed));
        }
    );
}

void sqlite_store::impl::note_case_view(
    std::string_view number, instant at, std::string_view who, std::string_view what
) {
    if (!writes_) return;
    in_transaction([&] { cases_.note_view(number, at, who, what); });
}

std::int64_t sqlite_store::impl::publish(const script_set_row& set, const publication& what) {
    std::int64_t number = 0;
    in_transaction([&] {
        if (!set.sources_json.empty()) script_sets_.keep(set);
        number = script_sets_.add(what);
    });
    return number;
}

std::map<std::uint64_t, std::size_t> sqlite_store::impl::conversations_under_way(
    const session_test& counted
) {
    std::map<std::uint64_t, std::size_t> counts;
    people_.each_session([&](std::string_view body) {
        const auto session = decode_session(body);
        if (session.frames.empty() || (counted && !counted(session))) return;
        ++counts[session.script_set];
    });
    return counts;
}

// ---- the class others see

sqlite_store::sqlite_store(sqlite_settings how) : impl_{std::make_unique<impl>(std::move(how))} {}
sqlite_store::~sqlite_store() = default;

std::vector<opened> sqlite_store::open(std::span<const incoming> events) {
    return impl_->open(events);
}
void sqlite_store::commit(const batch& what) { impl_->commit(what); }
std::int64_t sqlite_store::next_outbox_id() { return impl_->next_outbox_id(); }
std::vector<outbox_entry_state> sqlite_store::pending_sends() { return impl_->sends().pending(); }
std::optional<outbox_entry_state> sqlite_store::find_send(std::int64_t outbox_id) {
    return impl_->sends().find(outbox_id);
}
std::optional<outbox_entry_state> sqlite_store::find_send_by_provider_id(
    std::string_view channel, std::string_view provider_id
) {
    return impl_->sends().find(channel, provider_id);
}
std::vector<pending_timer> sqlite_store::due_timers(instant until, std::size_t most) {
    return impl_->due_timers(until, most);
}
std::optional<instant> sqlite_store::next_timer() { return impl_->next_timer(); }
std::vector<pending_told> sqlite_store::waiting_told() { return impl_->still_told().all(); }
std::vector<kept_case> sqlite_store::cases(const case_filter& which, std::size_t most) {
    return impl_->cases().list(which, most);
}
std::optional<kept_case> sqlite_store::find_case(std::string_view number) {
    return impl_->cases().find(number);
}
std::vector<case_event> sqlite_store::case_history(std::string_view number) {
    return impl_->cases().history(number);
}
void sqlite_store::note_case_view(
    std::string_view number, instant at, std::string_view who, std::string_view what
) {
    impl_->note_case_view(number, at, who, what);
}
void sqlite_store::keep_script_set(const script_set_row& set) { impl_->scripts().keep(set); }
std::optional<script_set_row> sqlite_store::script_set(std::uint64_t short_version) {
    return impl_->scripts().find(short_version);
}
std::int64_t sqlite_store::publish(const script_set_row& set, const publication& what) {
    return impl_->publish(set, what);
}
std::vector<publication> sqlite_store::publications() { return impl_->scripts().publications(); }
std::map<std::uint64_t, std::size_t> sqlite_store::conversations_under_way(
    const session_test& counted
) {
    return impl_->conversations_under_way(counted);
}
std::vector<dead_letter> sqlite_store::dead_letters(std::size_t most) {
    return impl_->dead_letters(most);
}
std::vector<kept_part> sqlite_store::waiting_parts() { return impl_->waiting_parts(); }
void sqlite_store::drop_dead_letter(std::int64_t id) { impl_->kept().drop_dead_letter(id); }
media_ledger& sqlite_store::received() noexcept { return impl_->received(); }
application_ledger& sqlite_store::applications() noexcept { return impl_->applications(); }
referral_ledger& sqlite_store::referrals() noexcept { return impl_->referrals(); }
meeting_ledger& sqlite_store::meetings() noexcept { return impl_->meetings(); }
void sqlite_store::checkpoint() { impl_->checkpoint(); }
std::vector<turn> sqlite_store::journal_of(party_id party) {
    return impl_->journal_of(party.value);
}
void sqlite_store::visit_journal(const std::function<bool(const journal_entry&)>& visit) {
    impl_->visit(visit);
}
std::vector<kept_record> sqlite_store::records_of(party_id party) {
    return impl_->kept().records_of(party.value);
}
std::vector<std::pair<instant, dialogs::contact_had>> sqlite_store::contacts_since(instant since) {
    return impl_->nudges().contacts_since(since);
}

std::optional<std::string> sqlite_store::words_in_contact(
    std::int64_t contact, std::string_view question
) {
    return impl_->nudges().words_in(contact, question);
}

std::vector<kept_record> sqlite_store::records_named(
    std::string_view kind, std::int64_t after, std::size_t most
) {
    return impl_->kept().records_named(kind, after, most);
}
std::vector<channel_fact> sqlite_store::channel_facts() { return impl_->kept().facts(); }
std::vector<usage_count> sqlite_store::usage(std::string_view channel) {
    return impl_->kept().usage(channel);
}
std::vector<channel_notice> sqlite_store::notices(std::size_t most) { return impl_->kept().notices(most); }
std::optional<party_id> sqlite_store::find_party(const identity& of) {
    return impl_->find_party(of);
}
std::vector<identity> sqlite_store::identities_of(party_id whose) {
    return impl_->identities_of(whose.value);
}
std::string sqlite_store::one_time_code(party_id whose, std::string_view what) {
    return impl_->one_time_code(whose.value, what);
}
void sqlite_store::erase_person(party_id party, instant now, std::string_view by) {
    impl_->erase_person(party.value, now, by);
}

}  // namespace tertulia::gateway
