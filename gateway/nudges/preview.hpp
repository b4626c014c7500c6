// What the policies would do to the whole portfolio in the days to come: dialogs/nudges/forecast.hpp
// over every client with a running loan, and why the others are left alone. What was sent or decided
// before is not told again, and counts for the limits.
//
// Threads: the connection's; reads only. Errors: SQLite::Exception, damaged_portfolio.

#pragma once

#include "dialogs/nudges/forecast.hpp"
#include "gateway/nudges/plan_book.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace tertulia::gateway {

struct preview_line {
    civil_date on{};
    std::string client_id{};
    std::string loan_id{};
    std::string policy{};
    std::string segment{};
    int day{};             // of the step, from `anchor`
    civil_date anchor{};
    std::string dialog{};  // empty: a task alone
    std::string task{};
    std::string channel{};  // "whatsapp", "sms", "none": she has never written to us
    std::string kept_by{};  // why it stays: a cap, "opted_out", "hardship"…; empty: it goes
    bool opens_task{};      // the task may come though the message stays
};

struct preview_counts {
    std::int64_t messages{};
    std::int64_t kept{};
    std::int64_t tasks{};
    bool operator==(const preview_counts&) const = default;
    preview_counts& operator+=(const preview_counts& other) {
        messages += other.messages;
        kept += other.kept;
        tasks += other.tasks;
        return *this;
    }
};

struct preview {
    civil_date from{};
    int days{};
    std::int64_t clients{};  // with a running loan
    std::map<int, preview_counts> by_day{};  // from 0
    std::map<std::string, preview_counts> by_segment{};
    std::map<std::string, preview_counts> by_channel{};
    std::map<std::string, std::int64_t> kept_by{};
    std::map<int, std::map<std::string, std::int64_t>> kept_by_day{};
    std::map<std::string, std::int64_t> cost_micros{};  // of what goes, by currency
    std::int64_t unpriced{};  // messages that go, and nobody said what they cost
    [[nodiscard]] preview_counts whole() const;
};

struct message_price {
    std::string currency{};
    std::int64_t micros{};  // millionths
};
// Of the first words of a dialog on a kind of channel; nothing: nobody said.
using price_of_message =
    std::function<std::optional<message_price>(std::string_view dialog, std::string_view channel)>;

// As it is, or as if everybody had written to us by WhatsApp.
enum class reached_as { it_is, if_all_wrote };

// Only that client's, or everybody's (empty). `each` sees every line, by client and day. From by.today on;
// what is known of her is known at by.now.
[[nodiscard]] preview preview_of(
    SQLite::Database& database, const plan_rules& by, int days, const std::string& client_id,
    reached_as how = reached_as::it_is, const std::function<void(const preview_line&)>& each = {},
    const price_of_message& price = {}
);

// One row of the plan as it was decided.
struct plan_entry {
    dialogs::planned_nudge what{};
    int state{};         // as in the table nudges
    std::string said{};  // "sent", "waits", "not sent: caps, cap_of_day (1 of 1 today)"
    std::string why{};   // the same for people, where it was not sent: dialogs::plainly()
    std::string dialog{};
    instant decided{};
};
// Of one client, oldest first, of that day and the `days` before it.
[[nodiscard]] std::vector<plan_entry> plan_of(
    SQLite::Database& database, const dialogs::nudge_rules& rules, const std::string& client_id,
    civil_date until, int days
);

}  // namespace tertulia::gateway
