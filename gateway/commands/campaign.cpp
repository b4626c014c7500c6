// `tertulia campaign`: what is told many at once: prepared by one person, approved by another, watched,
// paused and ended. In the database; the running gateway sends.

#include "dialogs/facts/iso_date.hpp"
#include "dialogs/script/program.hpp"
#include "dialogs/wording/calendar.hpp"
#include "gateway/commands/commands.hpp"
#include "gateway/commands/day_option.hpp"
#include "gateway/nudges/campaign_book.hpp"
#include "gateway/nudges/known_staff.hpp"
#include "gateway/nudges/open_plan.hpp"

#include <CLI/CLI.hpp>
#include <SQLiteCpp/Database.h>

#include <chrono>
#include <filesystem>
#include <iostream>
#include <memory>
#include <span>
#include <string>

namespace tertulia::gateway {
namespace {

struct campaign_asked {
    std::string file{};
    std::string until{};
    std::string by{};
    campaign_draft draft{};
};

std::unique_ptr<SQLite::Database> plan_in(const config& settings) {
    const auto& file = settings.store.sqlite_file;
    if (std::filesystem::exists(file)) return open_plan(file.string());
    std::cerr << "tertulia: there is no database at " << file.string()
              << " yet: `tertulia serve` makes it\n";
    return nullptr;
}

campaign_act act_by(
    const std::string& who, const config& settings, std::span<const staff_person> staff
) {
    const auto now =
        std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    const auto calendar = dialogs::local_calendar::make(settings.institution.time_zone);
    return {.by = who, .at = now, .today = calendar ? calendar->date_of(now) : civil_date{}, .staff = staff};
}

int tell(const campaign_result& how) {
    const bool well = how.answer == campaign_answer::done;
    (well ? std::cout : std::cerr) << (well ? "" : "tertulia: ") << how.words << '\n';
    return well ? 0 : 1;
}

std::string line_of(const campaign_view& of) {
    auto out = of.name + "  " + std::string{name_of(of.state)} + "  " + of.says + " to " + of.to +
               ", until " + iso_date(of.until) + ", " + std::to_string(of.a_minute) +
               " a minute\n  " + std::to_string(of.people) + " planned: " + std::to_string(of.sent) +
               " sent, " + std::to_string(of.waiting) + " on their way, " +
               std::to_string(of.to_come) + " to come";
    for (const auto& [why, count] : of.kept) {
        out += ", " + std::to_string(count) + " kept back (" + why + ")";
    }
    return out + '\n';
}

int prepare(const campaign_asked& how) {
    const auto files = load_or_explain(how.file);
    if (!files) return 1;
    auto draft = how.draft;
    const auto until = day_said("--until", how.until);
    if (!until) return 2;
    draft.until = *until;
    const auto database = plan_in(files->settings);
    if (!database) return 1;
    campaign_book book{*database};
    const auto staff = staff_in(*database, files->settings.colleagues);
    return tell(book.prepare(
        draft, act_by(how.by, files->settings, staff), files->scripts->compiled().nudges
    ));
}

using act_of_book = campaign_result (campaign_book::*)(std::string_view, const campaign_act&);

int act(const campaign_asked& how, act_of_book what) {
    const auto settings = load_config_or_explain(how.file);
    if (!settings) return 1;
    const auto database = plan_in(*settings);
    if (!database) return 1;
    campaign_book book{*database};
    const auto staff = staff_in(*database, settings->colleagues);
    return tell((book.*what)(how.draft.name, act_by(how.by, *settings, staff)));
}

int list(const campaign_asked& how) {
    const auto settings = load_config_or_explain(how.file);
    if (!settings) return 1;
    const auto database = plan_in(*settings);
    if (!database) return 1;
    const auto all = campaign_book{*database}.all();
    for (const auto& one : all) std::cout << line_of(one);
    if (all.empty()) std::cout << "there are none\n";
    return 0;
}

int show(const campaign_asked& how) {
    const auto settings = load_config_or_explain(how.file);
    if (!settings) return 1;
    const auto database = plan_in(*settings);
    const auto calendar = dialogs::local_calendar::make(settings->institution.time_zone);
    if (!database || !calendar) return 1;
    const auto one = campaign_book{*database}.find(how.draft.name);
    if (!one) {
        std::cerr << "tertulia: there is no campaign '" << how.draft.name << "'\n";
        return 1;
    }
    std::cout << line_of(*one);
    for (const auto& each : one->history) {
        const auto at = calendar->local(each.at);
        const auto minute = std::to_string(at.minute);
        std::cout << "  " << iso_date(at.date) << ' ' << at.hour << ':'
                  << (minute.size() < 2 ? "0" : "") << minute << "  " << each.what
                  << (each.who.empty() ? "" : " by " + each.who) << '\n';
    }
    return 0;
}

}  // namespace

void add_campaign(CLI::App& line, int& exit_code) {
    auto* command = line.add_subcommand(
        "campaign", "What is told many at once: prepared by one person, approved by another"
    );
    command->require_subcommand(1);
    const auto common = [](CLI::App& one) {
        auto how = std::make_shared<campaign_asked>();
        one.add_option("--config", how->file, "The config file")->required();
        return how;
    };
    const auto someone = CLI::Validator{
        [](std::string& text) {
            return text.empty() || text.size() > campaign_who_bytes_max
                       ? std::string{"say who it is, in up to 80 bytes"}
                       : std::string{};
        },
        "NAME"};

    auto* prepares = command->add_subcommand("prepare", "Whom and what; nothing leaves yet");
    const auto first = common(*prepares);
    prepares->add_option("name", first->draft.name, "Its name, used once: cierre_diciembre")->required();
    prepares->add_option("--says", first->draft.says, "A segment of the policy that counts from campaigns")
        ->required();
    prepares->add_option("--until", first->until, "The last day it may be said on")->required();
    prepares->add_option("--by", first->by, "Who of the staff prepares it")->required()->check(someone);
    prepares->add_option("--a-minute", first->draft.a_minute, "People a minute at most; 30")
        ->check(CLI::Range(1, campaign_a_minute_most));
    auto& to = first->draft.to;
    prepares->add_option("--branch", to.branch, "Clients of that branch, by core banking's id");
    prepares->add_option("--group", to.group, "…of that group");
    prepares->add_option("--officer", to.officer, "…of that officer");
    prepares->add_option("--product", to.product, "…with a loan of that product");
    prepares->add_option("--segment", to.segment, "…in that segment of the reminders");
    prepares->add_flag("--everybody", to.everybody, "Every client with a running loan");
    prepares->callback([first, &exit_code] { exit_code = prepare(*first); });

    const auto doing = [&](const char* name, const char* about, act_of_book what) {
        auto* does = command->add_subcommand(name, about);
        const auto how = common(*does);
        does->add_option("name", how->draft.name, "Its name")->required();
        does->add_option("--by", how->by, "Who does it")->required()->check(someone);
        does->callback([how, what, &exit_code] { exit_code = act(*how, what); });
    };
    doing("approve", "By somebody else than who prepared it: it begins", &campaign_book::approve);
    doing("pause", "Nobody else for now", &campaign_book::pause);
    doing("resume", "It goes on", &campaign_book::resume);
    doing("end", "Nobody else ever", &campaign_book::end);

    auto* lists = command->add_subcommand("list", "All of them, with what has come of each");
    const auto listing = common(*lists);
    lists->callback([listing, &exit_code] { exit_code = list(*listing); });
    auto* shows = command->add_subcommand("show", "One, with who did what");
    const auto showing = common(*shows);
    shows->add_option("name", showing->draft.name, "Its name")->required();
    shows->callback([showing, &exit_code] { exit_code = show(*showing); });
}

}  // namespace tertulia::gateway
