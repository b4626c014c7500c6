#include "tests/simulation/lossy_vfs.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>
#include <new>
#include <stdexcept>

namespace tertulia::simulation {
namespace {

struct handle {
    sqlite3_file base;
    lossy_disk* disk;
    std::shared_ptr<lossy_disk::file>* of;
    std::string* path;
    int level;
    unsigned slots_shared;
    unsigned slots_exclusive;
    bool delete_on_close;
};

handle& of(sqlite3_file* from) {
    return *reinterpret_cast<handle*>(from);
}
lossy_disk& disk_of(sqlite3_vfs* from) {
    return *static_cast<lossy_disk*>(from->pAppData);
}

void let_slots_go(handle& one) {
    auto& file = **one.of;
    for (unsigned slot = 0; slot < 8; ++slot) {
        if ((one.slots_shared >> slot & 1U) != 0) --file.slot_shared[slot];
        if ((one.slots_exclusive >> slot & 1U) != 0) file.slot_exclusive[slot] = nullptr;
    }
    one.slots_shared = one.slots_exclusive = 0;
}

int unlock(sqlite3_file* from, int level) {
    auto& one = of(from);
    auto& file = **one.of;
    if (level < one.level) {
        if (file.exclusive == &one) file.exclusive = nullptr;
        if (file.reserved == &one) file.reserved = nullptr;
        if (level == SQLITE_LOCK_NONE && one.level > SQLITE_LOCK_NONE) --file.shared;
        one.level = level;
    }
    return SQLITE_OK;
}

int lock(sqlite3_file* from, int level) {
    auto& one = of(from);
    auto& file = **one.of;
    if (one.disk->dead()) return SQLITE_IOERR_LOCK;
    if (level <= one.level) return SQLITE_OK;
    if (file.exclusive != nullptr && file.exclusive != &one) return SQLITE_BUSY;
    if (level == SQLITE_LOCK_SHARED) {
        ++file.shared;
    } else if (level == SQLITE_LOCK_RESERVED) {
        if (file.reserved != nullptr && file.reserved != &one) return SQLITE_BUSY;
        file.reserved = &one;
    } else {
        if (file.reserved != nullptr && file.reserved != &one) return SQLITE_BUSY;
        if (file.shared > 1) return SQLITE_BUSY;
        file.exclusive = &one;
    }
    one.level = level;
    return SQLITE_OK;
}

int close(sqlite3_file* from) {
    auto& one = of(from);
    if (!one.disk->dead()) {
        unlock(from, SQLITE_LOCK_NONE);
        let_slots_go(one);
        if (one.delete_on_close) one.disk->files().erase(*one.path);
    }
    delete one.of;
    delete one.path;
    return SQLITE_OK;
}

int read(sqlite3_file* from, void* to, int size, sqlite3_int64 at) {
    auto& one = of(from);
    if (one.disk->dead()) return SQLITE_IOERR_READ;
    const auto& bytes = (*one.of)->now;
    const auto begin = static_cast<std::size_t>(at);
    const auto wanted = static_cast<std::size_t>(size);
    const auto got = begin >= bytes.size() ? 0 : std::min(wanted, bytes.size() - begin);
    if (got != 0) std::memcpy(to, bytes.data() + begin, got);
    if (got == wanted) return SQLITE_OK;
    std::memset(static_cast<char*>(to) + got, 0, wanted - got);
    return SQLITE_IOERR_SHORT_READ;
}

void put_into(std::string& to, const lossy_disk::write& what) {
    if (what.truncate) {
        to.resize(what.at);
        return;
    }
    if (to.size() < what.at + what.bytes.size()) to.resize(what.at + what.bytes.size());
    std::copy(
        what.bytes.begin(), what.bytes.end(), to.begin() + static_cast<std::ptrdiff_t>(what.at)
    );
}

int write(sqlite3_file* from, const void* bytes, int size, sqlite3_int64 at) {
    auto& one = of(from);
    if (!one.disk->spend()) return SQLITE_IOERR_WRITE;
    auto& file = **one.of;
    lossy_disk::write what{
        static_cast<std::size_t>(at),
        {static_cast<const char*>(bytes), static_cast<std::size_t>(size)},
        false};
    const auto end = what.at + what.bytes.size();
    if (one.disk->size_most() && end > file.now.size() && end > *one.disk->size_most()) {
        return SQLITE_FULL;
    }
    put_into(file.now, what);
    file.unsynced.push_back(std::move(what));
    return SQLITE_OK;
}

int truncate(sqlite3_file* from, sqlite3_int64 size) {
    auto& one = of(from);
    if (!one.disk->spend()) return SQLITE_IOERR_TRUNCATE;
    auto& file = **one.of;
    lossy_disk::write what{static_cast<std::size_t>(size), {}, true};
    put_into(file.now, what);
    file.unsynced.push_back(std::move(what));
    return SQLITE_OK;
}

int sync(sqlite3_file* from, int) {
    auto& one = of(from);
    if (!one.disk->spend()) return SQLITE_IOERR_FSYNC;
    if (one.disk->syncs_fail()) return SQLITE_IOERR_FSYNC;
    one.disk->synced();
    auto& file = **one.of;
    file.durable = file.now;
    file.durable_exists = true;
    file.unsynced.clear();
    return SQLITE_OK;
}

int file_size(sqlite3_file* from, sqlite3_int64* size) {
    auto& one = of(from);
    if (one.disk->dead()) return SQLITE_IOERR_FSTAT;
    *size = static_cast<sqlite3_int64>((*one.of)->now.size());
    return SQLITE_OK;
}

int check_reserved(sqlite3_file* from, int* held) {
    *held = (*of(from).of)->reserved != nullptr ? 1 : 0;
    return SQLITE_OK;
}

int file_control(sqlite3_file*, int, void*) {
    return SQLITE_NOTFOUND;
}
int sector_size(sqlite3_file*) {
    return 512;
}
int characteristics(sqlite3_file*) {
    return 0;
}

int shm_map(sqlite3_file* from, int region, int size, int extend, void volatile** to) {
    auto& one = of(from);
    *to = nullptr;
    if (one.disk->dead()) return SQLITE_IOERR_SHMMAP;
    auto& regions = (*one.of)->shared_memory;
    while (extend != 0 && regions.size() <= static_cast<std::size_t>(region)) {
        regions.push_back(std::make_unique<char[]>(static_cast<std::size_t>(size)));
    }
    if (regions.size() > static_cast<std::size_t>(region)) {
        *to = regions[static_cast<std::size_t>(region)].get();
    }
    return SQLITE_OK;
}

int shm_lock(sqlite3_file* from, int offset, int count, int flags) {
    auto& one = of(from);
    if (one.disk->dead()) return SQLITE_IOERR_SHMLOCK;
    auto& file = **one.of;
    const auto bit = [](int slot) { return 1U << static_cast<unsigned>(slot); };
    const int end = offset + count;
    if ((flags & SQLITE_SHM_UNLOCK) != 0) {
        for (int slot = offset; slot < end; ++slot) {
            if ((one.slots_exclusive & bit(slot)) != 0) file.slot_exclusive[slot] = nullptr;
            if ((one.slots_shared & bit(slot)) != 0) --file.slot_shared[slot];
            one.slots_exclusive &= ~bit(slot);
            one.slots_shared &= ~bit(slot);
        }
        return SQLITE_OK;
    }
    for (int slot = offset; slot < end; ++slot) {
        if (file.slot_exclusive[slot] != nullptr && file.slot_exclusive[slot] != &one) {
            return SQLITE_BUSY;
        }
        const int own = (one.slots_shared & bit(slot)) != 0 ? 1 : 0;
        if ((flags & SQLITE_SHM_EXCLUSIVE) != 0 && file.slot_shared[slot] > own) return SQLITE_BUSY;
    }
    for (int slot = offset; slot < end; ++slot) {
        if ((flags & SQLITE_SHM_EXCLUSIVE) != 0) {
            file.slot_exclusive[slot] = &one;
            one.slots_exclusive |= bit(slot);
        } else if ((one.slots_shared & bit(slot)) == 0) {
            ++file.slot_shared[slot];
            one.slots_shared |= bit(slot);
        }
    }
    return SQLITE_OK;
}

void shm_barrier(sqlite3_file*) {}

int shm_unmap(sqlite3_file* from, int drop) {
    auto& one = of(from);
    if (one.disk->dead()) return SQLITE_OK;
    let_slots_go(one);
    if (drop != 0) (*one.of)->shared_memory.clear();
    return SQLITE_OK;
}

constexpr sqlite3_io_methods methods{
    2,
    close,
    read,
    write,
    truncate,
    sync,
    file_size,
    lock,
    unlock,
    check_reserved,
    file_control,
    sector_size,
    characteristics,
    shm_map,
    shm_lock,
    shm_barrier,
    shm_unmap,
    nullptr,
    nullptr};

int open(sqlite3_vfs* vfs, const char* path, sqlite3_file* to, int flags, int* out_flags) {
    auto& disk = disk_of(vfs);
    auto& one = of(to);
    one.base.pMethods = nullptr;
    if (disk.dead()) return SQLITE_CANTOPEN;
    static int anonymous = 0;
    const std::string name = path != nullptr ? path : "temporary" + std::to_string(++anonymous);
    auto found = disk.files().find(name);
    if (found == disk.files().end()) {
        if ((flags & SQLITE_OPEN_CREATE) == 0) return SQLITE_CANTOPEN;
        found = disk.files().emplace(name, std::make_shared<lossy_disk::file>()).first;
    }
    one.disk = &disk;
    one.of = new std::shared_ptr<lossy_disk::file>{found->second};
    one.path = new std::string{name};
    one.level = SQLITE_LOCK_NONE;
    one.slots_shared = one.slots_exclusive = 0;
    one.delete_on_close = (flags & SQLITE_OPEN_DELETEONCLOSE) != 0;
    one.base.pMethods = &methods;
    if (out_flags != nullptr) *out_flags = flags;
    return SQLITE_OK;
}

int remove(sqlite3_vfs* vfs, const char* path, int) {
    auto& disk = disk_of(vfs);
    if (!disk.spend()) return SQLITE_IOERR_DELETE;
    return disk.files().erase(path) != 0 ? SQLITE_OK : SQLITE_IOERR_DELETE_NOENT;
}

int access(sqlite3_vfs* vfs, const char* path, int, int* there) {
    auto& disk = disk_of(vfs);
    if (disk.dead()) return SQLITE_IOERR_ACCESS;
    const auto found = disk.files().find(path);
    *there = found != disk.files().end() && !found->second->now.empty() ? 1 : 0;
    return SQLITE_OK;
}

int full_path(sqlite3_vfs*, const char* path, int most, char* to) {
    std::strncpy(to, path, static_cast<std::size_t>(most));
    to[most - 1] = 0;
    return SQLITE_OK;
}

int randomness(sqlite3_vfs*, int size, char* to) {
    auto* real = sqlite3_vfs_find("unix");
    return real->xRandomness(real, size, to);
}
int sleep(sqlite3_vfs*, int) {
    return SQLITE_OK;
}
int current_time(sqlite3_vfs*, double* now) {
    *now = 2461368.5;
    return SQLITE_OK;
}
int last_error(sqlite3_vfs*, int, char*) {
    return 0;
}

}  // namespace

lossy_disk::lossy_disk(std::string name, std::uint64_t seed)
    : name_{std::move(name)}, chance_{seed}, vfs_{std::make_unique<sqlite3_vfs>()} {
    *vfs_ = {};
    vfs_->iVersion = 1;
    vfs_->szOsFile = sizeof(handle);
    vfs_->mxPathname = 512;
    vfs_->zName = name_.c_str();
    vfs_->pAppData = this;
    vfs_->xOpen = open;
    vfs_->xDelete = remove;
    vfs_->xAccess = access;
    vfs_->xFullPathname = full_path;
    vfs_->xRandomness = randomness;
    vfs_->xSleep = sleep;
    vfs_->xCurrentTime = current_time;
    vfs_->xGetLastError = last_error;
    if (sqlite3_vfs_register(vfs_.get(), 0) != SQLITE_OK) throw std::runtime_error{"no such VFS"};
}

lossy_disk::~lossy_disk() {
    sqlite3_vfs_unregister(vfs_.get());
}

bool lossy_disk::spend() noexcept {
    if (!dead_ && fuse_ >= 0 && fuse_-- == 0) dead_ = true;
    return !dead_;
}

void lossy_disk::restart() {
    for (auto at = files_.begin(); at != files_.end();) {
        const auto& before = *at->second;
        if (!before.durable_exists) {
            at = files_.erase(at);
            continue;
        }
        // Each write since the last sync made it, did not, or made it in part, whatever its order.
        auto after = std::make_shared<file>();
        after->durable = before.durable;
        const auto kept_in_four = chance_() % 5;
        for (const auto& one : before.unsynced) {
            if (chance_() % 4 >= kept_in_four) continue;
            auto part = one;
            if (!part.truncate && chance_() % 8 == 0) {
                part.bytes.resize(chance_() % (part.bytes.size() / 512 + 1) * 512);
            }
            put_into(after->durable, part);
        }
        after->now = after->durable;
        after->durable_exists = true;
        at->second = std::move(after);
        ++at;
    }
    dead_ = false;
    fuse_ = -1;
}

}  // namespace tertulia::simulation
