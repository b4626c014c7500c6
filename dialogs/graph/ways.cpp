#include "dialogs/graph/ways.hpp"

namespace tertulia::dialogs {
namespace {

// Wherever the answer leads, it leads to one place.
bool takes_any_answer(const program_state& of) {
    if (lists_records(of.answers)) return true;
    return of.answers == answer_kind::typed && of.outcomes.empty();
}

// Whether `then` of the state itself is a way, beside those with names.
bool goes_straight_on(const program_state& of) {
    switch (of.does) {
        case verb::hand_over:
        case verb::branch:
        case verb::look_up:
        case verb::report_payment:
        case verb::promise_payment:
            return false;
        case verb::ask:
            return takes_any_answer(of);
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
        const char* name = state.does != verb::ask                ? ""
                           : state.answers == answer_kind::loans    ? "a loan"
                           : state.answers == answer_kind::savings ? "savings"
                           : state.answers == answer_kind::points ? "a place"
                           : state.answers == answer_kind::options ? "an option"
                                                                  : "an answer";
        all.push_back({name, &state.then});
    }
    for (const auto& row : state.choices) all.push_back({row.pick, &row.then});
    for (const auto& [word, then] : state.outcomes) all.push_back({word, &then});
    int number = 0;
    for (const auto& row : state.branches) {
        ++number;
        all.push_back(
            {row.otherwise() ? "otherwise" : "branch " + std::to_string(number), &row.then}
        );
    }
    if (state.if_she_writes) all.push_back({"she writes", &*state.if_she_writes});
    if (state.if_silent) all.push_back({"silence", &state.if_silent->then});
    if (state.unclear_then) all.push_back({"not understood", &*state.unclear_then});
    return all;
}

}  // namespace tertulia::dialogs
