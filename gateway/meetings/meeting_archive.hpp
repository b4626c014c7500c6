// What becomes of a meeting that has ended: its attendance in the portfolio's own table, its writes
// proposed to core banking, its minutes as lines, as a text and as a page.
//
// Threads: keep() the desk's; the papers from any, for they only read.

#pragma once

#include "dialogs/meetings/minutes.hpp"
#include "dialogs/meetings/replay.hpp"
#include "dialogs/script/script_set.hpp"
#include "dialogs/wording/calendar.hpp"
#include "gateway/core_banking/core_banking.hpp"
#include "gateway/portfolio/group_roster.hpp"

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace SQLite {
class Database;
}

namespace tertulia::gateway {

class meeting_archive {
public:
    using scripts_now = std::function<std::shared_ptr<const dialogs::script_set>()>;

    meeting_archive(const institution& house, dialogs::local_calendar calendar, scripts_now scripts)
        : house_{house}, calendar_{std::move(calendar)}, scripts_{std::move(scripts)} {}

    // Attendance once, whatever happens; gives what core banking is to be told, under keys that are
    // the same for the same meeting. Throws SQLite::Exception.
    [[nodiscard]] std::vector<core_proposal> keep(
        SQLite::Database& portfolio,
        const dialogs::meetings::meeting& of,
        std::span<const dialogs::meetings::line> log,
        const group_core_ids& where
    ) const;

    // What the next meeting reads out.
    [[nodiscard]] std::vector<std::string> summary(
        const dialogs::meetings::minutes& of, const language_tag& language
    ) const;
    [[nodiscard]] std::string text(
        const dialogs::meetings::minutes& of, const language_tag& language
    ) const;
    // For who signs and files it.
    [[nodiscard]] std::string pdf(
        const dialogs::meetings::minutes& of, const language_tag& language
    ) const;

private:
    const institution& house_;
    dialogs::local_calendar calendar_;
    scripts_now scripts_;
};

}  // namespace tertulia::gateway
