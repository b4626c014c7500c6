// The tables of a remote core banking in the one SQLite file: how far a round has come, what each
// record was like when last read, and what is to be written there.
//
// Threads: as migrate(): before anybody else uses the tables.

#pragma once

#include "gateway/store/sqlite/migrate.hpp"

#include <memory>
#include <span>
#include <string>

namespace SQLite {
class Database;
}

namespace tertulia::gateway {

[[nodiscard]] std::span<const migration> core_versions() noexcept;

// open_portfolio(), and these tables up to date.
[[nodiscard]] std::unique_ptr<SQLite::Database> open_core_tables(const std::string& path);

}  // namespace tertulia::gateway
