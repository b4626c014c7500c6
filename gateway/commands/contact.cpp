// `tertulia contact`: who has been talked with in the last month and who has not, and noting a call,
// also where nothing is ever sent.

#include "dialogs/clients/contact.hpp"
#include "dialogs/facts/iso_date.hpp"
#include "dialogs/script/program.hpp"
#include "gateway/commands/commands.hpp"
#include "gateway/commands/day_option.hpp"
#include "gateway/insight/survey_report.hpp"
#include "gateway/nudges/attention_book.hpp"
#include "gateway/nudges/contact_book.hpp"
#include "gateway/nudges/feedback_book.hpp"
#include "gateway/nudges/known_staff.hpp"
#include "gateway/nudges/open_plan.hpp"
#include "gateway/store/sqlite/sqlite_store.hpp"

#include <CLI/CLI.hpp>
#include <SQLiteCpp/Database.h>

#include <charconv>
#include <filesystem>
#include <iostream>
#include <memory>
#include <set>

namespace tertulia::gateway {
namespace {

constexpr int contact_days_most = 366;

struct contact_options {
    std::string config{};
    int days{30};
    bool all{};
    bool with_words{};
    contact_note note{};
    attention_note attention{};
    std::string wanted{};
    std::string until{};
    bool open_only{};
    std::vector<std::int64_t> ideas{};
    feedback_verdict verdict{};
};

std::unique_ptr<SQLite::Database> database_of(const config& settings) {
    const auto& file = settings.store.sqlite_file;
    if (!std::filesystem::exists(file)) {
        std::cerr << "tertulia: there is no database at " << file.string()
                  << " yet: `tertulia serve` makes it\n";
        return nullptr;
    }
    return open_plan(file.string());
}

instant time_now() {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

int coverage(const contact_options& how) {
    const auto files = load_or_explain(how.config);
    if (!files) return 1;
    const auto database = database_of(files->settings);
    const auto calendar = dialogs::local_calendar::make(files->settings.institution.time_zone);
    if (!database || !calendar) return 1;
    const auto made = coverage_of(
        *database, files->scripts->compiled().nudges, *calendar, time_now(), how.days
    );
    for (const auto& one : made.each) {
        if (one.reached && !how.all) continue;
        std::cout << one.client_id << "  officer " << (one.officer_id.empty() ? "-" : one.officer_id)
                  << "  " << one.why << '\n';
    }
    std::cout << made.reached << " of " << made.active << " active clients were talked with in the last "
              << how.days << " days\n";
    return 0;
}

int note(const contact_options& how) {
    const auto settings = load_config_or_explain(how.config);
    if (!settings) return 1;
    const auto database = database_of(*settings);
    if (!database) return 1;
    auto what = how.note;
    what.at = time_now();
    if (!note_contact_by_staff(*database, what)) {
        std::cerr << "tertulia: there is no client '" << what.client_id << "' in the portfolio\n";
        return 1;
    }
    std::cout << "noted: " << what.outcome << '\n';
    return 0;
}

int reminders(const contact_options& how) {
    const auto files = load_or_explain(how.config);
    if (!files) return 1;
    const auto database = database_of(files->settings);
    const auto calendar = dialogs::local_calendar::make(files->settings.institution.time_zone);
    if (!database || !calendar) return 1;
    auto what = how.attention;
    const auto until = day_said("--until", how.until);
    if (!until) return 2;
    what.until = *until;
    what.wanted = dialogs::parse_attention(how.wanted).value_or(dialogs::attention::usual);
    what.at = time_now();
    attention_book book{*database};
    if (const auto wrong = book.set(what, files->scripts->compiled().nudges, *calendar); !wrong.empty()) {
        std::cerr << "tertulia: " << wrong << '\n';
        return 1;
    }
    std::cout << "noted: " << in_words(what, *calendar) << '\n';
    return 0;
}

// What a talk may be about: the stages of a loan, and what dialogs note.
std::set<std::string> abouts_of(const dialogs::program& of) {
    std::set<std::string> all;
    for (std::size_t i = 0; i < dialogs::contact_stages; ++i) {
        all.emplace(dialogs::name_of(static_cast<dialogs::contact_stage>(i)));
    }
    for (const auto& dialog : of.dialogs) {
        for (const auto& state : dialog.states) {
            if (const auto& about = of.at(state).about; !about.empty()) all.insert(about);
        }
    }
    return all;
}

int surveys(const contact_options& how) {
    const auto files = load_or_explain(how.config);
    if (!files) return 1;
    const auto& database = files->settings.store.sqlite_file;
    if (!std::filesystem::exists(database)) {
        std::cerr << "tertulia: there is no database at " << database.string()
                  << " yet: `tertulia serve` makes it\n";
        return 1;
    }
    sqlite_store store{{.path = database.string()}};
    auto known = abouts_of(files->scripts->compiled());
    std::vector<talk_had> had;
    for (auto& [at, what] : store.contacts_since(time_now() - std::chrono::days{how.days})) {
        known.insert(what.about);
        if (!how.note.about.empty() && what.about != how.note.about) continue;
        had.push_back({.at = at, .about = what.about, .answers = std::move(what.answers)});
    }
    if (!how.note.about.empty() && !known.contains(how.note.about)) {
        std::cerr << "tertulia: there is no survey and no stage '" << how.note.about << "': there are";
        for (const auto& one : known) std::cerr << (one == *known.begin() ? " " : ", ") << one;
        std::cerr << '\n';
        return 1;
    }
    std::cout << page_of(survey_reports(std::move(had)), how.with_words);
    return 0;
}

std::string day_of(const dialogs::local_calendar& calendar, instant at) {
    return iso_date(calendar.date_of(at));
}

int feedback_list(const contact_options& how) {
    const auto settings = load_config_or_explain(how.config);
    if (!settings) return 1;
    const auto database = database_of(*settings);
    const auto calendar = dialogs::local_calendar::make(settings->institution.time_zone);
    if (!database || !calendar) return 1;
    sqlite_store store{{.path = settings->store.sqlite_file.string()}};
    const auto all = feedback_book{*database}.list(
        how.open_only, feedback_listed_most,
        [&store](std::int64_t contact, std::string_view question) {
            return store.words_in_contact(contact, question);
        }
    );
    for (const auto& one : all) {
        std::cout << one.id << "  " << day_of(*calendar, one.at) << "  " << one.about << '/' << one.question
                  << "  " << name_of(one.decision) << "  "
                  << (one.words.empty() ? "(her words are erased)" : one.words) << '\n';
        if (one.decision == feedback_decision::open) continue;
        std::cout << "    by " << one.owner << " on " << day_of(*calendar, one.decided) << ": "
                  << one.answer << (one.told.empty() ? "" : "  [" + one.told + "]") << '\n';
    }
    if (all.empty()) std::cout << (how.open_only ? "nothing is open\n" : "nobody has written yet\n");
    return 0;
}

int feedback_decide(const contact_options& how) {
    const auto files = load_or_explain(how.config);
    if (!files) return 1;
    const auto database = database_of(files->settings);
    if (!database) return 1;
    auto what = how.verdict;
    what.decision = parse_feedback_decision(how.wanted).value_or(feedback_decision::open);
    what.at = time_now();
    const auto made = feedback_book{*database}.decide(
        how.ideas, what, staff_in(*database, files->settings.colleagues),
        files->scripts->compiled().nudges
    );
    const bool well = made.answer == feedback_answer::done;
    (well ? std::cout : std::cerr) << (well ? "" : "tertulia: ") << made.words << '\n';
    return well ? 0 : 1;
}

void add_feedback(CLI::App& contact, int& exit_code) {
    auto* board = contact.add_subcommand("feedback", "The board of ideas: what clients wrote of their own");
    board->require_subcommand(1);
    auto how = std::make_shared<contact_options>();
    auto* list = board->add_subcommand("list", "The ideas, the newest first; nobody is named");
    list->add_option("--config", how->config, "The config file")->required();
    list->add_flag("--open", how->open_only, "Only what is not decided yet");
    list->callback([how, &exit_code] { exit_code = feedback_list(*how); });
    auto* decide = board->add_subcommand(
        "decide", "What becomes of an idea, or of several that are one; adopted: who gave it is told"
    );
    decide->add_option("ID", how->ideas, "Its number on the board")
        ->required()
        ->check([](const std::string& text) {
            std::int64_t number = 0;
            const auto* end = text.data() + text.size();
            const auto [stopped, error] = std::from_chars(text.data(), end, number);
            const bool is_number = error == std::errc{} && stopped == end && number > 0;
            return is_number ? std::string{}
                             : "'" + text + "' is no idea: write its number, as `contact feedback list` has it";
        });
    decide->add_option("--config", how->config, "The config file")->required();
    decide->add_option("--owner", how->verdict.owner, "Who of the staff looks after it")->required();
    decide->add_option("--decision", how->wanted, "adopted, declined or later")
        ->required()
        ->check(CLI::IsMember({"adopted", "declined", "later"}));
    decide->add_option("--words", how->verdict.words, "What has changed, as she reads it; or why not")
        ->required();
    decide->callback([how, &exit_code] { exit_code = feedback_decide(*how); });
}

}  // namespace

void add_contact(CLI::App& line, int& exit_code) {
    auto* command = line.add_subcommand("contact", "Talks with clients: who was reached, noting a call");
    command->require_subcommand(1);
    auto how = std::make_shared<contact_options>();
    auto* list = command->add_subcommand("coverage", "Who was talked with lately, and the call list");
    list->add_option("--config", how->config, "The config file")->required();
    list->add_option("--days", how->days, "Within so many days")->check(CLI::Range(1, contact_days_most));
    list->add_flag("--all", how->all, "Also those who were reached");
    list->callback([how, &exit_code] { exit_code = coverage(*how); });
    auto asked = std::make_shared<contact_options>();
    asked->days = contact_days_most;
    asked->note.about.clear();
    auto* answers = command->add_subcommand(
        "surveys", "What clients answered in surveys and check-ins, added up; nobody is named"
    );
    answers->add_option("--config", asked->config, "The config file")->required();
    answers->add_option("--days", asked->days, "Of so many days")->check(CLI::Range(1, contact_days_most));
    answers->add_option("--about", asked->note.about, "One survey, or one stage: sv_support, mid");
    answers->add_flag("--words", asked->with_words, "Also what they wrote");
    answers->callback([asked, &exit_code] { exit_code = surveys(*asked); });
    auto* log = command->add_subcommand("log", "Notes a call");
    log->add_option("--config", how->config, "The config file")->required();
    log->add_option("--client", how->note.client_id, "Core banking's id of the client")->required();
    log->add_option("--outcome", how->note.outcome, "What came of it")
        ->required()
        ->check(CLI::IsMember(contact_outcomes()));
    log->add_option("--about", how->note.about, "The stage of her loan")
        ->check([](const std::string& stage) {
            return dialogs::parse_contact_stage(stage)
                       ? std::string{}
                       : std::string{"write welcome, after_late, pre_hard_season, near_end, mid, "
                                     "between or any"};
        });
    log->add_option("--by", how->note.who, "Who called")
        ->required()
        ->check([](const std::string& who) {
            return who.empty() ? std::string{"say who called"} : std::string{};
        });
    log->callback([how, &exit_code] { exit_code = note(*how); });
    auto* less = command->add_subcommand(
        "reminders", "Fewer, no or more reminders for a client until a day; never beyond the limits"
    );
    less->add_option("--config", how->config, "The config file")->required();
    less->add_option("--client", how->attention.client_id, "Core banking's id of the client")->required();
    less->add_option("--wants", how->wanted, "less, none, more, or usual again")
        ->required()
        ->check(CLI::IsMember({"less", "none", "more", "usual"}));
    less->add_option("--until", how->until, "The last day it holds")->required();
    less->add_option("--why", how->attention.why, "The reason; it is kept")->required();
    less->add_option("--by", how->attention.who, "Who asks for it; it is kept")->required();
    less->callback([how, &exit_code] { exit_code = reminders(*how); });
    add_feedback(*command, exit_code);
}

}  // namespace tertulia::gateway
