// `tertulia import`: files of core banking, or the demonstration, into the local portfolio. A
// gateway that is serving sees the change with its next message.

#include "gateway/portfolio/import.hpp"
#include "dialogs/facts/iso_date.hpp"
#include "dialogs/wording/calendar.hpp"
#include "gateway/commands/commands.hpp"
#include "gateway/portfolio/calling_code.hpp"
#include "gateway/portfolio/demo_generator.hpp"
#include "gateway/portfolio/progress_bar.hpp"
#include "gateway/portfolio/schema.hpp"

#include <SQLiteCpp/Database.h>
#include <CLI/CLI.hpp>

#include <cstdio>
#include <iostream>

namespace tertulia::gateway {
namespace {

struct import_command {
    std::string config_file{};
    std::vector<std::filesystem::path> paths{};
    bool replace{};
    bool demo{};
    std::string today{};  // of the demo; empty: the institution's own today
};

std::vector<adapters::ledger::file> files_of(
    const import_command& asked, const institution& house, instant now
) {
    if (!asked.demo) return read_ledger_files(asked.paths);
    auto today = parse_iso_date(asked.today);
    if (!today) {
        const auto calendar = dialogs::local_calendar::make(house.time_zone);
        today = calendar ? calendar->date_of(now)
                         : civil_date{std::chrono::floor<std::chrono::days>(now)};
    }
    return std::move(generate_demo(demo_seed, *today).files);
}

int run(const import_command& asked) {
    if (asked.demo && !asked.paths.empty()) {
        std::cerr << "tertulia: --demo makes its own records: give either --demo or files\n";
        return 2;
    }
    if (!asked.demo && asked.paths.empty()) {
        std::cerr << "tertulia: name the files or folders to import, or give --demo\n";
        return 2;
    }
    if (!asked.demo && !asked.today.empty()) {
        std::cerr << "tertulia: --today is the day the demo is made for; it needs --demo\n";
        return 2;
    }
    const auto settings = load_config_or_explain(asked.config_file);
    if (!settings) return 1;
    const auto& house = settings->institution;
    const auto now = std::chrono::floor<milliseconds>(std::chrono::system_clock::now());
    const auto files = files_of(asked, house, now);
    if (files.empty()) {
        std::cerr << "tertulia: there is no .csv, .json or .geojson file there\n";
        return 1;
    }

    const auto& database = settings->store.sqlite_file;
    if (database.has_parent_path()) std::filesystem::create_directories(database.parent_path());
    const auto portfolio = open_portfolio(database.string());
    import_options options{
        .now = now,
        .absent = asked.replace ? absent_rows::remove : absent_rows::keep,
        .currency = house.currency,
        .country_code = std::string{calling_code_of(house.country)},
    };
    if (!house.languages.empty()) options.language = house.languages.front();
    import_report report;
    {
        progress_bar bar{stderr, "Importing"};
        report =
            import_files(*portfolio, files, options, [&bar](std::size_t done, std::size_t all) {
                bar.show(done, all);
            });
    }
    (report.stored() ? std::cout : std::cerr) << text_of(report);
    return report.stored() ? 0 : 1;
}

}  // namespace

void add_import(CLI::App& line, int& exit_code) {
    auto* command =
        line.add_subcommand("import", "Load clients, groups, loans and places to pay from files");
    auto asked = std::make_shared<import_command>();
    command->add_option("--config", asked->config_file, "The config file")->required();
    command->add_option("paths", asked->paths, "CSV, JSON or (places) GeoJSON files, or folders of them")
        ->check(CLI::ExistingPath);
    command->add_flag(
        "--replace", asked->replace, "Remove what is not in the files, for each kind that is given"
    );
    command->add_flag("--demo", asked->demo, "Load the demonstration instead of files");
    command->add_option("--today", asked->today, "The day the demo is made for, 2026-11-23")
        ->check([](const std::string& day) {
            return parse_iso_date(day) ? std::string{} : std::string{"write it as 2026-11-23"};
        });
    command->callback([asked, &exit_code] { exit_code = run(*asked); });
}

}  // namespace tertulia::gateway
