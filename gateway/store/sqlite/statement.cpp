#include "gateway/store/sqlite/statement.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>
#include <sqlite3.h>

namespace tertulia::gateway {

statement::statement(SQLite::Database& database, std::string_view sql)
    : database_{database.getHandle()} {
    const int code = sqlite3_prepare_v3(
        database_, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &statement_,
        nullptr
    );
    if (code != SQLITE_OK) fail(code);
}

statement::~statement() { sqlite3_finalize(statement_); }

void statement::fail(int code) const { throw SQLite::Exception{database_, code}; }

statement& statement::bind(int index, std::int64_t value) {
    if (const int code = sqlite3_bind_int64(statement_, index, value); code != SQLITE_OK) fail(code);
    return *this;
}

statement& statement::bind(int index, std::string_view text) {
    const int code = sqlite3_bind_text(
        statement_, index, text.data() != nullptr ? text.data() : "", static_cast<int>(text.size()),
        nullptr
    );
    if (code != SQLITE_OK) fail(code);
    return *this;
}

statement& statement::bind_blob(int index, std::string_view bytes) {
    const int code = sqlite3_bind_blob(
        statement_, index, bytes.data() != nullptr ? bytes.data() : "",
        static_cast<int>(bytes.size()), nullptr
    );
    if (code != SQLITE_OK) fail(code);
    return *this;
}

statement& statement::bind_null(int index) {
    if (const int code = sqlite3_bind_null(statement_, index); code != SQLITE_OK) fail(code);
    return *this;
}

void statement::run() {
    while (step()) {
    }
}

bool statement::step() {
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    const int last = sqlite3_reset(statement_);
    if (code != SQLITE_DONE) fail(last != SQLITE_OK ? last : code);
    return false;
}

void statement::finish() noexcept { sqlite3_reset(statement_); }

std::int64_t statement::number(int column) const { return sqlite3_column_int64(statement_, column); }

std::string_view statement::text(int column) const {
    const auto* bytes = sqlite3_column_text(statement_, column);
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
    return bytes == nullptr ? std::string_view{}
                            : std::string_view{reinterpret_cast<const char*>(bytes), size};
}

std::string_view statement::blob(int column) const {
    const auto* bytes = sqlite3_column_blob(statement_, column);
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
    return bytes == nullptr ? std::string_view{}
                            : std::string_view{static_cast<const char*>(bytes), size};
}

bool statement::is_null(int column) const {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

}  // namespace tertulia::gateway
