// Every way on of a state, by the name an operator would call it.

#pragma once

#include "dialogs/script/program.hpp"

#include <string>
#include <vector>

namespace tertulia::dialogs {

struct named_way {
    std::string name{};  // "balance", "ok", "branch 1", "otherwise", "silence"; empty: the only one
    const move* leads{};  // lives in the program
};

[[nodiscard]] std::vector<named_way> all_ways_of(const program_state& state);

}  // namespace tertulia::dialogs
