#include "dialogs/script/flow_checks.hpp"

#include "dialogs/script/yaml_tree.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace tertulia::dialogs {
namespace {

// Outcomes of a PIN question that come without anything being asked.
constexpr std::array<std::string_view, 3> unasked_pin{"locked", "branch_only", "none_set"};
// And of a code: the number is hers already, or none can be sent.
constexpr std::array<std::string_view, 3> unasked_code{"right", "too_often", "no_sms"};

class flow {
public:
    flow(const program& of, bool linked, std::vector<diagnostic>& problems)
        : program_(of), linked_(linked), problems_(problems) {}

    void run() {
        find_silent_dialogs();
        check_calls();
        check_verify();
        check_circles();
        if (linked_) check_reached();
        if (linked_) check_ways_out();
    }

private:
    void error(rule breaks, const program_state& at, std::string what, std::string mend = {}) {
        findings(program_.at(at.dialog).file, problems_)
            .error(breaks, at.at, std::move(what), std::move(mend));
    }

    // ---- ways on

    // Every move a state may make, with whether it comes without anything being asked first.
    template <class Visit>
    void each_move(const program_state& of, Visit visit) const {
        const bool asks = of.does == verb::ask;
        if (of.does == verb::call) {
            const bool at_once = silent_[of.called.value];
            if (of.outcomes.empty()) visit(of.then, at_once);
            for (const auto& [word, then] : of.outcomes) visit(then, at_once);
            return;
        }
        const bool one_way = lists_records(of.answers) ||
                             (of.answers == answer_kind::typed && of.outcomes.empty());
        if (of.does != verb::hand_over && (!asks || one_way) && of.does != verb::branch &&
            !leads_by_outcome(of.does)) {
            visit(of.then, !asks);
        }
        for (const auto& row : of.choices) visit(row.then, false);
        for (const auto& row : of.branches) visit(row.then, true);
        const auto& unasked = of.answers == answer_kind::code ? unasked_code : unasked_pin;
        for (const auto& [word, then] : of.outcomes) {
            visit(then, !asks || std::find(unasked.begin(), unasked.end(), word) != unasked.end());
        }
        if (of.if_silent) visit(of.if_silent->then, false);
        if (of.unclear_then) visit(*of.unclear_then, false);
        if (of.if_she_writes) visit(*of.if_she_writes, false);
    }

    std::optional<std::uint32_t> goal(const move& of) const {
        if (of.on == way::to_state) return of.state.value;
        if (of.on == way::to_dialog) return program_.at(of.dialog).begin.value;
        return std::nullopt;
    }

    // ---- dialogs that may return to their caller without asking anything

    void find_silent_dialogs() {
        silent_.assign(program_.dialogs.size(), false);
        for (bool changed = true; changed;) {
            changed = false;
            for (std::size_t i = 0; i < program_.dialogs.size(); ++i) {
                if (silent_[i] || !returns_unasked(program_.dialogs[i])) continue;
                silent_[i] = true;
                changed = true;
            }
        }
    }

    bool returns_unasked(const program_dialog& dialog) const {
        std::vector<std::uint32_t> waiting{dialog.begin.value};
        std::set<std::uint32_t> seen{dialog.begin.value};
        while (!waiting.empty()) {
            const auto at = waiting.back();
            waiting.pop_back();
            bool returns = false;
            each_move(program_.states[at], [&](const move& way_on, bool at_once) {
                if (!at_once) return;
                returns = returns || way_on.on == way::to_caller;
                if (const auto next = goal(way_on); next && seen.insert(*next).second) {
                    waiting.push_back(*next);
                }
            });
            if (returns) return true;
        }
        return false;
    }

    // ---- calls

    // Asked once for each that is called, however often it is.
    const std::set<std::string>& words_returned(dialog_index of) {
        const auto [known, is_new] = returned_.try_emplace(of.value);
        auto& words = known->second;
        if (!is_new) return words;
        std::vector<std::uint32_t> waiting{program_.at(of).begin.value};
        std::set<std::uint32_t> seen{waiting.front()};
        while (!waiting.empty()) {
            const auto at = waiting.back();
            waiting.pop_back();
            each_move(program_.states[at], [&](const move& way_on, bool) {
                if (way_on.on == way::to_caller) words.insert(way_on.word);
                if (const auto next = goal(way_on); next && seen.insert(*next).second) {
                    waiting.push_back(*next);
                }
            });
        }
        return words;
    }

