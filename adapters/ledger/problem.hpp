// What is wrong in a file somebody exported, said so that this person can mend it alone: which
// file, which row, which column, what stands there, and what should.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::adapters::ledger {

// Where a record stands: a line of a CSV file, or the n-th object of a JSON array.
struct place {
    std::string_view file{};  // outlives the reading: the caller's file name
    std::size_t number{};     // from 1; 0: the file as a whole
    bool is_record{};         // JSON: `number` counts records, not lines
};

struct problem {
    std::string file{};
    std::size_t number{};
    bool is_record{};
    std::string column{};  // empty: the whole row
    std::string what{};
    std::string mend{};  // may be empty where `what` says it all
};

// "clients.csv:14: phone: '5555 1234' is not E.164; write +50255551234"
[[nodiscard]] std::string text_of(const problem& what);

// Keeps the first problems_max of them and counts all: a file of the wrong kind has one per row.
class problem_list {
public:
    static constexpr std::size_t problems_max = 200;

    void add(const place& at, std::string_view column, std::string what, std::string mend = {});

    [[nodiscard]] std::size_t count() const noexcept { return count_; }
    [[nodiscard]] const std::vector<problem>& first() const noexcept { return first_; }

private:
    std::vector<problem> first_{};
    std::size_t count_{};
};

// 'text' in quotes, cut where it is long and without control characters: what a file holds must
// not be able to write to a terminal.
[[nodiscard]] std::string shown(std::string_view text);

// The one of `words` that is nearest to `wrong`, or empty where none is near.
[[nodiscard]] std::string_view nearest(
    std::string_view wrong, const std::vector<std::string_view>& words
);

}  // namespace tertulia::adapters::ledger
