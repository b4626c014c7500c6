// One gateway for one database: a second one would send every message again and overwrite what the
// first keeps in memory. The lock is the operating system's, so it ends with the process however
// that ends. It keeps out other gateways only; `import` and `replay` work beside one.

#pragma once

#include <filesystem>
#include <stdexcept>

namespace tertulia::gateway {

struct already_running : std::runtime_error {
    using std::runtime_error::runtime_error;
};

class only_one {
public:
    // Makes the folder and "DATABASE.lock" where they are missing. Throws already_running if
    // another gateway holds it, std::system_error if it cannot be made.
    explicit only_one(const std::filesystem::path& database);
    ~only_one();
    only_one(const only_one&) = delete;
    only_one& operator=(const only_one&) = delete;

private:
    int file_{-1};
};

}  // namespace tertulia::gateway
