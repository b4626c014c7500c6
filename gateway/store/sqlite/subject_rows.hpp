// Whom a nudge is about, in the table nudge_subjects: a loan of a client, or herself (no loan).
//
// Threads: the connection's. Errors: SQLite::Exception.

#pragma once

#include "gateway/store/sqlite/statement.hpp"

#include <cstdint>
#include <string_view>

namespace tertulia::gateway {

class subject_rows {
public:
    explicit subject_rows(SQLite::Database& database)
        : find_{database, "SELECT id FROM nudge_subjects WHERE client_id = ? AND loan_id = ?"},
          add_{database, "INSERT INTO nudge_subjects(client_id, loan_id) VALUES (?, ?)"} {}

    // Her row; made where there is none.
    [[nodiscard]] std::int64_t of(std::string_view loan_id, std::string_view client_id) {
        if (const auto known = find(loan_id, client_id); known != 0) return known;
        add_.bind(1, client_id).bind(2, loan_id).run();
        return find(loan_id, client_id);
    }

private:
    std::int64_t find(std::string_view loan_id, std::string_view client_id) {
        find_.bind(1, client_id).bind(2, loan_id);
        rows found{find_};
        return found.next() ? found.number(0) : 0;
    }

    statement find_;
    statement add_;
};

}  // namespace tertulia::gateway
