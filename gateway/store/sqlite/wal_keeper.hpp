// Moves the write-ahead log back into the database, so that commits need not: on a thread and a
// connection of its own while the log is small (PASSIVE waits for nobody), and holding the writer up
// (RESTART) once it is large, because under constant load a passive checkpoint never sees the end.
//
// Threads: constructor, poke() and destructor from the writer's; the rest is its own.

#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace SQLite {
class Database;
}

namespace tertulia::gateway {

class wal_keeper {
public:
    // `open` makes its connection. Without a thread poke() does the work itself.
    wal_keeper(std::function<std::unique_ptr<SQLite::Database>()> open, bool on_thread);
    wal_keeper(const wal_keeper&) = delete;
    wal_keeper& operator=(const wal_keeper&) = delete;
    ~wal_keeper();

    // After a commit: how long the log is now. Never throws: a checkpoint that fails is tried again.
    void poke(std::int64_t log_bytes) noexcept;

private:
    void serve();
    void work(bool restart) noexcept;

    std::unique_ptr<SQLite::Database> database_;
    bool on_thread_;
    std::mutex mutex_{};
    std::condition_variable wake_{};
    bool stop_{};
    bool asked_{};
    bool restart_{};
    std::thread thread_{};
};

}  // namespace tertulia::gateway
