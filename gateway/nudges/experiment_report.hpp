// What came of an experiment of a policy: instalments paid by their day, by arm, with intervals; and
// whether an arm does harm. Who is in which arm is worked out, not kept; no name is in it.
//
// Threads: the connection's; reads only. Errors: SQLite::Exception.

#pragma once

#include "dialogs/message/time.hpp"
#include "dialogs/nudges/experiment.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace SQLite {
class Database;
}

namespace tertulia::gateway {

struct arm_figures {
    std::string arm{};
    std::int64_t people{};
    dialogs::measured_share on_time{};
    std::int64_t opt_outs{};
    std::int64_t complaints{};
};
// "usual" first, the arms in their order, "held_out" last; of what fell due before `today`.
[[nodiscard]] std::vector<arm_figures> figures_of(
    SQLite::Database& database, const dialogs::nudge_experiment& of, civil_date today
);

[[nodiscard]] std::string report_of(
    const dialogs::nudge_experiment& of, const std::vector<arm_figures>& arms
);

}  // namespace tertulia::gateway
