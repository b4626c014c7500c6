// `tertulia plan`: what would be nudged in the days to come, when and why, or why not; what was decided
// for one client; and what other policies would change. Sends nothing and changes nothing.

#include "dialogs/facts/iso_date.hpp"
#include "dialogs/nudges/plain_words.hpp"
#include "dialogs/script/program.hpp"
#include "dialogs/wording/calendar.hpp"
#include "gateway/commands/commands.hpp"
#include "gateway/commands/day_option.hpp"
#include "gateway/commands/nudge_prices.hpp"
#include "gateway/commands/plan_page.hpp"
#include "gateway/commands/write_out.hpp"
#include "gateway/nudges/attention_book.hpp"
#include "gateway/nudges/experiment_report.hpp"
#include "gateway/nudges/preview.hpp"
#include "gateway/nudges/open_plan.hpp"

#include <CLI/CLI.hpp>
#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tertulia::gateway {
namespace {

constexpr int days_most = 366;
constexpr int looked_back = 60;

struct plan_options {
    std::string config{};
    int days{30};
    std::string from{};
    std::string client{};
    std::string against{};
    std::string page{};
    bool each{};
    bool blast{};
    bool experiments{};
    bool everybody{};
};

std::string padded(std::string text, std::size_t width) {
    if (text.size() < width) text.insert(0, width - text.size(), ' ');
    return text;
}

std::string row_of(const std::string& name, const preview_counts& of) {
    return name + std::string(name.size() < 22 ? 22 - name.size() : 1, ' ') +
           padded(std::to_string(of.messages), 10) + padded(std::to_string(of.kept), 10) +
           padded(std::to_string(of.tasks), 10) + '\n';
}

const std::string& head_of_counts() {
    static const auto head = padded("messages", 32) + padded("kept back", 10) + padded("tasks", 10) + '\n';
    return head;
}

std::string text_of(const preview& of, std::string_view version) {
    std::string out = std::to_string(of.days) + " days from " + iso_date(of.from) + ", " +
                      std::to_string(of.clients) + " clients with a running loan, policies " +
                      std::string{version.substr(0, 8)} + "\n";
    out += "What is late stays late; what falls due is paid on its day; whoever is asked how she is "
           "answers.\n\n";
    const auto whole = of.whole();
    out += head_of_counts() + row_of("all", whole);
    for (const auto& [name, counts] : of.by_segment) out += row_of("  " + name, counts);
    for (const auto& [name, counts] : of.by_channel) out += row_of("  by " + name, counts);
    out += '\n';
    for (const auto& [day, counts] : of.by_day) {
        out += row_of(iso_date(plus_days(of.from, day)), counts);
    }
    out += "\nPromises, surveys and campaigns are planned as they arise, and not shown here.\n";
    if (!of.kept_by.empty()) out += "\nkept back because of\n";
    for (const auto& [why, count] : of.kept_by) {
        out += "  " + dialogs::plainly(why) + ": " + std::to_string(count) + '\n';
    }
    out += "\nwhat goes costs: " + cost_in_words(of) + "\n";
    if (of.clients > 0) {
        const auto a_month = static_cast<double>(whole.messages) * 30 /
                             static_cast<double>(of.clients) / of.days;
        out += "\n" + std::to_string(a_month).substr(0, 4) + " messages per client and 30 days\n";
    }
    return out;
}

std::string line_of(const preview_line& one) {
    auto out = iso_date(one.on) + "  " + one.client_id + "  " + one.policy + "/" + one.segment +
               " day " + std::to_string(one.day) + " of " + iso_date(one.anchor) + "  ";
    const auto kept = " (kept back: " + dialogs::plainly(one.kept_by) + ")";
    if (!one.dialog.empty()) out += one.dialog + " by " + one.channel + (one.kept_by.empty() ? "" : kept);
    if (!one.task.empty()) {
        out += (one.dialog.empty() ? "" : ", ") + ("task " + one.task) + (one.opens_task ? "" : kept);
    }
    return out + '\n';
}

std::string with_sign(std::int64_t of) {
    return (of >= 0 ? "+" : "") + std::to_string(of);
}

using named_counts = std::vector<std::pair<std::string, preview_counts>>;

// Of each that differs: what the other policies make of it, and by how much that is more.
std::string differences(const named_counts& ours, const named_counts& theirs) {
    std::map<std::string, std::pair<preview_counts, preview_counts>> both;
    for (const auto& [name, counts] : ours) both[name].first = counts;
    for (const auto& [name, counts] : theirs) both[name].second = counts;
    std::string out;
    for (const auto& [name, counts] : both) {
        const auto& [before, after] = counts;
        if (before == after) continue;
        auto row = row_of(name, after);
        row.pop_back();
        out += row + "   " + with_sign(after.messages - before.messages) + " messages, " +
               with_sign(after.kept - before.kept) + " kept back, " +
               with_sign(after.tasks - before.tasks) + " tasks\n";
    }
    return out;
}

named_counts whole_of(const preview& of) { return {{"all", of.whole()}}; }
named_counts segments_of(const preview& of) {
    named_counts all;
    for (const auto& [name, counts] : of.by_segment) all.emplace_back("  " + name, counts);
    return all;
}
named_counts channels_of(const preview& of) {
    named_counts all;
    for (const auto& [name, counts] : of.by_channel) all.emplace_back("  by " + name, counts);
    return all;
}
named_counts days_of(const preview& of) {
    named_counts all;
    for (const auto& [day, counts] : of.by_day) {
        all.emplace_back(iso_date(plus_days(of.from, day)), counts);
    }
    return all;
}

std::string compared(const preview& now, const preview& other, const std::string& where) {
    std::string differs;
    for (auto* part : {whole_of, segments_of, channels_of, days_of}) {
        differs += differences(part(now), part(other));
    }
    const auto costs = cost_in_words(other);
    if (costs != cost_in_words(now)) {
        differs += "\nwhat goes costs: " + costs + ", by ours: " + cost_in_words(now) + "\n";
    }
    if (differs.empty()) return "\nby the policies of " + where + " nothing differs\n";
    return "\nby the policies of " + where + ", and how much more than by ours\n" + head_of_counts() +
           differs;
}

std::shared_ptr<const dialogs::script_set> with_nudges_of(
    const loaded& files, const std::filesystem::path& folder
) {
    if (std::filesystem::is_directory(folder / "nudges")) {
        std::cerr << "tertulia: " << folder.string() << " is the folder of a config: give the nudges/ "
                  << "folder, --against " << (folder / "nudges").string() << '\n';
        return nullptr;
    }
    auto sources = files.sources;
    sources.nudges.clear();
    for (const auto& entry : std::filesystem::directory_iterator{folder}) {
        if (entry.path().extension() != ".yaml") continue;
        std::ifstream in{entry.path()};
        sources.nudges.push_back(
            {entry.path().string(), std::string{std::istreambuf_iterator<char>{in}, {}}}
        );
    }
    if (sources.nudges.empty()) {
        std::cerr << "tertulia: there is no policy in " << folder.string() << '\n';
        return nullptr;
    }
    auto made = dialogs::load_scripts(sources);
    if (!made.scripts) {
        std::cerr << "tertulia: the policies in " << folder.string() << " do not load:\n";
        for (const auto& one : made.problems) {
            if (one.level != dialogs::severity::error) continue;
            const auto file =
                std::ranges::find(sources.nudges, one.file, &dialogs::source_file::path);
            std::cerr << dialogs::to_text(one, file == sources.nudges.end() ? "" : file->text)
                      << '\n';
        }
    }
    return made.scripts;
}

class plan_run {
public:
    plan_run(const plan_options& how, const loaded& files)
        : how_{how},
          files_{files},
          calendar_{*dialogs::local_calendar::make(files.settings.institution.time_zone)},
          database_{open_plan(files.settings.store.sqlite_file.string())} {}

