#include "gateway/nudges/experiment_report.hpp"

#include "dialogs/facts/iso_date.hpp"
#include "gateway/nudges/parties_of.hpp"
#include "gateway/store/sqlite/statement.hpp"

#include <SQLiteCpp/Database.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>

namespace tertulia::gateway {
namespace {

std::string percent(double share) {
    std::array<char, 16> text{};
    (void)std::snprintf(text.data(), text.size(), "%.1f", share * 100);
    return text.data();
}

std::vector<std::string> arm_names(const dialogs::nudge_experiment& of) {
    std::vector<std::string> all{"usual"};
    for (const auto& one : of.arms) all.push_back(one.name);
    all.emplace_back("held_out");
    return all;
}

}  // namespace

std::vector<arm_figures> figures_of(
    SQLite::Database& database, const dialogs::nudge_experiment& of, civil_date today
) {
    statement people{
        database,
        "SELECT clients.id, group_id, "
        "(SELECT count(*) FROM records WHERE kind = 'opt_out' AND party IN (" +
            parties_of("clients.id") +
            ")) > 0, "
            "(SELECT count(*) FROM cases WHERE kind = 'complaint' AND party IN (" +
            parties_of("clients.id") + ")) FROM clients WHERE id IN (SELECT client_id FROM loans)"};
    statement due{
        database,
        "SELECT count(*), sum(paid >= total AND (met_on = '' OR met_on <= due)) FROM instalments "
        "JOIN loans ON loans.id = loan_id WHERE client_id = ? AND due >= ? AND due < ?"};
    // As arms are drawn while it runs, also once it has been stopped.
    auto drawn = of;
    drawn.runs = true;
    std::map<std::string, arm_figures> by_arm;
    std::map<std::string, std::map<std::string, dialogs::experiment_cluster>> clusters;
    const auto before = iso_date(today);
    for (rows found{people}; found.next();) {
        const std::string client{found.text(0)};
        const auto unit = found.text(1).empty() ? client : std::string{found.text(1)};
        const std::string arm{dialogs::arm_of(drawn, unit)};
        auto& into = by_arm[arm];
        ++into.people;
        into.opt_outs += found.number(2);
        into.complaints += found.number(3);
        due.bind(1, std::string_view{client}).bind(2, std::string_view{of.begins});
        due.bind(3, std::string_view{before});
        if (rows counts{due}; counts.next() && counts.number(0) > 0) {
            auto& cluster = clusters[arm][unit];
            cluster.due += counts.number(0);
            cluster.on_time += counts.number(1);
        }
    }
    std::vector<arm_figures> all;
    for (const auto& name : arm_names(of)) {
        auto& one = by_arm[name];
        one.arm = name;
        std::vector<dialogs::experiment_cluster> each;
        for (const auto& [unit, cluster] : clusters[name]) each.push_back(cluster);
        one.on_time = dialogs::share_of(each);
        all.push_back(one);
    }
    return all;
}

std::string report_of(
    const dialogs::nudge_experiment& of, const std::vector<arm_figures>& arms
) {
    std::string out = of.name + (of.runs ? "" : " (stopped)") + ", paid by the day, of what fell due" +
                      (of.begins.empty() ? "" : " from " + of.begins + " on") + "\n";
    const auto& usual = arms.front();
    for (const auto& one : arms) {
        out += "  " + one.arm + ": " + std::to_string(one.people) + " people, " +
               std::to_string(one.on_time.due) + " instalments, " + percent(one.on_time.value) + " %, " +
               std::to_string(one.opt_outs) + " stopped us, " + std::to_string(one.complaints) +
               " complaints\n";
        if (&one == &usual) continue;
        const auto off = dialogs::difference_of(one.on_time, usual.on_time);
        out += "    beside usual " + percent(off.value) + " points, between " + percent(off.least) +
               " and " + percent(off.most) +
               (off.enough ? "\n"
                           : "; too few instalments to conclude anything, do not stop early on it\n");
        const bool harm = dialogs::is_to_be_stopped(
            one.complaints, one.people, usual.complaints, usual.people
        );
        if (harm) out += "    complaints are more than twice as many: stop it with runs: false\n";
    }
    return out;
}

}  // namespace tertulia::gateway
