#include "gateway/commands/scripts_at_start.hpp"

#include "dialogs/script/version.hpp"
#include "gateway/commands/commands.hpp"
#include "gateway/publishing/desk.hpp"

#include <spdlog/spdlog.h>

#include <stdexcept>

namespace tertulia::gateway {
namespace {

live_scripts from_files(store& keep_in, const config& settings) {
    auto files = load_or_explain(settings.file);
    if (!files) throw std::runtime_error{"the dialogs and messages do not load"};
    keep(keep_in, *files->scripts, files->sources);
    return {.everybody = files->scripts};
}

// Never surprises who edits a file and starts again.
void say_what_is_served(const publication& last, const config& settings) {
    spdlog::info(
        "serving scripts {} to {}, published by {}: {}",
        last.version.substr(0, 8),
        to_text(last.to, last.percent),
        last.author,
        last.reason
    );
    std::vector<dialogs::diagnostic> unreadable;
    const auto files = dialogs::version_of(read_scripts(settings, unreadable));
    if (unreadable.empty() && files == last.version) return;
    spdlog::warn(
        "the files are not what is served (they are {}): `tertulia publish` makes them live",
        unreadable.empty() ? files.substr(0, 8) : "unreadable"
    );
}

}  // namespace

live_scripts scripts_at_start(store& from, const config& settings) {
    std::string trouble;
    auto published = published_scripts(from, settings.institution, trouble);
    if (!trouble.empty()) spdlog::error("{}", trouble);
    if (!published) {
        if (!trouble.empty()) spdlog::warn("serving the files instead");
        return from_files(from, settings);
    }
    say_what_is_served(from.publications().back(), settings);
    return std::move(*published);
}

}  // namespace tertulia::gateway
