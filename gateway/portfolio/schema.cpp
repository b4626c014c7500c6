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
// loans.application  the application of ours it came of; expected_on and refusal as in facts.
// portfolio_news  what happened to whom, written by whoever changes a loan, in the same transaction,
//                 and taken out once her conversation has it (portfolio/news.hpp).
// payment_came    no news of the books as they were when they were first read: those are old.
// loan_changes    loans changed since whoever plans nudges has looked (gateway/nudges). Its triggers ask
//                 first: what an upsert does in a conflict would hold for them, too.
// loans.payoff    -1: core banking did not say.
// clients.phones  in her order, separated by |; client_phones is the same by number, to find her.
// leaders         offices as files tell them, separated by |; core_leaders: as core banking does. An
//                 office that core banking names is the one it names.
// relatives       the lesser id first; `told` says nothing yet.
// bylaws          -1: not decided, not counted. core_calendars: what a group meets by in core banking.
// payment_arrivals  payments in the order in which they became known, the last 100,000, and none of
//                 the books as they were when they were first read.
// group_meetings  what was held, and what was in the pot afterwards; meeting_attendance: who came,
//                 by client, and how she took part. Both are ours alone and outlive a sweep.
constexpr std::array<migration, 8> versions{migration{1, R"sql(
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
)sql"}, migration{2, R"sql(
ALTER TABLE loans ADD COLUMN application TEXT NOT NULL DEFAULT '';
ALTER TABLE loans ADD COLUMN expected_on TEXT NOT NULL DEFAULT '';
ALTER TABLE loans ADD COLUMN refusal TEXT NOT NULL DEFAULT '';
CREATE TABLE portfolio_news(
    id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, client_id TEXT NOT NULL,
    what TEXT NOT NULL);
CREATE TABLE renewals(
    loan_id TEXT NOT NULL, days INTEGER NOT NULL, at INTEGER NOT NULL, reason TEXT NOT NULL,
    PRIMARY KEY (loan_id, days)) WITHOUT ROWID;
CREATE INDEX loans_maturing ON loans(matures_on) WHERE status = 'active';
CREATE TRIGGER loan_moved AFTER UPDATE OF status ON loans WHEN old.status <> new.status
BEGIN
    INSERT INTO portfolio_news(at, client_id, what) VALUES
        (CAST(strftime('%s', 'now') AS INTEGER) * 1000, new.client_id, 'loan_status_changed');
END;
CREATE TRIGGER loan_asked_for AFTER INSERT ON loans WHEN new.application <> ''
BEGIN
    INSERT INTO portfolio_news(at, client_id, what) VALUES
        (CAST(strftime('%s', 'now') AS INTEGER) * 1000, new.client_id, 'loan_status_changed');
END;
)sql"}, migration{3, R"sql(
CREATE TABLE savings(
    id TEXT PRIMARY KEY, client_id TEXT NOT NULL, product TEXT NOT NULL, currency TEXT NOT NULL,
    balance INTEGER NOT NULL, available INTEGER NOT NULL, active INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX savings_client ON savings(client_id);
ALTER TABLE loans ADD COLUMN payoff INTEGER NOT NULL DEFAULT -1;
ALTER TABLE loans ADD COLUMN payoff_on TEXT NOT NULL DEFAULT '';
)sql"}, migration{4, R"sql(
ALTER TABLE clients ADD COLUMN born TEXT NOT NULL DEFAULT '';
)sql"}, migration{5, R"sql(
ALTER TABLE payments ADD COLUMN receipt TEXT NOT NULL DEFAULT '';
CREATE TRIGGER payment_came AFTER INSERT ON payments
WHEN new.reversed = 0 AND (SELECT as_of FROM portfolio) > 0
BEGIN
    INSERT INTO portfolio_news(at, client_id, what)
        SELECT CAST(strftime('%s', 'now') AS INTEGER) * 1000, client_id, 'payment_received'
        FROM loans WHERE id = new.loan_id AND client_id <> '';
END;
)sql"}, migration{6, R"sql(
DROP TABLE renewals;
CREATE TABLE loan_changes(loan_id TEXT PRIMARY KEY) WITHOUT ROWID;
INSERT INTO loan_changes SELECT id FROM loans WHERE status = 'active';
CREATE TRIGGER loan_made AFTER INSERT ON loans
BEGIN INSERT INTO loan_changes SELECT new.id
    WHERE NOT EXISTS (SELECT 1 FROM loan_changes WHERE loan_id = new.id); END;
CREATE TRIGGER loan_changed AFTER UPDATE ON loans
WHEN old.status <> new.status OR old.client_id <> new.client_id OR old.matures_on <> new.matures_on
BEGIN INSERT INTO loan_changes SELECT new.id
    WHERE NOT EXISTS (SELECT 1 FROM loan_changes WHERE loan_id = new.id); END;
CREATE TRIGGER loan_gone AFTER DELETE ON loans
BEGIN INSERT INTO loan_changes SELECT old.id
    WHERE NOT EXISTS (SELECT 1 FROM loan_changes WHERE loan_id = old.id); END;
CREATE TRIGGER instalment_made AFTER INSERT ON instalments
BEGIN INSERT INTO loan_changes SELECT new.loan_id
    WHERE NOT EXISTS (SELECT 1 FROM loan_changes WHERE loan_id = new.loan_id); END;
CREATE TRIGGER instalment_changed AFTER UPDATE ON instalments
WHEN old.due <> new.due OR old.total <> new.total OR old.paid <> new.paid OR
     old.met_on <> new.met_on
BEGIN INSERT INTO loan_changes SELECT new.loan_id
    WHERE NOT EXISTS (SELECT 1 FROM loan_changes WHERE loan_id = new.loan_id); END;
CREATE TRIGGER instalment_gone AFTER DELETE ON instalments
BEGIN INSERT INTO loan_changes SELECT old.loan_id
    WHERE NOT EXISTS (SELECT 1 FROM loan_changes WHERE loan_id = old.loan_id); END;
)sql"}, migration{7, R"sql(
CREATE TABLE leaders(
    group_id TEXT NOT NULL, client_id TEXT NOT NULL, roles TEXT NOT NULL,
    PRIMARY KEY (group_id, client_id)) WITHOUT ROWID;
CREATE TABLE core_leaders(
    group_id TEXT NOT NULL, client_id TEXT NOT NULL, roles TEXT NOT NULL,
    PRIMARY KEY (group_id, client_id)) WITHOUT ROWID;
CREATE TABLE core_calendars(group_id TEXT PRIMARY KEY, calendar_id TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE relatives(
    client_id TEXT NOT NULL, relative_id TEXT NOT NULL, told INTEGER NOT NULL,
    PRIMARY KEY (client_id, relative_id)) WITHOUT ROWID;
CREATE INDEX relatives_other ON relatives(relative_id);
CREATE TABLE bylaws(
    group_id TEXT PRIMARY KEY, currency TEXT NOT NULL, quorum_numerator INTEGER NOT NULL,
    quorum_denominator INTEGER NOT NULL, internal_cash INTEGER NOT NULL,
    internal_cash_on TEXT NOT NULL, savings INTEGER NOT NULL, tells_totals INTEGER NOT NULL,
    fine_late INTEGER NOT NULL, fine_absent INTEGER NOT NULL, fine_other INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE group_meetings(
    group_id TEXT NOT NULL, number INTEGER NOT NULL, held_on TEXT NOT NULL, ended_as INTEGER NOT NULL,
    currency TEXT NOT NULL, internal_cash INTEGER NOT NULL,
    PRIMARY KEY (group_id, number)) WITHOUT ROWID;
CREATE TABLE meeting_attendance(
    id INTEGER PRIMARY KEY AUTOINCREMENT, group_id TEXT NOT NULL, number INTEGER NOT NULL,
    client_id TEXT NOT NULL, attends INTEGER NOT NULL, minutes_late INTEGER NOT NULL,
    spoke INTEGER NOT NULL, voted INTEGER NOT NULL, paid_in_time INTEGER NOT NULL,
    UNIQUE (group_id, number, client_id));
CREATE TABLE payment_arrivals(
    id INTEGER PRIMARY KEY AUTOINCREMENT, payment_id TEXT NOT NULL, loan_id TEXT NOT NULL);
CREATE INDEX payment_arrivals_loan ON payment_arrivals(loan_id);
CREATE TRIGGER payment_arrived AFTER INSERT ON payments
WHEN (SELECT as_of FROM portfolio) > 0
BEGIN
    INSERT INTO payment_arrivals(payment_id, loan_id) VALUES (new.id, new.loan_id);
    DELETE FROM payment_arrivals
        WHERE id <= (SELECT max(id) FROM payment_arrivals) - 100000;
END;
)sql"}, migration{8, R"sql(
ALTER TABLE meeting_attendance ADD COLUMN quiz_right INTEGER NOT NULL DEFAULT -1;
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
