// The clients of the benchmarks: one loan each, twelve instalments four weeks apart, some of them
// paid. As facts for what runs in process and as CSV for `tertulia import`.

#pragma once

#include "dialogs/facts/facts.hpp"

#include <cstddef>
#include <filesystem>
#include <memory>

namespace tertulia::bench {

inline constexpr const char* everybodys_pin = "482915";

[[nodiscard]] std::shared_ptr<const facts> facts_of(std::size_t person, instant now);

// clients.csv, loans.csv, schedule.csv, pins.csv, officers.csv and branches.csv of that many people.
void write_portfolio(const std::filesystem::path& folder, std::size_t people, instant now);

}  // namespace tertulia::bench
