// The clients of the benchmarks: one loan each, twelve instalments four weeks apart, some of them
// paid. As facts for what runs in process, and as the files an institution imports.

#pragma once

#include "adapters/ledger/ledger.hpp"
#include "dialogs/facts/facts.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

namespace tertulia::bench {

inline constexpr const char* everybodys_pin = "482915";

[[nodiscard]] std::shared_ptr<const facts> facts_of(std::size_t person, instant now);

// clients.csv, loans.csv, schedule.csv, officers.csv and branches.csv of that many people. `due`: the day on
// which the next instalment of all of them is due; without one they are spread.
[[nodiscard]] std::vector<adapters::ledger::file> portfolio_files(
    std::size_t people, instant now, std::optional<civil_date> due = {}
);

}  // namespace tertulia::bench
