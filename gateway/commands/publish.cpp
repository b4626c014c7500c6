// `tertulia publish`, `versions` and `rollback`: what new conversations begin on.

#include "dialogs/wording/calendar.hpp"
#include "gateway/commands/admin_call.hpp"
#include "gateway/commands/commands.hpp"
#include "gateway/commands/script_access.hpp"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <cstdlib>
#include <iomanip>
#include <iostream>
#include <set>

#include <pwd.h>
#include <unistd.h>

namespace tertulia::gateway {
namespace {

using nlohmann::json;

struct publish_options {
    std::string file{};
    std::string author{};
    std::string reason{};
    std::string to{"all"};
    bool diff{};
    bool only_show{};
};

bool went_well(const http::answer& got) {
    return got.result == http::call_result::answered && got.status < 300;
}

// Of who is logged in; a service without USER has its name in the table of users all the same.
std::string name_of_user() {
    // NOLINTBEGIN(concurrency-mt-unsafe): no thread runs yet
    if (const char* name = std::getenv("USER"); name != nullptr && *name != '\0') return name;
    if (const auto* user = ::getpwuid(::geteuid())) return user->pw_name;
    // NOLINTEND(concurrency-mt-unsafe)
    return "user " + std::to_string(::geteuid());
}

// When what was published to `to` begins.
std::string what_begins(const std::string& to, bool gateway_runs) {
    const std::string end = ".\n";
    if (to == "all") return (gateway_runs ? "It is live" : "The next start serves it") + end;
    const std::string whom = to == "staff" ? "Staff" : "Staff and " + to + " of everybody else";
    return whom + (gateway_runs ? " begin on it now" : " begin on it after the next start") +
           ", the others stay on the version before" + end;
}

void print_difference(const json& answer, bool whole) {
    for (const auto& line : answer.at("changes")) std::cout << line.get<std::string>() << '\n';
    if (whole) std::cout << answer.at("difference").get<std::string>();
}

void print_under_way(const json& talks) {
    const auto move = talks.at("move").get<std::size_t>();
    const auto stay = talks.at("stay").get<std::size_t>();
    if (move > 0) std::cout << move << " conversations under way move to it.\n";
    if (stay > 0) std::cout << stay << " conversations under way finish as they began.\n";
}

int publish(const publish_options& how) {
    const auto all = load_or_explain(how.file);
    if (!all) {
        std::cerr << "tertulia: nothing was published; what ran goes on\n";
        return 1;
    }
    auto body = json::parse(sources_to_json(all->sources));
    body.erase("institution");  // the gateway's own
    body["author"] = how.author;
    body["reason"] = how.reason;
    body["to"] = how.to;
    body["only_show"] = true;
    script_access desk{all->settings};
    const auto shown = desk.publish(body.dump());
    if (!went_well(shown)) return explain_failure(all->settings, shown);
    const auto difference = json::parse(shown.body);
    print_difference(difference, how.diff);
    if (how.only_show) return 0;

    // Whoever else published since is not overwritten unseen.
    body["only_show"] = false;
    body["seen"] = difference.at("seen");
    const auto got = desk.publish(body.dump());
    if (!went_well(got)) return explain_failure(all->settings, got);
    const auto done = json::parse(got.body).at("publication");
    const auto to = done.at("to").get<std::string>();
    std::cout << "Published " << done.at("version").get<std::string>().substr(0, 8) << " to "
              << to << ": " << done.at("changes").get<std::string>() << ". "
              << what_begins(to, desk.gateway_runs());
    print_under_way(json::parse(got.body).at("under_way"));
    return 0;
}

std::string when(const json& row, const dialogs::local_calendar& calendar) {
    const auto at = calendar.local(from_millis(row.at("at").get<std::int64_t>()));
    std::ostringstream out;
    out << static_cast<int>(at.date.year()) << '-' << std::setfill('0') << std::setw(2)
        << static_cast<unsigned>(at.date.month()) << '-' << std::setw(2)
        << static_cast<unsigned>(at.date.day()) << ' ' << std::setw(2) << at.hour << ':'
        << std::setw(2) << at.minute;
    return std::move(out).str();
}

void print_versions(const json& all, const institution& house) {
    const auto calendar = dialogs::local_calendar::make(house.time_zone);
    auto under_way = all.at("conversations");
    if (!all.at("publications").empty()) std::cout << "Times of " << house.time_zone << ":\n";
    std::set<std::string> counted;
    bool newest = true;
    for (const auto& row : all.at("publications")) {
        const auto version = row.at("version").get<std::string>();
        const auto to = row.at("to").get<std::string>();
        std::cout << (newest ? "* " : "  ") << version.substr(0, 8) << "  "
                  << (calendar ? when(row, *calendar) : std::string{}) << "  " << std::left
                  << std::setw(6) << to << std::right;
        // Each version's conversations stand beside its newest line.
        const auto set = version.substr(0, 16);
        if (counted.insert(set).second && under_way.contains(set)) {
            std::cout << std::setw(7) << under_way.at(set).get<std::size_t>() << " under way";
            under_way.erase(set);
        } else {
            std::cout << std::string(17, ' ');
        }
        std::cout << "  " << row.at("author").get<std::string>() << ": "
                  << row.at("reason").get<std::string>() << " ("
                  << row.at("changes").get<std::string>() << ")\n";
        newest = false;
    }
    for (const auto& [set, count] : under_way.items()) {
        std::cout << "  " << set.substr(0, 8) << "  never published" << std::setw(15)
                  << count.get<std::size_t>() << " under way\n";
    }
    if (newest) std::cout << "Nothing was ever published: a start serves the files.\n";
}

int versions(const std::string& file) {
    const auto settings = load_config_or_explain(file);
    if (!settings) return 1;
    script_access desk{*settings};
    const auto got = desk.list();
    if (!went_well(got)) return explain_failure(*settings, got);
    print_versions(json::parse(got.body), settings->institution);
    return 0;
}

int roll_back(
    const std::string& file,
    const std::string& version,
    const std::string& author,
    const std::string& reason
) {
    const auto settings = load_config_or_explain(file);
    if (!settings) return 1;
    script_access desk{*settings};
    const auto got =
        desk.roll_back(json{{"version", version}, {"author", author}, {"reason", reason}}.dump());
    if (!went_well(got)) return explain_failure(*settings, got);
    const auto done = json::parse(got.body).at("publication");
    std::cout << "Back on " << done.at("version").get<std::string>().substr(0, 8)
              << (desk.gateway_runs() ? ". It is live.\n" : ". The next start serves it.\n")
              << "The files are as they were: mend them before you publish again.\n";
    return 0;
}

}  // namespace

void add_publish(CLI::App& line, int& exit_code) {
    auto* command =
        line.add_subcommand("publish", "Check the files and make them live for new conversations");
    auto how = std::make_shared<publish_options>();
    command->add_option("--config", how->file, "The config file")->required();
    command->add_option("--author", how->author, "Who publishes")->required();
    command->add_option("--reason", how->reason, "Why, in a sentence")->required();
    command->add_option("--to", how->to, "all, staff, or a share such as 10%")
        ->check([](const std::string& value) {
            return parse_target(value) ? std::string{} : "write all, staff, or 1% to 99%";
        });
    command->add_flag("--diff", how->diff, "Show the files' differences, too");
    command->add_flag("--dry-run", how->only_show, "Show what would change, publish nothing");
    command->callback([=, &exit_code] { exit_code = publish(*how); });
}

void add_versions(CLI::App& line, int& exit_code) {
    auto* command = line.add_subcommand("versions", "List what was published, newest first");
    auto file = std::make_shared<std::string>();
    command->add_option("--config", *file, "The config file")->required();
    command->callback([=, &exit_code] { exit_code = versions(*file); });
}

void add_rollback(CLI::App& line, int& exit_code) {
    auto* command =
        line.add_subcommand("rollback", "New conversations begin on an earlier version again");
    auto file = std::make_shared<std::string>();
    auto version = std::make_shared<std::string>();
    auto author = std::make_shared<std::string>(name_of_user());
    auto reason = std::make_shared<std::string>();
    command->add_option("--config", *file, "The config file")->required();
    command->add_option("--to", *version, "A version of the list; without it, the one before");
    command->add_option("--author", *author, "Who rolls back")->capture_default_str();
    command->add_option("--reason", *reason, "Why");
    command->callback([=, &exit_code] { exit_code = roll_back(*file, *version, *author, *reason); }
    );
}

}  // namespace tertulia::gateway
