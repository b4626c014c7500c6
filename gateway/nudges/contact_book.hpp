// Who has been talked with lately, who has not and why: the call list. Works with no messaging at all,
// where colleagues telephone and note it here.
//
// Threads: the connection's. Errors: SQLite::Exception.

#pragma once

#include "dialogs/message/time.hpp"
#include "dialogs/nudges/policy.hpp"
#include "dialogs/wording/calendar.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace SQLite {
class Database;
}

namespace tertulia::gateway {

struct contact_note {
    std::string client_id{};
    std::string about{"any"};  // a stage
    std::string outcome{};     // one of contact_outcomes()
    std::string who{};         // the colleague
    instant at{};
};
[[nodiscard]] const std::vector<std::string>& contact_outcomes();  // "reached" is a talk that was had

// False: there is no such client.
bool note_contact_by_staff(SQLite::Database& database, const contact_note& what);

struct contact_state {
    std::string client_id{};
    std::string officer_id{};
    bool reached{};
    std::string why{};  // when and about what; or why not, and what comes next
};
struct contact_coverage {
    std::int64_t active{};   // clients with a running loan
    std::int64_t reached{};  // within the days asked for
    std::vector<contact_state> each{};  // by client
};
[[nodiscard]] contact_coverage coverage_of(
    SQLite::Database& database, const dialogs::nudge_rules& rules,
    const dialogs::local_calendar& calendar, instant now, int days
);

}  // namespace tertulia::gateway
