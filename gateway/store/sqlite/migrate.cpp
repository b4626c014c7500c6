#include "gateway/store/sqlite/migrate.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>
#include <boost/assert.hpp>

#include <string>

namespace tertulia::gateway {

int schema_version(SQLite::Database& database, std::string_view component) {
    if (!database.tableExists("schema_versions")) return 0;
    SQLite::Statement query{database, "SELECT version FROM schema_versions WHERE component = ?"};
    query.bind(1, std::string{component});
    return query.executeStep() ? query.getColumn(0).getInt() : 0;
}

void migrate(
    SQLite::Database& database, std::string_view component, std::span<const migration> versions
) {
    database.exec(
        "CREATE TABLE IF NOT EXISTS schema_versions"
        "(component TEXT PRIMARY KEY, version INTEGER NOT NULL) WITHOUT ROWID"
    );
    const int newest = versions.empty() ? 0 : versions.back().version;
    const int found = schema_version(database, component);
    if (found > newest) {
        throw newer_database{
            "the database " + database.getFilename() + " has version " + std::to_string(found) +
            " of the tables of '" + std::string{component} + "', and this build knows them up to " +
            std::to_string(newest) + ": run the newer build, or restore a backup made by this one"
        };
    }

    int expected = 1;
    for (const auto& step : versions) {
        BOOST_ASSERT_MSG(step.version == expected, "versions rise by one");
        ++expected;
        if (step.version <= found) continue;
        SQLite::Transaction transaction{database, SQLite::TransactionBehavior::IMMEDIATE};
        // Another process may have been first: it holds the lock no longer, so look again.
        if (schema_version(database, component) >= step.version) continue;
        database.exec(std::string{step.sql});
        SQLite::Statement mark{
            database,
            "INSERT INTO schema_versions(component, version) VALUES (?1, ?2)"
            " ON CONFLICT(component) DO UPDATE SET version = ?2"
        };
        mark.bind(1, std::string{component});
        mark.bind(2, step.version);
        mark.exec();
        transaction.commit();
    }
}

}  // namespace tertulia::gateway
