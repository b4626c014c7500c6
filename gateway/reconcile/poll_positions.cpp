#include "gateway/reconcile/poll_positions.hpp"

#include "gateway/store/sqlite/migrate.hpp"
#include "gateway/store/sqlite/open_database.hpp"
#include "gateway/store/sqlite/statement.hpp"

#include <SQLiteCpp/Database.h>

#include <array>

namespace tertulia::gateway {
namespace {

constexpr int lock_wait_ms = 30'000;  // an import lets go long before

constexpr std::array<migration, 1> versions{migration{1, R"sql(
CREATE TABLE poll_positions(
    channel TEXT PRIMARY KEY, covered INTEGER NOT NULL, begun INTEGER NOT NULL,
    cursor TEXT NOT NULL) WITHOUT ROWID;
)sql"}};

}  // namespace

poll_positions::poll_positions(const std::string& path)
    : database_{open_database(
          {.path = path,
           .flags = SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE,
           .lock_wait_ms = lock_wait_ms}
      )} {
    migrate(*database_, "reconcile", versions);
}

poll_positions::~poll_positions() = default;

std::optional<poll_position> poll_positions::of(std::string_view channel) {
    statement read{
        *database_, "SELECT covered, begun, cursor FROM poll_positions WHERE channel = ?"};
    read.bind(1, channel);
    rows all{read};
    if (!all.next()) return std::nullopt;
    return poll_position{
        .covered = from_millis(all.number(0)),
        .begun = from_millis(all.number(1)),
        .cursor = std::string{all.text(2)}};
}

void poll_positions::keep(std::string_view channel, const poll_position& what) {
    statement write{
        *database_,
        "INSERT INTO poll_positions(channel, covered, begun, cursor) VALUES (?1, ?2, ?3, ?4)"
        " ON CONFLICT(channel) DO UPDATE SET covered = ?2, begun = ?3, cursor = ?4"};
    write.bind(1, channel)
        .bind(2, to_millis(what.covered))
        .bind(3, to_millis(what.begun))
        .bind(4, what.cursor)
        .run();
}

}  // namespace tertulia::gateway
