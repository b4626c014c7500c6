// Sealed files on disk, one for each id, each with a key of its own. A file is whole or not there:
// it is written beside its place, synced and moved.
//
// Threads: any, not two on the same id at a time. Errors: what the disk refuses is thrown
// (std::system_error).

#pragma once

#include "gateway/store/seal.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace tertulia::gateway {

class vault {
public:
    // The folder is made when the first file comes; nobody else may look into it.
    explicit vault(std::filesystem::path folder) : folder_{std::move(folder)} {}

    void put(std::int64_t id, const seal_key& key, std::string_view bytes) const;
    // Nothing: there is none, or it is not what was put there.
    [[nodiscard]] std::optional<std::string> get(std::int64_t id, const seal_key& key) const;
    void drop(std::int64_t id) const;  // also where there is none

private:
    [[nodiscard]] std::filesystem::path place_of(std::int64_t id) const;

    std::filesystem::path folder_;
};

}  // namespace tertulia::gateway
