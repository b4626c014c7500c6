// What a meeting leaves behind for indicators and for the next one: who came and how she took part,
// and what was in the pot afterwards. Facts alone: no words, no reasons, no balances, and of votes
// only that she voted.
//
// Threads: of meeting_book the connection's; the rest is pure. Errors: SQLite::Exception.

#pragma once

#include "dialogs/meetings/meeting.hpp"
#include "dialogs/meetings/minutes.hpp"
#include "dialogs/meetings/replay.hpp"
#include "gateway/store/sqlite/statement.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::gateway {

struct member_engagement {
    std::string client_id{};
    dialogs::meetings::attendance attends{};
    int minutes_late{};  // after the later of planned and real start; 0: in time, or she never came
    int spoke{};         // what she said, asked or answered, passed on or not
    int voted{};         // in how many votes; never what
    std::optional<bool> paid_in_time{};  // nothing: she owed nothing at this meeting
    std::optional<bool> quiz_right{};    // of the training's quiz; nothing: she did not answer one
    bool operator==(const member_engagement&) const = default;
};

// Of each member in the order of the plan. `lines`: the meeting's own log, whole.
[[nodiscard]] std::vector<member_engagement> engagement_of(
    const dialogs::meetings::meeting& of, std::span<const dialogs::meetings::line> lines
);

struct attendance_row {
    std::int64_t id{};  // rising
    std::string group_id{};
    int number{};
    civil_date held_on{};
    member_engagement who{};
};

class meeting_book {
public:
    // Of a connection of open_portfolio().
    explicit meeting_book(SQLite::Database& database);

    // Once for a group and number, in a transaction of its own: again changes nothing and is false.
    bool keep(
        const dialogs::meetings::minutes& what,
        std::span<const member_engagement> people,
        civil_date held_on
    );
    // After that id, oldest first.
    [[nodiscard]] std::vector<attendance_row> after(std::int64_t id, std::size_t most);

private:
    SQLite::Database& database_;
    statement meeting_, person_, after_;
};

// CSV, RFC 4180, with a header; the last id read is what to ask for the rest after.
[[nodiscard]] std::string csv_of(std::span<const attendance_row> all);

}  // namespace tertulia::gateway