    int run() {
        const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
        auto today = calendar_.date_of(now);
        if (!how_.from.empty()) {
            const auto from = first_day(today);
            if (!from) return 2;
            today = *from;
        }
        const auto& ours = files_.scripts->compiled().nudges;
        if (ours.policies.empty()) {
            std::cerr << "tertulia: there is no policy in nudges/ beside the config: nothing is ever "
                         "sent first\n";
            return 1;
        }
        if (how_.experiments) return experiments(ours, today);
        if (!how_.client.empty() && !is_known(how_.client)) {
            std::cerr << "tertulia: there is no client '" << how_.client
                      << "' in the portfolio: write core banking's id of her\n";
            return 1;
        }
        if (!how_.client.empty()) asked();
        if (!how_.client.empty()) decided(ours, today);
        std::string lines;
        const auto each = [&](const preview_line& one) { lines += line_of(one); };
        const bool listed = how_.each || !how_.client.empty();
        const auto mine = preview_by(*files_.scripts, ours, today, now, listed ? each : sink{});
        std::string out = listed ? lines + '\n' : std::string{};
        out += text_of(mine, ours.version);
        if (!how_.against.empty()) {
            const auto other = with_nudges_of(files_, how_.against);
            if (!other) return 1;
            out += compared(
                mine, preview_by(*other, other->compiled().nudges, today, now, {}), how_.against
            );
        }
        if (how_.blast) {
            auto rules = ours;
            rules.policies = {dialogs::fixed_blast()};
            rules.limits = {.a_day = 1000, .a_week = 1000};
            lines.clear();
            out += "\nthe same to everybody, three days before, on the day, three days after\n";
            const auto all = preview_by(*files_.scripts, rules, today, now, listed ? each : sink{});
            out += lines + text_of(all, "");
        }
        if (!how_.page.empty()) {
            if (const int failed = write_out(plan_page(mine), how_.page); failed != 0) return failed;
        }
        std::cout << out;
        return 0;
    }

private:
    using sink = std::function<void(const preview_line&)>;

