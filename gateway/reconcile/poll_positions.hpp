// How far each channel's list has been heard, in the one SQLite file, as tables of a component of
// its own.
//
// Threads: one at a time; once the gateway runs the writer thread, so that nobody else writes beside
// it. Errors: what the disk refuses is thrown (SQLite::Exception).

#pragma once

#include "gateway/reconcile/polling.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace SQLite {
class Database;
}

namespace tertulia::gateway {

class poll_positions {
public:
    explicit poll_positions(const std::string& path);
    ~poll_positions();
    poll_positions(const poll_positions&) = delete;
    poll_positions& operator=(const poll_positions&) = delete;

    [[nodiscard]] std::optional<poll_position> of(std::string_view channel);
    void keep(std::string_view channel, const poll_position& what);

private:
    std::unique_ptr<SQLite::Database> database_;
};

}  // namespace tertulia::gateway
