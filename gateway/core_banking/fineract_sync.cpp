#include "gateway/core_banking/fineract_sync.hpp"

#include "gateway/core_banking/core_merge.hpp"
#include "gateway/core_banking/core_offices.hpp"
#include "gateway/core_banking/core_schema.hpp"
#include "gateway/portfolio/import_tables.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Transaction.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace tertulia::gateway {
namespace {

using namespace std::chrono_literals;
using adapters::fineract::core_reaction;

constexpr int hint_tries_max = 12;  // then the next sweep reads it

dialogs::local_calendar calendar_of(const std::string& zone) {
    auto made = dialogs::local_calendar::make(zone);
    if (!made) throw std::runtime_error{"there is no time zone " + zone};
    return std::move(*made);
}

std::chrono::milliseconds back_off(int failures) {
    return std::min<std::chrono::milliseconds>(5s * (1 << std::min(failures, 6)), 5min);
}

}  // namespace

fineract_sync::fineract_sync(const std::string& database, sync_settings how, core_caller call)
    : database_{open_core_tables(database)},
      how_{std::move(how)},
      rows_{*database_},
      reader_{rows_, how_.reading, call},
      call_{std::move(call)},
      writes_{*database_, how_.writes},
      calendar_{calendar_of(how_.time_zone)} {}

fineract_sync::~fineract_sync() = default;

sync_cursor fineract_sync::cursor() {
    return rows_.cursor();
}

void fineract_sync::hint(const adapters::fineract::hint& about, instant now) {
    const auto due = now + how_.hint_wait;
    SQLite::Transaction transaction{*database_, SQLite::TransactionBehavior::IMMEDIATE};
    if (!about.group_id.empty()) rows_.add_hint("group", about.group_id, due);
    if (!about.client_id.empty()) rows_.add_hint("client", about.client_id, due);
    if (!about.loan_id.empty()) rows_.add_hint("loan", about.loan_id, due);
    if (!about.savings_id.empty()) rows_.add_hint("savings", about.savings_id, due);
    transaction.commit();
}

std::optional<core_settled> fineract_sync::propose(const core_proposal& what, instant now) {
    if (writes_.add(what.key, what.what, now) == write_queued::not_allowed) {
        return core_settled{
            what.key,
            {.state = write_state::stuck, .reason = "not allowed by core_banking.writes"}};
    }
    return ended(what.key);
}

std::optional<core_settled> fineract_sync::ended(std::string_view key) {
    auto how = writes_.find(key);
    if (!how || how->state == write_state::queued) return std::nullopt;
    return core_settled{std::string{key}, std::move(*how)};
}

sync_step fineract_sync::step(instant now) {
    if (now < quiet_until_) return {.next = quiet_until_};
    if (auto due = writes_.due(now)) {
        const auto trouble = writes_.work_off(*due, how_.reading.access, call_, now);
        auto out = trouble ? after_trouble(*trouble, now) : sync_step{.worked = true, .next = now};
        out.settled = ended(due->key);
        return out;
    }
    if (const auto hint = rows_.hint_due(now)) return step_hint(*hint, now);
    auto at = rows_.cursor();
    if (at.kind == round_kind::none) {
        const auto due = round_due(at, how_.rhythm, calendar_, now);
        if (due.kind == round_kind::none) {
            auto next = due.at;
            if (const auto hint = rows_.next_hint()) next = std::min(next, *hint);
            if (const auto write = writes_.next_due()) next = std::min(next, *write);
            return {.next = std::max(next, now)};
        }
        at = begin_round(at, due.kind, now);
        rows_.keep(at);
    }
    return step_page(at, now);
}

sync_step fineract_sync::step_page(const sync_cursor& at, instant now) {
    const auto found = reader_.read_page(at, calendar_.date_of(now));
    if (found.trouble) return after_trouble(*found.trouble, now);
    failures_ = 0;
    const auto next = after_page(at, found.rows, found.total, found.broken);
    const bool ended = next.kind == round_kind::none;
    stage_core(*database_, found.what);
    SQLite::Transaction transaction{*database_, SQLite::TransactionBehavior::IMMEDIATE};
    store(found, at.number, now);
    if (ended && at.kind == round_kind::sweep && next.whole) {
        (void)remove_unseen(*database_, at.number);
    }
    if (ended) set_as_of(*database_, to_millis(at.began_at));
    rows_.keep(next);
    transaction.commit();
    drop_staged(*database_);
    return {.worked = true, .next = now, .notes = found.notes, .round_ended = ended};
}

void fineract_sync::store(const core_found& found, std::int64_t pass, instant now) {
    (void)merge_core(*database_, found.what);
    for (const auto& each : found.seen) rows_.saw(each.kind, each.id, each.fingerprint, pass);
    for (const auto& [group_id, members] : found.members) rows_.set_members(group_id, members);
    for (const auto& each : found.offices) (void)keep_offices(*database_, each);
    for (const auto& id : found.later) rows_.add_hint("loan", id, now + 5min);
}

sync_step fineract_sync::step_hint(const read_hint& hint, instant now) {
    const auto found = reader_.read_record(hint.kind, hint.id, calendar_.date_of(now));
    if (found.trouble) {
        if (hint.tries >= hint_tries_max) {
            rows_.drop_hint(hint);
        } else {
            rows_.add_hint(hint.kind, hint.id, now + back_off(hint.tries), hint.tries + 1);
        }
        return after_trouble(*found.trouble, now);
    }
    failures_ = 0;
    stage_core(*database_, found.what);
    SQLite::Transaction transaction{*database_, SQLite::TransactionBehavior::IMMEDIATE};
    rows_.drop_hint(hint);
    // Seen in the round under way: what a hook tells of must not be swept away by it.
    store(found, rows_.cursor().number, now);
    if (found.gone) (void)remove_record(*database_, hint.kind, hint.id);
    transaction.commit();
    drop_staged(*database_);
    return {.worked = true, .next = now, .notes = found.notes};
}

sync_step fineract_sync::after_trouble(const core_trouble& what, instant now) {
    sync_step out{.trouble = what.reason};
    out.needs_operator = what.reaction == core_reaction::stop ||
                         what.reaction == core_reaction::not_allowed ||
                         what.reaction == core_reaction::ask_operator;
    const auto own = out.needs_operator ? std::chrono::milliseconds{5min} : back_off(failures_);
    ++failures_;
    quiet_until_ = now + std::max(own, what.after);
    out.next = quiet_until_;
    return out;
}

}  // namespace tertulia::gateway
