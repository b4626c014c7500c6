// A prepared statement that lives as long as its connection. SQLiteCpp's own is made for statements
// of a moment; these are told so (SQLITE_PREPARE_PERSISTENT), bind without copying, and reset
// themselves so that no reader is left open in the way of a checkpoint.
//
// Threads: the connection's. Errors: SQLite::Exception (a std::runtime_error).

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;
namespace SQLite {
class Database;
}

namespace tertulia::gateway {

class statement {
public:
    statement(SQLite::Database& database, std::string_view sql);
    statement(const statement&) = delete;
    statement& operator=(const statement&) = delete;
    ~statement();

    // Text and blobs are not copied: they must live until run() or the end of the rows.
    statement& bind(int index, std::int64_t value);
    statement& bind(int index, std::string_view text);
    statement& bind_blob(int index, std::string_view bytes);
    statement& bind_null(int index);

    // Runs to the end, for statements without rows.
    void run();

    // One row at a time; after false, and after finish(), it may be bound anew. Leaving a loop early
    // asks for finish(): `rows` below does it by itself.
    [[nodiscard]] bool step();
    void finish() noexcept;

    // Columns from 0; views live until the next step.
    [[nodiscard]] std::int64_t number(int column) const;
    [[nodiscard]] std::string_view text(int column) const;
    [[nodiscard]] std::string_view blob(int column) const;
    [[nodiscard]] bool is_null(int column) const;

private:
    [[noreturn]] void fail(int code) const;

    sqlite3* database_;
    sqlite3_stmt* statement_{};
};

// The rows of a bound statement, finished at the end of the scope whatever happens.
class rows {
public:
    explicit rows(statement& of) : of_{of} {}
    rows(const rows&) = delete;
    rows& operator=(const rows&) = delete;
    ~rows() { of_.finish(); }

    [[nodiscard]] bool next() { return of_.step(); }
    [[nodiscard]] std::int64_t number(int column) const { return of_.number(column); }
    [[nodiscard]] std::string_view text(int column) const { return of_.text(column); }
    [[nodiscard]] std::string_view blob(int column) const { return of_.blob(column); }
    [[nodiscard]] bool is_null(int column) const { return of_.is_null(column); }

private:
    statement& of_;
};

}  // namespace tertulia::gateway
