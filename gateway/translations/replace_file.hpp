// Writes a file an operator keeps: all of it or, whatever happens meanwhile, what was there.

#pragma once

#include <filesystem>
#include <string_view>

namespace tertulia::gateway {

// Through a file beside it that takes its place at the end. It may be read by whoever may read
// `like`: the file itself if it is there. Makes its folder. Throws std::system_error.
void replace_file(
    const std::filesystem::path& file, std::string_view text, const std::filesystem::path& like
);

}  // namespace tertulia::gateway
