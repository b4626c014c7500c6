// What was read of core banking into the portfolio's tables, in the caller's transaction.
//
// Of a person, an office or an officer core banking knows less than we do: her language, how she is
// called, a branch's hours. What it has no place for stays as an import of files, or we ourselves,
// have written it.
//
// Threads: the connection's. Errors: SQLite::Exception.

#pragma once

#include "adapters/ledger/ledger.hpp"

#include <string>
#include <string_view>

namespace SQLite {
class Database;
}

namespace tertulia::gateway {

// Loans with their schedule and payments inside, as Fineract gives them; nothing else of `loans` is
// used. Sets `present` for what it holds.
void add_loan(const loan& from, adapters::ledger::contents& into);

// Prepares what merge_core() merges: temporary tables only, so it needs and takes no lock.
void stage_core(SQLite::Database& portfolio, const adapters::ledger::contents& what);
// Inside a transaction. True if anything changed; the portfolio's version is then another.
bool merge_core(SQLite::Database& portfolio, const adapters::ledger::contents& what);

// Inside a transaction: what a whole sweep has not seen is gone, with the parts of it. True if there
// was any.
bool remove_unseen(SQLite::Database& portfolio, std::int64_t pass);
// One record that core banking says it has not: "client", "group", "loan" or "savings".
bool remove_record(SQLite::Database& portfolio, std::string_view kind, std::string_view id);

// The mirror agrees with core banking as of then.
void set_as_of(SQLite::Database& portfolio, std::int64_t millis);

}  // namespace tertulia::gateway
