// Whether a client has something of her own to hear on a day: a reminder, a check-in, whatever the plan
// has for her then and has not refused. What is told many at once, or is no hurry, waits for another day.
//
// Threads: the connection's. Errors: SQLite::Exception.

#pragma once

#include "gateway/store/sqlite/statement.hpp"

#include <string_view>

namespace tertulia::gateway {

class own_nudges {
public:
    explicit own_nudges(SQLite::Database& database);

    // `day`: as day_number() has it.
    [[nodiscard]] bool has(std::string_view client, int day);

private:
    statement subjects_;
    statement planned_;
};

}  // namespace tertulia::gateway
