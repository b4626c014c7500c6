#include "gateway/store/sqlite/meeting_table.hpp"

#include "gateway/store/codec.hpp"

#include <SQLiteCpp/Database.h>

#include <stdexcept>
#include <utility>

namespace tertulia::gateway {
namespace {

constexpr std::string_view meeting_columns =
    "room, party, group_id, number, starts, state, changed, wants_roster, wants_write_back,"
    " wants_another";

std::string select_meeting(std::string_view rest) {
    return "SELECT " + std::string{meeting_columns} + " FROM meetings " + std::string{rest};
}

std::int64_t as_number(bool value) { return value ? 1 : 0; }

std::vector<kept_meeting> read_meetings(statement& bound) {
    std::vector<kept_meeting> all;
    for (rows found{bound}; found.next();) {
        kept_meeting one{
            .room = std::string{found.text(0)},
            .party = {found.number(1)},
            .group_id = std::string{found.text(2)},
            .number = static_cast<int>(found.number(3)),
            .starts = from_millis(found.number(4)),
            .stands = static_cast<dialogs::meetings::state>(found.number(5)),
            .changed_at = from_millis(found.number(6)),
            .wants_roster = found.number(7) != 0,
            .wants_write_back = found.number(8) != 0};
        if (found.number(9) != 0) one.wants_another = from_millis(found.number(9));
        all.push_back(std::move(one));
    }
    return all;
}

}  // namespace

meeting_table::meeting_table(SQLite::Database& database, journal& seals, people& keys)
    : seals_{seals},
      keys_{keys},
      make_{
          database,
          "INSERT INTO meetings(room, party, group_id, number, starts, state, changed, seq, body)"
          " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
      },
      change_{
          database,
          "UPDATE meetings SET starts = ?2, state = ?3, changed = ?4,"
          " wants_roster = max(wants_roster, ?5), wants_write_back = max(wants_write_back, ?6),"
          " wants_another = max(wants_another, ?7) WHERE room = ?1"
      },
      add_line_{
          database, "INSERT INTO meeting_log(room, line, seq, party, at, body) VALUES (?, ?, ?, ?, ?, ?)"
      },
      of_group_{
          database, select_meeting("WHERE ?1 = '' OR group_id = ?1 ORDER BY starts DESC, room LIMIT ?2")
      },
      ahead_{database, select_meeting("WHERE state NOT IN (14, 16, 17) ORDER BY starts, room")},
      waiting_{
          database,
          select_meeting(
              "WHERE wants_roster > 0 OR wants_write_back > 0 OR wants_another > 0 ORDER BY changed"
          )
      },
      one_{database, select_meeting("WHERE room = ?")},
      made_of_{database, "SELECT seq, party, body FROM meetings WHERE room = ?"},
      lines_{database, "SELECT seq, party, body FROM meeting_log WHERE room = ? ORDER BY line"},
      wished_{
          database,
          "SELECT id, party, at, detail FROM records AS wish WHERE kind = ?1 AND NOT EXISTS ("
          "SELECT 1 FROM records WHERE party = wish.party AND kind = ?2"
          " AND detail = CAST(wish.id AS TEXT)) ORDER BY id LIMIT ?3"
      },
      roster_done_{database, "UPDATE meetings SET wants_roster = 0 WHERE room = ?"},
      write_back_done_{database, "UPDATE meetings SET wants_write_back = 0 WHERE room = ?"},
      another_done_{database, "UPDATE meetings SET wants_another = 0 WHERE room = ?"} {}

void meeting_table::note(std::int64_t party, const dialogs::note_meeting& what, instant at) {
    const auto key = keys_.key_of(party);
    if (!key) {
        throw std::invalid_argument{"a meeting of party " + std::to_string(party) + ", who is none"};
    }
    std::string plain;
    std::string sealed;
    const auto seq = seals_.take_row();
    if (what.made) {
        encode(*what.made, plain);
        seals_.seal(seq, *key, plain, sealed);
        make_.bind(1, what.room)
            .bind(2, party)
            .bind(3, what.group_id)
            .bind(4, std::int64_t{what.number})
            .bind(5, to_millis(what.starts))
            .bind(6, static_cast<std::int64_t>(what.stands))
            .bind(7, to_millis(at))
            .bind(8, seq)
            .bind_blob(9, sealed)
            .run();
    } else if (what.line) {
        encode(*what.line, plain);
        seals_.seal(seq, *key, plain, sealed);
        add_line_.bind(1, what.room)
            .bind(2, static_cast<std::int64_t>(what.line->seq))
            .bind(3, seq)
            .bind(4, party)
            .bind(5, to_millis(at))
            .bind_blob(6, sealed)
            .run();
    }
    change_.bind(1, what.room)
        .bind(2, to_millis(what.starts))
        .bind(3, static_cast<std::int64_t>(what.stands))
        .bind(4, to_millis(at))
        .bind(5, as_number(what.wants_roster))
        .bind(6, as_number(what.finished))
        .bind(7, what.wants_another ? to_millis(*what.wants_another) : std::int64_t{0})
        .run();
}

void meeting_table::meeting_errand_done(std::string_view room, meeting_errand which) {
    auto& settle = which == meeting_errand::roster       ? roster_done_
                   : which == meeting_errand::write_back ? write_back_done_
                                                         : another_done_;
    settle.bind(1, room).run();
}

std::vector<kept_meeting> meeting_table::meetings(std::string_view group_id, std::size_t most) {
    of_group_.bind(1, group_id).bind(2, static_cast<std::int64_t>(most));
    return read_meetings(of_group_);
}

std::vector<kept_meeting> meeting_table::meetings_ahead() { return read_meetings(ahead_); }

std::vector<kept_meeting> meeting_table::meetings_waiting() { return read_meetings(waiting_); }

std::vector<kept_wish> meeting_table::meetings_wished(std::size_t most) {
    wished_.bind(1, dialogs::meeting_wanted)
        .bind(2, dialogs::meeting_answered)
        .bind(3, static_cast<std::int64_t>(most));
    std::vector<kept_wish> all;
    for (rows found{wished_}; found.next();) {
        auto what = dialogs::read_wished_meeting(found.text(3));
        if (!what) continue;
        all.push_back(
            {.id = found.number(0),
             .party = {found.number(1)},
             .at = from_millis(found.number(2)),
             .what = std::move(*what)}
        );
    }
    return all;
}

std::optional<kept_meeting> meeting_table::find_meeting(std::string_view room) {
    one_.bind(1, room);
    auto found = read_meetings(one_);
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

std::optional<meeting_log> meeting_table::meeting_log_of(std::string_view room) {
    struct sealed_row {
        std::int64_t seq{};
        std::int64_t party{};
        std::string body{};
    };
    const auto read = [room](statement& from) {
        std::vector<sealed_row> all;
        from.bind(1, room);
        for (rows found{from}; found.next();) {
            all.push_back({found.number(0), found.number(1), std::string{found.blob(2)}});
        }
        return all;
    };
    const auto opened = [this](const sealed_row& one) -> std::optional<std::string> {
        const auto key = keys_.key_of(one.party);
        if (!key) return std::nullopt;
        return seals_.unseal(one.seq, one.party, *key, one.body);
    };
    const auto made = read(made_of_);
    if (made.empty()) return std::nullopt;
    const auto plan = opened(made.front());
    if (!plan) return std::nullopt;
    meeting_log log{.made_of = decode_plan(*plan), .lines = {}};
    for (const auto& one : read(lines_)) {
        const auto line = opened(one);
        if (!line) return std::nullopt;
        log.lines.push_back(decode_line(*line));
    }
    return log;
}

}  // namespace tertulia::gateway
