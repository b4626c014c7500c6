#include "gateway/commands/test_report.hpp"

#include "dialogs/facts/names.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <ostream>
#include <string_view>

namespace tertulia::gateway {
namespace {

constexpr std::size_t talk_lines_shown = 8;

std::string place_of(const test_run& run) {
    return run.file + ":" + std::to_string(run.wrong->at.line) + ":" +
           std::to_string(run.wrong->at.column);
}

// A long text on one line, so that a talk reads as a talk.
std::string shortened(std::string_view text) {
    constexpr std::size_t most = 110;
    std::string made;
    for (const char one : text) made += one == '\n' ? ' ' : one;
    if (made.size() <= most) return made;
    auto end = most;
    while (end > 0 && (static_cast<unsigned char>(made[end]) & 0xC0U) == 0x80U) --end;
    return made.substr(0, end) + "…";
}

std::string xml(std::string_view text) {
    std::string made;
    for (const char one : text) {
        switch (one) {
            case '&':
                made += "&amp;";
                break;
            case '<':
                made += "&lt;";
                break;
            case '>':
                made += "&gt;";
                break;
            case '"':
                made += "&quot;";
                break;
            case '\n':
                made += "&#10;";
                break;
            default:
                if (static_cast<unsigned char>(one) >= 0x20) made += one;
        }
    }
    return made;
}

std::string seconds(double value) {
    std::array<char, 32> text{};
    (void)std::snprintf(text.data(), text.size(), "%.3f", value);
    return text.data();
}

std::string missing(const dialogs::coverage_gap& gap, const std::vector<language_tag>& languages) {
    if (!gap.way.empty()) return gap.state + ": " + gap.way;
    std::string made = gap.state;
    if (gap.missing_in.size() == languages.size()) return made;
    made += ", not in";
    for (const auto& one : gap.missing_in) made += " " + one;
    return made;
}

bool failed_alike(const test_run& left, const test_run& right) {
    return left.file == right.file && left.name == right.name &&
           left.wrong->at.line == right.wrong->at.line &&
           left.wrong->at.column == right.wrong->at.column && left.wrong->what == right.wrong->what;
}

// "in es, en, fr"; of several archetypes "in es, en, nascent; in es, emerger".
std::string all_played(const std::vector<const test_run*>& runs) {
    std::vector<std::pair<std::optional<archetype>, std::string>> by_whom;
    for (const auto* run : runs) {
        const auto found = std::ranges::find(by_whom, run->how.whom, [](const auto& one) {
            return one.first;
        });
        if (found == by_whom.end()) {
            by_whom.emplace_back(run->how.whom, "in " + run->how.language);
        } else {
            found->second += ", " + run->how.language;
        }
    }
    std::string made;
    for (const auto& [whom, languages] : by_whom) {
        made += (made.empty() ? "" : "; ") + languages;
        if (whom) made += ", " + std::string{name_of(*whom)};
    }
    return made;
}

void print_failure(std::ostream& out, const std::vector<const test_run*>& alike) {
    const auto& run = *alike.front();
    const auto& wrong = *run.wrong;
    out << place_of(run) << ": " << wrong.what << '\n'
        << "    test: " << run.name << " (" << all_played(alike) << ")\n";
    const auto first = wrong.talk.size() - std::min(talk_lines_shown, wrong.talk.size());
    if (first > 0) out << "      …\n";
    for (auto line = first; line < wrong.talk.size(); ++line) {
        out << "      " << shortened(wrong.talk[line]) << '\n';
    }
    if (!wrong.difference.empty()) {
        out << "    expected (-) and what came (+):\n";
        for (const auto& line : wrong.difference) out << "      " << line << '\n';
    }
    out << '\n';
}

}  // namespace

std::string as_played(const dialogs::staging& how) {
    auto made = "in " + how.language;
    if (how.whom) made += ", " + std::string{name_of(*how.whom)};
    return made;
}

void print_failures(std::ostream& out, const std::vector<test_run>& runs) {
    std::vector<std::vector<const test_run*>> alike;
    for (const auto& run : runs) {
        if (!run.wrong) continue;
        const auto same = std::ranges::find_if(alike, [&](const auto& group) {
            return failed_alike(*group.front(), run);
        });
        if (same == alike.end()) {
            alike.push_back({&run});
        } else {
            same->push_back(&run);
        }
    }
    for (const auto& group : alike) print_failure(out, group);
}

int print_coverage(
    std::ostream& out,
    const std::vector<dialogs::dialog_coverage>& report,
    const std::vector<language_tag>& languages
) {
    std::size_t states = 0;
    std::size_t states_covered = 0;
    std::size_t ways = 0;
    std::size_t ways_covered = 0;
    std::size_t widest = 0;
    for (const auto& one : report) widest = std::max(widest, one.dialog.size());
    out << "Coverage: states gone through in every language, ways taken in any\n";
    for (const auto& one : report) {
        states += one.states;
        states_covered += one.states_covered;
        ways += one.ways;
        ways_covered += one.ways_covered;
        out << "  " << one.dialog << std::string(widest - one.dialog.size(), ' ') << "  states "
            << one.states_covered << '/' << one.states << "  ways " << one.ways_covered << '/'
            << one.ways << '\n';
        for (const auto& gap : one.gaps) {
            out << "      " << gap.file << ':' << gap.line << ": " << missing(gap, languages)
                << '\n';
        }
    }
    const auto percent = [](std::size_t part, std::size_t whole) {
        return whole == 0 ? 100 : static_cast<int>(part * 100 / whole);
    };
    std::string spoken;
    for (const auto& one : languages) spoken += (spoken.empty() ? "" : ", ") + one;
    out << "  all: " << states_covered << " of " << states << " states in " << spoken << " ("
        << percent(states_covered, states) << " %), " << ways_covered << " of " << ways << " ways ("
        << percent(ways_covered, ways) << " %)\n";
    return percent(states_covered, states);
}

std::string junit_xml(const std::vector<test_run>& runs) {
    const auto failed =
        std::ranges::count_if(runs, [](const auto& run) { return run.wrong.has_value(); });
    const auto counts = "tests=\"" + std::to_string(runs.size()) + "\" failures=\"" +
                        std::to_string(failed) + "\" errors=\"0\"";
    auto out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites " + counts +
               ">\n<testsuite name=\"dialogs\" " + counts + ">\n";
    for (const auto& run : runs) {
        out += "<testcase classname=\"" + xml(run.file) + "\" name=\"" +
               xml(run.name + " (" + as_played(run.how) + ")") + "\" time=\"" +
               seconds(run.seconds) + "\"";
        if (!run.wrong) {
            out += "/>\n";
            continue;
        }
        std::string detail;
        for (const auto& line : run.wrong->difference) detail += line + "\n";
        out += "><failure message=\"" + xml(place_of(run) + ": " + run.wrong->what) + "\">" +
               xml(detail) + "</failure></testcase>\n";
    }
    return out + "</testsuite>\n</testsuites>\n";
}

}  // namespace tertulia::gateway
