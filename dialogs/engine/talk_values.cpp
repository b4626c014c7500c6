// Values: what `set` keeps beside her answers, what a call gives, and what it brings back.

#include "dialogs/engine/kept_answers.hpp"
#include "dialogs/engine/talk.hpp"

#include <algorithm>
#include <utility>

namespace tertulia::dialogs {
namespace {

// So many states may set values before the last answer is too long ago to be corrected.
constexpr std::ptrdiff_t sets_since_max = 16;

}  // namespace

talk::kept_text talk::made_of(const program_state& at, const value_row& row) {
    note_paths(row.made_of.paths());
    const auto answer = answer_of(row.made_of.evaluate(view()));
    auto text = answer ? kept_text{to_text(*answer)} : std::nullopt;
    if (trace != nullptr) {
        const auto how = at.does == verb::set ? value_way::set : value_way::given;
        trace->values.push_back({&at, how, row.name, text.value_or("")});
    }
    return text;
}

void talk::keep(std::string_view name, const kept_text& text) {
    const auto key = answer_key(name);
    auto& here = next.frames.back().kept;
    if (text) {
        here.insert_or_assign(key, *text);
        return;
    }
    const bool shines_through =
        std::any_of(next.frames.begin(), next.frames.end() - 1, [&](const frame& outer) {
            return outer.kept.contains(key);
        });
    if (shines_through) {
        here.insert_or_assign(key, std::string{no_value});
    } else {
        here.erase(key);
    }
}

void talk::set_values(const program_state& state) {
    if (state.values.empty()) return;
    note_values(state);
    for (const auto& row : state.values) keep(row.name, made_of(state, row));
}

// So that "no, mejor 3000" also changes what was made of the answer.
void talk::note_values(const program_state& state) {
    auto& kept = next.frames.back().kept;
    const auto last = kept.find(last_answer_key);
    if (last == kept.end() || last->second.empty()) return;
    auto& since = kept[set_since_key];
    if (std::count(since.begin(), since.end(), '.') >= sets_since_max) {
        forget_last_answer(kept);
        return;
    }
    since += (since.empty() ? "" : " ") + script.at(state.dialog).name + "." + state.name;
    for (const auto& row : state.values) {
        const auto held = kept.find(answer_key(row.name));
        kept.try_emplace(
            std::string{before_prefix} + row.name, held == kept.end() ? std::string{} : held->second
        );
    }
}

// As it was when she gave the last answer; the states that are to set their values again.
std::vector<state_index> talk::undo_values() {
    auto& kept = next.frames.back().kept;
    std::vector<state_index> states;
    std::string_view since = kept[set_since_key];
    while (!since.empty()) {
        const auto one = since.substr(0, since.find(' '));
        since.remove_prefix(std::min(since.size(), one.size() + 1));
        const auto point = one.find('.');
        if (const auto state = script.find_state(one.substr(0, point), one.substr(point + 1))) {
            states.push_back(*state);
        }
    }
    kept.erase(set_since_key);
    std::vector<std::pair<std::string, std::string>> before;
    for (auto at = kept.lower_bound(std::string{before_prefix});
         at != kept.end() && at->first.starts_with(before_prefix);) {
        before.emplace_back(answer_key(at->first.substr(before_prefix.size())), at->second);
        at = kept.erase(at);
    }
    for (auto& [key, held] : before) {
        if (held.empty()) {
            kept.erase(key);
        } else {
            kept.insert_or_assign(key, std::move(held));
        }
    }
    return states;
}

// What is given is computed where the call stands, and kept by the dialog that is called.
void talk::call(const program_state& state) {
    std::vector<kept_text> given;
    for (const auto& row : state.values) given.push_back(made_of(state, row));
    push(state.called, script.at(state.called).begin);
    for (std::size_t i = 0; i < given.size(); ++i) keep(state.values[i].name, given[i]);
}

void talk::bring_back(const program_state& caller, const frame& ended) {
    // The last answer was given there: what was answered here before it is no longer meant by
    // "no, mejor …".
    if (ended.kept.contains(last_answer_key)) {
        auto& here = next.frames.back().kept;
        forget_last_answer(here);
        here[last_answer_key].clear();  // so that the caller of this one learns of it, too
    }
    for (const auto& row : caller.brings) {
        const auto found = ended.kept.find(answer_key(row.name));
        const bool there = found != ended.kept.end() && parse_typed_answer(found->second);
        if (trace != nullptr) {
            trace->values.push_back(
                {&caller, value_way::brought, row.as, there ? found->second : std::string{}}
            );
        }
        keep(row.as, there ? kept_text{found->second} : std::nullopt);
    }
}

}  // namespace tertulia::dialogs
