// Lets an institution live: what happens becomes known, the planner works, the checker watches.

#pragma once

#include "tests/simulation/nudges_checker.hpp"

namespace tertulia::simulation {

struct life {
    std::uint64_t seed{1};
    int clients{2'000};
    int days{730};
    int watch_every{1};
    std::size_t version{};  // of the policies at first; a blast stays one
    std::span<const dialogs::gate_rule> gates{dialogs::gate_order()};
    fault wrong{};
};

struct life_told {
    std::map<std::string, int> broken{};  // rules, and how often
    std::set<std::string> broken_rules{};
    std::string first{};
    std::int64_t sent{};
    std::int64_t tasks{};
    std::int64_t followed{};                       // landings whose end was checked
    std::map<std::string, std::int64_t> unsent{};  // by reason
};

[[nodiscard]] life_told live(const life& how);

}  // namespace tertulia::simulation
