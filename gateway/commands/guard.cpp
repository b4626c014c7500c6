// `tertulia guard`: what the moderation of a virtual meeting would do with lines of its talk, one a
// line, as JSON, one a line. The same words and rules a meeting runs on.

#include "gateway/commands/commands.hpp"
#include "gateway/commands/guard_roster.hpp"

#include "dialogs/moderation/guard.hpp"
#include "dialogs/script/program.hpp"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

namespace tertulia::gateway {
namespace {

using ordered_json = nlohmann::ordered_json;

struct guard_options {
    std::string file{};
    std::string step{"other_business"};
    std::string as{"member"};
    std::string names{};
    std::string language{};
};

std::vector<std::string> texts_of(std::span<const std::string_view> names) {
    return {names.begin(), names.end()};
}

// Nothing, and the reason said, where the names cannot be read.
std::optional<dialogs::meeting_roster> roster_for(
    const guard_options& how, const config& settings
) {
    if (how.names.empty()) return roster_on_file(settings);
    std::ifstream in{how.names, std::ios::binary};
    auto read = in ? read_roster(in) : roster_read{.problem = "cannot be read"};
    if (read.problem.empty()) return std::move(read.names);
    std::cerr << "tertulia: --names " << how.names << ": " << read.problem << '\n';
    return std::nullopt;
}

int guard(const guard_options& how) {
    const auto all = load_or_explain(how.file);
    if (!all) return 1;
    const auto& script = all->scripts->compiled();
    const auto& spoken = script.house.languages;
    if (!how.language.empty() && std::ranges::find(spoken, how.language) == spoken.end()) {
        std::cerr << "tertulia: --language " << how.language
                  << ": the institution does not speak it; see institution.languages in "
                  << how.file << '\n';
        return 1;
    }
    if (script.meeting_words.empty()) {
        std::cerr
            << "tertulia: nothing is listened for: there is no meetings/moderation.yaml beside "
            << how.file << '\n';
        return 1;
    }
    const auto roster = roster_for(how, all->settings);
    if (!roster) return 1;
    const auto now = std::chrono::floor<milliseconds>(std::chrono::system_clock::now());
    const dialogs::guard_context context{
        .words = script.meeting_words,
        .roster = *roster,
        .reading =
            script.rules_of_reading(how.language.empty() ? spoken.front() : how.language, now),
        .learnt = script.private_lines.get()};
    for (std::string line; std::getline(std::cin, line);) {
        if (line.ends_with('\r')) line.pop_back();
        const auto said = dialogs::judge(
            {.text = line,
             .by = *dialogs::find_speaker_role(how.as),
             .step = *dialogs::find_meeting_step(how.step)},
            context
        );
        const ordered_json told{
            {"text", line},
            {"decision", said.relayed() ? "relay" : "hold"},
            {"reason", dialogs::row_of(said.rule).name}};
        // Bytes that are no UTF-8 are shown as such: JSON has no other way.
        std::cout << told.dump(-1, ' ', false, ordered_json::error_handler_t::replace) << '\n';
    }
    return 0;
}

}  // namespace

void add_guard(CLI::App& line, int& exit_code) {
    auto* command = line.add_subcommand(
        "guard", "Whether lines said in a meeting would be relayed, one a line on standard input"
    );
    auto how = std::make_shared<guard_options>();
    command->add_option("--config", how->file, "The config file")->required();
    command->add_option("--step", how->step, "Of the meeting; other_business without it")
        ->check(CLI::IsMember(texts_of(dialogs::meeting_step_names())));
    command->add_option("--as", how->as, "Who says it: member, officer or guest")
        ->check(CLI::IsMember(texts_of(dialogs::speaker_role_names())));
    command->add_option(
        "--names",
        how->names,
        "A file of names, one person a line: Teresa Caal, Tere; else the members of all groups"
    );
    command->add_option(
        "--language", how->language, "What they speak; else the institution's first"
    );
    command->callback([=, &exit_code] { exit_code = guard(*how); });
}

}  // namespace tertulia::gateway
