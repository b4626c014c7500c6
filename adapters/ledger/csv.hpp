// Comma-separated values as RFC 4180 has them, one row at a time, each with the line it starts on.
//
// A reader of our own, because the one packaged C or C++ library (libcsv, last released in 2013)
// trims and skips on its own account and cannot say on which line a row began, and the line is what
// the person mending the file needs. It decodes nothing: columns and their meaning are
// columns.hpp's.
//
// Accepted beyond the RFC: bare line feeds, empty lines (skipped), spaces around fields (trimmed
// unless quoted), and semicolons as separators where the first line has no comma, which is what
// spreadsheets write in Spanish and French.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::adapters::ledger {

inline constexpr std::size_t field_bytes_max = 4096;  // a longer field is a lost quote
inline constexpr std::size_t csv_columns_max = 100;

struct csv_row {
    std::size_t line{};  // from 1, where the row starts
    std::vector<std::string> fields{};
    // What is wrong with the row, or empty. Reading goes on with the next line after it.
    std::string error{};
    std::string mend{};
};

class csv_reader {
public:
    // `bytes` outlives the reader; valid UTF-8 without a byte order mark.
    explicit csv_reader(std::string_view bytes) noexcept;

    // False at the end. `row` is reused: its old content is gone.
    [[nodiscard]] bool next(csv_row& row);

private:
    void read_row(csv_row& row);
    void read_quoted(csv_row& row);
    void read_plain(csv_row& row);
    void fail(csv_row& row, std::string error, std::string mend);
    [[nodiscard]] bool at_line_end() const noexcept;
    void skip_line_end() noexcept;
    void skip_line() noexcept;

    std::string_view bytes_;
    std::size_t at_{};
    std::size_t line_{1};
    char separator_{','};
};

}  // namespace tertulia::adapters::ledger
