// What conversations are still to be told by others: written with the turn that says it, gone with
// the turn it becomes. Sealed for the one that said it, whose words they are: erasing her erases
// what was not told yet.
//
// add() and drop() belong inside the transaction of a commit.

#pragma once

#include "gateway/store/sqlite/journal.hpp"
#include "gateway/store/sqlite/people.hpp"
#include "gateway/store/sqlite/statement.hpp"
#include "gateway/store/store.hpp"

#include <cstdint>
#include <vector>

namespace tertulia::gateway {

class told_table {
public:
    told_table(SQLite::Database& database, journal& seals, people& keys);

    void add(const pending_told& what);
    void drop(std::int64_t id);
    void drop_of(std::int64_t party);
    // In order; without those whose teller was erased.
    [[nodiscard]] std::vector<pending_told> all();

private:
    journal& seals_;
    people& keys_;
    statement add_;
    statement drop_;
    statement drop_of_;
    statement all_;
};

}  // namespace tertulia::gateway
