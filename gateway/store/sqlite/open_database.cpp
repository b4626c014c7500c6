#include "gateway/store/sqlite/open_database.hpp"

#include <SQLiteCpp/Exception.h>
#include <sqlite3.h>

#include <stdexcept>

namespace tertulia::gateway {

std::unique_ptr<SQLite::Database> open_database(const database_file& file) {
    try {
        auto database =
            std::make_unique<SQLite::Database>(file.path, file.flags, file.lock_wait_ms, file.vfs);
        if (!file.page_pragma.empty()) database->exec(file.page_pragma);
        database->exec("PRAGMA journal_mode = WAL");
        return database;
    } catch (const SQLite::Exception& failed) {
        switch (failed.getErrorCode()) {
            case SQLITE_NOTADB:
                throw std::runtime_error{
                    file.path + " is not a database: move it away, or name another file at store:"};
            case SQLITE_CANTOPEN:
                throw std::runtime_error{
                    "cannot open the database " + file.path +
                    ": see that its folder is there and may be written to"};
            default:
                throw;
        }
    }
}

}  // namespace tertulia::gateway
