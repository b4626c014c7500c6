// `tertulia doctor`: looks at the installation from outside, as providers see it, and says for
// everything that is wrong how to mend it. Exit code 0: nothing is broken.

#include "gateway/doctor/channel_doctor.hpp"
#include "gateway/commands/commands.hpp"
#include "gateway/commands/declared_templates.hpp"
#include "gateway/http/client.hpp"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <future>
#include <iostream>
#include <iterator>

namespace tertulia::gateway {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

constexpr std::array kind_names{"ok", "advice", "BROKEN"};

const char* name_of(finding_kind kind) { return kind_names.at(static_cast<std::size_t>(kind)); }

void write_text(std::ostream& to, const findings& found) {
    for (const auto& one : found) {
        to << name_of(one.kind) << '\t' << (one.channel.empty() ? "-" : one.channel) << '\t'
           << one.check << '\t' << one.what << '\n';
        if (!one.mend.empty()) to << "\t" << one.mend << '\n';
    }
}

void write_json(std::ostream& to, const findings& found) {
    json all = json::array();
    for (const auto& one : found) {
        all.push_back(
            {{"kind", one.kind == finding_kind::broken ? "broken" : name_of(one.kind)},
             {"channel", one.channel},
             {"check", one.check},
             {"what", one.what},
             {"mend", one.mend}}
        );
    }
    json out;
    out["findings"] = std::move(all);
    to << out.dump(2, ' ', false, json::error_handler_t::replace) << '\n';
}

findings examine(const loaded& files) {
    http::client client{{}};
    const doctor_parts parts{
        .ask =
            [&client](http::call what) {
                std::promise<http::answer> promised;
                auto answer = promised.get_future();
                client.start(std::move(what), [&promised](http::answer got) {
                    promised.set_value(std::move(got));
                });
                return answer.get();
            },
        .clock =
            [] {
                return std::chrono::time_point_cast<milliseconds>(std::chrono::system_clock::now());
            },
        .settings = files.settings,
        .templates = declared_templates(*files.scripts)};
    auto found = examine_server(parts);
    for (const auto& channel : files.settings.channels) {
        auto more = examine_channel(parts, channel);
        std::ranges::move(more, std::back_inserter(found));
    }
    client.finish(100ms);
    return found;
}

int doctor(const std::string& file, bool as_json) {
    const auto files = load_or_explain(file);
    if (!files) return 1;
    const auto found = examine(*files);
    if (as_json) {
        write_json(std::cout, found);
    } else {
        write_text(std::cout, found);
    }
    const auto broken = std::ranges::count(found, finding_kind::broken, &finding::kind);
    if (!as_json) {
        std::cout << (broken == 0 ? "nothing is broken\n" : std::to_string(broken) + " broken\n");
    }
    return broken == 0 ? 0 : 1;
}

}  // namespace

void add_doctor(CLI::App& line, int& exit_code) {
    auto* command = line.add_subcommand(
        "doctor", "Look at channels and addresses from outside, and say how to mend what is wrong"
    );
    auto file = std::make_shared<std::string>();
    auto format = std::make_shared<std::string>("text");
    command->add_option("--config", *file, "The config file")->required();
    command->add_option("--format", *format, "text or json")
        ->check(CLI::IsMember({"text", "json"}))
        ->capture_default_str();
    command->callback([=, &exit_code] { exit_code = doctor(*file, *format == "json"); });
}

}  // namespace tertulia::gateway
