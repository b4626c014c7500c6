#include "gateway/store/sqlite/shelf.hpp"

#include "gateway/store/archive.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace tertulia::gateway {
namespace {

constexpr std::size_t short_letters = 16;  // of the hash: 64 bits

// Nothing unless it begins as a hash in hexadecimal does.
std::optional<std::uint64_t> short_of(std::string_view version) {
    std::uint64_t value = 0;
    if (version.size() < short_letters) return std::nullopt;
    const auto* end = version.data() + short_letters;
    const auto [last, error] = std::from_chars(version.data(), end, value, 16);
    return error == std::errc{} && last == end ? std::optional{value} : std::nullopt;
}

}  // namespace

shelf::shelf(SQLite::Database& database)
    : add_record_{
          database, "INSERT INTO records(seq, party, at, kind, detail) VALUES (?, ?, ?, ?, ?)"
      },
      records_{
          database, "SELECT id, party, at, kind, detail FROM records WHERE party = ? ORDER BY id"
      },
      add_notice_{
          database,
          "INSERT INTO notices(at, channel, field, summary, raw_json) VALUES (?, ?, ?, ?, ?)"
      },
      notices_{
          database, "SELECT channel, field, summary, raw_json FROM notices ORDER BY id DESC LIMIT ?"
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
      add_script_{
          database,
          "INSERT INTO script_sets(version, short_version, sources) VALUES (?, ?, ?)"
          " ON CONFLICT(version) DO UPDATE SET sources = coalesce(excluded.sources, sources)"
          " RETURNING id"
      },
      script_{
          database,
          "SELECT version, sources FROM script_sets"
          " WHERE short_version = ? AND sources IS NOT NULL"
      } {
    statement known{database, "SELECT version, id FROM script_sets"};
    for (rows all{known}; all.next();) scripts_[std::string{all.text(0)}] = all.number(1);
}

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

std::vector<kept_record> shelf::records_of(std::int64_t party) {
    std::vector<kept_record> all;
    records_.bind(1, party);
    for (rows found{records_}; found.next();) {
        all.push_back({
            found.number(0), party_id{found.number(1)}, from_millis(found.number(2)),
            std::string{found.text(3)}, std::string{found.text(4)}
        });
    }
    return all;
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

// ---- script sets

std::int64_t shelf::add_script(
    const std::string& version, std::uint64_t short_version, const std::string* sources
) {
    add_script_.bind(1, version).bind(2, static_cast<std::int64_t>(short_version));
    if (sources != nullptr) {
        add_script_.bind(3, *sources);
    } else {
        add_script_.bind_null(3);
    }
    std::int64_t number = 0;
    for (rows added{add_script_}; added.next();) number = added.number(0);
    return scripts_[version] = number;
}

std::int64_t shelf::number_of(const std::string& version) {
    if (version.empty()) return 0;
    if (const auto at = scripts_.find(version); at != scripts_.end()) return at->second;
    new_scripts_.push_back(version);
    return add_script(version, short_of(version).value_or(0), nullptr);
}

std::string shelf::version_of(std::int64_t number) const {
    for (const auto& [version, its_number] : scripts_) {
        if (its_number == number) return version;
    }
    return {};
}

void shelf::keep_script_set(const script_set_row& set) {
    const auto short_version = short_of(set.version);
    if (!short_version) {
        throw std::invalid_argument{"a script set's version is a hash in hexadecimal"};
    }
    add_script(set.version, *short_version, &set.sources_json);
}

std::optional<script_set_row> shelf::script_set(std::uint64_t short_version) {
    script_.bind(1, static_cast<std::int64_t>(short_version));
    rows one{script_};
    if (!one.next()) return std::nullopt;
    return script_set_row{std::string{one.text(0)}, std::string{one.text(1)}};
}

void shelf::undone() {
    for (const auto& version : new_scripts_) scripts_.erase(version);
    new_scripts_.clear();
}

}  // namespace tertulia::gateway
