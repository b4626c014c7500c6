#include "gateway/commands/commands.hpp"

#include <algorithm>
#include <iostream>
#include <string_view>

namespace tertulia::gateway {
namespace {

std::string_view text_of(
    const std::string& file, const dialogs::script_sources& sources, const std::string& config_text
) {
    for (const auto* list : {&sources.dialogs, &sources.messages, &sources.phrases}) {
        const auto found = std::ranges::find(*list, file, &dialogs::source_file::path);
        if (found != list->end()) return found->text;
    }
    return config_text;
}

}  // namespace

int explain(
    const std::vector<dialogs::diagnostic>& problems, const dialogs::script_sources& sources,
    const std::string& config_text
) {
    int errors = 0;
    for (const auto& problem : problems) {
        if (problem.level == dialogs::severity::error) ++errors;
        std::cerr << dialogs::to_text(problem, text_of(problem.file, sources, config_text)) << '\n';
    }
    return errors;
}

std::optional<config> load_config_or_explain(const std::filesystem::path& file) {
    auto read = load_config(file, process_environment());
    explain(read.problems, {}, read.text);
    return std::move(read.loaded);
}

std::optional<loaded> load_or_explain(const std::filesystem::path& file) {
    auto settings = load_config_or_explain(file);
    if (!settings) return std::nullopt;
    loaded out{.settings = std::move(*settings)};
    std::vector<dialogs::diagnostic> unreadable;
    out.sources = read_scripts(out.settings, unreadable);
    auto result = dialogs::load_scripts(out.sources);
    result.problems.insert(result.problems.begin(), unreadable.begin(), unreadable.end());
    explain(result.problems, out.sources, {});
    if (!unreadable.empty() || !result.scripts) return std::nullopt;
    out.scripts = std::move(result.scripts);
    return out;
}

}  // namespace tertulia::gateway
