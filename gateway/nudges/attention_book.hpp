// What officers have asked for single clients: fewer reminders, none, or more, with the reason and until a
// day. The last word holds; every one stays, with who said it and when.
//
// Threads: the connection's. Errors: SQLite::Exception.

#pragma once

#include "dialogs/message/identity.hpp"
#include "dialogs/nudges/policy.hpp"
#include "dialogs/wording/calendar.hpp"
#include "gateway/store/sqlite/statement.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace SQLite {
class Database;
}

namespace tertulia::gateway {

inline constexpr int attention_days_most = 180;
inline constexpr std::size_t attention_words_bytes_max = 200;  // of who and why, each

struct attention_note {
    std::string client_id{};
    dialogs::attention wanted{};
    civil_date until{};  // it holds on that day, too
    std::string who{};
    std::string why{};  // empty: erased with her data
    instant at{};
};

class attention_book {
public:
    // Of a connection of open_plan().
    explicit attention_book(SQLite::Database& database);

    // What is wrong with it, for people; empty: it is noted, and holds at once. `rules` tell whether there
    // is more for her.
    [[nodiscard]] std::string set(
        const attention_note& what, const dialogs::nudge_rules& rules,
        const dialogs::local_calendar& calendar
    );
    // What holds for her now.
    struct held {
        dialogs::attention wanted{};
        instant until{};  // no longer then
    };
    [[nodiscard]] held of(std::string_view client_id, instant now);
    [[nodiscard]] std::vector<attention_note> all_of(
        std::string_view client_id, const dialogs::local_calendar& calendar
    );  // oldest first
    // Why, of whichever clients have a number of that conversation: her data are to be erased, and it is
    // said of her. What was asked for stays and holds. Before the conversation is erased, which also
    // empties the log of the old pages.
    void erase_words(party_id of);

private:
    SQLite::Database& database_;
    statement known_;
    statement add_;
    statement changed_;
    statement last_;
    statement all_;
    statement segments_;
    statement erase_;
};

// "fewer reminders until 2026-12-31, by Brenda on 2026-11-24: she has asked for it".
[[nodiscard]] std::string in_words(const attention_note& of, const dialogs::local_calendar& calendar);

}  // namespace tertulia::gateway