    void check_calls() {
        if (!linked_) return;
        for (const auto& state : program_.states) {
            if (state.does != verb::call) continue;
            const auto& called = program_.at(state.called);
            if (calls_reach(state.called, state.dialog)) {
                error(
                    rule::endless_call,
                    state,
                    "'" + called.name + "' calls this dialog again: that never ends"
                );
            }
            const auto& words = words_returned(state.called);
            if (words.empty()) {
                error(
                    rule::never_returns,
                    state,
                    "'" + called.name + "' never returns",
                    "use 'go: " + called.name + "'"
                );
            }
            if (state.outcomes.empty()) continue;
            for (const auto& word : words) {
                if (state.outcome(word) == nullptr) {
                    error(
                        rule::missing_outcome,
                        state,
                        "'" + called.name + "' may return '" + word + "', but state '" +
                            state.name + "' does not say what to do then",
                        "add '" + word + ": …' below when:"
                    );
                }
            }
            for (const auto& [word, then] : state.outcomes) {
                if (!words.contains(word)) {
                    error(
                        rule::unknown_outcome,
                        state,
                        "'" + called.name + "' never returns '" + word + "'",
                        mend_for(word, {words.begin(), words.end()})
                    );
                }
            }
        }
    }

    bool calls_reach(dialog_index from, dialog_index wanted) const {
        std::vector<dialog_index> waiting{from};
        std::set<dialog_index> seen{from};
        while (!waiting.empty()) {
            const auto at = waiting.back();
            waiting.pop_back();
            if (at == wanted) return true;
            for (const auto index : program_.at(at).states) {
                const auto& state = program_.at(index);
                if (state.does == verb::call && seen.insert(state.called).second) {
                    waiting.push_back(state.called);
                }
            }
        }
        return false;
    }

    void check_verify() {
        if (!linked_ || !program_.verify) return;
        const auto& dialog = program_.at(*program_.verify);
        if (dialog.states.empty() || words_returned(*program_.verify).contains("ok")) return;
        error(
            rule::never_returns,
            program_.at(dialog.begin),
            "the dialog that plays verify never returns 'ok'",
            "the state after the right PIN needs 'return: ok'"
        );
    }

    // ---- circles

    enum class mark : char { fresh, open, done };

    void check_circles() {
        std::vector<mark> marks(program_.states.size(), mark::fresh);
        for (std::uint32_t start = 0; start < marks.size(); ++start) {
            if (marks[start] == mark::fresh) walk(start, marks);
        }
    }

    std::vector<std::uint32_t> next_unasked(std::uint32_t at) const {
        std::vector<std::uint32_t> next;
        const auto& state = program_.states[at];
        if (state.does == verb::call) next.push_back(program_.at(state.called).begin.value);
        each_move(state, [&](const move& way_on, bool at_once) {
            if (const auto to = goal(way_on); to && at_once) next.push_back(*to);
        });
        return next;
    }

    // Depth first without recursion: an operator's chain of states may be long.
    void walk(std::uint32_t start, std::vector<mark>& marks) {
        struct step {
            std::uint32_t at{};
            std::vector<std::uint32_t> next{};
        };
        std::vector<step> path;
        marks[start] = mark::open;
        path.push_back({start, next_unasked(start)});
        while (!path.empty()) {
            auto& here = path.back();
            if (here.next.empty()) {
                marks[here.at] = mark::done;
                path.pop_back();
                continue;
            }
            const auto to = here.next.back();
            here.next.pop_back();
            if (marks[to] == mark::fresh) {
                marks[to] = mark::open;
                path.push_back({to, next_unasked(to)});
            } else if (marks[to] == mark::open) {
                std::string circle;
                const auto from = std::find_if(path.begin(), path.end(), [&](const step& one) {
                    return one.at == to;
                });
                for (auto one = from; one != path.end(); ++one) {
                    circle += program_.states[one->at].name + " → ";
                }
                error(
                    rule::endless_loop,
                    program_.states[to],
                    "the talk may go round here without ever asking: " + circle +
                        program_.states[to].name,
                    "put a question into it, or end it"
                );
            }
        }
    }

