// Who of us may stand behind something: credit agents of the portfolio, and the colleagues of the config.
// Names are as people write them; an id is one person.
//
// Threads: the connection's. Errors: SQLite::Exception.

#pragma once

#include "dialogs/facts/facts.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace SQLite {
class Database;
}

namespace tertulia::gateway {

[[nodiscard]] std::vector<staff_person> staff_in(
    SQLite::Database& database, std::span<const staff_person> colleagues
);

// By id, with or without what stands before its colon, or by name, without regard for accents and
// capitals; nullptr: nobody, or several have that name.
[[nodiscard]] const staff_person* staff_called(
    std::span<const staff_person> staff, std::string_view said
);

// The same person under two ids: whose telephone is the same.
[[nodiscard]] bool is_same_person(const staff_person& one, const staff_person& other) noexcept;

// "officer:7, staff:Marta": whom one may write.
[[nodiscard]] std::string staff_named(std::span<const staff_person> staff);

}  // namespace tertulia::gateway
