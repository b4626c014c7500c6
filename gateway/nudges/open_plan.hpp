// A connection that sees the portfolio and the store's own tables, both brought up to date: the plan
// needs the two, also where no gateway has ever run.

#pragma once

#include <memory>
#include <string>

namespace SQLite {
class Database;
}

namespace tertulia::gateway {

// Throws std::runtime_error naming the file, SQLite::Exception, newer_database.
[[nodiscard]] std::unique_ptr<SQLite::Database> open_plan(const std::string& path);

}  // namespace tertulia::gateway
