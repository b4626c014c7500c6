#include "dialogs/graph/ways.hpp"

namespace tertulia::dialogs {
namespace {

// Whether `then` of the state itself is a way, beside those with names.
bool goes_straight_on(const program_state& of) {
    switch (of.does) {
        case verb::hand_over:
        case verb::branch:
        case verb::look_up:
            return false;
        case verb::ask:
            return of.answers == answer_kind::loans;
        case verb::call:
            return of.outcomes.empty();
        default:
            return true;
    }
}

}  // namespace

std::vector<named_way> all_ways_of(const program_state& state) {
    std::vector<named_way> all;
    if (goes_straight_on(state)) {
        all.push_back({state.does == verb::ask ? "a loan" : "", &state.then});
    }
    for (const auto& row : state.choices) all.push_back({row.pick, &row.then});
    for (const auto& [word, then] : state.outcomes) all.push_back({word, &then});
    int number = 0;
    for (const auto& row : state.branches) {
        ++number;
        all.push_back({row.when ? "branch " + std::to_string(number) : "otherwise", &row.then});
    }
    if (state.if_silent) all.push_back({"silence", &state.if_silent->then});
    if (state.unclear_then) all.push_back({"not understood", &*state.unclear_then});
    return all;
}

}  // namespace tertulia::dialogs
