#include "gateway/core_banking/core_schema.hpp"

#include "gateway/portfolio/schema.hpp"

#include <SQLiteCpp/Database.h>

#include <array>

namespace tertulia::gateway {
namespace {

// core_pass     one row: the round under way (kind 0: none, 1: what changed, 2: all), its stage and
//               the offset in it, when it began, and when the last ones that ended had begun.
//               `whole`: every page so far agreed with the others about how many there are.
// core_rows     what each record was like when last read, and the last round that saw it.
// core_members  who is in which group, as groups tell it.
// core_hints    what is to be read again, by hooks or because it could not be read.
// core_writes   what is to be written, see write_queue.hpp.
// core_sheets   collection sheets as core banking proposed them: drafts for a person.
constexpr std::array<migration, 2> versions{migration{1, R"sql(
CREATE TABLE core_pass(
    one INTEGER PRIMARY KEY CHECK (one = 1), number INTEGER NOT NULL, kind INTEGER NOT NULL,
    stage INTEGER NOT NULL, position INTEGER NOT NULL, total INTEGER NOT NULL,
    whole INTEGER NOT NULL, began_at INTEGER NOT NULL, ended_at INTEGER NOT NULL,
    swept_at INTEGER NOT NULL, broken INTEGER NOT NULL);
INSERT INTO core_pass VALUES (1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0);
CREATE TABLE core_rows(
    kind TEXT NOT NULL, id TEXT NOT NULL, fingerprint TEXT NOT NULL, pass INTEGER NOT NULL,
    PRIMARY KEY (kind, id)) WITHOUT ROWID;
CREATE TABLE core_members(
    client_id TEXT NOT NULL, group_id TEXT NOT NULL, PRIMARY KEY (client_id, group_id)
) WITHOUT ROWID;
CREATE INDEX core_members_group ON core_members(group_id);
CREATE TABLE core_hints(
    kind TEXT NOT NULL, id TEXT NOT NULL, due_at INTEGER NOT NULL, tries INTEGER NOT NULL,
    PRIMARY KEY (kind, id)) WITHOUT ROWID;
CREATE TABLE core_writes(
    id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, content TEXT NOT NULL,
    state TEXT NOT NULL, tries INTEGER NOT NULL, due_at INTEGER NOT NULL, asked_at INTEGER NOT NULL,
    ended_at INTEGER NOT NULL, written_id TEXT NOT NULL, reason TEXT NOT NULL);
CREATE INDEX core_writes_due ON core_writes(state, due_at);
)sql"}, migration{2, R"sql(
CREATE TABLE core_sheets(
    key TEXT PRIMARY KEY, group_id TEXT NOT NULL, calendar_id TEXT NOT NULL, held_on TEXT NOT NULL,
    asked_at INTEGER NOT NULL, dues TEXT NOT NULL) WITHOUT ROWID;
)sql"}};

}  // namespace

std::span<const migration> core_versions() noexcept {
    return versions;
}

std::unique_ptr<SQLite::Database> open_core_tables(const std::string& path) {
    auto database = open_portfolio(path);
    migrate(*database, "core_banking", core_versions());
    return database;
}

}  // namespace tertulia::gateway
