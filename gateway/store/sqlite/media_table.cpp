#include "gateway/store/sqlite/media_table.hpp"

#include "gateway/store/codec.hpp"

#include <SQLiteCpp/Database.h>

#include <algorithm>

namespace tertulia::gateway {
namespace {

constexpr std::string_view media_columns =
    "id, party, at, channel, state, tries, due, reason, type, bytes, body";

constexpr std::int64_t sent_looked_at = 300;  // the ids are sealed: each is opened

std::string select_media(std::string_view rest) {
    return "SELECT " + std::string{media_columns} + " FROM received_media " + std::string{rest};
}

}  // namespace

media_table::media_table(
    SQLite::Database& database, journal& seals, people& keys, transaction whole
)
    : database_{database},
      seals_{seals},
      keys_{keys},
      whole_{std::move(whole)},
      add_{
          database,
          "INSERT INTO received_media(" + std::string{media_columns} +
              ") VALUES (?, ?, ?, ?, 0, 0, ?, '', '', 0, ?)"
      },
      due_{database, select_media("WHERE state = 0 AND due <= ? ORDER BY due LIMIT ?")},
      next_{database, "SELECT min(due) FROM received_media WHERE state = 0"},
      one_{database, select_media("WHERE id = ?")},
      newest_{database, select_media("ORDER BY id DESC LIMIT ?")},
      newest_of_{database, select_media("WHERE party = ? ORDER BY id DESC LIMIT ?")},
      mark_{
          database,
          "UPDATE received_media SET state = ?, tries = ?, due = ?, reason = ?, type = ?, bytes = ?"
          " WHERE id = ?"
      },
      old_{database, "SELECT id FROM received_media WHERE at < ? ORDER BY at LIMIT ?"},
      of_party_{database, "SELECT id FROM received_media WHERE party = ?"},
      drop_{database, "DELETE FROM received_media WHERE id = ?"},
      add_gone_{database, "INSERT OR IGNORE INTO media_gone(id) VALUES (?)"},
      gone_{database, "SELECT id FROM media_gone ORDER BY id LIMIT ?"},
      drop_gone_{database, "DELETE FROM media_gone WHERE id = ?"} {}

void media_table::add(
    std::int64_t party, const seal_key& hers, const inbound_message& heard, instant now
) {
    const auto& what = std::get<received_media>(heard.content);
    const auto id = seals_.take_row();
    std::string plain;
    encode(kept_media{.what = what, .key = new_seal_key()}, plain);
    std::string sealed;
    seals_.seal(id, hers, plain, sealed);
    add_.bind(1, id)
        .bind(2, party)
        .bind(3, to_millis(now))
        .bind(4, heard.channel)
        .bind(5, to_millis(now))
        .bind_blob(6, sealed)
        .run();
}

std::vector<media_entry> media_table::read_all(statement& bound) {
    struct row {
        media_entry entry{};
        std::string body{};
    };
    std::vector<row> read;
    for (rows found{bound}; found.next();) {
        read.push_back(
            {.entry =
                 {.id = found.number(0),
                  .party = party_id{found.number(1)},
                  .channel = std::string{found.text(3)},
                  .received_at = from_millis(found.number(2)),
                  .state = static_cast<media_state>(found.number(4)),
                  .tries = static_cast<int>(found.number(5)),
                  .due = from_millis(found.number(6)),
                  .reason = std::string{found.text(7)},
                  .type = std::string{found.text(8)},
                  .bytes = found.number(9)},
             .body = std::string{found.blob(10)}}
        );
    }
    std::vector<media_entry> all;
    for (auto& [entry, body] : read) {
        const auto key = keys_.key_of(entry.party.value);
        if (!key) continue;
        auto kept = decode_kept_media(seals_.unseal(entry.id, entry.party.value, *key, body));
        entry.what = std::move(kept.what);
        entry.key = kept.key;
        all.push_back(std::move(entry));
    }
    return all;
}

std::vector<media_entry> media_table::due(instant now, std::size_t most) {
    due_.bind(1, to_millis(now)).bind(2, static_cast<std::int64_t>(most));
    return read_all(due_);
}

std::optional<instant> media_table::next_due() {
    rows found{next_};
    if (!found.next() || found.is_null(0)) return std::nullopt;
    return from_millis(found.number(0));
}

std::optional<media_entry> media_table::find(std::int64_t id) {
    one_.bind(1, id);
    auto found = read_all(one_);
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

std::optional<media_entry> media_table::find_sent(party_id by, std::string_view media_id) {
    newest_of_.bind(1, by.value).bind(2, sent_looked_at);
    auto all = read_all(newest_of_);
    const auto found = std::ranges::find_if(all, [&](const media_entry& one) {
        return one.what.id == media_id;
    });
    if (found == all.end()) return std::nullopt;
    return std::move(*found);
}

std::vector<media_entry> media_table::newest(std::size_t most) {
    newest_.bind(1, static_cast<std::int64_t>(most));
    return read_all(newest_);
}

bool media_table::mark(const media_mark& what) {
    bool there = false;
    whole_([&] {
        mark_.bind(1, static_cast<std::int64_t>(what.state))
            .bind(2, what.tries)
            .bind(3, to_millis(what.due))
            .bind(4, what.reason)
            .bind(5, what.type)
            .bind(6, what.bytes)
            .bind(7, what.id)
            .run();
        there = database_.getChanges() != 0;
    });
    return there;
}

std::size_t media_table::retire(instant older_than, std::size_t most) {
    std::vector<std::int64_t> ids;
    old_.bind(1, to_millis(older_than)).bind(2, static_cast<std::int64_t>(most));
    for (rows found{old_}; found.next();) ids.push_back(found.number(0));
    if (ids.empty()) return 0;
    whole_([&] {
        for (const auto id : ids) {
            drop_.bind(1, id).run();
            add_gone_.bind(1, id).run();
        }
    });
    return ids.size();
}

void media_table::drop_of(std::int64_t party) {
    std::vector<std::int64_t> ids;
    of_party_.bind(1, party);
    for (rows found{of_party_}; found.next();) ids.push_back(found.number(0));
    for (const auto id : ids) {
        drop_.bind(1, id).run();
        add_gone_.bind(1, id).run();
    }
}

std::vector<std::int64_t> media_table::gone(std::size_t most) {
    std::vector<std::int64_t> ids;
    gone_.bind(1, static_cast<std::int64_t>(most));
    for (rows found{gone_}; found.next();) ids.push_back(found.number(0));
    return ids;
}

void media_table::forget_gone(std::span<const std::int64_t> ids) {
    whole_([&] {
        for (const auto id : ids) drop_gone_.bind(1, id).run();
    });
}

}  // namespace tertulia::gateway
