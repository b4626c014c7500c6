#include "gateway/core_banking/core_rows.hpp"

namespace tertulia::gateway {

core_rows::core_rows(SQLite::Database& database)
    : cursor_{
          database,
          "SELECT number, kind, stage, position, total, whole, began_at, ended_at, swept_at, broken "
          "FROM core_pass"},
      keep_{
          database,
          "UPDATE core_pass SET number = ?, kind = ?, stage = ?, position = ?, total = ?, whole = ?, "
          "began_at = ?, ended_at = ?, swept_at = ?, broken = ?"},
      fingerprint_{database, "SELECT fingerprint FROM core_rows WHERE kind = ? AND id = ?"},
      saw_{
          database,
          "INSERT INTO core_rows(kind, id, fingerprint, pass) VALUES (?, ?, ?, ?) "
          "ON CONFLICT(kind, id) DO UPDATE SET pass = excluded.pass, fingerprint = "
          "CASE excluded.fingerprint WHEN '' THEN core_rows.fingerprint ELSE excluded.fingerprint END"},
      forget_unseen_{database, "DELETE FROM core_rows WHERE kind = ? AND pass <> ?"},
      forget_{database, "DELETE FROM core_rows WHERE kind = ? AND id = ?"},
      group_of_{database, "SELECT min(group_id) FROM core_members WHERE client_id = ?"},
      clear_members_{database, "DELETE FROM core_members WHERE group_id = ?"},
      add_member_{database, "INSERT OR IGNORE INTO core_members(client_id, group_id) VALUES (?, ?)"},
      add_hint_{
          database,
          "INSERT INTO core_hints(kind, id, due_at, tries) VALUES (?, ?, ?, ?) "
          "ON CONFLICT(kind, id) DO UPDATE SET due_at = excluded.due_at, tries = excluded.tries"},
      hint_due_{
          database,
          "SELECT kind, id, tries FROM core_hints WHERE due_at <= ? ORDER BY due_at, id LIMIT 1"},
      next_hint_{database, "SELECT due_at FROM core_hints ORDER BY due_at LIMIT 1"},
      drop_hint_{database, "DELETE FROM core_hints WHERE kind = ? AND id = ?"} {}

sync_cursor core_rows::cursor() {
    rows found{cursor_};
    if (!found.next()) return {};
    return {
        .number = found.number(0),
        .kind = static_cast<round_kind>(found.number(1)),
        .stage = static_cast<sync_stage>(found.number(2)),
        .position = found.number(3),
        .total = found.number(4),
        .whole = found.number(5) != 0,
        .began_at = from_millis(found.number(6)),
        .ended_at = from_millis(found.number(7)),
        .swept_at = from_millis(found.number(8)),
        .broken = found.number(9)};
}

void core_rows::keep(const sync_cursor& at) {
    keep_.bind(1, at.number).bind(2, static_cast<std::int64_t>(at.kind));
    keep_.bind(3, static_cast<std::int64_t>(at.stage)).bind(4, at.position).bind(5, at.total);
    keep_.bind(6, std::int64_t{at.whole ? 1 : 0}).bind(7, to_millis(at.began_at));
    keep_.bind(8, to_millis(at.ended_at)).bind(9, to_millis(at.swept_at)).bind(10, at.broken).run();
}

std::string core_rows::fingerprint(std::string_view kind, std::string_view id) {
    fingerprint_.bind(1, kind).bind(2, id);
    rows found{fingerprint_};
    return found.next() ? std::string{found.text(0)} : std::string{};
}

void core_rows::saw(
    std::string_view kind, std::string_view id, std::string_view fingerprint, std::int64_t pass
) {
    saw_.bind(1, kind).bind(2, id).bind(3, fingerprint).bind(4, pass).run();
}

void core_rows::forget_unseen(std::string_view kind, std::int64_t pass) {
    forget_unseen_.bind(1, kind).bind(2, pass).run();
}

void core_rows::forget(std::string_view kind, std::string_view id) {
    forget_.bind(1, kind).bind(2, id).run();
}

std::string core_rows::group_of(std::string_view client_id) {
    group_of_.bind(1, client_id);
    rows found{group_of_};
    return found.next() ? std::string{found.text(0)} : std::string{};
}

void core_rows::set_members(std::string_view group_id, const std::vector<std::string>& client_ids) {
    clear_members_.bind(1, group_id).run();
    for (const auto& each : client_ids) {
        add_member_.bind(1, std::string_view{each}).bind(2, group_id).run();
    }
}

void core_rows::add_hint(std::string_view kind, std::string_view id, instant due, int tries) {
    add_hint_.bind(1, kind).bind(2, id).bind(3, to_millis(due)).bind(4, std::int64_t{tries}).run();
}

std::optional<read_hint> core_rows::hint_due(instant now) {
    hint_due_.bind(1, to_millis(now));
    rows found{hint_due_};
    if (!found.next()) return std::nullopt;
    return read_hint{
        std::string{found.text(0)}, std::string{found.text(1)}, static_cast<int>(found.number(2))};
}

std::optional<instant> core_rows::next_hint() {
    rows found{next_hint_};
    return found.next() ? std::optional{from_millis(found.number(0))} : std::nullopt;
}

void core_rows::drop_hint(const read_hint& done) {
    drop_hint_.bind(1, std::string_view{done.kind}).bind(2, std::string_view{done.id}).run();
}

}  // namespace tertulia::gateway
