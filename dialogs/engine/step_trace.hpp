// What one step went through, for those who measure or explain it: coverage of the operators'
// tests, a conversation shown line by line. Nothing decides by it, and it is never stored: a turn
// of the gateway keeps none.

#pragma once

#include "dialogs/script/program.hpp"
#include "dialogs/understanding/intents.hpp"

#include <cstddef>
#include <optional>
#include <set>
#include <vector>

namespace tertulia::dialogs {

struct step_trace {
    std::vector<state_index> entered{};   // in order, those passed through included
    std::vector<const move*> followed{};  // the ways taken, in order; they live in the program
    std::optional<understood> meant{};    // only where the intents were asked about her words
    std::set<std::size_t> facts{};        // looked at, as indexes into program::known
};

}  // namespace tertulia::dialogs
