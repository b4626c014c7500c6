// The portfolio's tables in the one SQLite file: copies of core banking's records under its own
// ids, plus the hashes of PINs, which are ours alone.
//
// Threads: as migrate(): the thread that owns the connection, before anybody else uses the tables.

#pragma once

#include "gateway/store/sqlite/migrate.hpp"

#include <memory>
#include <span>
#include <string>

namespace tertulia::gateway {

// Degrees as the tables hold them.
inline constexpr double degree_parts = 1e7;

[[nodiscard]] std::span<const migration> portfolio_versions() noexcept;

// A connection to the file with the tables up to date; makes the file where there is none. Other
// processes may use it at the same time: it waits for their locks before it gives up.
// Throws SQLite::Exception or newer_database.
[[nodiscard]] std::unique_ptr<SQLite::Database> open_portfolio(const std::string& path);

}  // namespace tertulia::gateway
