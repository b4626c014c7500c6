#include "gateway/commands/only_one.hpp"

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace tertulia::gateway {

only_one::only_one(const std::filesystem::path& database) {
    if (const auto folder = database.parent_path(); !folder.empty()) {
        std::filesystem::create_directories(folder);
    }
    const auto name = database.string() + ".lock";
    file_ = ::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file_ < 0) throw std::system_error{errno, std::generic_category(), name};
    if (::flock(file_, LOCK_EX | LOCK_NB) == 0) return;
    const int trouble = errno;
    ::close(file_);
    if (trouble == EWOULDBLOCK) {
        throw already_running{"another gateway is running on " + database.string()};
    }
    throw std::system_error{trouble, std::generic_category(), name};
}

only_one::~only_one() { ::close(file_); }

}  // namespace tertulia::gateway
