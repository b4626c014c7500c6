// The board of ideas: what clients wrote of their own in check-ins and surveys, who of us looks after it,
// what was decided, and that who gave an idea is told what has changed because of her: once, by the policy
// that counts from feedback and through the same gates as every other nudge. Never by name: whose an idea
// is stays in the table, and goes with her data.
//
// Threads: the connection's. Errors: SQLite::Exception.

#pragma once

#include "dialogs/facts/facts.hpp"
#include "dialogs/message/identity.hpp"
#include "dialogs/nudges/policy.hpp"
#include "gateway/nudges/own_nudges.hpp"
#include "gateway/store/sqlite/statement.hpp"
#include "gateway/store/sqlite/subject_rows.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace SQLite {
class Database;
}

namespace tertulia::gateway {

enum class feedback_decision : std::uint8_t {
    open = 0,
    adopted = 1,   // done: who asked for it is told
    declined = 2,  // with the reason, for colleagues
    later = 3,     // not now; it may still be adopted
};
[[nodiscard]] std::string_view name_of(feedback_decision decision) noexcept;
[[nodiscard]] std::optional<feedback_decision> parse_feedback_decision(std::string_view name) noexcept;

inline constexpr std::size_t feedback_words_bytes_max = 400;  // of what was decided: it fits a template
inline constexpr std::size_t feedback_ideas_most = 100;       // decided at once
inline constexpr std::size_t feedback_listed_most = 1'000;
inline constexpr int feedback_told_within_days = 14;

struct feedback_idea {
    std::int64_t id{};
    instant at{};
    std::string about{};     // the survey, or the stage of her loan
    std::string question{};  // the name it was answered under
    std::string words{};     // hers; empty: erased
    feedback_decision decision{};
    std::string owner{};     // of a decision: "officer:7", "staff:Marta"
    std::string answer{};    // what was decided, in our words
    instant decided{};
    std::string told{};      // of what is adopted: "told", "waits", "not told: opt_out, opted_out"
};

// Her words of a talk, under that name: they are sealed in the store.
using words_of_contact =
    std::function<std::optional<std::string>(std::int64_t contact, std::string_view question)>;

struct feedback_verdict {
    feedback_decision decision{};
    std::string owner{};  // an id of the staff, the part behind its colon, or the name
    std::string words{};
    instant at{};
};

enum class feedback_answer : std::uint8_t { done, unknown, refused, bad };
struct feedback_result {
    feedback_answer answer{};
    std::string words{};  // for people: what was done, or why not and how to mend it
};

class feedback_book {
public:
    // Of a connection of open_plan().
    explicit feedback_book(SQLite::Database& database);

    // ---- what people do
    [[nodiscard]] std::vector<feedback_idea> list(
        bool open_only, std::size_t most, const words_of_contact& words
    );  // the newest first
    // The same for several ideas that are one. What is adopted stays so: who asked for it has been told.
    feedback_result decide(
        std::span<const std::int64_t> ideas, const feedback_verdict& what,
        std::span<const staff_person> staff, const dialogs::nudge_rules& rules
    );
    // Nothing that conversation said is open any more, and nobody of it is told.
    void erase(party_id of);

    // ---- what the gateway does
    // Brings those into the plan who are still to be told and have nothing of their own to hear on that
    // day. How many. A cap puts it off to another day; any other refusal is the end of it.
    std::size_t go_on(
        const dialogs::nudge_rules& rules, const dialogs::contact_calendar& when, instant now
    );

private:
    struct row {
        std::int64_t id{};
        std::string client_id{};
        instant decided{};
        std::int64_t nudge{};
        std::optional<int> state{};  // of the nudge
        int gate{};
        std::string reason{};
        int until{};  // the last day on which it is told, as its number
    };
    [[nodiscard]] std::vector<row> still_to_tell();
    [[nodiscard]] bool put(const row& of, const std::string& says, int today, instant now);

    SQLite::Database& database_;
    subject_rows subjects_;
    statement all_;
    statement one_;
    statement decide_;
    statement to_tell_;
    statement over_;
    statement put_;
    statement planned_;
    own_nudges own_;
    statement erase_open_;
    statement erase_decided_;
};

}  // namespace tertulia::gateway
