#include "gateway/store/sqlite/open_database.hpp"

#include <SQLiteCpp/Exception.h>
#include <sqlite3.h>

#include <chrono>
#include <cstdint>
#include <stdexcept>
#include <thread>

namespace tertulia::gateway {
namespace {

// A writer of this program lets go within a millisecond or so: whoever waits asks often at first.
// SQLite's own waiting (1, 2, 5, 10 ms and on) would make a turn ten times slower for a short lock.
constexpr auto short_wait = std::chrono::microseconds{250};
constexpr std::chrono::microseconds long_wait = std::chrono::milliseconds{2};
constexpr int short_waits = 40;

// 0 gives up. `how_long` is the milliseconds to wait in all, `times` how often it has waited.
int wait_for_lock(void* how_long, int times) {
    const auto waited = times <= short_waits ? short_wait * times
                                             : short_wait * short_waits + long_wait * (times - short_waits);
    if (waited >= std::chrono::milliseconds{reinterpret_cast<std::intptr_t>(how_long)}) return 0;
    std::this_thread::sleep_for(times < short_waits ? short_wait : long_wait);
    return 1;
}

}  // namespace

std::unique_ptr<SQLite::Database> open_database(const database_file& file) {
    try {
        auto database = std::make_unique<SQLite::Database>(file.path, file.flags, 0, file.vfs);
        sqlite3_busy_handler(
            database->getHandle(), wait_for_lock,
            reinterpret_cast<void*>(std::intptr_t{file.lock_wait_ms})
        );
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
