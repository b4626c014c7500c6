// The set-based half of an import: temporary tables shaped like the portfolio's, filled without any
// lock, and merged into them in one short transaction. Knows the columns that import.cpp fills.
//
// Threads: the connection's. Errors: SQLite::Exception.

#pragma once

#include "adapters/ledger/columns.hpp"
#include "adapters/ledger/ledger.hpp"

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace SQLite {
class Database;
}

namespace tertulia::gateway {

struct merge_counts {
    std::size_t added{};
    std::size_t changed{};
    std::size_t removed{};
};

// Makes the temporary tables anew and fills them; calls `row_done` once per row.
void stage(
    SQLite::Database& portfolio,
    const adapters::ledger::contents& what,
    const std::function<void()>& row_done
);

// Inside a transaction: brings the kind's table to what is staged.
[[nodiscard]] merge_counts merge(SQLite::Database& portfolio, adapters::ledger::kind what);

// Inside a transaction: removes what is not staged.
[[nodiscard]] std::size_t remove_absent(SQLite::Database& portfolio, adapters::ledger::kind what);

// Inside a transaction, after every merge and removal: parts whose whole is gone go with it.
void remove_orphans(SQLite::Database& portfolio);

// References into nothing, "loans: client_id 'C9' is not among the clients", one of each sort.
[[nodiscard]] std::vector<std::string> broken_references(SQLite::Database& portfolio);

void drop_staged(SQLite::Database& portfolio);

}  // namespace tertulia::gateway
