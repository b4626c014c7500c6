// The tables behind application_ledger. add() belongs inside a transaction of the store; the rest open
// one by `whole`.

#pragma once

#include "gateway/store/application_ledger.hpp"
#include "gateway/store/sqlite/journal.hpp"
#include "gateway/store/sqlite/people.hpp"
#include "gateway/store/sqlite/statement.hpp"

#include <functional>

namespace tertulia::gateway {

class application_table final : public application_ledger {
public:
    using transaction = std::function<void(const std::function<void()>&)>;
    application_table(SQLite::Database& database, journal& seals, people& keys, transaction whole);

    void add(
        std::int64_t party, const seal_key& hers, const dialogs::send_application& what, instant now
    );

    [[nodiscard]] std::vector<application_entry> to_write(std::size_t most) override;
    [[nodiscard]] std::vector<application_entry> after(std::int64_t id, std::size_t most) override;
    bool mark(const application_mark& what) override;
    [[nodiscard]] std::vector<application_moment> history(std::string_view number) override;

private:
    [[nodiscard]] std::vector<application_entry> read_all(statement& bound);

    journal& seals_;
    people& keys_;
    transaction whole_;
    statement add_;
    statement note_;
    statement to_write_;
    statement after_;
    statement find_;
    statement mark_;
    statement history_;
};

}  // namespace tertulia::gateway
