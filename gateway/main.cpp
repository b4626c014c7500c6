// The command line, and nothing else: each command lives in commands/.

#include "dialogs/script/diagnostic.hpp"
#include "gateway/commands/commands.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <exception>
#include <iostream>
#include <string>
#include <vector>

#include <sys/stat.h>

int main(int argc, char** argv) {
    using namespace tertulia::gateway;

    // Whatever we write (database, lock, recordings) is about people: for our own user alone.
    ::umask(S_IRWXG | S_IRWXO);

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
    add_places(line, exit_code);
    add_guard(line, exit_code);
    add_import(line, exit_code);
    add_replay(line, exit_code);
    add_dead_letters(line, exit_code);
    add_graph(line, exit_code);
    add_schema(line, exit_code);
    add_publish(line, exit_code);
    add_versions(line, exit_code);
    add_rollback(line, exit_code);
    add_translations(line, exit_code);
    add_conversation(line, exit_code);
    add_case(line, exit_code);
    add_person(line, exit_code);
    add_doctor(line, exit_code);
    add_export(line, exit_code);
    add_referral(line, exit_code);
    add_plan(line, exit_code);
    add_contact(line, exit_code);
    add_meeting(line, exit_code);
    add_campaign(line, exit_code);
    if (argc > 1 && argv[1][0] != '-') {
        std::vector<std::string> known;
        for (const auto* each : line.get_subcommands({})) known.push_back(each->get_name());
        if (std::ranges::find(known, argv[1]) == known.end()) {
            const auto near = tertulia::dialogs::did_you_mean(argv[1], known);
            std::cerr << "tertulia: there is no command '" << argv[1] << "'"
                      << (near.empty() ? "; `tertulia --help` lists them"
                                       : "; did you mean '" + near + "'?")
                      << '\n';
            return 2;
        }
    }
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
