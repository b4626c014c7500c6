#include "gateway/nudges/own_nudges.hpp"

#include "gateway/store/nudge_id.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace tertulia::gateway {

own_nudges::own_nudges(SQLite::Database& database)
    : subjects_{database, "SELECT id FROM nudge_subjects WHERE client_id = ?"},
      planned_{
          database,
          "SELECT 1 FROM nudges WHERE id >= ? AND id < ? AND "
          "(state = 0 OR (state = 1 AND dialog <> '')) LIMIT 1"} {}

bool own_nudges::has(std::string_view client, int day) {
    std::vector<std::int64_t> subjects;
    subjects_.bind(1, client);
    for (rows found{subjects_}; found.next();) subjects.push_back(found.number(0));
    return std::ranges::any_of(subjects, [&](std::int64_t one) {
        planned_.bind(1, first_nudge_of(day, one)).bind(2, first_nudge_of(day, one + 1));
        return rows{planned_}.next();
    });
}

}  // namespace tertulia::gateway
