#include "dialogs/script/answer_checks.hpp"

#include "dialogs/script/yaml_tree.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace tertulia::dialogs {
namespace {

using names = std::set<std::string, std::less<>>;

names common_to(const names& left, const names& right) {
    names both;
    std::set_intersection(
        left.begin(), left.end(), right.begin(), right.end(), std::inserter(both, both.end())
    );
    return both;
}

// Goes round until no set shrinks any more: what is in a state's set is there on every way to it.
class answered {
public:
    explicit answered(const program& of) : program_(of), there_(of.states.size()) {
        for (const auto& triggers :
             {&of.by_word, &of.by_intent, &of.by_code, &of.by_referral, &of.by_event}) {
            for (const auto& [word, started] : *triggers) {
                for (const auto dialog : started) enter(of.at(dialog).begin, {});
            }
        }
        for (const auto& role : {of.welcome, of.menu, of.fallback, of.verify}) {
            if (role) enter(of.at(*role).begin, {});
        }
        while (!waiting_.empty()) {
            const auto at = waiting_.back();
            waiting_.pop_back();
            leave(at);
        }
    }

    // Of a state nothing leads to, everything is.
    [[nodiscard]] bool has(state_index at, std::string_view name) const {
        const auto& there = there_[at.value];
        return !there || there->contains(name);
    }

private:
    void enter(state_index to, const names& with) {
        if (to.value >= there_.size()) return;
        auto& there = there_[to.value];
        auto now = there ? common_to(*there, with) : with;
        if (there && *there == now) return;
        there = std::move(now);
        waiting_.push_back(to);
    }

    void take(const move& way_on, const names& with) {
        if (way_on.on == way::to_state) enter(way_on.state, with);
        if (way_on.on == way::to_dialog) enter(program_.at(way_on.dialog).begin, with);
    }

    void leave(state_index from) {
        const auto& state = program_.at(from);
        const auto before = *there_[from.value];
        auto after = before;
        if (state.acts == form_act::begin_anew) {
            for (const auto field : program_.at(state.dialog).form->fields) {
                after.erase(program_.at(field).answer->keep_as);
            }
        }
        if (state.answer && !state.answer->keep_as.empty()) after.insert(state.answer->keep_as);
        take_branches(state, before);
        for (const auto& row : state.choices) {
            const bool skips = state.answer && state.answer->may_skip && row.pick == skip_pick;
            take(row.then, skips ? before : after);
        }
        for (const auto& [word, then] : state.outcomes) take(then, after);
        if (state.if_silent) take(state.if_silent->then, before);
        if (state.unclear_then) take(*state.unclear_then, before);
        if (state.if_she_writes) take(*state.if_she_writes, before);
        if (state.does == verb::schedule) enter(program_.at(state.called).begin, {});
        if (state.does == verb::call) enter(program_.at(state.called).begin, before);
        if (state.does != verb::branch && state.does != verb::hand_over) take(state.then, after);
    }

    void take_branches(const program_state& state, names with) {
        for (const auto& row : state.branches) {
            auto here = with;
            if (row.when) {
                for (const auto& path : row.when->assures()) {
                    if (path.starts_with(answer_prefix)) {
                        here.insert(path.substr(answer_prefix.size()));
                    }
                }
            }
            take(row.then, here);
            // Whoever comes further has answered it.
            if (!row.unanswered.empty() && !row.unless && !may_be_left_out(state, row.unanswered)) {
                with.insert(row.unanswered);
            }
        }
    }

    [[nodiscard]] bool may_be_left_out(const program_state& of, std::string_view name) const {
        const auto field = program_.find_state(program_.at(of.dialog).name, name);
        return !field || !program_.at(*field).answer || program_.at(*field).answer->may_skip;
    }

    const program& program_;
    std::vector<std::optional<names>> there_;
    std::vector<state_index> waiting_{};
};

}  // namespace

void check_answers(const compiled& of, std::vector<diagnostic>& problems) {
    if (of.answers.empty() || !of.linked) return;
    const answered found(*of.made);
    for (const auto& use : of.answers) {
        const auto name = std::string_view{use.path}.substr(answer_prefix.size());
        const auto& own = of.made->at(use.at).answer;
        if (use.own_is_there && own && own->keep_as == name) continue;
        if (found.has(use.at, name)) continue;
        findings(use.file, problems).warning(rule::maybe_missing, use.where, use.what, use.mend);
    }
}

}  // namespace tertulia::dialogs