    // What is known is known today: of the days before nothing can be foretold.
    std::optional<civil_date> first_day(civil_date today) const {
        const auto from = day_said("--from", how_.from);
        if (!from) return from;
        const auto last = plus_days(today, days_most);
        if (*from < today || *from > last) {
            std::cerr << "tertulia: --from is a day from today, " << iso_date(today) << ", to "
                      << iso_date(last) << (*from < today ? ": what was is told by --client" : "") << '\n';
            return std::nullopt;
        }
        return from;
    }

    bool is_known(const std::string& client) {
        SQLite::Statement known{*database_, "SELECT 1 FROM clients WHERE id = ?"};
        known.bind(1, client);
        return known.executeStep();
    }

    int experiments(const dialogs::nudge_rules& rules, civil_date today) {
        bool any = false;
        for (const auto& policy : rules.policies) {
            if (!policy.experiment) continue;
            any = true;
            std::cout << report_of(
                *policy.experiment, figures_of(*database_, *policy.experiment, today)
            );
        }
        if (!any) std::cout << "no policy has an experiment\n";
        return 0;
    }

    void asked() {
        for (const auto& one : attention_book{*database_}.all_of(how_.client, calendar_)) {
            std::cout << "asked for: " << in_words(one, calendar_) << '\n';
        }
    }

    void decided(const dialogs::nudge_rules& rules, civil_date today) {
        const auto all = plan_of(*database_, rules, how_.client, today, looked_back);
        for (const auto& one : all) {
            std::cout << iso_date(calendar_.date_of(one.what.due)) << "  " << one.what.policy << "/"
                      << one.what.segment << " day " << one.what.day << " of "
                      << iso_date(one.what.anchor) << "  " << one.said
                      << (one.dialog.empty() ? "" : " (" + one.dialog + ")")
                      << (one.why.empty() ? "" : " - " + one.why) << '\n';
        }
        std::cout << (all.empty() ? "nothing was planned for this client in the last 60 days\n\n"
                                  : "\n");
    }

    preview preview_by(
        const dialogs::script_set& scripts, const dialogs::nudge_rules& rules, civil_date today,
        instant now, const sink& each
    ) {
        const auto& program = scripts.compiled();
        const dialogs::contact_calendar when{
            *rules.law, *rules.ours, program.house.holidays, calendar_};
        const plan_rules by{
            .rules = rules,
            .when = when,
            .version = rules.version,
            .today = today,
            .now = now,
            .broken_within = program.relief.promise.broken_within,
            .steps = {},
            .claim_days = program.relief.claim_days};
        return preview_of(
            *database_, by, how_.days, how_.client,
            how_.everybody ? reached_as::if_all_wrote : reached_as::it_is, each,
            nudge_prices(files_.settings, scripts)
        );
    }

    const plan_options& how_;
    const loaded& files_;
    dialogs::local_calendar calendar_;
    std::unique_ptr<SQLite::Database> database_;
};

int plan(const plan_options& how) {
    const auto files = load_or_explain(how.config);
    if (!files) return 1;
    const auto& file = files->settings.store.sqlite_file;
    if (!std::filesystem::exists(file)) {
        std::cerr << "tertulia: there is no database at " << file.string()
                  << " yet: `tertulia import` makes it\n";
        return 1;
    }
    return plan_run{how, *files}.run();
}

}  // namespace

void add_plan(CLI::App& line, int& exit_code) {
    auto* command = line.add_subcommand(
        "plan", "What would be said first in the days to come, and why or why not; sends nothing"
    );
    auto how = std::make_shared<plan_options>();
    command->add_option("--config", how->config, "The config file")->required();
    command->add_option("--days", how->days, "How many days")->check(CLI::Range(1, days_most));
    command->add_option("--from", how->from, "The first day, as 2026-12-01; today without it");
    command->add_option("--client", how->client, "Only this client's: what was decided and what comes");
    command->add_flag("--each", how->each, "Every message and task, a line each");
    command->add_option("--against", how->against, "A nudges/ folder of other policies: what they change")
        ->check(CLI::ExistingDirectory);
    command->add_flag("--blast", how->blast, "Beside a fixed reminder to everybody");
    command->add_flag("--everybody", how->everybody, "As if everybody had written to us");
    command->add_flag("--experiments", how->experiments, "What came of the experiments so far");
    command->add_option("--page", how->page, "Writes a page with the days as a heat map there");
    command->callback([how, &exit_code] { exit_code = plan(*how); });
}

}  // namespace tertulia::gateway
