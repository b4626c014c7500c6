#include "gateway/store/sqlite/shelf.hpp"

namespace tertulia::gateway {

shelf::shelf(SQLite::Database& database)
    : add_record_{
          database, "INSERT INTO records(seq, party, at, kind, detail) VALUES (?, ?, ?, ?, ?)"
      },
      records_{
          database, "SELECT id, party, at, kind, detail FROM records WHERE party = ? ORDER BY id"
      },
      records_named_{
          database,
          "SELECT id, party, at, kind, detail FROM records WHERE id > ? AND kind = ? ORDER BY id "
          "LIMIT ?"
      },
      add_notice_{
          database,
          "INSERT INTO notices(at, channel, field, summary, raw_json) VALUES (?, ?, ?, ?, ?)"
      },
      notices_{
          database, "SELECT channel, field, summary, raw_json FROM notices ORDER BY id DESC LIMIT ?"
      },
      set_fact_{
          database,
          "INSERT INTO channel_facts(channel, key, value, at) VALUES (?1, ?2, ?3, ?4)"
          " ON CONFLICT(channel, key) DO UPDATE SET value = ?3, at = ?4"
      },
      drop_fact_{database, "DELETE FROM channel_facts WHERE channel = ? AND key = ?"},
      facts_{database, "SELECT channel, key, value, at FROM channel_facts ORDER BY channel, key"},
      add_usage_{
          database,
          "INSERT INTO channel_usage(channel, month, category, type, count) VALUES (?1, ?2, ?3, ?4, ?5)"
          " ON CONFLICT(channel, month, category, type) DO UPDATE SET count = count + ?5"
      },
      usage_{
          database,
          "SELECT channel, month, category, type, count FROM channel_usage WHERE channel = ?"
          " ORDER BY month, category, type"
      },
      add_dead_letter_{
          database,
          "INSERT INTO dead_letters(id, at, party, high, low, reason, body)"
          " VALUES (?, ?, ?, ?, ?, ?, ?)"
      },
      dead_letters_{
          database,
          "SELECT id, at, party, high, low, reason, body FROM dead_letters ORDER BY id LIMIT ?"
      },
      drop_dead_letter_{database, "DELETE FROM dead_letters WHERE id = ?"},
      drop_dead_letters_of_{database, "DELETE FROM dead_letters WHERE party = ?"},
      add_part_{
          database,
          "INSERT INTO parts(high, low, seq, party, at, body) VALUES (?, ?, ?, ?, ?, ?)"
      },
      drop_part_{database, "DELETE FROM parts WHERE high = ? AND low = ?"},
      drop_parts_of_{database, "DELETE FROM parts WHERE party = ?"},
      parts_{database, "SELECT high, low, seq, party, at, body FROM parts ORDER BY at, seq"} {}

void shelf::add_record(
    std::int64_t row, std::int64_t party, instant at, std::string_view kind, std::string_view detail
) {
    add_record_.bind(1, row)
        .bind(2, party)
        .bind(3, to_millis(at))
        .bind(4, kind)
        .bind(5, detail)
        .run();
}

namespace {

std::vector<kept_record> all_of(statement& asked) {
    std::vector<kept_record> all;
    for (rows found{asked}; found.next();) {
        all.push_back({
            found.number(0), party_id{found.number(1)}, from_millis(found.number(2)),
            std::string{found.text(3)}, std::string{found.text(4)}
        });
    }
    return all;
}

}  // namespace

std::vector<kept_record> shelf::records_of(std::int64_t party) {
    records_.bind(1, party);
    return all_of(records_);
}

std::vector<kept_record> shelf::records_named(
    std::string_view kind, std::int64_t after, std::size_t most
) {
    records_named_.bind(1, after).bind(2, kind).bind(3, static_cast<std::int64_t>(most));
    return all_of(records_named_);
}

void shelf::add_notice(const channel_notice& what, instant at) {
    add_notice_.bind(1, to_millis(at))
        .bind(2, what.channel)
        .bind(3, what.field)
        .bind(4, what.summary)
        .bind(5, what.raw_json)
        .run();
}

std::vector<channel_notice> shelf::notices(std::size_t most) {
    std::vector<channel_notice> all;
    notices_.bind(1, static_cast<std::int64_t>(most));
    for (rows found{notices_}; found.next();) {
        all.push_back({
            std::string{found.text(0)}, std::string{found.text(1)}, std::string{found.text(2)},
            std::string{found.text(3)}
        });
    }
    return all;
}

void shelf::set_fact(const channel_fact& what) {
    if (what.value.empty()) {
        drop_fact_.bind(1, what.channel).bind(2, what.key).run();
        return;
    }
    set_fact_.bind(1, what.channel)
        .bind(2, what.key)
        .bind(3, what.value)
        .bind(4, to_millis(what.at))
        .run();
}

std::vector<channel_fact> shelf::facts() {
    std::vector<channel_fact> all;
    for (rows found{facts_}; found.next();) {
        all.push_back({
            std::string{found.text(0)}, std::string{found.text(1)}, std::string{found.text(2)},
            from_millis(found.number(3))
        });
    }
    return all;
}

void shelf::add_usage(const usage_count& what) {
    add_usage_.bind(1, what.channel)
        .bind(2, what.month)
        .bind(3, what.category)
        .bind(4, what.type)
        .bind(5, what.count)
        .run();
}

std::vector<usage_count> shelf::usage(std::string_view channel) {
    std::vector<usage_count> all;
    usage_.bind(1, channel);
    for (rows found{usage_}; found.next();) {
        all.push_back({
            std::string{found.text(0)}, std::string{found.text(1)}, std::string{found.text(2)},
            std::string{found.text(3)}, found.number(4)
        });
    }
    return all;
}

void shelf::add_dead_letter(std::int64_t id, const dead_letter& what, std::string_view sealed) {
    add_dead_letter_.bind(1, id)
        .bind(2, to_millis(what.at))
        .bind(3, what.party.value)
        .bind(4, static_cast<std::int64_t>(what.event_id.high))
        .bind(5, static_cast<std::int64_t>(what.event_id.low))
        .bind(6, what.reason)
        .bind_blob(7, sealed)
        .run();
}

std::vector<dead_letter> shelf::dead_letters(
    std::size_t most,
    const std::function<std::optional<dialogs::event>(
        std::int64_t id, std::int64_t party, std::string_view sealed
    )>& unsealed
) {
    std::vector<dead_letter> all;
    dead_letters_.bind(1, static_cast<std::int64_t>(most));
    for (rows found{dead_letters_}; found.next();) {
        dead_letter one{
            .id = found.number(0),
            .at = from_millis(found.number(1)),
            .party = party_id{found.number(2)},
            .event_id = {static_cast<std::uint64_t>(found.number(3)),
                         static_cast<std::uint64_t>(found.number(4))},
            .reason = std::string{found.text(5)},
        };
        auto event = unsealed(one.id, one.party.value, found.blob(6));
        if (!event) continue;
        one.what = std::move(*event);
        all.push_back(std::move(one));
    }
    return all;
}

void shelf::drop_dead_letter(std::int64_t id) { drop_dead_letter_.bind(1, id).run(); }

void shelf::drop_dead_letters_of(std::int64_t party) { drop_dead_letters_of_.bind(1, party).run(); }

void shelf::add_part(std::int64_t row, const kept_part& what, std::string_view sealed) {
    add_part_.bind(1, static_cast<std::int64_t>(what.id.high))
        .bind(2, static_cast<std::int64_t>(what.id.low))
        .bind(3, row)
        .bind(4, what.party.value)
        .bind(5, to_millis(what.at))
        .bind_blob(6, sealed)
        .run();
}

void shelf::drop_part(event_identity id) {
    drop_part_.bind(1, static_cast<std::int64_t>(id.high))
        .bind(2, static_cast<std::int64_t>(id.low))
        .run();
}

void shelf::drop_parts_of(std::int64_t party) { drop_parts_of_.bind(1, party).run(); }

std::vector<kept_part> shelf::parts(
    const std::function<std::optional<sms_part>(
        std::int64_t row, std::int64_t party, std::string_view sealed
    )>& unsealed
) {
    std::vector<kept_part> all;
    for (rows found{parts_}; found.next();) {
        auto part = unsealed(found.number(2), found.number(3), found.blob(5));
        if (!part) continue;
        all.push_back({
            .id = {static_cast<std::uint64_t>(found.number(0)),
                   static_cast<std::uint64_t>(found.number(1))},
            .party = party_id{found.number(3)},
            .at = from_millis(found.number(4)),
            .part = std::move(*part),
        });
    }
    return all;
}

}  // namespace tertulia::gateway
