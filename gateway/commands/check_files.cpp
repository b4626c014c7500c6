#include "gateway/commands/check_files.hpp"

#include "gateway/commands/test_files.hpp"

#include "dialogs/rehearsal/test_source.hpp"
#include "dialogs/script/lint_checks.hpp"
#include "dialogs/script/words_reader.hpp"
#include "dialogs/translations/records.hpp"
#include "gateway/translations/workspace.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

namespace tertulia::gateway {

std::string_view checked_files::text_of(std::string_view file) const noexcept {
    for (const auto* list : {&sources.dialogs, &sources.messages, &sources.phrases, &sources.nudges, &sources.meetings, &others}) {
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

namespace {

// Tests are played in every language: one just added is missing in every step that says something.
// More than ten of these are told as one, at the first.
void fold_missing(std::vector<dialogs::diagnostic>& of_tests) {
    constexpr std::size_t told_max = 10;
    std::map<std::string, std::vector<std::size_t>> alike;  // indexes, by what is said
    for (std::size_t i = 0; i < of_tests.size(); ++i) {
        if (of_tests[i].breaks == dialogs::rule::missing_text) {
            alike[of_tests[i].what].push_back(i);
        }
    }
    std::set<std::size_t> left_out;
    for (const auto& [what, places] : alike) {
        if (places.size() <= told_max) continue;
        of_tests[places.front()].what +=
            "; nor in " + std::to_string(places.size() - 1) + " other places of the tests";
        left_out.insert(places.begin() + 1, places.end());
    }
    std::vector<dialogs::diagnostic> kept;
    for (std::size_t i = 0; i < of_tests.size(); ++i) {
        if (!left_out.contains(i)) kept.push_back(std::move(of_tests[i]));
    }
    of_tests = std::move(kept);
}

// Without scripts the names in a test cannot be looked up, but its YAML can be read.
void read_tests_too(
    const config& settings, const dialogs::script_set* scripts, checked_files& into
) {
    std::vector<dialogs::diagnostic> problems;
    auto files = read_test_files(settings, problems);
    const auto cast = demo_cast();
    for (auto& one : files) {
        if (scripts != nullptr) {
            static_cast<void>(dialogs::read_tests(one, scripts->compiled(), cast, problems));
        } else {
            dialogs::findings noted(one.path, problems);
            static_cast<void>(dialogs::read_yaml(one, noted));
        }
        into.others.push_back(std::move(one));
    }
    fold_missing(problems);
    std::ranges::move(problems, std::back_inserter(into.problems));
}

void check_texts(const config& settings, checked_files& into) {
    std::error_code unknown;
    if (!std::filesystem::exists(settings.lint, unknown)) return;
    std::ifstream in{settings.lint, std::ios::binary};
    dialogs::source_file list{
        .path = settings.lint.string(), .text = {std::istreambuf_iterator<char>{in}, {}}};
    if (!in) {
        into.problems.push_back(
            {.breaks = dialogs::rule::unreadable,
             .file = list.path,
             .what = "cannot read this file"}
        );
        return;
    }
    dialogs::check_wording(list, into.sources.messages, into.problems);
    into.others.push_back(std::move(list));
}

// Which translations were made from a text that has changed meanwhile.
void check_translations(const config& settings, checked_files& into) {
    const auto& spoken = settings.institution.languages;
    if (spoken.empty()) return;
    std::map<std::string, std::vector<dialogs::message_source>> texts;
    std::vector<dialogs::diagnostic> told;  // by load_scripts()
    for (const auto& file : into.sources.messages) {
        dialogs::read_messages(file, texts[dialogs::stem_of(file.path)], told);
    }
    const auto& first = spoken.front();
    const auto from =
        texts.contains(first) ? first : first.substr(0, std::min(first.find('-'), first.size()));
    for (const auto& [language, target] : texts) {
        const auto path = records_file(settings, language);
        std::ifstream in{path, std::ios::binary};
        if (language == from || !in) continue;
        dialogs::source_file file{
            .path = path.string(), .text = {std::istreambuf_iterator<char>{in}, {}}};
        const auto records = dialogs::read_records(file, into.problems);
        dialogs::check_translations(texts[from], target, records, into.problems);
        into.others.push_back(std::move(file));
    }
}

// Of a config that cannot be read enough is guessed to check the files beside it.
config best_of(const config_result& read) {
    config best = read.best;
    if (best.institution.time_zone.empty()) best.institution.time_zone = "UTC";
    auto& spoken = best.institution.languages;
    if (!spoken.empty()) return best;
    std::vector<dialogs::diagnostic> told_later;
    for (const auto& file : read_scripts(best, told_later).messages) {
        spoken.push_back(dialogs::stem_of(file.path));
    }
    return best;
}

}  // namespace

checked_files check_files(
    const std::filesystem::path& file, const environment& env, check_depth depth
) {
    checked_files out;
    auto read = load_config(file, env);
    out.others.push_back({.path = file.string(), .text = read.text});
    out.problems = read.problems;
    if (out.unreadable() && read.text.empty()) return out;
    const config settings = read.loaded ? *read.loaded : best_of(read);

    out.sources = read_scripts(settings, out.problems);
    auto result = dialogs::load_scripts(out.sources);
    std::ranges::move(result.problems, std::back_inserter(out.problems));
    if (depth == check_depth::whole) {
        check_texts(settings, out);
        check_translations(settings, out);
        read_tests_too(settings, result.scripts.get(), out);
    }
    if (out.count(dialogs::severity::error) == 0) {
        out.scripts = std::move(result.scripts);
        out.settings = std::move(read.loaded);
    }
    return out;
}

}  // namespace tertulia::gateway
