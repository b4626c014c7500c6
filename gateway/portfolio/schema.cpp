#include "gateway/portfolio/schema.hpp"

#include "gateway/store/sqlite/open_database.hpp"

#include <SQLiteCpp/Database.h>

#include <array>

namespace tertulia::gateway {
namespace {

constexpr int lock_wait_ms = 30'000;  // an import or a busy gateway lets go long before

// Amounts are minor units of the loan's currency, degrees ten-millionths (about a centimetre),
// dates ISO text, words those of names.hpp. portfolio     one row: `version` rises with every
// change, `as_of` is when the records last agreed
//               with core banking (0: never).
// clients.phones  in her order, separated by |; client_phones is the same by number, to find her.
constexpr std::array<migration, 1> versions{migration{1, R"sql(
CREATE TABLE portfolio(
    one INTEGER PRIMARY KEY CHECK (one = 1), version INTEGER NOT NULL, as_of INTEGER NOT NULL);
INSERT INTO portfolio VALUES (1, 0, 0);

CREATE TABLE branches(
    id TEXT PRIMARY KEY, name TEXT NOT NULL, street TEXT NOT NULL, phone TEXT NOT NULL,
    hours TEXT NOT NULL, latitude INTEGER NOT NULL, longitude INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE officers(
    id TEXT PRIMARY KEY, first_name TEXT NOT NULL, last_name TEXT NOT NULL, courtesy TEXT NOT NULL,
    phone TEXT NOT NULL, branch_id TEXT NOT NULL, picture TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE village_banks(
    id TEXT PRIMARY KEY, name TEXT NOT NULL, branch_id TEXT NOT NULL, officer_id TEXT NOT NULL,
    meeting_rhythm TEXT NOT NULL, next_meeting TEXT NOT NULL, meeting_time TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE clients(
    id TEXT PRIMARY KEY, first_name TEXT NOT NULL, last_name TEXT NOT NULL, courtesy TEXT NOT NULL,
    phones TEXT NOT NULL, language TEXT NOT NULL, maturity TEXT NOT NULL, status TEXT NOT NULL,
    branch_id TEXT NOT NULL, officer_id TEXT NOT NULL, group_id TEXT NOT NULL,
    village TEXT NOT NULL, met_officer INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX clients_group ON clients(group_id);
CREATE TABLE client_phones(
    phone TEXT NOT NULL, client_id TEXT NOT NULL, PRIMARY KEY (phone, client_id)) WITHOUT ROWID;
CREATE INDEX client_phones_client ON client_phones(client_id);
CREATE TABLE loans(
    id TEXT PRIMARY KEY, client_id TEXT NOT NULL, group_id TEXT NOT NULL, product TEXT NOT NULL,
    status TEXT NOT NULL, cycle INTEGER NOT NULL, currency TEXT NOT NULL,
    principal INTEGER NOT NULL, disbursed_on TEXT NOT NULL, matures_on TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX loans_client ON loans(client_id);
CREATE TABLE instalments(
    loan_id TEXT NOT NULL, number INTEGER NOT NULL, due TEXT NOT NULL, total INTEGER NOT NULL,
    principal INTEGER NOT NULL, paid INTEGER NOT NULL, met_on TEXT NOT NULL,
    PRIMARY KEY (loan_id, number)) WITHOUT ROWID;
CREATE TABLE payments(
    id TEXT PRIMARY KEY, loan_id TEXT NOT NULL, paid_on TEXT NOT NULL, amount INTEGER NOT NULL,
    place TEXT NOT NULL, reversed INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX payments_loan ON payments(loan_id, paid_on);
CREATE TABLE payment_points(
    id TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, street TEXT NOT NULL,
    hours TEXT NOT NULL, latitude INTEGER NOT NULL, longitude INTEGER NOT NULL, branch_id TEXT NOT NULL,
    takes_cash INTEGER NOT NULL, takes_card INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE pins(client_id TEXT PRIMARY KEY, hash TEXT NOT NULL, set_at INTEGER NOT NULL);
)sql"}};

}  // namespace

std::span<const migration> portfolio_versions() noexcept {
    return versions;
}

std::unique_ptr<SQLite::Database> open_portfolio(const std::string& path) {
    auto database = open_database({
        .path = path,
        .flags = SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE,
        .lock_wait_ms = lock_wait_ms,
    });
    database->exec("PRAGMA synchronous = FULL");
    migrate(*database, "portfolio", portfolio_versions());
    return database;
}

}  // namespace tertulia::gateway
