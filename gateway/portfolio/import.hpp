// Files of core banking into the portfolio's tables: a whole set or nothing of it.
//
// Rows are added and brought up to date; what the files no longer hold stays unless its removal is
// asked for. A loan's schedule and a client's telephone numbers are one value each: those given
// replace those there were. The same files a second time change nothing and say so.
//
// Threads: the caller's. A gateway may serve from the same file meanwhile: rows are prepared in
// temporary tables first, so that its writer waits for the merge only.

#pragma once

#include "adapters/ledger/ledger.hpp"
#include "dialogs/message/time.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace SQLite {
class Database;
}

namespace tertulia::gateway {

enum class absent_rows : std::uint8_t {
    keep,
    remove,  // of every kind a file was given for; refused where others still refer to them
};

struct import_options {
    instant now{};  // the records agree with core banking as of now
    absent_rows absent{absent_rows::keep};
    currency_code currency{};
    std::string country_code{"502"};  // of national telephone numbers, for the mends
    language_tag language{"es"};
};

struct kind_report {
    adapters::ledger::kind what{};
    std::size_t read{};  // rows in the file
    std::size_t added{};
    std::size_t changed{};
    std::size_t removed{};
};

struct import_report {
    std::vector<std::string> problems{};  // at most the first 200; not empty: nothing was stored
    std::size_t problem_count{};
    std::vector<std::string> notes{};  // stored, but worth knowing
    std::vector<kind_report> kinds{};  // of the files given, in reading order
    std::int64_t version{};            // the portfolio's, after

    [[nodiscard]] bool stored() const noexcept { return problem_count == 0; }
    [[nodiscard]] bool changed() const noexcept;
};

// Called as rows are prepared; the last call has done == total.
using import_progress = std::function<void(std::size_t done, std::size_t total)>;

// `portfolio` is a connection of open_portfolio(). Throws SQLite::Exception; nothing is then
// stored.
[[nodiscard]] import_report import_files(
    SQLite::Database& portfolio,
    std::span<const adapters::ledger::file> files,
    const import_options& options,
    const import_progress& progress = {}
);

// Files as the command line names them: each a file, or a folder whose .csv, .json and .geojson are
// taken.
// Throws std::system_error where one cannot be read.
[[nodiscard]] std::vector<adapters::ledger::file> read_ledger_files(
    std::span<const std::filesystem::path> paths
);

// Both of the above, into the database file.
[[nodiscard]] import_report import_folder(
    const std::filesystem::path& database,
    const std::filesystem::path& folder,
    const import_options& options,
    const import_progress& progress = {}
);

// The report as the command line prints it, a line for each kind, problem and note.
[[nodiscard]] std::string text_of(const import_report& report);

}  // namespace tertulia::gateway
