#include "dialogs/rehearsal/golden.hpp"

#include "dialogs/rehearsal/line_difference.hpp"
#include "dialogs/rehearsal/test_writer.hpp"

#include <algorithm>
#include <exception>
#include <utility>

namespace tertulia::dialogs {
namespace {

std::size_t indent_of(const std::string& line) noexcept {
    const auto first = line.find_first_not_of(' ');
    return first == std::string::npos ? line.size() : first;
}

bool blank(const std::string& line) noexcept {
    return line.find_first_not_of(" \r") == std::string::npos;
}

// What the steps from one that happens to the next are to become.
struct scene {
    int line{};                  // of what happens
    std::vector<int> expecting;  // the lines of the items that expect, ascending, each once
    std::vector<std::string> anew{};
};

class rewriter {
public:
    rewriter(
        const std::shared_ptr<const script_set>& scripts,
        const rehearsal_cast& cast,
        findings& noted,
        std::vector<std::string>& lines
    )
        : scripts_(scripts), cast_(cast), noted_(noted), lines_(lines) {}

    // From the last test of the file to the first, so that lines above stay where they are.
    bool rewrite(const dialog_test& test) {
        if (!fails(test)) return false;
        auto scenes = play_through(test);
        if (!scenes) return false;
        for (auto at = scenes->rbegin(); at != scenes->rend(); ++at) {
            if (!replaceable(*at)) return false;
        }
        for (auto at = scenes->rbegin(); at != scenes->rend(); ++at) replace(*at);
        return true;
    }

private:
    bool fails(const dialog_test& test) {
        coverage unused(scripts_);
        const auto all = stagings_of(test);
        return std::any_of(all.begin(), all.end(), [&](const staging& how) {
            return rehearse(scripts_, test, how, cast_, unused).has_value();
        });
    }

    std::optional<std::vector<scene>> play_through(const dialog_test& test) {
        std::optional<std::vector<scene>> made;
        const auto all = stagings_of(test);
        for (const auto& how : all) {
            auto played = play_one(test, how, all.size() == 1 ? with_texts::yes : with_texts::no);
            if (!played) return std::nullopt;
            if (made) {
                for (std::size_t i = 0; i < made->size(); ++i) {
                    if ((*made)[i].anew == (*played)[i].anew) continue;
                    noted_.error(
                        rule::golden_differs,
                        test.at,
                        "this golden test goes differently in '" + how.language + "'",
                        "write a test for each language"
                    );
                    return std::nullopt;
                }
            }
            made = std::move(played);
        }
        return made;
    }

    std::optional<std::vector<scene>> play_one(
        const dialog_test& test, const staging& how, with_texts texts
    ) {
        auto on = set_the_stage(scripts_, test.given, how, cast_);
        std::vector<scene> made;
        for (const auto& step : test.talk) {
            if (step.expects()) {
                auto& before = made.back().expecting;
                if (before.empty() || before.back() != step.line) before.push_back(step.line);
                continue;
            }
            const bool was_under_way = !on.at().frames.empty();
            std::string cannot;
            try {
                cannot = play(on, step, how.language);
            } catch (const std::exception& broken) {
                cannot = broken.what();
            }
            if (!cannot.empty()) {
                noted_.error(
                    rule::golden_differs, step.at, "this golden test cannot be played: " + cannot
                );
                return std::nullopt;
            }
            scene one{.line = step.line, .expecting = {}};
            one.anew = lines_expecting(on, was_under_way, texts);
            made.push_back(std::move(one));
        }
        return made;
    }

    // ---- lines of the file

    [[nodiscard]] std::string& line(int number) {
        return lines_[static_cast<std::size_t>(number) - 1];
    }

    bool replaceable(const scene& of) {
        auto numbers = of.expecting;
        numbers.push_back(of.line);
        for (const auto number : numbers) {
            const auto& text = line(number);
            if (text.substr(indent_of(text)).starts_with("- ")) continue;
            noted_.error(
                rule::golden_differs,
                {.line = number, .column = 1},
                "a golden test is written a step a line, each beginning with  - "
            );
            return false;
        }
        return true;
    }

    // One past the last line of the item that begins there; blank lines after it are not its own.
    [[nodiscard]] std::size_t end_of(int number) {
        const auto indent = indent_of(line(number));
        auto end = static_cast<std::size_t>(number);
        auto next = end;
        while (next < lines_.size() && (blank(lines_[next]) || indent_of(lines_[next]) > indent)) {
            ++next;
            if (!blank(lines_[next - 1])) end = next;
        }
        return end;
    }

    void replace(const scene& of) {
        const std::string indent(indent_of(line(of.line)), ' ');
        auto place = end_of(of.line);
        for (auto number = of.expecting.rbegin(); number != of.expecting.rend(); ++number) {
            place = static_cast<std::size_t>(*number) - 1;
            lines_.erase(at(place), at(end_of(*number)));
        }
        std::vector<std::string> anew;
        for (const auto& one : of.anew) anew.push_back(one.empty() ? one : indent + one);
        lines_.insert(at(place), anew.begin(), anew.end());
    }

    [[nodiscard]] std::vector<std::string>::iterator at(std::size_t index) {
        return lines_.begin() + static_cast<std::ptrdiff_t>(index);
    }

    const std::shared_ptr<const script_set>& scripts_;
    const rehearsal_cast& cast_;
    findings& noted_;
    std::vector<std::string>& lines_;
};

}  // namespace

std::optional<std::string> golden_anew(
    const source_file& file,
    const std::vector<dialog_test>& tests,
    const std::shared_ptr<const script_set>& scripts,
    const rehearsal_cast& cast,
    std::vector<diagnostic>& problems
) {
    findings noted(file.path, problems);
    auto lines = lines_of(file.text);
    rewriter writer(scripts, cast, noted, lines);
    bool changed = false;
    for (auto test = tests.rbegin(); test != tests.rend(); ++test) {
        if (test->golden && writer.rewrite(*test)) changed = true;
    }
    if (!changed) return std::nullopt;
    std::string text;
    for (std::size_t i = 0; i < lines.size(); ++i) text += (i == 0 ? "" : "\n") + lines[i];
    return text;
}

}  // namespace tertulia::dialogs
