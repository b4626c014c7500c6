// The tables behind a sync, row by row: where it stands, what was seen, what is to be read again.
//
// Threads: the connection's. Errors: SQLite::Exception.

#pragma once

#include "gateway/core_banking/sync_plan.hpp"
#include "gateway/store/sqlite/statement.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::gateway {

struct read_hint {
    std::string kind{};  // "client", "group", "loan", "savings"
    std::string id{};
    int tries{};
};

class core_rows {
public:
    explicit core_rows(SQLite::Database& database);

    [[nodiscard]] sync_cursor cursor();
    void keep(const sync_cursor& at);

    // Empty: never read.
    [[nodiscard]] std::string fingerprint(std::string_view kind, std::string_view id);
    // An empty fingerprint leaves the one that is there: the row was seen, and not read.
    void saw(std::string_view kind, std::string_view id, std::string_view fingerprint, std::int64_t pass);
    void forget_unseen(std::string_view kind, std::int64_t pass);
    void forget(std::string_view kind, std::string_view id);

    [[nodiscard]] std::string group_of(std::string_view client_id);  // the first by id; empty: none
    void set_members(std::string_view group_id, const std::vector<std::string>& client_ids);

    void add_hint(std::string_view kind, std::string_view id, instant due, int tries = 0);
    [[nodiscard]] std::optional<read_hint> hint_due(instant now);
    [[nodiscard]] std::optional<instant> next_hint();
    void drop_hint(const read_hint& done);

private:
    statement cursor_, keep_, fingerprint_, saw_, forget_unseen_, forget_;
    statement group_of_, clear_members_, add_member_;
    statement add_hint_, hint_due_, next_hint_, drop_hint_;
};

}  // namespace tertulia::gateway
