#include "gateway/store/sqlite/wal_keeper.hpp"

#include <SQLiteCpp/Database.h>
#include <sqlite3.h>

#include <utility>

namespace tertulia::gateway {
namespace {

constexpr std::int64_t passive_bytes = 4 * 1024 * 1024;
constexpr std::int64_t restart_bytes = 64 * 1024 * 1024;

}  // namespace

wal_keeper::wal_keeper(
    std::function<std::unique_ptr<SQLite::Database>()> open, bool on_thread
)
    : database_{open()}, on_thread_{on_thread} {
    if (on_thread_) thread_ = std::thread{[this] { serve(); }};
}

wal_keeper::~wal_keeper() {
    if (!on_thread_) return;
    {
        const std::lock_guard lock{mutex_};
        stop_ = true;
    }
    wake_.notify_one();
    thread_.join();
}

void wal_keeper::poke(std::int64_t log_bytes) noexcept {
    if (log_bytes < passive_bytes) return;
    const bool restart = log_bytes >= restart_bytes;
    if (!on_thread_) {
        work(restart);
        return;
    }
    {
        const std::lock_guard lock{mutex_};
        asked_ = true;
        restart_ = restart_ || restart;
    }
    wake_.notify_one();
}

void wal_keeper::serve() {
    std::unique_lock lock{mutex_};
    while (true) {
        wake_.wait(lock, [this] { return stop_ || asked_; });
        if (stop_) return;
        const bool restart = std::exchange(restart_, false);
        asked_ = false;
        lock.unlock();
        work(restart);
        lock.lock();
    }
}

void wal_keeper::work(bool restart) noexcept {
    // A reader in the way or a full disk: the log stays as it is and the next poke tries again.
    sqlite3_wal_checkpoint_v2(
        database_->getHandle(), nullptr,
        restart ? SQLITE_CHECKPOINT_RESTART : SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr
    );
}

}  // namespace tertulia::gateway
