// `tertulia understand`: what the assistant makes of texts, one a line, as JSON, one a line. It
// asks the same program the conversations run on, so what it prints is what a client would meet.

#include "gateway/commands/commands.hpp"

#include "dialogs/script/program.hpp"
#include "dialogs/understanding/entities.hpp"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <iostream>
#include <string>

namespace tertulia::gateway {
namespace {

using ordered_json = nlohmann::ordered_json;

ordered_json told(
    const dialogs::program& script,
    const std::string& text,
    const std::string& language,
    instant now
) {
    const auto about = script.understand(text, language);
    const auto spoken = !language.empty()        ? language
                        : about.language.empty() ? script.house.languages.front()
                                                 : about.language;
    ordered_json alternatives = ordered_json::array();
    for (const auto& each : about.alternatives) {
        alternatives.push_back({{"intent", each.intent}, {"confidence", each.confidence}});
    }
    ordered_json entities = ordered_json::array();
    for (const auto& each : dialogs::entities_of(text, script.rules_of_reading(spoken, now))) {
        entities.push_back(
            {{"kind", dialogs::name_of(each.kind)}, {"text", each.text}, {"value", each.value}}
        );
    }
    return {
        {"text", text},
        {"language", about.language.empty() ? spoken : about.language},
        {"intent", about.intent.empty() ? ordered_json(nullptr) : ordered_json(about.intent)},
        {"confidence", about.confidence},
        {"alternatives", std::move(alternatives)},
        {"entities", std::move(entities)}};
}

int understand(const std::string& file, const std::string& language, const std::string& moment) {
    const auto all = load_or_explain(file);
    if (!all) return 1;
    const auto& script = all->scripts->compiled();
    const auto& spoken = script.house.languages;
    if (!language.empty() && std::ranges::find(spoken, language) == spoken.end()) {
        std::cerr << "tertulia: --language " << language
                  << ": the institution does not speak it; see institution.languages in " << file
                  << '\n';
        return 1;
    }
    auto now = std::chrono::floor<milliseconds>(std::chrono::system_clock::now());
    if (!moment.empty()) {
        const auto said = script.calendar->read(moment);
        if (!said) {
            std::cerr << "tertulia: --now " << moment
                      << ": write it as 2026-11-26T10:40:00-06:00, or the day alone\n";
            return 1;
        }
        now = *said;
    }
    for (std::string line; std::getline(std::cin, line);) {
        if (line.ends_with('\r')) line.pop_back();
        // Bytes that are no UTF-8 are shown as such: JSON has no other way.
        std::cout << told(script, line, language, now)
                         .dump(-1, ' ', false, ordered_json::error_handler_t::replace)
                  << '\n';
    }
    return 0;
}

}  // namespace

void add_understand(CLI::App& line, int& exit_code) {
    auto* command = line.add_subcommand(
        "understand", "What texts mean, one a line on standard input: intent, language, figures"
    );
    auto file = std::make_shared<std::string>();
    auto language = std::make_shared<std::string>();
    auto moment = std::make_shared<std::string>();
    command->add_option("--config", *file, "The config file")->required();
    command->add_option("--language", *language, "What she speaks; else told from each text");
    command->add_option("--now", *moment, "When she writes, ISO-8601; else now");
    command->callback([=, &exit_code] { exit_code = understand(*file, *language, *moment); });
}

}  // namespace tertulia::gateway
