#include "gateway/commands/check_files.hpp"
#include "gateway/commands/check_report.hpp"
#include "gateway/commands/commands.hpp"

#include <iostream>

namespace tertulia::gateway {

std::optional<config> load_config_or_explain(const std::filesystem::path& file) {
    auto read = load_config(file, process_environment());
    for (const auto& one : read.problems) std::cerr << dialogs::to_text(one, read.text) << '\n';
    return std::move(read.loaded);
}

std::optional<loaded> load_or_explain(const std::filesystem::path& file) {
    auto found = check_files(file, process_environment(), check_depth::to_run);
    write_problems(std::cerr, found);
    if (!found.scripts) return std::nullopt;
    return loaded{
        .settings = std::move(*found.settings),
        .sources = std::move(found.sources),
        .scripts = std::move(found.scripts)};
}

}  // namespace tertulia::gateway
