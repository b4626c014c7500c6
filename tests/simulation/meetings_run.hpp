// Lets a meeting run, crashes it at every line, and has it watched.

#pragma once

#include "tests/simulation/meetings_checker.hpp"
#include "tests/simulation/meetings_life.hpp"

#include <array>
#include <cstdint>

namespace tertulia::simulation {

// A mistake somebody might make in the machine.
enum class meetings_fault : std::uint8_t {
    none,
    tells_dues_to_all,      // what one owes, to everybody
    relays_what_is_held,    // the filter's word is not heeded
    shows_reasons,          // of an excuse, to the group
    late_comers_vote,       // who came after the vote was opened
    counts_every_choice,    // not only the last
    votes_below_quorum,
    claims_are_payments,
    one_counts_cash,
    opens_again,            // after the end
    nobody_is_late,
    forgets_duplicates,
    tells_lines_again,
    forgets_unlogged,       // a crash loses what no line says
    guests_stay,
    timers_fire_again,
    timers_fire_early,
    steps_never_end,
};

struct meetings_how {
    std::uint64_t seed{1};
    int events{160};
    meetings_fault wrong{};
};

struct meetings_told {
    std::map<std::string, int> broken{};
    std::string first{};
    std::int64_t events{};
    std::int64_t lines{};
    std::int64_t says{};
    std::int64_t replays{};  // states rebuilt and compared
    std::int64_t votes{};
    std::size_t row_most{};  // of the meeting in its plainest form, without its plan
    dialogs::meetings::state ended{};
    std::array<std::int64_t, 38> refused{};  // by refusal
    std::array<std::int64_t, dialogs::meetings::verbs> accepted{};
};

[[nodiscard]] meetings_told run_meeting(const meetings_how& how);

}  // namespace tertulia::simulation
