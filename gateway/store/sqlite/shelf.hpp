// What is kept in tables of its own and written as it comes, because it is rare: records that must
// outlive the journal, notices, what is known of channels, dead letters.
//
// Everything that writes belongs inside the transaction of a commit, except drop_dead_letter, which
// is one of its own.

#pragma once

#include "gateway/store/sqlite/sqlite_store.hpp"
#include "gateway/store/sqlite/statement.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::gateway {

class shelf {
public:
    explicit shelf(SQLite::Database& database);

    void add_record(
        std::int64_t row, std::int64_t party, instant at, std::string_view kind,
        std::string_view detail
    );
    [[nodiscard]] std::vector<kept_record> records_of(std::int64_t party);
    [[nodiscard]] std::vector<kept_record> records_named(
        std::string_view kind, std::int64_t after, std::size_t most
    );

    void add_notice(const channel_notice& what, instant at);
    [[nodiscard]] std::vector<channel_notice> notices(std::size_t most);

    void set_fact(const channel_fact& what);
    [[nodiscard]] std::vector<channel_fact> facts();
    void add_usage(const usage_count& what);
    [[nodiscard]] std::vector<usage_count> usage(std::string_view channel);

    // `id` is a journal row number, `sealed` its event under that number.
    void add_dead_letter(std::int64_t id, const dead_letter& what, std::string_view sealed);
    // `unsealed` gives the event of one, or nothing if its person was erased.
    [[nodiscard]] std::vector<dead_letter> dead_letters(
        std::size_t most,
        const std::function<std::optional<dialogs::event>(
            std::int64_t id, std::int64_t party, std::string_view sealed
        )>& unsealed
    );
    void drop_dead_letter(std::int64_t id);
    void drop_dead_letters_of(std::int64_t party);

    // `row` is a journal row number, `sealed` the piece under that number.
    void add_part(std::int64_t row, const kept_part& what, std::string_view sealed);
    void drop_part(event_identity id);
    void drop_parts_of(std::int64_t party);
    // As they came; without those whose person was erased.
    [[nodiscard]] std::vector<kept_part> parts(
        const std::function<std::optional<sms_part>(
            std::int64_t row, std::int64_t party, std::string_view sealed
        )>& unsealed
    );

private:
    statement add_record_;
    statement records_;
    statement records_named_;
    statement add_notice_;
    statement notices_;
    statement set_fact_;
    statement drop_fact_;
    statement facts_;
    statement add_usage_;
    statement usage_;
    statement add_dead_letter_;
    statement dead_letters_;
    statement drop_dead_letter_;
    statement drop_dead_letters_of_;
    statement add_part_;
    statement drop_part_;
    statement drop_parts_of_;
    statement parts_;
};

}  // namespace tertulia::gateway
