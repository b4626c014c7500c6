#include "gateway/store/sqlite/told_table.hpp"

#include "gateway/store/archive.hpp"
#include "gateway/store/codec.hpp"

#include <SQLiteCpp/Database.h>

#include <string>
#include <utility>

namespace tertulia::gateway {

told_table::told_table(SQLite::Database& database, journal& seals, people& keys)
    : seals_{seals},
      keys_{keys},
      add_{database, "INSERT INTO told(id, seq, party, at, body) VALUES (?, ?, ?, ?, ?)"},
      drop_{database, "DELETE FROM told WHERE id = ?"},
      drop_of_{database, "DELETE FROM told WHERE party = ?"},
      all_{database, "SELECT id, seq, party, at, body FROM told ORDER BY id"} {}

void told_table::add(const pending_told& what) {
    const auto key = keys_.key_of(what.by.value);
    if (!key) throw std::invalid_argument{"told by party " + std::to_string(what.by.value) + ", who is none"};
    std::string plain;
    encode(told_row{.id = what.event_id, .to = what.to, .what = what.what}, plain);
    const auto seq = seals_.take_row();
    std::string sealed;
    seals_.seal(seq, *key, plain, sealed);
    add_.bind(1, what.id)
        .bind(2, seq)
        .bind(3, what.by.value)
        .bind(4, to_millis(what.at))
        .bind_blob(5, sealed)
        .run();
}

void told_table::drop(std::int64_t id) { drop_.bind(1, id).run(); }

void told_table::drop_of(std::int64_t party) { drop_of_.bind(1, party).run(); }

std::vector<pending_told> told_table::all() {
    struct row {
        pending_told what{};
        std::int64_t seq{};
        std::string body{};
    };
    std::vector<row> read;
    for (rows found{all_}; found.next();) {
        read.push_back(
            {.what =
                 {.id = found.number(0),
                  .by = party_id{found.number(2)},
                  .at = from_millis(found.number(3))},
             .seq = found.number(1),
             .body = std::string{found.blob(4)}}
        );
    }
    std::vector<pending_told> out;
    for (auto& one : read) {
        const auto key = keys_.key_of(one.what.by.value);
        if (!key) continue;
        auto told = decode_told_row(
            seals_.unseal(one.seq, one.what.by.value, *key, one.body)
        );
        one.what.event_id = told.id;
        one.what.to = std::move(told.to);
        one.what.what = std::move(told.what);
        out.push_back(std::move(one.what));
    }
    return out;
}

}  // namespace tertulia::gateway
