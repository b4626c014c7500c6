// `tertulia schema`: what editors complete and underline operators' files with.

#include "gateway/commands/commands.hpp"
#include "gateway/commands/schema_text.hpp"

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>

namespace tertulia::gateway {

void add_schema(CLI::App& line, int& exit_code) {
    auto* command = line.add_subcommand(
        "schema", "Print the JSON Schema of a kind of file, for editors: config/schema/"
    );
    auto kind = std::make_shared<std::string>();
    command->add_option("kind", *kind, "The kind of file")
        ->required()
        ->check(CLI::IsMember(schema_kinds()));
    command->callback([=, &exit_code] {
        std::cout << schema_text(*kind);
        exit_code = 0;
    });
}

}  // namespace tertulia::gateway
