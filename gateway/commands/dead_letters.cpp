// `tertulia dead-letters`: events no step could take, listed and tried again through the running
// gateway's admin listener, because the gateway alone writes its store.

#include "gateway/commands/admin_call.hpp"
#include "gateway/commands/commands.hpp"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <iomanip>
#include <iostream>

namespace tertulia::gateway {
namespace {

int list(const config& settings) {
    const auto got = ask_admin(settings, "GET", "/api/v1/dead-letters");
    if (got.result != http::call_result::answered || got.status != 200) {
        return explain_failure(settings, got);
    }
    const auto letters = nlohmann::json::parse(got.body).at("dead_letters");
    for (const auto& one : letters) {
        std::cout << std::setw(8) << one.at("id").get<std::int64_t>() << "  conversation "
                  << one.at("party").get<std::int64_t>() << "  "
                  << one.at("reason").get<std::string>() << '\n';
    }
    std::cout << letters.size() << " dead letters\n";
    return 0;
}

int replay(const config& settings, const std::string& which) {
    const auto path = which == "all" ? std::string{"/api/v1/dead-letters/replay"}
                                     : "/api/v1/dead-letters/" + which + "/replay";
    const auto got = ask_admin(settings, "POST", path);
    if (got.result != http::call_result::answered || got.status != 202) {
        return explain_failure(settings, got);
    }
    std::cout << nlohmann::json::parse(got.body).at("replayed") << " tried again\n";
    return 0;
}

}  // namespace

void add_dead_letters(CLI::App& line, int& exit_code) {
    auto* command =
        line.add_subcommand("dead-letters", "List events that failed, or try them again");
    auto file = std::make_shared<std::string>();
    auto which = std::make_shared<std::string>();
    command->add_option("--config", *file, "The config file")->required();
    command->add_option("--replay", *which, "An id of the list, or 'all'")
        ->check([](const std::string& value) {
            const bool fine = value == "all" ||
                              (!value.empty() &&
                               value.find_first_not_of("0123456789") == std::string::npos);
            return fine ? std::string{} : std::string{"give an id of the list, or 'all'"};
        });
    command->callback([=, &exit_code] {
        const auto settings = load_config_or_explain(*file);
        if (!settings) {
            exit_code = 1;
            return;
        }
        exit_code = which->empty() ? list(*settings) : replay(*settings, *which);
    });
}

}  // namespace tertulia::gateway
