#include "gateway/store/sqlite/application_table.hpp"

#include "gateway/store/codec.hpp"

#include <SQLiteCpp/Database.h>

namespace tertulia::gateway {
namespace {

constexpr std::string_view application_columns = "id, party, at, state, core_id, reason, body";

std::string select_application(std::string_view rest) {
    return "SELECT " + std::string{application_columns} + " FROM applications " + std::string{rest};
}

}  // namespace

application_table::application_table(
    SQLite::Database& database, journal& seals, people& keys, transaction whole
)
    : seals_{seals},
      keys_{keys},
      whole_{std::move(whole)},
      add_{
          database,
          "INSERT INTO applications(id, party, number, at, state, core_id, reason, body) "
          "VALUES (?, ?, ?, ?, 0, '', '', ?)"
      },
      note_{
          database,
          "INSERT INTO application_history(number, at, state, reason) VALUES (?, ?, ?, ?)"
      },
      to_write_{database, select_application("WHERE state < 2 ORDER BY id LIMIT ?")},
      after_{database, select_application("WHERE id > ? ORDER BY id LIMIT ?")},
      find_{database, "SELECT state FROM applications WHERE number = ?"},
      mark_{
          database,
          "UPDATE applications SET state = ?, core_id = ?, reason = ? WHERE number = ?"
      },
      history_{
          database,
          "SELECT state, at, reason FROM application_history WHERE number = ? ORDER BY id"
      } {}

void application_table::add(
    std::int64_t party, const seal_key& hers, const dialogs::send_application& what, instant now
) {
    const auto id = seals_.take_row();
    std::string plain;
    encode(what, plain);
    std::string sealed;
    seals_.seal(id, hers, plain, sealed);
    add_.bind(1, id).bind(2, party).bind(3, what.number).bind(4, to_millis(now));
    add_.bind_blob(5, sealed).run();
    note_.bind(1, what.number).bind(2, to_millis(now)).bind(3, 0).bind(4, std::string_view{}).run();
}

std::vector<application_entry> application_table::read_all(statement& bound) {
    std::vector<std::pair<application_entry, std::string>> read;
    for (rows found{bound}; found.next();) {
        read.emplace_back(
            application_entry{
                .id = found.number(0),
                .party = party_id{found.number(1)},
                .at = from_millis(found.number(2)),
                .state = static_cast<application_state>(found.number(3)),
                .core_id = std::string{found.text(4)},
                .reason = std::string{found.text(5)}},
            found.blob(6)
        );
    }
    std::vector<application_entry> all;
    for (auto& [entry, body] : read) {
        // Sealed for her as she was then: a party that went into another keeps its key.
        const auto key = keys_.key_of(entry.party.value);
        if (!key) continue;
        entry.what = decode_application(seals_.unseal(entry.id, entry.party.value, *key, body));
        all.push_back(std::move(entry));
    }
    return all;
}

std::vector<application_entry> application_table::to_write(std::size_t most) {
    to_write_.bind(1, static_cast<std::int64_t>(most));
    return read_all(to_write_);
}

std::vector<application_entry> application_table::after(std::int64_t id, std::size_t most) {
    after_.bind(1, id).bind(2, static_cast<std::int64_t>(most));
    return read_all(after_);
}

bool application_table::mark(const application_mark& what) {
    bool moved = false;
    const auto state = static_cast<std::int64_t>(what.state);
    whole_([&] {
        find_.bind(1, std::string_view{what.number});
        {
            rows found{find_};
            if (!found.next() || found.number(0) == state) return;
        }
        mark_.bind(1, state).bind(2, what.core_id).bind(3, what.reason).bind(4, what.number).run();
        note_.bind(1, what.number).bind(2, to_millis(what.at)).bind(3, state).bind(4, what.reason);
        note_.run();
        moved = true;
    });
    return moved;
}

std::vector<application_moment> application_table::history(std::string_view number) {
    std::vector<application_moment> all;
    history_.bind(1, number);
    for (rows found{history_}; found.next();) {
        all.push_back(
            {.state = static_cast<application_state>(found.number(0)),
             .at = from_millis(found.number(1)),
             .reason = std::string{found.text(2)}}
        );
    }
    return all;
}

}  // namespace tertulia::gateway
