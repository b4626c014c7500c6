// `tertulia meeting`: what has to do with meetings of village banks. Each thing it does is in a file of
// its own.

#include "dialogs/script/diagnostic.hpp"
#include "dialogs/script/program.hpp"
#include "gateway/commands/commands.hpp"
#include "gateway/commands/meeting_admin.hpp"
#include "gateway/commands/meeting_preview.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

namespace tertulia::gateway {
namespace {

struct preview_options {
    std::string config{};
    std::string agenda{};
    std::string language{};
};

int preview_agenda(const preview_options& how) {
    const auto files = load_or_explain(how.config);
    if (!files) return 1;
    const auto& program = files->scripts->compiled();
    const auto& all = program.meetings.all;
    if (all.empty()) {
        std::cerr << "tertulia: there is no agenda in meetings/ beside the config\n";
        return 1;
    }
    const auto* agenda = program.meetings.named(how.agenda);
    if (agenda == nullptr) {
        std::vector<std::string> known;
        for (const auto& one : all) known.push_back(one.name);
        const auto near = dialogs::did_you_mean(how.agenda, known);
        std::cerr << "tertulia: there is no agenda '" << how.agenda << "'";
        if (!near.empty()) std::cerr << "; did you mean '" << near << "'?";
        for (const auto& one : known) std::cerr << (&one == &known.front() ? "\n  there are: " : ", ") << one;
        std::cerr << '\n';
        return 1;
    }
    const auto& spoken = program.house.languages;
    const auto language = how.language.empty() ? spoken.front() : how.language;
    if (std::ranges::find(spoken, language) == spoken.end()) {
        std::cerr << "tertulia: the institution does not speak '" << language << "'\n";
        return 1;
    }
    std::cout << meeting_page(*files->scripts, *agenda, language);
    return 0;
}

void add_preview(CLI::App& meeting, int& exit_code) {
    auto* command = meeting.add_subcommand(
        "preview", "The whole course of a meeting by an agenda, as its people would read it"
    );
    auto how = std::make_shared<preview_options>();
    command->add_option("--config", how->config, "The config file")->required();
    command->add_option("agenda", how->agenda, "Its name, as its file is called")->required();
    command->add_option("--language", how->language, "The institution's first without it");
    command->callback([how, &exit_code] { exit_code = preview_agenda(*how); });
}

}  // namespace

void add_meeting(CLI::App& line, int& exit_code) {
    auto* meeting = line.add_subcommand("meeting", "Meetings of village banks");
    meeting->require_subcommand(1);
    add_preview(*meeting, exit_code);
    add_meeting_admin(*meeting, exit_code);
}

}  // namespace tertulia::gateway
