// Cases as they are now, and their history. Written as it comes, with the turn that changes a case;
// what is personal in it is sealed for the person it is about, so that erasing her leaves a case
// that says when and by whom, and nothing else.
//
// note() belongs inside the transaction of a commit; note_view() is one of its own.

#pragma once

#include "gateway/store/sqlite/journal.hpp"
#include "gateway/store/sqlite/people.hpp"
#include "gateway/store/sqlite/statement.hpp"
#include "gateway/store/store.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::gateway {

class case_table {
public:
    case_table(SQLite::Database& database, journal& seals, people& keys);

    void note(std::int64_t party, const dialogs::note_case& what, instant at);
    void note_view(
        std::string_view number, instant at, std::string_view who, std::string_view what
    );
    [[nodiscard]] std::vector<kept_case> list(const case_filter& which, std::size_t most);
    [[nodiscard]] std::optional<kept_case> find(std::string_view number);
    [[nodiscard]] std::vector<case_event> history(std::string_view number);

private:
    struct row {
        std::int64_t seq{};
        std::int64_t party{};
        std::string body{};
    };
    [[nodiscard]] std::optional<std::string> opened(const row& sealed);
    [[nodiscard]] std::vector<kept_case> read_all(statement& bound);

    journal& seals_;
    people& keys_;
    statement write_;
    statement list_;
    statement one_;
    statement add_event_;
    statement events_;
};

}  // namespace tertulia::gateway
