// The plan of nudges in the database: how each loan stands, what a day brings, what falls due. What is
// decided is dialogs/nudges'; here it is kept. A day is planned once for each version of the policies,
// and again changes nothing; what changes in the portfolio is planned for by itself, client by client.
//
// Threads: the connection's. Errors: SQLite::Exception, damaged_portfolio.

#pragma once

#include "dialogs/clients/contact.hpp"
#include "dialogs/nudges/gates.hpp"
#include "dialogs/nudges/policy.hpp"
#include "dialogs/nudges/standing.hpp"
#include "gateway/nudges/attention_book.hpp"
#include "gateway/portfolio/portfolio_reader.hpp"
#include "gateway/store/sqlite/statement.hpp"
#include "gateway/store/sqlite/subject_rows.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace SQLite {
class Database;
}

namespace tertulia::gateway {

struct todays_step {
    const dialogs::nudge_policy* policy{};
    dialogs::nudge_landing what{};
    std::vector<instant> moments{};  // of it on that day, as subjects are spread over them
};
[[nodiscard]] std::vector<todays_step> steps_of_day(
    const dialogs::nudge_rules& rules, civil_date day, const dialogs::contact_calendar& when
);

// What a plan is made by.
struct plan_rules {
    const dialogs::nudge_rules& rules;
    const dialogs::contact_calendar& when;
    std::string_view version{};  // of the policies
    civil_date today{};
    instant now{};
    std::chrono::days broken_within{90};  // promises that were broken count so long
    std::span<const todays_step> steps{};  // what falls on today of each policy
    int claim_days{2};  // after which a payment she told of should show
};

inline constexpr std::chrono::days touches_looked_back{8};  // caps look at seven

// What was begun with a client, by whichever of her conversations.
struct touch_of_party {
    party_id party{};
    dialogs::touch what{};
};

// A nudge at its moment, and the telephones its client is known by.
struct due_nudge {
    dialogs::planned_nudge what{};
    std::vector<std::string> phones{};  // E.164, her own order
    std::vector<std::string> shared_phones{};  // those of several that other clients have, too
    bool has_task{};                    // of its step
    std::string kept_by{};              // an officer has asked for fewer: the reason…
    std::string kept_until{};           // …and its numbers
    std::vector<touch_of_party> touches{};  // lately, where she has several telephones
    std::string answered_by{};          // of an idea of hers: who decided…
    std::string answer{};               // …and what has changed; empty: it is none, or erased
};

struct handed_nudge {
    std::int64_t id{};
    instant due{};
};

// Between two slices of a day's plan, so that the turns of who writes meanwhile come in. A slice holds the
// database for about a third of a millisecond; smaller ones cost more commits than they spare.
inline constexpr std::chrono::milliseconds plan_breath{4};

class plan_book {
public:
    // Of a connection of open_portfolio(), on the file that has the store's tables, too.
    explicit plan_book(SQLite::Database& database);

    // Standings of clients who changed, at most `most` of them, in one transaction; the steps that fall
    // on today come into the plan, those that are paid go. How many there were.
    std::size_t take_changes(const plan_rules& by, std::size_t most);
    // By other policies than the last day that was planned every standing is another one.
    void note_policies(std::string_view version);
    // Standings that are over with the day are changes, too.
    void expire(civil_date today);
    [[nodiscard]] bool is_planned(civil_date day, std::string_view version);
    // All steps of the day, in slices of some dozens of rows; between two of them `breathe` is called,
    // outside of any transaction. How many rows are new.
    std::size_t plan_day(const plan_rules& by, const std::function<void()>& breathe);
    // Of at most so many waiting ones whose moment has come, soonest first, those of clients who are not
    // left out.
    [[nodiscard]] std::vector<due_nudge> due(
        const dialogs::nudge_rules& rules, instant now, std::size_t most,
        const std::function<bool(const std::string& client_id)>& left_out = {}
    );
    // Handed on, and its turn is over. One that still waits for the same moment has no verdict: its step
    // broke and is a dead letter, and it is not handed on for ever.
    void settle(std::span<const handed_nudge> what, instant now);
    // What an officer has asked not to be said.
    void keep_back(const due_nudge& what, instant now);
    // Nobody has that number, or has ever written: it cannot be asked there.
    void refuse(std::int64_t id, std::string_view reason, instant now);

private:
    void stand_anew(const std::string& client_id, const plan_rules& by);
    void stand_for_contact(
        const std::string& client_id, std::span<const loan> loans, const plan_rules& by
    );
    // What waits for another day than `anchor` goes, what falls on today comes. Nothing: she stands for
    // nothing any more.
    struct stand_point {
        std::string segment{};
        std::optional<civil_date> anchor{};
        int instalment{};
        civil_date until{};
    };
    void stand(
        std::int64_t subject, dialogs::nudge_anchor policy, const stand_point& now, const plan_rules& by
    );
    void put(
        std::int64_t subject, const todays_step& step, int instalment, instant due,
        const plan_rules& by
    );
    void look_for_answer(due_nudge& one);
    void look_for_touches(due_nudge& one, const dialogs::nudge_rules& rules, instant now);
    void look_for_attention(due_nudge& one, const dialogs::nudge_rules& rules, instant now);
    [[nodiscard]] int broken_promises(std::string_view client_id, const plan_rules& by);

    SQLite::Database& database_;
    portfolio_reader reader_;
    attention_book attentions_;
    statement changed_loans_;
    statement changed_clients_;
    statement loan_done_;
    statement client_done_;
    statement client_of_loan_;
    statement expired_;
    statement attention_over_;
    statement last_version_;
    statement all_changed_;
    statement planned_;
    statement note_day_;
    subject_rows subjects_;
    statement stand_;
    statement loans_at_;
    statement talks_at_;
    statement ending_on_;
    statement stands_at_;
    statement had_;
    statement waiting_;
    statement put_;
    statement cancel_;
    statement due_;
    statement phones_;
    statement shared_;
    statement idea_;
    statement subjects_of_;
    statement sent_;
    statement touched_;
    statement refuse_;
    statement keep_back_;
    statement settle_;
    statement broken_;
};

}  // namespace tertulia::gateway
