#include "gateway/store/sqlite/journal.hpp"

#include "gateway/store/archive.hpp"

#include <algorithm>
#include <cstring>

namespace tertulia::gateway {
namespace {

// A row cannot be moved to another number or person without the seal breaking.
std::string_view bound_to(std::int64_t party, std::string& buffer) {
    buffer.assign(reinterpret_cast<const char*>(&party), sizeof party);
    return buffer;
}

journal_row row_of(const statement& from) {
    return {
        .seq = from.number(0),
        .at = from_millis(from.number(1)),
        .party = from.number(2),
        .kind = static_cast<row_kind>(from.number(3)),
        .previous = from.number(4),
        .body = from.blob(5),
    };
}

}  // namespace

journal::journal(SQLite::Database& database, std::int64_t last_row)
    : database_{database},
      next_row_{last_row + 1},
      append_{
          database,
          "INSERT INTO journal(seq, at, party, kind, previous, body) VALUES (?, ?, ?, ?, ?, ?)"
      },
      after_{
          database,
          "SELECT seq, at, party, kind, previous, body FROM journal WHERE seq > ? ORDER BY seq"
      },
      one_{database, "SELECT seq, at, party, kind, previous, body FROM journal WHERE seq = ?"},
      oldest_{database, "SELECT seq, at FROM journal ORDER BY seq LIMIT ?"},
      drop_{database, "DELETE FROM journal WHERE seq <= ?"} {
    statement newest{database, "SELECT max(seq) FROM journal"};
    if (rows one{newest}; one.next()) next_row_ = std::max(next_row_, one.number(0) + 1);
}

void journal::append(journal_row row, const seal_key* key, std::string_view plain) {
    row.body = plain;
    if (key != nullptr) {
        std::string bound;
        sealer_.seal(*key, {run_, row.seq}, bound_to(row.party, bound), plain, sealed_);
        row.body = sealed_;
    }
    append_.bind(1, row.seq)
        .bind(2, to_millis(row.at))
        .bind(3, row.party)
        .bind(4, static_cast<std::int64_t>(row.kind))
        .bind(5, row.previous)
        .bind_blob(6, row.body)
        .run();
}

void journal::seal(
    std::int64_t row, const seal_key& key, std::string_view plain, std::string& to
) {
    sealer_.seal(key, {run_, row}, {}, plain, to);
}

std::string journal::unseal(
    std::int64_t row, std::int64_t party, const seal_key& key, std::string_view sealed
) {
    std::string plain;
    if (!sealer_.unseal(key, row, {}, sealed, plain)) {
        throw damaged_row{
            "row " + std::to_string(row) + " of party " + std::to_string(party) +
            " cannot be unsealed: it was changed, or its key was"
        };
    }
    return plain;
}

std::string journal::open(const journal_row& row, const seal_key& key) {
    std::string bound;
    std::string plain;
    if (!sealer_.unseal(key, row.seq, bound_to(row.party, bound), row.body, plain)) {
        throw damaged_row{
            "journal row " + std::to_string(row.seq) + " of party " + std::to_string(row.party) +
            " cannot be unsealed: it was changed, or its key was"
        };
    }
    return plain;
}

void journal::each_after(
    std::int64_t after, const std::function<bool(const journal_row&)>& visit
) {
    after_.bind(1, after);
    rows all{after_};
    while (all.next()) {
        if (!visit(row_of(after_))) return;
    }
}

std::optional<journal_row> journal::read(std::int64_t seq, std::string& keep) {
    one_.bind(1, seq);
    rows one{one_};
    if (!one.next()) return std::nullopt;
    auto row = row_of(one_);
    keep = row.body;
    row.body = keep;
    return row;
}

std::int64_t journal::trim(instant before, std::int64_t up_to, std::int64_t most) {
    std::int64_t last = 0;
    std::int64_t count = 0;
    oldest_.bind(1, most);
    for (rows all{oldest_}; all.next();) {
        if (all.number(0) > up_to || from_millis(all.number(1)) >= before) break;
        last = all.number(0);
        ++count;
    }
    if (count != 0) drop_.bind(1, last).run();
    return count;
}

}  // namespace tertulia::gateway
