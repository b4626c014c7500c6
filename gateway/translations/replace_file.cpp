#include "gateway/translations/replace_file.hpp"

#include <cerrno>
#include <cstdlib>
#include <string>
#include <system_error>

#include <sys/stat.h>
#include <unistd.h>

namespace tertulia::gateway {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const fs::path& file) {
    throw std::system_error{errno, std::generic_category(), "cannot write " + file.string()};
}

// Gone at the end of the scope, unless it has taken its place.
class half_written {
public:
    explicit half_written(const fs::path& file) : file_(file), name_(file.string() + ".XXXXXX") {
        handle_ = ::mkstemp(name_.data());
        if (handle_ < 0) fail(file_);
    }
    ~half_written() {
        ::close(handle_);
        if (!name_.empty()) ::unlink(name_.c_str());
    }
    half_written(const half_written&) = delete;
    half_written& operator=(const half_written&) = delete;

    void write(std::string_view text) {
        while (!text.empty()) {
            const auto wrote = ::write(handle_, text.data(), text.size());
            if (wrote < 0) fail(file_);
            text.remove_prefix(static_cast<std::size_t>(wrote));
        }
    }
    void take_place(mode_t mode) {
        if (::fchmod(handle_, mode) != 0 || ::fsync(handle_) != 0) fail(file_);
        if (::rename(name_.c_str(), file_.c_str()) != 0) fail(file_);
        name_.clear();
    }

private:
    fs::path file_;
    std::string name_;
    int handle_{-1};
};

}  // namespace

void replace_file(const fs::path& file, std::string_view text, const fs::path& like) {
    struct stat as {};
    constexpr mode_t own_alone = S_IRUSR | S_IWUSR;
    const bool known = ::stat(file.c_str(), &as) == 0 || ::stat(like.c_str(), &as) == 0;
    const mode_t mode = known ? as.st_mode & 0777U : own_alone;
    if (const auto folder = file.parent_path(); !folder.empty() && !fs::exists(folder)) {
        fs::create_directories(folder);
        fs::permissions(folder, fs::status(like.parent_path()).permissions());
    }
    half_written made{file};
    made.write(text);
    made.take_place(mode);
}

}  // namespace tertulia::gateway
