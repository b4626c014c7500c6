#include "gateway/store/sqlite/script_sets.hpp"

#include "gateway/store/archive.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>
#include <string_view>

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

// A number the disk gives back must be one of ours.
template <class Enum>
Enum checked(std::int64_t stored, Enum last) {
    if (stored < 0 || stored > static_cast<std::int64_t>(last)) {
        throw damaged_row{"a stored publication is of a kind this build does not know"};
    }
    return static_cast<Enum>(stored);
}

}  // namespace

script_sets::script_sets(SQLite::Database& database)
    : add_set_{
          database,
          "INSERT INTO script_sets(version, short_version, sources) VALUES (?, ?, ?)"
          " ON CONFLICT(version) DO UPDATE SET sources = coalesce(excluded.sources, sources)"
          " RETURNING id"
      },
      find_{
          database,
          "SELECT version, sources FROM script_sets"
          " WHERE short_version = ? AND sources IS NOT NULL"
      },
      add_publication_{
          database,
          "INSERT INTO publications"
          "(at, kind, version, audience, percent, rest, author, reason, changes)"
          " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING number"
      },
      publications_{
          database,
          "SELECT number, at, kind, version, audience, percent, rest, author, reason, changes"
          " FROM publications ORDER BY number"
      } {
    statement known{database, "SELECT version, id FROM script_sets"};
    for (rows all{known}; all.next();) numbers_[std::string{all.text(0)}] = all.number(1);
}

std::int64_t script_sets::add_set(
    const std::string& version, std::uint64_t short_version, const std::string* sources
) {
    add_set_.bind(1, version).bind(2, static_cast<std::int64_t>(short_version));
    if (sources != nullptr) {
        add_set_.bind(3, *sources);
    } else {
        add_set_.bind_null(3);
    }
    std::int64_t number = 0;
    for (rows added{add_set_}; added.next();) number = added.number(0);
    if (!numbers_.contains(version)) new_numbers_.push_back(version);
    return numbers_[version] = number;
}

std::int64_t script_sets::number_of(const std::string& version) {
    if (version.empty()) return 0;
    if (const auto at = numbers_.find(version); at != numbers_.end()) return at->second;
    return add_set(version, short_of(version).value_or(0), nullptr);
}

std::string script_sets::version_of(std::int64_t number) const {
    for (const auto& [version, its_number] : numbers_) {
        if (its_number == number) return version;
    }
    return {};
}

void script_sets::keep(const script_set_row& set) {
    const auto short_version = short_of(set.version);
    if (!short_version) {
        throw std::invalid_argument{"a script set's version is a hash in hexadecimal"};
    }
    add_set(set.version, *short_version, &set.sources_json);
}

std::optional<script_set_row> script_sets::find(std::uint64_t short_version) {
    find_.bind(1, static_cast<std::int64_t>(short_version));
    rows one{find_};
    if (!one.next()) return std::nullopt;
    return script_set_row{std::string{one.text(0)}, std::string{one.text(1)}};
}

std::int64_t script_sets::add(const publication& what) {
    add_publication_.bind(1, to_millis(what.at))
        .bind(2, static_cast<std::int64_t>(what.kind))
        .bind(3, what.version)
        .bind(4, static_cast<std::int64_t>(what.to))
        .bind(5, static_cast<std::int64_t>(what.percent))
        .bind(6, what.rest)
        .bind(7, what.author)
        .bind(8, what.reason)
        .bind(9, what.changes);
    std::int64_t number = 0;
    for (rows added{add_publication_}; added.next();) number = added.number(0);
    return number;
}

std::vector<publication> script_sets::publications() {
    std::vector<publication> all;
    for (rows found{publications_}; found.next();) {
        all.push_back({
            .number = found.number(0),
            .at = from_millis(found.number(1)),
            .kind = checked(found.number(2), publication_kind::found),
            .version = std::string{found.text(3)},
            .to = checked(found.number(4), audience::share),
            .percent = static_cast<int>(found.number(5)),
            .rest = std::string{found.text(6)},
            .author = std::string{found.text(7)},
            .reason = std::string{found.text(8)},
            .changes = std::string{found.text(9)},
        });
    }
    return all;
}

void script_sets::undone() {
    for (const auto& version : new_numbers_) numbers_.erase(version);
    new_numbers_.clear();
}

}  // namespace tertulia::gateway
