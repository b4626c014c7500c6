#include "dialogs/script/answer_checks.hpp"

#include "dialogs/script/yaml_tree.hpp"

#include <algorithm>
#include <iterator>
#include <map>
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

class returned;

// Goes round until no set shrinks any more: what is in a state's set is there on every way to it.
class answered {
public:
    // Of everything that may be said.
    answered(const program& of, returned& calls) : program_(of), calls_(calls) {
        there_.resize(of.states.size());
        for (const auto& triggers :
             {&of.by_word, &of.by_intent, &of.by_code, &of.by_referral, &of.by_event}) {
            for (const auto& [word, started] : *triggers) {
                for (const auto dialog : started) enter(of.at(dialog).begin, {});
            }
        }
        for (const auto& role : {of.welcome, of.menu, of.fallback, of.verify}) {
            if (role) enter(of.at(*role).begin, {});
        }
        go_round();
    }

    // Of what one dialog itself keeps once it has been called.
    answered(const program& of, returned& calls, dialog_index called)
        : program_(of), calls_(calls), alone_(true) {
        there_.resize(of.states.size());
        names given;
        for (const auto& one : of.at(called).takes) given.insert(one.name);
        enter(of.at(called).begin, given);
        go_round();
    }

    // Of a state nothing leads to, everything is.
    [[nodiscard]] bool has(state_index at, std::string_view name) const {
        const auto& there = there_[at.value];
        return !there || there->contains(name);
    }

    // By the word it returns: what is there on every such way; and whatever is ever kept.
    std::map<std::string, names> at_return{};
    names ever{};

private:
    void go_round() {
        while (!waiting_.empty()) {
            const auto at = waiting_.back();
            waiting_.pop_back();
            leave(at);
        }
    }

    void enter(state_index to, const names& with) {
        if (to.value >= there_.size()) return;
        if (alone_) ever.insert(with.begin(), with.end());
        auto& there = there_[to.value];
        auto now = there ? common_to(*there, with) : with;
        if (there && *there == now) return;
        there = std::move(now);
        waiting_.push_back(to);
    }

    void take(const move& way_on, const names& with) {
        if (way_on.on == way::to_state) enter(way_on.state, with);
        if (way_on.on == way::to_dialog) enter(program_.at(way_on.dialog).begin, with);
        if (way_on.on != way::to_caller || !alone_) return;
        ever.insert(with.begin(), with.end());
        const auto [at, is_new] = at_return.try_emplace(way_on.word, with);
        if (!is_new) at->second = common_to(at->second, with);
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
        if (state.does == verb::ask && state.answers == answer_kind::options) after.insert("option");
        if (state.does == verb::set) {
            // That one may come to nothing is told where it is set.
            for (const auto& row : state.values) after.insert(row.name);
        }
        take_branches(state, before);
        for (const auto& row : state.choices) {
            const bool skips = state.answer && state.answer->may_skip && row.pick == skip_pick;
            take(row.then, skips ? before : after);
        }
        if (state.does == verb::call) {
            take_call(state, before);
            return;
        }
        for (const auto& [word, then] : state.outcomes) take(then, after);
        if (state.if_silent) take(state.if_silent->then, before);
        if (state.unclear_then) take(*state.unclear_then, before);
        if (state.if_she_writes) take(*state.if_she_writes, before);
        if (state.does == verb::schedule && !alone_) enter(program_.at(state.called).begin, {});
        if (state.does != verb::branch && state.does != verb::hand_over) take(state.then, after);
    }

    void take_call(const program_state& state, const names& before);

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
    returned& calls_;
    bool alone_{};
    std::vector<std::optional<names>> there_{};
    std::vector<state_index> waiting_{};
};

// What the dialogs that are called keep when they return, each looked at once.
class returned {
public:
    explicit returned(const program& of) : program_(of) {}

    struct kept {
        std::map<std::string, names> by_word{};
        names always{};
        names ever{};
    };

    const kept& by(dialog_index called) {
        const auto [known, is_new] = known_.try_emplace(called);
        if (!is_new) return known->second;  // empty while at it: it calls itself, which is told
        const answered found(program_, *this, called);
        auto& made = known_.at(called);
        made.by_word = found.at_return;
        made.ever = found.ever;
        bool first = true;
        for (const auto& [word, there] : made.by_word) {
            made.always = first ? there : common_to(made.always, there);
            first = false;
        }
        return made;
    }

private:
    const program& program_;
    std::map<dialog_index, kept> known_{};
};

void answered::take_call(const program_state& state, const names& before) {
    if (!alone_) {
        auto there = before;
        for (const auto& row : state.values) there.insert(row.name);
        enter(program_.at(state.called).begin, there);
    }
    const returned::kept* kept = state.brings.empty() ? nullptr : &calls_.by(state.called);
    const auto with = [&](const names* there) {
        auto after = before;
        for (const auto& row : state.brings) {
            after.erase(row.as);
            if (there != nullptr && there->contains(row.name)) after.insert(row.as);
            if (alone_) ever.insert(row.as);
        }
        return after;
    };
    for (const auto& [word, then] : state.outcomes) {
        const names* there = nullptr;
        if (kept != nullptr) {
            const auto found = kept->by_word.find(word);
            if (found != kept->by_word.end()) there = &found->second;
        }
        take(then, with(there));
    }
    if (state.outcomes.empty()) take(state.then, with(kept == nullptr ? nullptr : &kept->always));
}

void check_brought(const compiled& of, returned& calls, std::vector<diagnostic>& problems) {
    for (const auto& use : of.brought) {
        const auto called = of.made->at(use.at).called;
        const auto& ever = calls.by(called).ever;
        if (ever.contains(use.name)) continue;
        const std::vector<std::string> known{ever.begin(), ever.end()};
        const auto near = did_you_mean(use.name, known);
        findings(use.file, problems)
            .error(
                rule::never_kept,
                use.where,
                "'" + of.made->at(called).name + "' never keeps '" + use.name + "'",
                near.empty() ? "keep it there: 'keep_as: " + use.name + "', or 'set'"
                             : "did you mean '" + near + "'?"
            );
    }
}

}  // namespace

void check_answers(const compiled& of, std::vector<diagnostic>& problems) {
    if (!of.linked || (of.answers.empty() && of.brought.empty())) return;
    returned calls(*of.made);
    check_brought(of, calls, problems);
    const answered found(*of.made, calls);
    for (const auto& use : of.answers) {
        const auto name = std::string_view{use.path}.substr(answer_prefix.size());
        const auto& own = of.made->at(use.at).answer;
        if (use.own_is_there && own && own->keep_as == name) continue;
        if (found.has(use.at, name)) continue;
        findings(use.file, problems).warning(rule::maybe_missing, use.where, use.what, use.mend);
    }
}

}  // namespace tertulia::dialogs
