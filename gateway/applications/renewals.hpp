// The next loan, in time: 30, 14 and 3 days before a loan ends it is news for her conversation, or it
// is noted why not. Every loan that comes so far has its row, so that nobody is forgotten in silence.
//
// Threads: the connection's. Errors: SQLite::Exception.

#pragma once

#include "dialogs/message/time.hpp"
#include "gateway/store/sqlite/statement.hpp"

#include <cstddef>

namespace SQLite {
class Database;
}

namespace tertulia::gateway {

class renewals {
public:
    // Of a connection of open_portfolio(), on the file that has the store's tables, too.
    explicit renewals(SQLite::Database& database);

    // What is due on that day and not yet noted, in one transaction; how many rows were written.
    // Several steps that were missed (a gateway that was off) are one: the last.
    std::size_t note(civil_date today, instant now);

private:
    SQLite::Database& database_;
    statement due_;
    statement is_late_;
    statement opted_out_;
    statement note_;
    statement tell_;
};

}  // namespace tertulia::gateway
