#include "gateway/store/sqlite/case_table.hpp"

#include "gateway/store/archive.hpp"
#include "gateway/store/codec.hpp"

#include <SQLiteCpp/Database.h>

#include <utility>

namespace tertulia::gateway {
namespace {

constexpr std::string_view case_columns =
    "number, seq, party, kind, state, queue, holder, opened_at, changed_at, late, body";

std::string select_case(std::string_view rest) {
    return "SELECT " + std::string{case_columns} + " FROM cases " + std::string{rest};
}

}  // namespace

case_table::case_table(SQLite::Database& database, journal& seals, people& keys)
    : seals_{seals},
      keys_{keys},
      write_{
          database,
          "INSERT OR REPLACE INTO cases(" + std::string{case_columns} +
              ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
      },
      list_{
          database,
          select_case(
              "WHERE (?1 < 0 OR state = ?1) AND (?2 = 1 OR ?1 >= 0 OR state < 4) "
              "AND (?3 = '' OR queue = ?3) AND (?4 = '' OR kind = ?4) AND (?5 = 0 OR late = 1) "
              "ORDER BY opened_at, number LIMIT ?6"
          )
      },
      one_{database, select_case("WHERE number = ?")},
      add_event_{
          database,
          "INSERT INTO case_history(number, seq, party, at, who, what, internal, body)"
          " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
      },
      events_{
          database,
          "SELECT seq, party, at, who, what, internal, body FROM case_history WHERE number = ?"
          " ORDER BY id"
      } {}

void case_table::note(std::int64_t party, const dialogs::note_case& what, instant at) {
    const auto key = keys_.key_of(party);
    if (!key) {
        throw std::invalid_argument{"a case of party " + std::to_string(party) + ", who is none"};
    }
    const auto& one = what.as_is;
    std::string plain;
    std::string sealed;
    encode(one, plain);
    auto seq = seals_.take_row();
    seals_.seal(seq, *key, plain, sealed);
    write_.bind(1, one.number)
        .bind(2, seq)
        .bind(3, party)
        .bind(4, one.kind)
        .bind(5, static_cast<std::int64_t>(one.state))
        .bind(6, one.queue)
        .bind(7, one.holder.id)
        .bind(8, to_millis(one.opened_at))
        .bind(9, to_millis(one.changed_at))
        .bind(10, one.missed != 0 ? std::int64_t{1} : std::int64_t{0})
        .bind_blob(11, sealed)
        .run();
    sealed.clear();
    if (!what.text.empty()) {
        encode(case_text{what.text}, plain);
        seq = seals_.take_row();
        seals_.seal(seq, *key, plain, sealed);
    }
    add_event_.bind(1, one.number)
        .bind(2, seq)
        .bind(3, party)
        .bind(4, to_millis(at))
        .bind(5, what.who)
        .bind(6, what.what)
        .bind(7, what.internal ? std::int64_t{1} : std::int64_t{0})
        .bind_blob(8, sealed)
        .run();
}

void case_table::note_view(
    std::string_view number, instant at, std::string_view who, std::string_view what
) {
    add_event_.bind(1, number)
        .bind(2, std::int64_t{0})
        .bind(3, std::int64_t{0})
        .bind(4, to_millis(at))
        .bind(5, who)
        .bind(6, what)
        .bind(7, std::int64_t{1})
        .bind_blob(8, {})
        .run();
}

// Nothing: its person was erased.
std::optional<std::string> case_table::opened(const row& sealed) {
    const auto key = keys_.key_of(sealed.party);
    if (!key) return std::nullopt;
    return seals_.unseal(sealed.seq, sealed.party, *key, sealed.body);
}

std::vector<kept_case> case_table::read_all(statement& bound) {
    std::vector<std::pair<kept_case, row>> read;
    for (rows found{bound}; found.next();) {
        kept_case one{.party = party_id{found.number(2)}};
        auto& what = one.what;
        what.number = found.text(0);
        what.kind = found.text(3);
        what.state = static_cast<dialogs::case_state>(found.number(4));
        what.queue = found.text(5);
        what.holder.id = found.text(6);
        what.opened_at = from_millis(found.number(7));
        what.changed_at = from_millis(found.number(8));
        read.emplace_back(
            std::move(one), row{found.number(1), found.number(2), std::string{found.blob(10)}}
        );
    }
    std::vector<kept_case> all;
    for (auto& [one, sealed] : read) {
        if (const auto plain = opened(sealed)) one.what = decode_case(*plain);
        all.push_back(std::move(one));
    }
    return all;
}

std::vector<kept_case> case_table::list(const case_filter& which, std::size_t most) {
    list_.bind(1, which.state ? static_cast<std::int64_t>(*which.state) : std::int64_t{-1})
        .bind(2, which.all ? std::int64_t{1} : std::int64_t{0})
        .bind(3, which.queue)
        .bind(4, which.kind)
        .bind(5, which.late_only ? std::int64_t{1} : std::int64_t{0})
        .bind(6, static_cast<std::int64_t>(most));
    return read_all(list_);
}

std::optional<kept_case> case_table::find(std::string_view number) {
    one_.bind(1, number);
    auto found = read_all(one_);
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

std::vector<case_event> case_table::history(std::string_view number) {
    std::vector<std::pair<case_event, row>> read;
    events_.bind(1, number);
    for (rows found{events_}; found.next();) {
        read.emplace_back(
            case_event{
                .at = from_millis(found.number(2)),
                .who = std::string{found.text(3)},
                .what = std::string{found.text(4)},
                .text = {},
                .internal = found.number(5) != 0},
            row{found.number(0), found.number(1), std::string{found.blob(6)}}
        );
    }
    std::vector<case_event> all;
    for (auto& [one, sealed] : read) {
        if (!sealed.body.empty()) {
            if (const auto plain = opened(sealed)) one.text = decode_case_text(*plain).text;
        }
        all.push_back(std::move(one));
    }
    return all;
}

}  // namespace tertulia::gateway
