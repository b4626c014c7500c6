#include "dialogs/rehearsal/coverage.hpp"

#include <algorithm>
#include <utility>

namespace tertulia::dialogs {
namespace {

struct named_way {
    std::string name{};
    const move* leads{};
};

std::vector<named_way> ways_of(const program_state& state) {
    std::vector<named_way> all;
    for (const auto& row : state.choices) all.push_back({"choice " + row.pick, &row.then});
    if (state.does == verb::ask && state.answers == answer_kind::loans) {
        all.push_back({"a loan is chosen", &state.then});
    }
    if (state.does == verb::ask && state.answers == answer_kind::savings) {
        all.push_back({"savings are chosen", &state.then});
    }
    if (state.does == verb::ask && state.answers == answer_kind::points) {
        all.push_back({"a place is chosen", &state.then});
    }
    if (state.does == verb::ask && state.answers == answer_kind::options) {
        all.push_back({"an option is chosen", &state.then});
    }
    if (state.answers == answer_kind::typed && state.does == verb::ask && state.outcomes.empty() &&
        std::none_of(state.choices.begin(), state.choices.end(), [](const choice_row& row) {
            return row.pick != skip_pick;
        })) {
        all.push_back({"an answer", &state.then});
    }
    // Buttons of yes and no lead where the outcomes would.
    if (state.answers != answer_kind::typed || state.choices.empty()) {
        for (const auto& [word, then] : state.outcomes) all.push_back({"outcome " + word, &then});
    }
    int number = 0;
    for (const auto& row : state.branches) {
        ++number;
        all.push_back(
            {!row.otherwise() ? "branch " + std::to_string(number) : "otherwise", &row.then}
        );
    }
    if (state.if_silent) all.push_back({"if_silent", &state.if_silent->then});
    if (state.unclear_then) all.push_back({"if_unclear", &*state.unclear_then});
    return all;
}

}  // namespace

coverage::coverage(std::shared_ptr<const script_set> scripts) : scripts_(std::move(scripts)) {
    for (const auto& language : scripts_->compiled().house.languages) seen_[language];
}

void coverage::add(const step_trace& seen, const language_tag& language) {
    auto& into = seen_[language];
    into.states.insert(seen.entered.begin(), seen.entered.end());
    into.ways.insert(seen.followed.begin(), seen.followed.end());
}

std::vector<dialog_coverage> coverage::report() const {
    const auto& script = scripts_->compiled();
    std::vector<dialog_coverage> all;
    for (const auto& dialog : script.dialogs) {
        dialog_coverage made{.dialog = dialog.name};
        for (const auto index : dialog.states) {
            const auto& state = script.at(index);
            coverage_gap gap{.file = dialog.file, .line = state.at.line, .state = state.name};
            for (const auto& [language, seen] : seen_) {
                if (!seen.states.contains(index)) gap.missing_in.push_back(language);
            }
            ++made.states;
            made.states_covered += gap.missing_in.empty() ? 1U : 0U;
            const bool never = gap.missing_in.size() == seen_.size();
            if (!gap.missing_in.empty()) made.gaps.push_back(gap);
            gap.missing_in.clear();
            for (const auto& way : ways_of(state)) {
                bool taken = false;
                for (const auto& [language, seen] : seen_) {
                    taken = taken || seen.ways.contains(way.leads);
                }
                ++made.ways;
                made.ways_covered += taken ? 1U : 0U;
                gap.way = way.name;
                if (!taken && !never) made.gaps.push_back(gap);
            }
        }
        all.push_back(std::move(made));
    }
    return all;
}

}  // namespace tertulia::dialogs
