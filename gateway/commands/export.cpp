// `tertulia export applications`, `claims`, `promises`, `attendance`: what people have asked for, said
// they paid and said they would, and who came to meetings, as CSV, through the running gateway or, when
// none runs, from its database. `export figures`: how talks went, from the journal, beside a gateway
// that runs or not.

#include "gateway/commands/admin_call.hpp"
#include "gateway/commands/application_routes.hpp"
#include "gateway/commands/commands.hpp"
#include "gateway/commands/figures_of.hpp"
#include "gateway/commands/kept_scripts.hpp"
#include "gateway/commands/only_one.hpp"
#include "gateway/commands/write_out.hpp"
#include "gateway/store/sqlite/sqlite_store.hpp"

#include <CLI/CLI.hpp>

#include <filesystem>
#include <iostream>
#include <optional>
#include <string>

namespace tertulia::gateway {
namespace {

// Nothing: it was said why not.
std::optional<std::string> table_of(
    const config& settings, const char* path, std::int64_t after
) {
    const auto& database = settings.store.sqlite_file;
    if (!std::filesystem::exists(database)) {
        std::cerr << "tertulia: there is no database at " << database.string() << " yet\n";
        return std::nullopt;
    }
    std::optional<only_one> alone;
    try {
        alone.emplace(database);
    } catch (const already_running&) {
        const auto got = ask_admin(
            settings, "GET", std::string{path} + "?after=" + std::to_string(after)
        );
        if (got.result == http::call_result::answered && got.status == 200) return got.body;
        explain_failure(settings, got);
        return std::nullopt;
    }
    sqlite_store store{{.path = database.string()}};
    return exported(store, database.string(), path, after);
}

void add_table(
    CLI::App& command, const char* name, const char* about, const char* path, int& exit_code
) {
    auto* table = command.add_subcommand(name, about);
    auto file = std::make_shared<std::string>();
    auto to = std::make_shared<std::string>();
    auto after = std::make_shared<std::int64_t>(0);
    table->add_option("--config", *file, "The config file")->required();
    table->add_option("--after", *after, "The id of the last one you have")
        ->check(CLI::NonNegativeNumber);
    table->add_option("--to", *to, "The file to write; standard output without it");
    table->callback([=, &exit_code] {
        const auto settings = load_config_or_explain(*file);
        const auto rows = settings ? table_of(*settings, path, *after) : std::nullopt;
        exit_code = rows ? write_out(*rows, *to) : 1;
    });
}

int figures(const std::string& file, const std::string& to) {
    const auto settings = load_config_or_explain(file);
    if (!settings) return 1;
    const auto& database = settings->store.sqlite_file;
    if (!std::filesystem::exists(database)) {
        std::cerr << "tertulia: there is no database at " << database.string() << " yet\n";
        return 1;
    }
    sqlite_store store{{.path = database.string()}};
    kept_scripts kept{store, settings->institution};
    return write_out(figures_of(store, kept), to);
}

void add_figures(CLI::App& command, int& exit_code) {
    auto* table = command.add_subcommand(
        "figures",
        "How talks went, by month, as CSV: how far applications come, how long a decision takes, what of "
        "the terms comes across at once, how many talks break off"
    );
    auto file = std::make_shared<std::string>();
    auto to = std::make_shared<std::string>();
    table->add_option("--config", *file, "The config file")->required();
    table->add_option("--to", *to, "The file to write; standard output without it");
    table->callback([=, &exit_code] { exit_code = figures(*file, *to); });
}

}  // namespace

void add_export(CLI::App& line, int& exit_code) {
    auto* command = line.add_subcommand("export", "What is here, for other systems");
    command->require_subcommand(1);
    add_table(
        *command, "applications", "Applications for a loan, as CSV; the oldest 5000 after --after",
        applications_path, exit_code
    );
    add_table(
        *command, "claims", "What people said they paid, a line each time one changed",
        claims_path, exit_code
    );
    add_table(
        *command, "promises", "When people said they would pay, a line each time one changed",
        promises_path, exit_code
    );
    add_table(
        *command, "attendance",
        "Who came to each meeting of a village bank, and how she took part; the oldest 5000 after --after",
        attendance_path, exit_code
    );
    add_figures(*command, exit_code);
}

}  // namespace tertulia::gateway
