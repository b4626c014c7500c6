// Everything an operator wrote, read and checked, with every mistake: what `check` tells and what
// the other commands refuse to start on. Prints nothing.

#pragma once

#include "dialogs/script/diagnostic.hpp"
#include "dialogs/script/script_set.hpp"
#include "gateway/config/config.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::gateway {

struct checked_files {
    std::optional<config> settings{};  // nothing if there is any error
    dialogs::script_sources sources{};
    std::vector<dialogs::source_file> others{};  // the config and the tests, to show lines of
    std::shared_ptr<const dialogs::script_set> scripts{};  // null if there is any error
    std::vector<dialogs::diagnostic> problems{};

    // The text of one of the files a problem may stand in; empty if it was never read.
    [[nodiscard]] std::string_view text_of(std::string_view file) const noexcept;
    [[nodiscard]] std::size_t count(dialogs::severity of) const noexcept;
    // The config, or a file or folder it names, could not be read at all.
    [[nodiscard]] bool unreadable() const noexcept;
};

// To run, or also what only people who write care for: the tests and how the texts sound.
enum class check_depth : std::uint8_t { to_run, whole };

[[nodiscard]] checked_files check_files(
    const std::filesystem::path& file, const environment& env, check_depth depth
);

}  // namespace tertulia::gateway
