// The command line, and nothing else: each command lives in commands/.

#include "gateway/commands/commands.hpp"

#include <CLI/CLI.hpp>

#include <exception>
#include <iostream>

int main(int argc, char** argv) {
    using namespace tertulia::gateway;

    CLI::App line{"Tertulia: a messaging gateway for microfinance institutions", "tertulia"};
    line.set_version_flag("--version", TERTULIA_VERSION);
    line.add_subcommand("version", "Print the version")->callback([] {
        std::cout << TERTULIA_VERSION << '\n';
    });
    line.require_subcommand(1);
    int exit_code = 0;
    add_serve(line, exit_code);
    add_check(line, exit_code);
    add_test(line, exit_code);
    add_chat(line, exit_code);
    add_understand(line, exit_code);
    add_import(line, exit_code);
    add_replay(line, exit_code);
    add_dead_letters(line, exit_code);
    try {
        line.parse(argc, argv);
    } catch (const CLI::ParseError& wrong) {
        const int code = line.exit(wrong);
        return code == 0 ? 0 : 2;
    } catch (const std::exception& trouble) {
        std::cerr << "tertulia: " << trouble.what() << '\n';
        return 1;
    }
    return exit_code;
}
