// The files operators show with their messages, read once into memory: few and small, since every
// client pays for each of them.

#pragma once

#include "dialogs/script/diagnostic.hpp"
#include "dialogs/wording/attachments.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace tertulia::gateway {

inline constexpr std::uint64_t media_folder_bytes_max = 64ULL * 1024 * 1024;

struct media_content {
    dialogs::media_file is{};
    std::string bytes{};
};

// By name. No folder is no file. Skipped: what begins with a point, and texts (.md, .txt) that say
// where the rest comes from. Problems: sub-folders, links, names that do not fit an address, files
// that cannot be read, and more than media_folder_bytes_max in all.
[[nodiscard]] std::vector<media_content> read_media_folder(
    const std::filesystem::path& folder, std::vector<dialogs::diagnostic>& problems
);

}  // namespace tertulia::gateway
