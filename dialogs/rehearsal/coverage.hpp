// What the tests of a script set have been through: every state, and every way on that is a choice
// of somebody (a row of choices, an outcome, a branch, silence, an answer not understood). Counted
// apart for each language.

#pragma once

#include "dialogs/engine/step_trace.hpp"
#include "dialogs/script/script_set.hpp"

#include <cstddef>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace tertulia::dialogs {

struct coverage_gap {
    std::string file{};
    int line{};  // of the state
    std::string state{};
    std::string way{};  // empty: the state itself
    std::vector<language_tag> missing_in{};
};

struct dialog_coverage {
    std::string dialog{};
    std::size_t states{};
    std::size_t states_covered{};  // in every language
    std::size_t ways{};
    std::size_t ways_covered{};  // in any language
    std::vector<coverage_gap> gaps{};
};

class coverage {
public:
    explicit coverage(std::shared_ptr<const script_set> scripts);

    void add(const step_trace& seen, const language_tag& language);

    // By the dialogs' order in the script set.
    [[nodiscard]] std::vector<dialog_coverage> report() const;

private:
    struct seen_in {
        std::set<state_index> states{};
        std::set<const move*> ways{};
    };
    std::shared_ptr<const script_set> scripts_;
    std::map<language_tag, seen_in> seen_{};
};

}  // namespace tertulia::dialogs
