#include "gateway/commands/plan_page.hpp"

#include "dialogs/facts/iso_date.hpp"
#include "dialogs/nudges/plain_words.hpp"
#include "gateway/commands/nudge_prices.hpp"

#include <algorithm>

namespace tertulia::gateway {
namespace {

constexpr int shades = 5;

std::string cell(civil_date day, const preview_counts& of, std::int64_t most) {
    const auto shade = most == 0 ? 0 : (of.messages * shades + most - 1) / most;
    return "<td class=\"s" + std::to_string(shade) + "\" title=\"" + iso_date(day) + ": " +
           std::to_string(of.messages) + " messages, " + std::to_string(of.kept) + " kept back, " +
           std::to_string(of.tasks) + " tasks\"><small>" + iso_date(day).substr(5) + "</small><b>" +
           std::to_string(of.messages) + "</b>" +
           (of.tasks > 0 ? "<i>" + std::to_string(of.tasks) + " tasks</i>" : "") + "</td>";
}

constexpr std::string_view head = R"(<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Nudges to come</title>
<style>
body{font:16px/1.4 system-ui,sans-serif;margin:1rem;color:#222;background:#fff;max-width:60rem}
table{border-collapse:separate;border-spacing:3px;width:100%;table-layout:fixed}
td{border-radius:6px;padding:.3rem;vertical-align:top;height:3.2rem;background:#f4f4f4}
th{font-weight:600;text-align:left;padding:.2rem}
td small{display:block;color:#333}td b{display:block}td i{font-style:normal;font-size:.8em}
.s1{background:#e3f1ec}.s2{background:#c3e3d7}.s3{background:#9bd0bc}.s4{background:#6fb99c}
.s5{background:#47a17d}.counts{table-layout:auto;border-collapse:collapse}.counts td,.counts th{border-radius:0;height:auto;background:none;border-bottom:1px solid #ccc}
.counts td{text-align:right}
@media (max-width:30rem){td{padding:.15rem;font-size:.8rem}td small{font-size:.7rem}}
</style>
)";

std::string counts_row(const std::string& name, const preview_counts& of) {
    return "<tr><th scope=\"row\">" + name + "</th><td>" + std::to_string(of.messages) + "</td><td>" +
           std::to_string(of.kept) + "</td><td>" + std::to_string(of.tasks) + "</td></tr>";
}

}  // namespace

std::string plan_page(const preview& of) {
    std::int64_t most = 0;
    for (const auto& [day, counts] : of.by_day) most = std::max(most, counts.messages);
    std::string out{head};
    out += "<h1>Nudges to come</h1><p>" + std::to_string(of.days) + " days from " +
           iso_date(of.from) + ", " + std::to_string(of.clients) +
           " clients with a running loan. What is late stays late; what falls due is paid on its "
           "day.</p><table><tr><th>Mon</th><th>Tue</th><th>Wed</th><th>Thu</th><th>Fri</th><th>Sat"
           "</th><th>Sun</th></tr><tr>";
    const auto first = std::chrono::weekday{std::chrono::sys_days{of.from}}.iso_encoding() - 1;
    for (unsigned i = 0; i < first; ++i) out += "<td></td>";
    for (int i = 0; i < of.days; ++i) {
        const auto day = plus_days(of.from, i);
        const auto found = of.by_day.find(i);
        out += cell(day, found == of.by_day.end() ? preview_counts{} : found->second, most);
        const bool sunday = std::chrono::weekday{std::chrono::sys_days{day}}.iso_encoding() == 7;
        if (sunday && i + 1 < of.days) out += "</tr><tr>";
    }
    out += "</tr></table><h2>By segment</h2><table class=\"counts\"><tr><th></th><th>messages</th>"
           "<th>kept back</th><th>tasks</th></tr>";
    for (const auto& [name, counts] : of.by_segment) out += counts_row(name, counts);
    out += "</table>";
    if (!of.kept_by.empty()) {
        out += "<h2>Kept back</h2><table class=\"counts\"><tr><th>because</th><th>messages</th></tr>";
        for (const auto& [why, count] : of.kept_by) {
            out += "<tr><th scope=\"row\">" + dialogs::plainly(why) + "</th><td>" +
                   std::to_string(count) + "</td></tr>";
        }
        out += "</table>";
    }
    out += "<p>What goes costs: " + cost_in_words(of) + ".</p>";
    return out + "</html>\n";
}

}  // namespace tertulia::gateway
