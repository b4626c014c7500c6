// `tertulia person`: what we hold of somebody, erasing it, and what staff note of her, through the
// running gateway.

#include "dialogs/message/e164.hpp"
#include "gateway/commands/admin_call.hpp"
#include "gateway/commands/commands.hpp"
#include "gateway/commands/person_routes.hpp"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <iostream>
#include <memory>

namespace tertulia::gateway {
namespace {

struct person_options {
    std::string config{};
    std::string phone{};
    std::string by{};
    std::string name{};
    std::string value{};
    bool sure{};
};

int ask(const person_options& how, const char* path, const nlohmann::json& body, std::string_view done) {
    const auto settings = load_config_or_explain(how.config);
    if (!settings) return 1;
    const auto got = ask_admin(*settings, "POST", path, body.dump());
    if (got.result != http::call_result::answered || got.status != 200) {
        return explain_failure(*settings, got);
    }
    std::cout << (done.empty() ? got.body : std::string{done} + "\n");
    return 0;
}

std::shared_ptr<person_options> person_options_of(CLI::App& command) {
    auto how = std::make_shared<person_options>();
    command.add_option("--config", how->config, "The config file")->required();
    command.add_option("--phone", how->phone, "Whose, as +50255551234")
        ->required()
        ->check([](const std::string& value) {
            return is_e164(value) ? std::string{}
                                  : std::string{"write the number with its country: +50255551234"};
        });
    return how;
}

}  // namespace

void add_person(CLI::App& line, int& exit_code) {
    auto* command = line.add_subcommand("person", "What we hold of a person, and erasing it");
    command->require_subcommand(1);

    auto* out = command->add_subcommand("export", "All we hold of her as JSON, on standard output");
    const auto exported = person_options_of(*out);
    out->callback([how = exported, &exit_code] {
        exit_code = ask(*how, export_path, {{"phone", how->phone}}, {});
    });

    auto* erase = command->add_subcommand(
        "erase", "Destroy what we talked about; what the law makes us keep stays, and so do the proofs"
    );
    const auto erased = person_options_of(*erase);
    erase->add_option("--by", erased->by, "Who does it; kept in her records")->required();
    erase->add_flag("--sure", erased->sure, "It cannot be undone")->required();
    erase->callback([how = erased, &exit_code] {
        exit_code = ask(
            *how, erase_path, {{"phone", how->phone}, {"by", how->by}},
            "erased: her key is destroyed; consents, opt-outs and core banking's records stay"
        );
    });

    auto* prefer = command->add_subcommand("prefer", "Note how she wants to be treated");
    const auto noted = person_options_of(*prefer);
    prefer->add_option("name", noted->name, "address, form, hour, reminders or pause")->required();
    prefer->add_option("value", noted->value, "first_name, voice, morning, 14:00, less…")->required();
    prefer->callback([how = noted, &exit_code] {
        exit_code = ask(
            *how, prefer_path, {{"phone", how->phone}, {"name", how->name}, {"value", how->value}},
            "noted; it holds from the next message on"
        );
    });
}

}  // namespace tertulia::gateway
