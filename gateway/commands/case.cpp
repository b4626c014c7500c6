// `tertulia case`: what there is to do for people, and doing it, through the running gateway.

#include "gateway/commands/admin_call.hpp"
#include "gateway/commands/case_routes.hpp"
#include "gateway/commands/commands.hpp"
#include "gateway/http/query.hpp"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <array>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>

namespace tertulia::gateway {
namespace {

struct case_asked {
    std::string file{};
    std::string number{};
    std::string by{};
    std::string name{};
    std::string text{};
    std::string state{};
    std::string queue{};
    std::string kind{};
    bool late{};
    bool all{};
    int minutes{60};
    std::string how{};
};

std::string word(const nlohmann::json& of, const char* key) {
    return of.contains(key) && of[key].is_string() ? of[key].get<std::string>() : std::string{};
}

void print_line(const nlohmann::json& one) {
    std::cout << word(one, "number") << "  " << word(one, "state") << "  " << word(one, "kind");
    if (const auto category = word(one, "category"); !category.empty()) std::cout << '/' << category;
    std::cout << "  " << word(one, "queue");
    if (const auto who = word(one, "holder"); !who.empty()) std::cout << "  with " << who;
    if (const auto who = word(one, "client"); !who.empty()) std::cout << "  for " << who;
    std::cout << (one.value("late", false) ? "  LATE\n" : "\n");
}

int list_cases(const config& settings, const case_asked& how) {
    std::string path = cases_path;
    path += "?state=" + http::percent_encode(how.state) + "&queue=" +
            http::percent_encode(how.queue) + "&kind=" + http::percent_encode(how.kind);
    if (how.late) path += "&late=true";
    if (how.all) path += "&all=true";
    const auto got = ask_admin(settings, "GET", path);
    if (got.result != http::call_result::answered || got.status != 200) {
        return explain_failure(settings, got);
    }
    const auto read = nlohmann::json::parse(got.body, nullptr, false);
    const auto& cases = read.is_object() ? read.value("cases", nlohmann::json::array())
                                         : nlohmann::json::array();
    for (const auto& one : cases) print_line(one);
    if (cases.empty()) std::cout << "there are none\n";
    return 0;
}

int show_case(const config& settings, const case_asked& how) {
    const auto got = ask_admin(
        settings, "GET",
        std::string{cases_path} + "/" + http::percent_encode(how.number) +
            "?by=" + http::percent_encode(how.by)
    );
    if (got.result != http::call_result::answered || got.status != 200) {
        return explain_failure(settings, got);
    }
    const auto one = nlohmann::json::parse(got.body, nullptr, false);
    print_line(one);
    for (const auto& each : one.value("history", nlohmann::json::array())) {
        std::cout << "  " << word(each, "what");
        if (const auto who = word(each, "who"); !who.empty()) std::cout << " by " << who;
        if (each.value("internal", false)) std::cout << " (among colleagues)";
        if (const auto text = word(each, "text"); !text.empty()) std::cout << ": " << text;
        std::cout << '\n';
    }
    return 0;
}

int act_on_case(const config& settings, const case_asked& how, const std::string& what) {
    nlohmann::json body{{"by", how.by}, {"name", how.name}};
    if (!how.text.empty()) body["text"] = how.text;
    if (what == "snooze") body["minutes"] = how.minutes;
    if (what == "confirm") body["how"] = how.how;
    const auto got = ask_admin(
        settings, "POST",
        std::string{cases_path} + "/" + http::percent_encode(how.number) + "/" + what, body.dump()
    );
    if (got.result != http::call_result::answered || got.status != 200) {
        return explain_failure(settings, got);
    }
    print_line(nlohmann::json::parse(got.body, nullptr, false));
    return 0;
}

struct act_command {
    const char* name;
    const char* path;
    const char* about;
    bool speaks;
};
constexpr std::array acts{
    act_command{"take", "take", "Take it: it is yours, and so is the conversation", false},
    act_command{"note", "note", "Note something for colleagues; clients never see it", true},
    act_command{"reply", "reply", "Write to the client", true},
    act_command{"give-back", "give_back", "The assistant answers the client again", false},
    act_command{"resolve", "resolve", "Answer it for good; the client is asked whether it does", true},
    act_command{"snooze", "snooze", "Be reminded of it later", false},
    act_command{"confirm", "confirm", "It is her who wants it: you have made sure", false}};

}  // namespace

void add_case(CLI::App& line, int& exit_code) {
    auto* command = line.add_subcommand("case", "What there is to do for people who wrote");
    command->require_subcommand(1);
    const auto common = [](CLI::App& one) {
        auto how = std::make_shared<case_asked>();
        one.add_option("--config", how->file, "The config file")->required();
        return how;
    };
    auto* lists = command->add_subcommand("list", "The open ones, the oldest first");
    const auto filter = common(*lists);
    lists->add_option("--state", filter->state, "open, taken, waiting, resolved or closed");
    lists->add_option("--queue", filter->queue, "support, complaints, branch:3, credit_agent:7…");
    lists->add_option("--kind", filter->kind, "As dialogs/cases.yaml names it");
    lists->add_flag("--late", filter->late, "Only those of which something is overdue");
    lists->add_flag("--all", filter->all, "Those that are over, too");
    lists->callback([filter, &exit_code] {
        const auto settings = load_config_or_explain(filter->file);
        exit_code = settings ? list_cases(*settings, *filter) : 1;
    });
    const auto of_one = [&](CLI::App& one) {
        auto how = common(one);
        one.add_option("number", how->number, "Its number, 17-1")->required();
        one.add_option("--by", how->by, "Who you are; it is kept with the case")->required();
        return how;
    };
    auto* shows = command->add_subcommand("show", "One with all that became of it");
    const auto shown = of_one(*shows);
    shows->callback([shown, &exit_code] {
        const auto settings = load_config_or_explain(shown->file);
        exit_code = settings ? show_case(*settings, *shown) : 1;
    });
    for (const auto& one : acts) {
        auto* added = command->add_subcommand(one.name, one.about);
        const auto how = of_one(*added);
        added->add_option("--name", how->name, "As clients call you: seño Marta");
        if (one.speaks) added->add_option("text", how->text, "The words")->required();
        if (std::string_view{one.path} == "snooze") {
            added->add_option("--minutes", how->minutes, "60 without it");
        }
        if (std::string_view{one.path} == "confirm") {
            added->add_option("--how", how->how, "in_person, or call_back: at another number of hers")
                ->required();
        }
        added->callback([how, path = std::string{one.path}, &exit_code] {
            const auto settings = load_config_or_explain(how->file);
            exit_code = settings ? act_on_case(*settings, *how, path) : 1;
        });
    }
}

}  // namespace tertulia::gateway
