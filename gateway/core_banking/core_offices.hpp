// The offices of a village bank as core banking tells them, and the calendar it meets by.
//
// Core banking has roles of groups as words of the institution's own; those that mean an office of
// ours in Spanish, English or French are kept, any other is nobody's office.

#pragma once

#include "adapters/fineract/answers.hpp"
#include "adapters/ledger/ledger.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace SQLite {
class Database;
}

namespace tertulia::gateway {

// "Presidenta", "Vice-president", "TESORERO": whatever the case, the accents and what stands behind.
[[nodiscard]] std::optional<adapters::ledger::group_office> office_called(std::string_view name);

struct core_offices {
    std::string group_id{};
    std::vector<adapters::fineract::group_role> roles{};
    std::string calendar_id{};
};

// Inside a transaction: what core banking says of this group is all it says. True if anything is
// another; the portfolio's version is the caller's to raise. Throws SQLite::Exception.
bool keep_offices(SQLite::Database& portfolio, const core_offices& of);

}  // namespace tertulia::gateway
