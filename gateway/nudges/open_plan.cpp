#include "gateway/nudges/open_plan.hpp"

#include "gateway/portfolio/schema.hpp"
#include "gateway/store/sqlite/migrate.hpp"
#include "gateway/store/sqlite/schema.hpp"

#include <SQLiteCpp/Database.h>

namespace tertulia::gateway {

std::unique_ptr<SQLite::Database> open_plan(const std::string& path) {
    auto database = open_portfolio(path);
    migrate(*database, "store", store_versions());
    return database;
}

}  // namespace tertulia::gateway
