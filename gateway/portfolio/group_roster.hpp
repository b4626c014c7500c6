// What a meeting of a village bank needs of the portfolio: who is in it and what falls due for each,
// who leads it, who of the house moderates, when it meets, and which payments have come since.
//
// Knows the columns and no rule of a meeting. Names and telephones leave by these values alone and
// are logged by nobody. What only a conversation knows stays as initialised: whether she hears by SMS
// (`by`) and whether she has opted out.
//
// Threads: the connection's. Errors: SQLite::Exception; damaged_portfolio where a row holds what no
// import writes.

#pragma once

#include "dialogs/facts/facts.hpp"
#include "dialogs/meetings/plan.hpp"
#include "dialogs/wording/calendar.hpp"
#include "gateway/store/sqlite/statement.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tertulia::gateway {

// The meeting after `day` by an ISO 8601 duration of days, weeks or months. Four weeks are 28 days; a
// month is the same day of the next one, or its last where it has no such day: `anchor` (1 to 31) is
// the day the group keeps, so that the 31st comes back after February. 0: that of `day` itself.
// Nothing for a rhythm that is none.
[[nodiscard]] std::optional<civil_date> next_by_rhythm(
    civil_date day, std::string_view rhythm, unsigned anchor = 0
);

// Where and how a group is known to core banking: for meeting_writes().
struct group_core_ids {
    std::string group_id{};
    std::string calendar_id{};  // empty: core banking told none; attendance cannot be written
};

struct group_roster {
    std::string group_id{};
    std::string group_name{};
    std::string branch_id{};  // whose agendas hold for it
    std::vector<dialogs::meetings::roster_member> members{};  // by id, at most members_max
    int left_out{};  // of more members than a meeting can have
    // Members of one number: each of them has it in `phone`, and what is said to it all of them hear.
    std::vector<std::vector<std::string>> sharing{};  // client ids, by id
    dialogs::meetings::officer moderator{};
    dialogs::meetings::officer backup{};      // empty id: the branch has nobody else
    dialogs::meetings::officer supervisor{};  // empty id: the staff list names none
    currency_code currency{};
    money internal_cash{};
    bool cash_known{};  // else nobody has counted it, and it is zero
    money savings_due{};  // that each puts by at a meeting
    dialogs::meetings::bylaws rules{};  // what is not decided holds as it is there
    bool rules_known{};   // core banking or a file has bylaws of this group
    bool quorum_known{};  // and they say how many are enough
    std::optional<civil_date> on{};     // of the next meeting, as core banking or the rhythm has it
    std::optional<instant> start{};     // with its hour, in the zone of the calendar
    std::optional<instant> next{};      // the one after
    // That day is one of the house's holidays; a day to propose instead. A person decides.
    bool on_holiday{};
    std::optional<civil_date> instead{};
    int number{1};  // of this meeting, one after the last that was kept
    group_core_ids core{};
};

// Roster, officers, rules, cash, hours, number and next meeting of `what`; the rest of it stays.
// `start` is set only where it is known.
void lay_out(const group_roster& from, dialogs::meetings::plan& what);

// What the group has decided itself, over the rules of its agenda.
void decide_by(const group_roster& from, dialogs::meetings::bylaws& into);

// A payment on a loan of a member, with core banking's own id: for verb::see_payment.
struct arrived_payment {
    std::int64_t mark{};  // rising in the order in which payments became known here
    std::string client_id{};
    std::string loan_id{};
    std::string transaction{};
    money amount{};
    civil_date paid_on{};
};

class group_roster_reader {
public:
    // `calendar` and `house` must outlive it: the zone, and the holidays.
    group_roster_reader(
        SQLite::Database& database,
        const dialogs::local_calendar& calendar,
        const institution& house
    );

    // Ids of the groups that have a next meeting or a rhythm, by id.
    [[nodiscard]] std::vector<std::string> groups_that_meet();
    // Id and name of every group, by name, at most `most`.
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> groups(std::size_t most);
    // Likewise, of those a credit agent has; her id as core banking has it, "7".
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> groups_of(
        std::string_view officer_id, std::size_t most
    );

    // `on`: the day it is to be held; nothing: the next one on or after `today`. What is owed is what
    // falls due by that day. `staff` is the staff list of now. Nothing: there is no such group.
    [[nodiscard]] std::optional<group_roster> read(
        std::string_view group_id,
        civil_date today,
        std::span<const staff_person> staff,
        std::optional<civil_date> on = std::nullopt
    );

    // The highest mark there is; 0: none.
    [[nodiscard]] std::int64_t payment_mark();
    // What became known after the mark, oldest first, at most 200 at a time; what core banking took
    // back is not among them. `paid_from`: of that day or later, for whoever has lost the mark and
    // asks from 0.
    [[nodiscard]] std::vector<arrived_payment> payments_since(
        std::string_view group_id, std::int64_t mark, std::optional<civil_date> paid_from = {}
    );

private:
    void read_members(std::string_view group_id, civil_date by, group_roster& into);
    void read_offices(std::string_view group_id, group_roster& into);
    void read_relatives(std::string_view group_id, group_roster& into);
    void read_dues(std::string_view group_id, civil_date by, group_roster& into);
    void read_bylaws(std::string_view group_id, group_roster& into);
    void read_cash(std::string_view group_id, group_roster& into);
    void read_officers(
        const std::string& officer_id,
        const std::string& branch_id,
        std::span<const staff_person> staff,
        group_roster& into
    );

    const dialogs::local_calendar& calendar_;
    const institution& house_;
    statement meeting_groups_, all_groups_, groups_of_, group_, members_, offices_, relatives_, dues_, bylaws_, last_, calendar_of_,
        officer_, colleague_, mark_, arrived_, shared_;
};

}  // namespace tertulia::gateway
