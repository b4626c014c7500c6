// What is told many at once: an announcement of the policy that counts from campaigns, to an audience of
// the portfolio. One person prepares it and another approves it; from then on so many people a minute come
// into the plan, each once, and each is judged by the same gates as every other nudge. Whoever is spoken to
// about something of her own on that day waits for another.
//
// Threads: the connection's. Errors: SQLite::Exception.

#pragma once

#include "dialogs/facts/facts.hpp"
#include "dialogs/nudges/policy.hpp"
#include "gateway/nudges/own_nudges.hpp"
#include "gateway/store/sqlite/statement.hpp"
#include "gateway/store/sqlite/subject_rows.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace SQLite {
class Database;
}

namespace tertulia::gateway {

enum class campaign_state : std::uint8_t {
    prepared = 0,  // nothing leaves before somebody else has approved it
    running = 1,
    paused = 2,
    ended = 3,  // stopped by a person
    done = 4,   // everybody has had her turn, or its last day is over
};
[[nodiscard]] std::string_view name_of(campaign_state state) noexcept;

// Of clients with a running loan, those of whom all holds that is not empty.
struct campaign_audience {
    bool everybody{};       // nothing has to hold; without it something must
    std::string branch{};   // ids, as core banking has them
    std::string group{};
    std::string officer{};
    std::string product{};
    std::string segment{};  // of the policy that counts from instalments
    [[nodiscard]] bool is_nobody() const noexcept;
};
[[nodiscard]] std::string in_words(const campaign_audience& of);  // "branch NORTE, segment reliable"

inline constexpr int campaign_a_minute_most = 1000;
inline constexpr int campaign_days_most = 60;
inline constexpr std::size_t campaign_who_bytes_max = 80;

struct campaign_draft {
    std::string name{};  // small letters, digits and _
    std::string says{};  // a segment of the policy
    campaign_audience to{};
    int a_minute{30};
    civil_date until{};  // the last day
};

struct campaign_act {
    std::string by{};
    instant at{};
    civil_date today{};
    std::span<const staff_person> staff{};  // who may prepare and approve: known_staff.hpp
};

enum class campaign_answer : std::uint8_t { done, unknown, refused, bad };
struct campaign_result {
    campaign_answer answer{};
    std::string words{};  // for people: what was done, or why not and how to mend it
};

struct campaign_view {
    std::string name{};
    std::string says{};
    std::string to{};
    int a_minute{};
    civil_date until{};
    campaign_state state{};
    std::int64_t people{};
    std::int64_t to_come{};  // not yet in the plan
    std::int64_t waiting{};  // in the plan, and not yet decided
    std::int64_t sent{};
    std::map<std::string, std::int64_t> kept{};  // by the gate's word
    struct line {
        instant at{};
        std::string who{};  // empty: the gateway
        std::string what{};
    };
    std::vector<line> history{};  // oldest first; of one that is shown alone
};

class campaign_book {
public:
    // Of a connection of open_plan().
    explicit campaign_book(SQLite::Database& database);

    // ---- what people do
    campaign_result prepare(
        const campaign_draft& draft, const campaign_act& how, const dialogs::nudge_rules& rules
    );
    // By somebody else of the staff than who prepared it; they are compared by who they are, not by what
    // was written.
    campaign_result approve(std::string_view name, const campaign_act& how);
    campaign_result pause(std::string_view name, const campaign_act& how);
    campaign_result resume(std::string_view name, const campaign_act& how);
    campaign_result end(std::string_view name, const campaign_act& how);
    [[nodiscard]] std::optional<campaign_view> find(std::string_view name);
    [[nodiscard]] std::vector<campaign_view> all();  // the newest first, without their histories

    // ---- what the gateway does, every second or so, on days that are planned
    // Holds back what a pause caught on its way, and brings those into the plan whose turn it is. How many.
    std::size_t go_on(
        const dialogs::nudge_rules& rules, const dialogs::contact_calendar& when, instant now
    );

private:
    struct row {
        std::int64_t id{};
        std::string name{};
        std::string says{};
        std::string to{};
        int a_minute{};
        int until{};
        campaign_state state{};
    };
    [[nodiscard]] std::vector<row> in_state(campaign_state state);
    [[nodiscard]] std::optional<row> named(std::string_view name);
    [[nodiscard]] campaign_view view_of(const row& of);
    [[nodiscard]] std::vector<std::string> people_of(const campaign_audience& to);
    [[nodiscard]] std::string who_prepared(std::int64_t campaign);
    [[nodiscard]] std::string known_of(const campaign_audience& to);
    void note(std::int64_t campaign, const campaign_act& how, std::string_view what);
    void move(const row& of, campaign_state to);
    void hold(instant now);
    std::size_t release(const row& of, int today, instant now);
    void nobody_more(const row& of, std::string_view reason);

    SQLite::Database& database_;
    subject_rows subjects_;
    statement add_;
    statement add_person_;
    statement named_;
    statement in_state_;
    statement newest_;
    statement move_;
    statement note_;
    statement history_;
    statement people_;
    statement held_;
    statement counts_;
    statement hold_;
    statement let_go_;
    statement stop_;
    statement nobody_more_;
    statement lately_;
    statement next_;
    statement under_way_;
    statement not_today_;
    statement put_;
    statement released_;
    own_nudges own_;
};

}  // namespace tertulia::gateway
