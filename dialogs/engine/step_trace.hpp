// What one step went through, for those who measure or explain it: coverage of the operators'
// tests, a conversation shown line by line. Nothing decides by it, and it is never stored: a turn
// of the gateway keeps none.

#pragma once

#include "dialogs/script/program.hpp"
#include "dialogs/understanding/intents.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace tertulia::dialogs {

// A value, by what became of it: kept, given to a dialog that was called, brought back from one.
enum class value_way : std::uint8_t { set, given, brought };
struct value_seen {
    const program_state* at{};  // the state that did
    value_way how{};
    std::string name{};
    std::string text{};  // as the session keeps it; empty: there is none
};

struct step_trace {
    std::vector<state_index> entered{};   // in order, those passed through included
    std::vector<const move*> followed{};  // the ways taken, in order; they live in the program
    std::optional<understood> meant{};    // only where the intents were asked about her words
    std::vector<value_seen> values{};     // in order
    std::set<std::size_t> facts{};        // looked at, as indexes into program::known
};

}  // namespace tertulia::dialogs
