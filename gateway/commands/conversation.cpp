// `tertulia conversation release`: gives a conversation back to the assistant after a hand-over,
// through the running gateway.

#include "dialogs/message/e164.hpp"
#include "gateway/commands/admin_call.hpp"
#include "gateway/commands/commands.hpp"
#include "gateway/commands/conversation_routes.hpp"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <iostream>

namespace tertulia::gateway {
namespace {

int release(const config& settings, const std::string& phone) {
    const auto got =
        ask_admin(settings, "POST", release_path, nlohmann::json{{"phone", phone}}.dump());
    if (got.result != http::call_result::answered || got.status != 200) {
        return explain_failure(settings, got);
    }
    std::cout << "released: the assistant answers " << phone << " again\n";
    return 0;
}

}  // namespace

void add_conversation(CLI::App& line, int& exit_code) {
    auto* command = line.add_subcommand("conversation", "What people do in a conversation");
    command->require_subcommand(1);
    auto* give_back = command->add_subcommand(
        "release", "Give a conversation a person has taken over back to the assistant"
    );
    auto file = std::make_shared<std::string>();
    auto phone = std::make_shared<std::string>();
    give_back->add_option("--config", *file, "The config file")->required();
    give_back->add_option("--phone", *phone, "Whose conversation, as +50255551234")
        ->required()
        ->check([](const std::string& value) {
            return is_e164(value) ? std::string{}
                                  : std::string{"write the number with its country: +50255551234"};
        });
    give_back->callback([=, &exit_code] {
        const auto settings = load_config_or_explain(*file);
        exit_code = settings ? release(*settings, *phone) : 1;
    });
}

}  // namespace tertulia::gateway
