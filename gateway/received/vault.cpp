#include "gateway/received/vault.hpp"

#include <cerrno>
#include <fstream>
#include <sstream>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tertulia::gateway {
namespace {

namespace fs = std::filesystem;

// So that no folder holds more than some thousands.
constexpr std::int64_t folders = 256;
constexpr std::string_view bound = "tertulia received file";

[[noreturn]] void fail(const fs::path& where) {
    throw std::system_error{errno, std::generic_category(), where.string()};
}

class open_file {
public:
    open_file(const fs::path& at, int flags, mode_t mode = 0)
        : at_{at}, number_{::open(at.c_str(), flags | O_CLOEXEC, mode)} {
        if (number_ < 0) fail(at_);
    }
    ~open_file() { ::close(number_); }
    open_file(const open_file&) = delete;
    open_file& operator=(const open_file&) = delete;

    void write(std::string_view bytes) const {
        while (!bytes.empty()) {
            const auto written = ::write(number_, bytes.data(), bytes.size());
            if (written < 0 && errno == EINTR) continue;
            if (written < 0) fail(at_);
            bytes.remove_prefix(static_cast<std::size_t>(written));
        }
    }
    void sync() const {
        if (::fsync(number_) != 0) fail(at_);
    }

private:
    fs::path at_;
    int number_;
};

void make_private(const fs::path& folder) {
    fs::create_directories(folder);
    fs::permissions(folder, fs::perms::owner_all);
}

}  // namespace

fs::path vault::place_of(std::int64_t id) const {
    return folder_ / std::to_string(id % folders) / std::to_string(id);
}

void vault::put(std::int64_t id, const seal_key& key, std::string_view bytes) const {
    std::string sealed;
    sealer{}.seal(key, {.run = random_word(), .row = id}, bound, bytes, sealed);
    const auto place = place_of(id);
    make_private(folder_);
    make_private(place.parent_path());
    auto beside = place;
    beside += ".new";
    {
        const open_file file{beside, O_WRONLY | O_CREAT | O_TRUNC, S_IRUSR | S_IWUSR};
        file.write(sealed);
        file.sync();
    }
    fs::rename(beside, place);
    open_file{place.parent_path(), O_RDONLY | O_DIRECTORY}.sync();
}

std::optional<std::string> vault::get(std::int64_t id, const seal_key& key) const {
    std::ifstream in{place_of(id), std::ios::binary};
    std::ostringstream content;
    if (!in || !(content << in.rdbuf())) return std::nullopt;
    std::string plain;
    if (!sealer{}.unseal(key, id, bound, content.view(), plain)) return std::nullopt;
    return plain;
}

void vault::drop(std::int64_t id) const {
    auto place = place_of(id);
    fs::remove(place);
    place += ".new";
    fs::remove(place);
}

}  // namespace tertulia::gateway
