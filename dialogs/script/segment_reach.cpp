#include "dialogs/script/segment_reach.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <set>
#include <string>
#include <vector>

namespace tertulia::dialogs {
namespace {

constexpr std::size_t facts_tried_most = 4;
constexpr int no_end = std::numeric_limits<int>::max();

struct history_fact {
    std::string_view name{};
    int repayment_history::*is{};
    int least{};
    int most{};
};
constexpr std::array<history_fact, 7> history_facts{{
    {"known", &repayment_history::known, 0, history_instalments},
    {"late", &repayment_history::late, 0, history_instalments},
    {"longest_late", &repayment_history::longest_late, 0, no_end},
    {"due_before", &repayment_history::due_before, 0, no_end},
    {"cycle", &repayment_history::cycle, 1, no_end},
    {"days_past_due", &repayment_history::days_past_due, 0, no_end},
    {"broken_promises", &repayment_history::broken_promises, 0, no_end},
}};

bool belongs_to_name(char one) noexcept {
    return (one >= 'a' && one <= 'z') || (one >= '0' && one <= '9') || one == '_';
}

bool names(std::string_view when, std::string_view fact) {
    const auto path = "history." + std::string{fact};
    for (auto at = when.find(path); at != std::string_view::npos; at = when.find(path, at + 1)) {
        const auto end = at + path.size();
        if (end == when.size() || !belongs_to_name(when[end])) return true;
    }
    return false;
}

// Those it names, with their neighbours, and what people mostly are.
std::set<int> numbers_of(std::string_view when) {
    std::set<int> all{0, 1, 2, 3, 4, 5, 6, 7, 30, 1000};
    const auto* const end = when.data() + when.size();
    for (const auto* at = when.data(); at != end;) {
        int number = 0;
        const auto [stopped, error] = std::from_chars(at, end, number);
        if (error != std::errc{} || number < 0 || number >= no_end - 1) {
            ++at;
            continue;
        }
        all.insert({std::max(number - 1, 0), number, number + 1});
        at = stopped;
    }
    return all;
}

struct seen {
    bool held{};
    bool failed{};
};

void try_all(
    const std::vector<const history_fact*>& facts, std::size_t next, const std::set<int>& numbers,
    repayment_history& of, const std::function<bool(const repayment_history&)>& holds, seen& into
) {
    if (into.held && into.failed) return;
    if (next == facts.size()) {
        (holds(of) ? into.held : into.failed) = true;
        return;
    }
    for (const int number : numbers) {
        if (number < facts[next]->least || number > facts[next]->most) continue;
        of.*(facts[next]->is) = number;
        try_all(facts, next + 1, numbers, of, holds, into);
    }
}

}  // namespace

segment_reach reach_of(
    std::string_view when, const std::function<bool(const repayment_history&)>& holds
) {
    std::vector<const history_fact*> named;
    for (const auto& one : history_facts) {
        if (names(when, one.name)) named.push_back(&one);
    }
    if (named.size() > facts_tried_most) return segment_reach::some;
    repayment_history of;
    seen found;
    try_all(named, 0, numbers_of(when), of, holds, found);
    if (found.held && found.failed) return segment_reach::some;
    return found.held ? segment_reach::everybody : segment_reach::nobody;
}

}  // namespace tertulia::dialogs
