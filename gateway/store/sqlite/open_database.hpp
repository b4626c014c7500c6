// Opens a database file of ours, in WAL mode, or says which file is in the way and why.

#pragma once

#include <SQLiteCpp/Database.h>

#include <memory>
#include <string>

namespace tertulia::gateway {

struct database_file {
    std::string path{};
    int flags{};                // SQLite::OPEN_…
    int lock_wait_ms{};         // how long to wait for another process that writes
    std::string vfs{};          // empty: the system's own
    std::string page_pragma{};  // said first, as only a file without pages takes it; may be empty
};

// Throws std::runtime_error naming the file when it cannot be opened or is no database.
[[nodiscard]] std::unique_ptr<SQLite::Database> open_database(const database_file& file);

}  // namespace tertulia::gateway
