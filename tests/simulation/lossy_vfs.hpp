// A disk in memory, for SQLite, that can be cut off: what was written and not synced since is then
// kept, lost or torn by chance. It can also die in the middle of an operation, be full, or fail to
// sync. One thread; files of one disk are seen by every connection opened through it.

#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

struct sqlite3_vfs;

namespace tertulia::simulation {

class lossy_disk {
public:
    // Registers itself with SQLite under `name`; opened files name it as their VFS.
    explicit lossy_disk(std::string name, std::uint64_t seed);
    lossy_disk(const lossy_disk&) = delete;
    lossy_disk& operator=(const lossy_disk&) = delete;
    ~lossy_disk();

    [[nodiscard]] const std::string& name() const noexcept { return name_; }

    // From now on every operation fails, as for a process that is no more. Close what is open, then
    // restart(): the files are as a disk would have them.
    void kill() noexcept { dead_ = true; }
    // The same after `operations` more writes and syncs.
    void kill_after(std::int64_t operations) noexcept { fuse_ = operations; }
    void restart();
    [[nodiscard]] bool dead() const noexcept { return dead_; }

    // Writes that make a file longer than this fail as on a full disk.
    void size_most(std::optional<std::size_t> bytes) noexcept { size_most_ = bytes; }
    void fail_syncs(bool fail) noexcept { fail_syncs_ = fail; }

    [[nodiscard]] std::int64_t syncs() const noexcept { return syncs_; }

    // ---- what the VFS calls
    struct write {
        std::size_t at{};
        std::string bytes{};
        bool truncate{};  // to `at`
    };
    struct file {
        std::string now{};      // as the process sees it
        std::string durable{};  // as of the last sync
        bool durable_exists{};
        std::vector<write> unsynced{};
        // locks of the connections, as SQLite's levels and shared-memory slots
        int shared{};
        const void* reserved{};
        const void* exclusive{};
        std::vector<std::unique_ptr<char[]>> shared_memory{};
        int slot_shared[8]{};
        const void* slot_exclusive[8]{};
    };
    [[nodiscard]] bool spend() noexcept;  // false: dead
    [[nodiscard]] std::map<std::string, std::shared_ptr<file>>& files() noexcept { return files_; }
    [[nodiscard]] const std::optional<std::size_t>& size_most() const noexcept {
        return size_most_;
    }
    [[nodiscard]] bool syncs_fail() const noexcept { return fail_syncs_; }
    void synced() noexcept { ++syncs_; }

private:
    std::string name_;
    std::mt19937_64 chance_;
    std::unique_ptr<sqlite3_vfs> vfs_;
    std::map<std::string, std::shared_ptr<file>> files_{};
    bool dead_{};
    std::int64_t fuse_{-1};
    std::optional<std::size_t> size_most_{};
    bool fail_syncs_{};
    std::int64_t syncs_{};
};

}  // namespace tertulia::simulation