    // ---- reached

    void check_reached() {
        std::set<std::uint32_t> started;
        for (const auto& triggers :
             {&program_.by_word,
              &program_.by_intent,
              &program_.by_code,
              &program_.by_referral,
              &program_.by_event}) {
            for (const auto& [key, dialogs] : *triggers) {
                for (const auto dialog : dialogs) started.insert(dialog.value);
            }
        }
        for (const auto& role :
             {program_.welcome, program_.menu, program_.fallback, program_.verify}) {
            if (role) started.insert(role->value);
        }
        for (const auto dialog : program_.nudged) started.insert(dialog.value);
        std::vector<std::uint32_t> waiting;
        std::vector<bool> reached(program_.states.size(), false);
        const auto reach = [&](std::uint32_t state) {
            if (state < reached.size() && !reached[state]) {
                reached[state] = true;
                waiting.push_back(state);
            }
        };
        for (const auto dialog : started) {
            if (!program_.dialogs[dialog].states.empty())
                reach(program_.dialogs[dialog].begin.value);
        }
        while (!waiting.empty()) {
            const auto& state = program_.states[waiting.back()];
            waiting.pop_back();
            if (state.does == verb::call || state.does == verb::schedule) {
                reach(program_.at(state.called).begin.value);
            }
            each_move(state, [&](const move& way_on, bool) {
                if (const auto next = goal(way_on)) reach(*next);
            });
        }
        for (const auto& dialog : program_.dialogs) {
            findings noted(dialog.file, problems_);
            const bool entered =
                std::any_of(dialog.states.begin(), dialog.states.end(), [&](state_index index) {
                    return reached[index.value];
                });
            if (!entered) {
                noted.warning(
                    rule::unreachable_dialog,
                    {.line = 1, .column = 1},
                    "nothing leads to the dialog '" + dialog.name + "'",
                    "give it 'starts_on:', or go to it from another one"
                );
                continue;
            }
            for (const auto index : dialog.states) {
                if (reached[index.value]) continue;
                const auto& state = program_.at(index);
                place at = state.at;
                at.length = static_cast<int>(state.name.size());
                noted.warning(
                    rule::unreachable_state, at, "nothing leads to the state '" + state.name + "'"
                );
            }
        }
    }

    // ---- ways out

    // Whoever only ever answers what is asked must come to an end, to a person, or back to where
    // the dialog was called from.
    void check_ways_out() {
        std::vector<std::vector<std::uint32_t>> before(program_.states.size());
        std::vector<bool> leads_out(program_.states.size(), false);
        std::vector<std::uint32_t> waiting;
        for (std::uint32_t at = 0; at < program_.states.size(); ++at) {
            const auto& state = program_.states[at];
            bool out = state.does == verb::end || state.does == verb::hand_over;
            each_move(state, [&](const move& way_on, bool) {
                if (const auto next = goal(way_on)) {
                    before[*next].push_back(at);
                } else {
                    out = true;
                }
            });
            if (!out) continue;
            leads_out[at] = true;
            waiting.push_back(at);
        }
        while (!waiting.empty()) {
            const auto at = waiting.back();
            waiting.pop_back();
            for (const auto from : before[at]) {
                if (leads_out[from]) continue;
                leads_out[from] = true;
                waiting.push_back(from);
            }
        }
        for (std::uint32_t at = 0; at < program_.states.size(); ++at) {
            const auto& state = program_.states[at];
            if (leads_out[at] || state.does != verb::ask) continue;
            place where = state.at;
            where.length = static_cast<int>(state.name.size());
            findings(program_.at(state.dialog).file, problems_)
                .warning(
                    rule::dead_end,
                    where,
                    "from the state '" + state.name + "' no answer leads to an end or a person",
                    "give it a choice that does, or 'if_silent:'"
                );
        }
    }

    const program& program_;
    bool linked_;
    std::vector<diagnostic>& problems_;
    std::vector<bool> silent_{};
    std::map<std::uint32_t, std::set<std::string>> returned_{};
};

}  // namespace

void check_flow(const program& of, bool linked, std::vector<diagnostic>& problems) {
    if (of.states.empty()) return;
    flow(of, linked, problems).run();
}

}  // namespace tertulia::dialogs
