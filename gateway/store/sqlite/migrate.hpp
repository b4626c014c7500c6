// Brings a database's tables to the shape this build knows, one version at a time, forward only.
// Several components share one file, each with its own list of versions; which one stands where is
// in the table schema_versions. It never goes back: an older build refuses a newer file.
//
// Threads: the thread that owns the connection, before anybody else uses the tables.

#pragma once

#include <span>
#include <stdexcept>
#include <string_view>

namespace SQLite {
class Database;
}

namespace tertulia::gateway {

// Once released, a migration never changes again: what is wrong is mended by the next one.
struct migration {
    int version{};           // 1, 2, 3… without gaps
    std::string_view sql{};  // one or more statements
};

// The file was written by a newer build: run that one, or restore an older backup.
struct newer_database : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// Runs what is missing, each version in a transaction of its own together with its row in
// schema_versions: a kill in between leaves a whole version. Throws newer_database, or
// SQLite::Exception where a statement fails; that version is then rolled back, earlier ones stay.
void migrate(
    SQLite::Database& database, std::string_view component, std::span<const migration> versions
);

// 0: the component has no tables yet.
[[nodiscard]] int schema_version(SQLite::Database& database, std::string_view component);

}  // namespace tertulia::gateway
