#include "gateway/store/sqlite/nudge_table.hpp"

#include "dialogs/facts/iso_date.hpp"
#include "gateway/store/codec.hpp"
#include "gateway/store/nudge_id.hpp"

#include <SQLiteCpp/Database.h>

namespace tertulia::gateway {

nudge_table::nudge_table(SQLite::Database& database, journal& seals, people& keys)
    : seals_{seals},
      keys_{keys},
      contacts_{
          database,
          "SELECT seq, party, at, body FROM contacts WHERE seq > 0 AND at >= ? ORDER BY seq"},
      note_{
          database,
          "UPDATE nudges SET state = ?, gate = ?, reason = ?, numbers = ?, dialog = ?, "
          "decided = ?, party = ? WHERE id = ?"},
      put_off_{
          database,
          "UPDATE nudges SET state = 0, due = ?, gate = ?, reason = ?, numbers = ?, decided = ?, "
          "party = ? WHERE id = ?"},
      subjects_{database},
      plan_{
          database,
          "INSERT OR IGNORE INTO nudges(id, segment, anchor, instalment, due) "
          "VALUES (?, ?, ?, ?, ?)"},
      promise_{
          database,
          "INSERT INTO promises(loan_id, promised_for, client_id, party, made_at, state, changed_at) "
          "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT(loan_id, promised_for) DO UPDATE SET "
          "state = excluded.state, changed_at = excluded.changed_at"},
      contact_{
          database,
          "INSERT INTO contacts(seq, party, client_id, at, about, who, outcome, body) "
          "VALUES (?, ?, ?, ?, ?, '', 'reached', ?)"},
      changed_{database, "INSERT OR IGNORE INTO nudge_changes(client_id) VALUES (?)"} {}

void nudge_table::note(std::int64_t party, const dialogs::note_nudge& what, instant now) {
    const auto& said = what.verdict;
    const auto gate = static_cast<std::int64_t>(said.by);
    if (said.answer == dialogs::nudge_answer::later) {
        put_off_.bind(1, to_millis(said.again)).bind(2, gate).bind(3, std::string_view{said.reason});
        put_off_.bind(4, std::string_view{said.numbers}).bind(5, to_millis(now)).bind(6, party);
        put_off_.bind(7, what.id).run();
        return;
    }
    const bool sent = said.answer == dialogs::nudge_answer::go;
    note_.bind(1, sent ? 1 : 2).bind(2, sent ? -1 : gate).bind(3, std::string_view{said.reason});
    note_.bind(4, std::string_view{said.numbers}).bind(5, std::string_view{what.dialog});
    note_.bind(6, to_millis(now)).bind(7, party).bind(8, what.id).run();
}

void nudge_table::plan(const dialogs::plan_nudge& made) {
    const auto& what = made.what;
    const auto subject = subjects_.of(what.loan_id, what.client_id);
    const auto day = std::chrono::floor<std::chrono::days>(what.due).time_since_epoch().count();
    plan_.bind(
        1,
        nudge_id(
            {.day = static_cast<int>(day),
             .subject = subject,
             .policy = made.counts_from,
             .step = what.day}
        )
    );
    plan_.bind(2, std::string_view{what.segment}).bind(3, day_number(what.anchor));
    plan_.bind(4, what.instalment).bind(5, to_millis(what.due)).run();
}

void nudge_table::promise(std::int64_t party, const dialogs::note_promise& what) {
    const auto& one = what.as_is;
    const auto day = iso_date(one.on);
    promise_.bind(1, std::string_view{one.loan_id}).bind(2, std::string_view{day});
    promise_.bind(3, std::string_view{one.client_id}).bind(4, party).bind(5, to_millis(one.made_at));
    promise_.bind(6, static_cast<std::int64_t>(one.state)).bind(7, to_millis(one.changed_at)).run();
    changed_.bind(1, std::string_view{one.client_id}).run();
}

void nudge_table::contact(
    std::int64_t party, const seal_key& hers, const dialogs::contact_had& what, instant now
) {
    const auto seq = seals_.take_row();
    std::string plain;
    encode(what, plain);
    std::string sealed;
    seals_.seal(seq, hers, plain, sealed);
    contact_.bind(1, seq).bind(2, party).bind(3, std::string_view{what.client_id});
    contact_.bind(4, to_millis(now)).bind(5, std::string_view{what.about});
    contact_.bind_blob(6, sealed).run();
    if (what.client_id.empty()) return;
    changed_.bind(1, std::string_view{what.client_id}).run();
}

std::vector<std::pair<instant, dialogs::contact_had>> nudge_table::contacts_since(instant since) {
    struct row {
        std::int64_t seq{};
        std::int64_t party{};
        instant at{};
        std::string body{};
    };
    std::vector<row> read;
    contacts_.bind(1, to_millis(since));
    for (rows found{contacts_}; found.next();) {
        read.push_back(
            {found.number(0), found.number(1), from_millis(found.number(2)),
             std::string{found.blob(3)}}
        );
    }
    std::vector<std::pair<instant, dialogs::contact_had>> out;
    for (const auto& one : read) {
        const auto key = keys_.key_of(one.party);
        if (!key) continue;
        out.emplace_back(
            one.at, decode_contact(seals_.unseal(one.seq, one.party, *key, one.body))
        );
    }
    return out;
}

}  // namespace tertulia::gateway
