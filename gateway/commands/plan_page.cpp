#include "gateway/commands/plan_page.hpp"

#include "dialogs/facts/iso_date.hpp"
#include "dialogs/nudges/plain_words.hpp"
#include "gateway/commands/nudge_prices.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace tertulia::gateway {
namespace {

constexpr std::int64_t shades = 5;
constexpr std::array<std::string_view, 12> month_names{
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};
constexpr std::array<std::string_view, 7> weekday_names{
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};

constexpr std::string_view head = R"(<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Nudges to come</title>
<style>
body{font:16px/1.4 system-ui,sans-serif;margin:1rem;color:#222;background:#fff;max-width:60rem}
table{border-spacing:3px}
th{font-weight:600;text-align:left;padding:.2rem}
.days{table-layout:fixed;width:100%}
.days td{border-radius:6px;padding:.3rem;vertical-align:top;height:4.6rem;background:#f4f4f4;line-height:1.25}
.days td.none{background:none}
.days b{display:block;font-size:1.15em}.days small{display:block;white-space:nowrap;font-size:.75rem}
.days small.day{color:#333}
.s0,.days .s0{background:#f4f4f4}.s1,.days .s1{background:#e3f1ec}.s2,.days .s2{background:#c3e3d7}
.s3,.days .s3{background:#9bd0bc}.s4,.days .s4{background:#6fb99c}.s5,.days .s5{background:#57b18d}
.key{display:flex;flex-wrap:wrap;gap:.3rem 1rem;padding:0;list-style:none;font-size:.9rem}
.key i{display:inline-block;width:1.1em;height:1.1em;border-radius:4px;vertical-align:text-bottom;margin-right:.3em}
.counts{border-collapse:collapse}.counts td,.counts th{border-bottom:1px solid #ccc;padding:.25rem .5rem .25rem 0}
.counts td{text-align:right;vertical-align:top}.counts td.why{text-align:left}
h3{margin:.8rem 0 .2rem}
@media (max-width:30rem){.days{border-spacing:2px}.days td{padding:.15rem;height:4.1rem}.days small{font-size:.62rem}.days th{font-size:.8rem}}
</style>
)";

std::string counted(std::int64_t count, const std::string& one, const std::string& many) {
    return std::to_string(count) + " " + (count == 1 ? one : many);
}

unsigned weekday_of(civil_date day) {  // 0 Monday … 6 Sunday
    return std::chrono::weekday{std::chrono::sys_days{day}}.iso_encoding() - 1;
}

std::string month_of(civil_date day) {
    return std::string{month_names.at(static_cast<unsigned>(day.month()) - 1)} + " " +
           std::to_string(static_cast<int>(day.year()));
}

std::string day_in_words(civil_date day) {
    return std::string{weekday_names.at(weekday_of(day))} + " " +
           std::to_string(static_cast<unsigned>(day.day())) + " " +
           std::string{month_names.at(static_cast<unsigned>(day.month()) - 1)};
}

std::int64_t shade_of(std::int64_t messages, std::int64_t most) {
    return most == 0 ? 0 : (messages * shades + most - 1) / most;
}

// All in words beside the colour: a telephone shows no hint, and not everybody sees colours.
std::string cell(civil_date day, const preview_counts& of, std::int64_t most) {
    const auto small = [](std::int64_t count, const std::string& what) {
        return count == 0 ? std::string{} : "<small>" + std::to_string(count) + " " + what + "</small>";
    };
    const auto told = day_in_words(day) + ": " + counted(of.messages, "message", "messages") + ", " +
                      std::to_string(of.kept) + " kept back, " + counted(of.tasks, "task", "tasks");
    return "<td class=\"s" + std::to_string(shade_of(of.messages, most)) + "\" title=\"" + told +
           "\"><small class=\"day\">" + std::to_string(static_cast<unsigned>(day.day())) + "</small><b>" +
           std::to_string(of.messages) + "</b>" + small(of.kept, "kept") +
           small(of.tasks, of.tasks == 1 ? "task" : "tasks") + "</td>";
}

// A table of weeks for each month.
std::string calendar_of(const preview& of, std::int64_t most) {
    std::string out;
    const std::string weekdays =
        "<tr><th>Mon</th><th>Tue</th><th>Wed</th><th>Thu</th><th>Fri</th><th>Sat</th><th>Sun</th></tr>";
    for (int i = 0; i < of.days; ++i) {
        const auto day = plus_days(of.from, i);
        const bool begins = i == 0 || static_cast<unsigned>(day.day()) == 1;
        if (begins) {
            out += "<h3>" + month_of(day) + "</h3><table class=\"days\">" + weekdays + "<tr>";
            for (unsigned k = 0; k < weekday_of(day); ++k) out += "<td class=\"none\"></td>";
        }
        const auto found = of.by_day.find(i);
        out += cell(day, found == of.by_day.end() ? preview_counts{} : found->second, most);
        const auto next = plus_days(day, 1);
        if (i + 1 == of.days || next.month() != day.month()) {
            for (auto k = weekday_of(day) + 1; k < weekday_names.size(); ++k) {
                out += "<td class=\"none\"></td>";
            }
            out += "</tr></table>";
        } else if (weekday_of(day) + 1 == weekday_names.size()) {
            out += "</tr><tr>";
        }
    }
    return out;
}

std::string key_of(std::int64_t most) {
    std::string out = "<ul class=\"key\"><li>messages on a day:</li>";
    std::int64_t least = 1;
    out += "<li><i class=\"s0\"></i>none</li>";
    for (std::int64_t shade = 1; shade <= shades; ++shade) {
        const auto last = most * shade / shades;
        if (last < least) continue;
        out += "<li><i class=\"s" + std::to_string(shade) + "\"></i>" + std::to_string(least) +
               (last == least ? "" : "–" + std::to_string(last)) + "</li>";
        least = last + 1;
    }
    return out + "</ul><p><b>The large number</b> goes to people; <b>kept</b> is kept back, for the reasons below; "
                 "<b>tasks</b> are for colleagues.</p>";
}

std::string counts_row(const std::string& name, const preview_counts& of) {
    return "<tr><th scope=\"row\">" + name + "</th><td>" + std::to_string(of.messages) + "</td><td>" +
           std::to_string(of.kept) + "</td><td>" + std::to_string(of.tasks) + "</td></tr>";
}

std::string counts_of(const std::string& title, const std::map<std::string, preview_counts>& of) {
    std::string out = "<h2>" + title + "</h2><table class=\"counts\"><tr><th></th><th>messages</th>"
                      "<th>kept back</th><th>tasks</th></tr>";
    for (const auto& [name, counts] : of) {
        out += counts_row(name == "none" ? "none: has never written" : name, counts);
    }
    return out + "</table>";
}

std::string kept_back(const preview& of) {
    if (of.kept_by.empty()) return {};
    std::string out =
        "<h2>Kept back</h2><table class=\"counts\"><tr><th>because</th><th>messages</th></tr>";
    for (const auto& [why, count] : of.kept_by) {
        out += "<tr><th scope=\"row\">" + dialogs::plainly(why) + "</th><td>" + std::to_string(count) +
               "</td></tr>";
    }
    out += "</table><details><summary>Day by day</summary><table class=\"counts\">";
    for (const auto& [day, reasons] : of.kept_by_day) {
        std::string all;
        for (const auto& [why, count] : reasons) {
            all += (all.empty() ? "" : "<br>") + std::to_string(count) + ": " + dialogs::plainly(why);
        }
        out += "<tr><th scope=\"row\">" + iso_date(plus_days(of.from, day)) + "</th><td class=\"why\">" +
               all + "</td></tr>";
    }
    return out + "</table></details>";
}

}  // namespace

std::string plan_page(const preview& of) {
    std::int64_t most = 0;
    for (const auto& [day, counts] : of.by_day) most = std::max(most, counts.messages);
    const auto whole = of.whole();
    std::string out{head};
    out += "<h1>Nudges to come</h1><p>" + counted(of.days, "day", "days") + " from " + day_in_words(of.from) +
           " " + std::to_string(static_cast<int>(of.from.year())) + ", " +
           counted(of.clients, "client", "clients") + " with a running loan: " +
           counted(whole.messages, "message", "messages") + ", " + std::to_string(whole.kept) +
           " kept back, " + counted(whole.tasks, "task", "tasks") +
           ".</p><p>What is late stays late; what falls due is paid on its day; whoever is asked how she is "
           "answers. Promises, surveys and campaigns are planned as they arise, and not shown here.</p>";
    out += key_of(most) + calendar_of(of, most);
    out += counts_of("By channel", of.by_channel) + "<p>What goes costs: " + cost_in_words(of) + ".</p>";
    out += kept_back(of) + counts_of("By segment", of.by_segment);
    return out + "</html>\n";
}

}  // namespace tertulia::gateway
