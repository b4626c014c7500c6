// `tertulia conversation`: gives one back to the assistant after a hand-over, blocks a person and
// ends that, through the running gateway.

#include "dialogs/message/e164.hpp"
#include "gateway/commands/admin_call.hpp"
#include "gateway/commands/block_routes.hpp"
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

// Here it holds at once; what the provider said is told, and a refusal of its is no failure.
int block(const config& settings, const std::string& phone, const char* path) {
    const auto got = ask_admin(settings, "POST", path, nlohmann::json{{"phone", phone}}.dump());
    if (got.result != http::call_result::answered || got.status != 200) {
        return explain_failure(settings, got);
    }
    const auto said = nlohmann::json::parse(got.body, nullptr, false);
    const bool blocks = said.value("blocked", false);
    std::cout << (blocks ? "blocked: nobody answers " : "unblocked: ") << phone
              << (blocks ? " any more\n" : " is answered again\n");
    if (const auto why = said.value("reason", ""); !why.empty()) {
        std::cout << "  WhatsApp itself did not follow: " << why << '\n';
    }
    return 0;
}

// An option that is a telephone number, on every command here.
std::pair<std::shared_ptr<std::string>, std::shared_ptr<std::string>> options_of(CLI::App& command) {
    auto file = std::make_shared<std::string>();
    auto phone = std::make_shared<std::string>();
    command.add_option("--config", *file, "The config file")->required();
    command.add_option("--phone", *phone, "Whose conversation, as +50255551234")
        ->required()
        ->check([](const std::string& value) {
            return is_e164(value) ? std::string{}
                                  : std::string{"write the number with its country: +50255551234"};
        });
    return {file, phone};
}

}  // namespace

void add_conversation(CLI::App& line, int& exit_code) {
    auto* command = line.add_subcommand("conversation", "What people do in a conversation");
    command->require_subcommand(1);
    auto* give_back = command->add_subcommand(
        "release", "Give a conversation a person has taken over back to the assistant"
    );
    const auto [file, phone] = options_of(*give_back);
    give_back->callback([file = file, phone = phone, &exit_code] {
        const auto settings = load_config_or_explain(*file);
        exit_code = settings ? release(*settings, *phone) : 1;
    });
    for (const auto* path : {block_path, unblock_path}) {
        const bool blocks = path == block_path;
        auto* one = command->add_subcommand(
            blocks ? "block" : "unblock",
            blocks ? "Answer this person no more, and block her at WhatsApp"
                   : "Answer this person again"
        );
        const auto [its_file, its_phone] = options_of(*one);
        one->callback([path, file = its_file, phone = its_phone, &exit_code] {
            const auto settings = load_config_or_explain(*file);
            exit_code = settings ? block(*settings, *phone, path) : 1;
        });
    }
}

}  // namespace tertulia::gateway
