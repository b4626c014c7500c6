#include "gateway/commands/commands.hpp"

#include <CLI/CLI.hpp>

#include <iostream>

namespace tertulia::gateway {

void add_check(CLI::App& line, int& exit_code) {
    auto* command = line.add_subcommand("check", "Check the config, the dialogs and the messages");
    auto file = std::make_shared<std::string>();
    command->add_option("--config", *file, "The config file")->required();
    command->callback([file, &exit_code] {
        const auto all = load_or_explain(*file);
        exit_code = all ? 0 : 1;
        if (all) {
            std::cout << "All is well: " << all->sources.dialogs.size() << " dialogs, "
                      << all->sources.messages.size() << " message files, version "
                      << all->scripts->version().substr(0, 8) << '\n';
        }
    });
}

}  // namespace tertulia::gateway
