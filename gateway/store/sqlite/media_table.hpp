// The table behind media_ledger. Rows are small and rare beside turns, and are written as they come.
//
// add() and drop_of() belong inside a transaction of the store; the rest are one statement each, or
// open a transaction by `in_transaction`.

#pragma once

#include "gateway/store/media_ledger.hpp"
#include "gateway/store/sqlite/journal.hpp"
#include "gateway/store/sqlite/people.hpp"
#include "gateway/store/sqlite/statement.hpp"

#include <functional>
#include <string>

namespace tertulia::gateway {

class media_table final : public media_ledger {
public:
    using transaction = std::function<void(const std::function<void()>&)>;
    media_table(SQLite::Database& database, journal& seals, people& keys, transaction whole);

    void add(std::int64_t party, const seal_key& hers, const inbound_message& heard, instant now);
    void drop_of(std::int64_t party);

    [[nodiscard]] std::vector<media_entry> due(instant now, std::size_t most) override;
    [[nodiscard]] std::optional<instant> next_due() override;
    [[nodiscard]] std::optional<media_entry> find(std::int64_t id) override;
    [[nodiscard]] std::optional<media_entry> find_sent(
        party_id by, std::string_view media_id
    ) override;
    [[nodiscard]] std::vector<media_entry> newest(std::size_t most) override;
    bool mark(const media_mark& what) override;
    std::size_t retire(instant older_than, std::size_t most) override;
    [[nodiscard]] std::vector<std::int64_t> gone(std::size_t most) override;
    void forget_gone(std::span<const std::int64_t> ids) override;

private:
    [[nodiscard]] std::vector<media_entry> read_all(statement& bound);

    SQLite::Database& database_;
    journal& seals_;
    people& keys_;
    transaction whole_;
    statement add_;
    statement due_;
    statement next_;
    statement one_;
    statement newest_;
    statement newest_of_;
    statement mark_;
    statement old_;
    statement of_party_;
    statement drop_;
    statement add_gone_;
    statement gone_;
    statement drop_gone_;
};

}  // namespace tertulia::gateway
