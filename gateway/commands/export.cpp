// `tertulia export applications`: what people have asked for, as CSV, through the running gateway or,
// when none runs, from its database.

#include "gateway/applications/application_export.hpp"
#include "gateway/commands/admin_call.hpp"
#include "gateway/commands/application_routes.hpp"
#include "gateway/commands/commands.hpp"
#include "gateway/commands/only_one.hpp"
#include "gateway/store/sqlite/sqlite_store.hpp"

#include <CLI/CLI.hpp>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>
#include <string>

namespace tertulia::gateway {
namespace {

// Nothing: it was said why not.
std::optional<std::string> table_of(const config& settings, std::int64_t after) {
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
            settings, "GET", std::string{applications_path} + "?after=" + std::to_string(after)
        );
        if (got.result == http::call_result::answered && got.status == 200) return got.body;
        explain_failure(settings, got);
        return std::nullopt;
    }
    sqlite_store store{{.path = database.string()}};
    return csv_of(store.applications().after(after, applications_at_once));
}

int write_out(const std::string& table, const std::string& file) {
    if (file.empty()) {
        std::cout << table;
        return std::cout.good() ? 0 : 1;
    }
    std::ofstream out{file, std::ios::binary | std::ios::trunc};
    out << table;
    out.close();
    if (out) return 0;
    std::cerr << "tertulia: " << file << " cannot be written\n";
    return 1;
}

}  // namespace

void add_export(CLI::App& line, int& exit_code) {
    auto* command = line.add_subcommand("export", "What is here, for other systems");
    command->require_subcommand(1);
    auto* applications = command->add_subcommand(
        "applications", "Applications for a loan, as CSV; the oldest 5000 after --after"
    );
    auto file = std::make_shared<std::string>();
    auto to = std::make_shared<std::string>();
    auto after = std::make_shared<std::int64_t>(0);
    applications->add_option("--config", *file, "The config file")->required();
    applications->add_option("--after", *after, "The id of the last one you have")
        ->check(CLI::NonNegativeNumber);
    applications->add_option("--to", *to, "The file to write; standard output without it");
    applications->callback([=, &exit_code] {
        const auto settings = load_config_or_explain(*file);
        const auto table = settings ? table_of(*settings, *after) : std::nullopt;
        exit_code = table ? write_out(*table, *to) : 1;
    });
}

}  // namespace tertulia::gateway
