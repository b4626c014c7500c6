// The append-only log that everything else is a projection of: one row a turn, one further row for
// the rest of a batch, one for a merge. Rows of a person are sealed with her key.
//
// It knows rows, not what they mean: sqlite_store applies them.

#pragma once

#include "gateway/store/codec.hpp"
#include "gateway/store/seal.hpp"
#include "gateway/store/sqlite/statement.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace tertulia::gateway {

enum class row_kind : std::uint8_t {
    turn,
    rest,    // marks, remembered ids, statuses: nobody's in particular, not sealed
    merged,  // two parties proved to be one
};

struct journal_row {
    std::int64_t seq{};
    instant at{};
    std::int64_t party{};
    row_kind kind{};
    std::int64_t previous{};  // the row before it of this party; 0: none
    std::string_view body{};  // still sealed
};

class journal {
public:
    journal(SQLite::Database& database, std::int64_t last_row);

    // Rows are numbered rising; a number is never used twice, not even after a commit that failed.
    [[nodiscard]] std::int64_t take_row() noexcept { return next_row_++; }
    [[nodiscard]] std::int64_t newest() const noexcept { return next_row_ - 1; }

    // Inside a transaction. `key` null: not sealed.
    void append(journal_row row, const seal_key* key, std::string_view plain);
    // Seals something that is kept elsewhere under a row number of its own.
    void seal(std::int64_t row, const seal_key& key, std::string_view plain, std::string& to);
    [[nodiscard]] std::string unseal(
        std::int64_t row, std::int64_t party, const seal_key& key, std::string_view sealed
    );

    // The plain body of a row, or damaged_row with its number.
    [[nodiscard]] std::string open(const journal_row& row, const seal_key& key);

    // Rows after `after`, in order, until `visit` says false. `body` lives during the call.
    void each_after(std::int64_t after, const std::function<bool(const journal_row&)>& visit);
    // One row; its body lives in `keep`.
    [[nodiscard]] std::optional<journal_row> read(std::int64_t seq, std::string& keep);

    // Inside a transaction: up to `most` of the oldest rows that are older than `before` and not
    // after `up_to`; says how many went.
    std::int64_t trim(instant before, std::int64_t up_to, std::int64_t most);

private:
    SQLite::Database& database_;
    std::int64_t next_row_;
    std::uint32_t run_{random_word()};
    sealer sealer_{};
    std::string sealed_{};
    statement append_;
    statement after_;
    statement one_;
    statement oldest_;
    statement drop_;
};

}  // namespace tertulia::gateway
