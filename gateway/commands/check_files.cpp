#include "gateway/commands/check_files.hpp"

#include "gateway/commands/test_files.hpp"

#include "dialogs/rehearsal/test_source.hpp"

#include <algorithm>
#include <iterator>

namespace tertulia::gateway {

std::string_view checked_files::text_of(std::string_view file) const noexcept {
    for (const auto* list : {&sources.dialogs, &sources.messages, &sources.phrases, &others}) {
        const auto found = std::ranges::find(*list, file, &dialogs::source_file::path);
        if (found != list->end()) return found->text;
    }
    return {};
}

std::size_t checked_files::count(dialogs::severity of) const noexcept {
    return static_cast<std::size_t>(std::ranges::count(problems, of, &dialogs::diagnostic::level));
}

bool checked_files::unreadable() const noexcept {
    return std::ranges::find(problems, dialogs::rule::unreadable, &dialogs::diagnostic::breaks) !=
           problems.end();
}

checked_files check_files(
    const std::filesystem::path& file, const environment& env, tests_too tests
) {
    checked_files out;
    auto read = load_config(file, env);
    out.others.push_back({.path = file.string(), .text = std::move(read.text)});
    out.problems = std::move(read.problems);
    if (!read.loaded) return out;
    out.settings = std::move(read.loaded);

    out.sources = read_scripts(*out.settings, out.problems);
    auto result = dialogs::load_scripts(out.sources);
    std::ranges::move(result.problems, std::back_inserter(out.problems));
    if (result.scripts && tests == tests_too::yes) {
        auto files = read_test_files(*out.settings, out.problems);
        const auto cast = demo_cast();
        for (auto& one : files) {
            static_cast<void>(
                dialogs::read_tests(one, result.scripts->compiled(), cast, out.problems)
            );
            out.others.push_back(std::move(one));
        }
    }
    if (out.count(dialogs::severity::error) == 0) out.scripts = std::move(result.scripts);
    return out;
}

}  // namespace tertulia::gateway
