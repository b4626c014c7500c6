// `tertulia places`: which place a text means, and where to pay near it, as a conversation would
// find both; one text a line, as JSON, one a line.

#include "gateway/commands/commands.hpp"

#include "dialogs/script/program.hpp"
#include "dialogs/services/payment_points.hpp"
#include "gateway/portfolio/sqlite_mirror.hpp"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <cmath>
#include <iostream>
#include <string>

namespace tertulia::gateway {
namespace {

using ordered_json = nlohmann::ordered_json;

ordered_json told(
    const dialogs::place_names& places,
    const dialogs::payment_point_map& points,
    const std::string& text
) {
    ordered_json names = ordered_json::array();
    ordered_json near = ordered_json::array();
    const auto guesses = places.guesses(text);
    for (const auto& one : guesses) names.push_back(places.places()[one.place].name);
    auto at = guesses.empty() ? std::nullopt : places.places()[guesses.front().place].at;
    const auto* landmark = at ? nullptr : points.spoken_of(text, &places);
    if (landmark != nullptr) at = {landmark->latitude, landmark->longitude};
    if (at) {
        for (const auto& one : points.nearest(*at, found_points_max)) {
            near.push_back(
                {{"id", one.point->id},
                 {"name", one.point->name},
                 {"kind", one.point->kind},
                 {"metres", std::llround(one.metres)}}
            );
        }
    }
    return {{"text", text}, {"places", std::move(names)}, {"points", std::move(near)}};
}

std::vector<payment_point> points_on_file(const config& settings) {
    const auto& file = settings.store.sqlite_file;
    if (!std::filesystem::exists(file)) {
        std::cerr << "tertulia: no portfolio yet, so no place to pay; `tertulia import` loads one\n";
        return {};
    }
    return sqlite_mirror{file.string()}.payment_points();
}

int places(const std::string& file) {
    const auto all = load_or_explain(file);
    if (!all) return 1;
    const dialogs::payment_point_map points{points_on_file(all->settings)};
    for (std::string line; std::getline(std::cin, line);) {
        if (line.ends_with('\r')) line.pop_back();
        std::cout << told(all->scripts->compiled().places, points, line)
                         .dump(-1, ' ', false, ordered_json::error_handler_t::replace)
                  << '\n';
    }
    return 0;
}

}  // namespace

void add_places(CLI::App& line, int& exit_code) {
    auto* command = line.add_subcommand(
        "places", "Which place a text means and where to pay near it, one a line on standard input"
    );
    auto file = std::make_shared<std::string>();
    command->add_option("--config", *file, "The config file")->required();
    command->callback([=, &exit_code] { exit_code = places(*file); });
}

}  // namespace tertulia::gateway
