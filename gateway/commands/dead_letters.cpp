// `tertulia dead-letters`: events no step could take, listed and tried again through the running
// gateway's admin listener, because the gateway alone writes its store.

#include "gateway/commands/commands.hpp"
#include "gateway/http/client.hpp"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <chrono>
#include <future>
#include <iomanip>
#include <iostream>

namespace tertulia::gateway {
namespace {

using namespace std::chrono_literals;

http::answer ask_admin(const config& settings, const std::string& method, const std::string& path) {
    http::client client{{}};
    std::promise<http::answer> promised;
    auto answer = promised.get_future();
    http::call call{.method = method, .url = "http://" + settings.server.admin + path};
    client.start(std::move(call), [&promised](http::answer got) {
        promised.set_value(std::move(got));
    });
    auto got = answer.get();
    client.finish(100ms);
    return got;
}

int explain_failure(const config& settings, const http::answer& got) {
    if (got.result != http::call_result::answered) {
        std::cerr << "tertulia: nobody answers on " << settings.server.admin
                  << "; is `tertulia serve` running with this config?\n";
    } else {
        const auto body = nlohmann::json::parse(got.body, nullptr, false);
        std::cerr << "tertulia: " << body.value("title", "status " + std::to_string(got.status))
                  << '\n';
    }
    return 1;
}

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
