// The published schema of facts: every dotted path an operator may use in an expression or a
// message, with its type and meaning. One table serves the checker, the messages and the reference.

#pragma once

#include "dialogs/facts/consents.hpp"
#include "dialogs/facts/facts.hpp"
#include "dialogs/facts/repayment_history.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace tertulia {

// std::monostate: the fact is missing (no such loan, nobody known). A guard over it is false.
using fact_value = std::variant<
    std::monostate,
    bool,
    std::int64_t,
    std::string,
    money,
    civil_date,
    instant,
    std::vector<std::string>>;

// `moment` is an instant: the type's own name would be shadowed.
enum class fact_type : std::uint8_t { nothing, boolean, number, text, money, date, moment, list };

// What she has answered in this conversation, by the name it is kept as.
using answers_given = std::map<std::string, fact_value, std::less<>>;

// The place to pay that is spoken of, as it is told now, in her language.
struct told_point {
    const payment_point* what{};
    std::int64_t metres{};
    std::string_view direction{};  // "north", "north_east"… from where it was asked for
    std::optional<bool> open{};    // nothing: its hours say nothing we can read
    std::string hours{};
    std::string closes{};  // "17:00"; empty: it is closed, or never closes
    std::string opens{};   // "08:00", "lunes 08:00"; empty: it is open, or never opens
};

// The case that is spoken of, as it is told now, in the reader's language.
struct told_case {
    std::string number{};
    std::string kind{};   // as cases.yaml names it
    std::string about{};  // the same in words
    std::string category{};  // in words
    std::string state{};
    std::string officer{};  // who has it, as clients call her
    std::string answer{};   // what she was told in the end
    std::optional<instant> due{};
    std::optional<instant> person_by{};
    bool late{};
    // Of those who work on it alone.
    std::string client{};
    std::string words{};
    std::optional<bool> arrears{};
};

// What a meeting's message is told, by the names of its arguments; lists and lines are joined, and
// messages it is told by their keys are text in her language already.
struct told_meeting {
    std::map<std::string, fact_value, std::less<>> values{};
};

// The application that is spoken of: the newest, or one whose news she has not been told.
struct told_application {
    std::string_view number{};
    std::string_view state{};  // "received", "in_review", "approved", "refused", "paid_out"
    money amount{};            // she asked for
    civil_date sent_on{};
    bool changed{};  // since she was told last
    const loan_request* request{};  // as core banking has it; null: not yet, or not any more
};

// Why it was refused, in her language, as products.yaml and the messages say it.
struct told_refusal {
    std::string why{};
    std::string change{};  // what she can do about it
    civil_date retry_on{};
};

// What she says she has paid, and what has become of it: the one that was seen and she has not been
// told of, else the newest that is open, else the newest. What she said herself, here.
struct told_claim {
    std::string_view number{};
    std::string_view state{};  // "open", "seen", "not_found"
    std::string_view receipt{};
    money amount{};  // nothing: she did not say
    civil_date paid_on{};
    civil_date said_on{};
    bool open{};
    bool with_photo{};
    bool news{};  // seen, and she has not been told
};

// The day she said she would pay on: the open one, else the one that changed last.
struct told_promise {
    std::string_view state{};  // "open", "kept", "broken", "withdrawn"
    civil_date on{};
    money amount{};  // nothing: she did not say
};

// What can be done where she cannot pay, of hardship.yaml: the one she chose, or the row at hand.
struct told_option {
    std::string label{};  // in her language
    bool officer{};       // a person decides
};

struct told_hardship {
    bool open{};
    std::string_view cause{};
    std::string option{};  // in her language; empty: none was chosen
    civil_date until{};
    std::vector<std::string> options{};  // that may be offered to her now
};

// What can be read in what she has just written.
struct told_words {
    civil_date date{};    // the one there is
    std::string means{};  // the intent it is understood as; empty: none is clear
    civil_date until{};   // the day on which a rest she speaks of is over: "until january", "two weeks"
    money amount{};
    std::string text{};  // as she wrote it; empty: she tapped or sent something
    bool danger{};  // words of hardship.yaml that call for help at once
};

// What is told of recommending: of those she has recommended, and of whose code she has written.
struct told_referrals {
    std::string_view who{};   // "open", "staff" or "doubt": whether she may have a code
    std::string_view code{};  // hers
    std::string_view name{};  // as those she recommends are told it; empty: she does not want that
    std::string link{};       // to write to us with it; empty: no channel has a number for that
    std::string number{};     // of SMS
    std::int64_t all{};
    std::int64_t won{};
    money earned{};
    money paid{};
    money open{};
    bool changed{};  // since she was told last
    bool may_ask{};
    money reward{};  // of the rule of today, for her; 0: none
    money reward_first{};
    money reward_later{};
    std::int64_t reward_after{};  // instalments
    std::string list{};
    std::string ledger{};
    // Of the line that is being written.
    std::int64_t nth{};
    std::string_view state{};
    money amount{};
    civil_date on{};
    // Of who was recommended.
    std::string_view introduced{};
    std::string_view introduced_by{};
    bool referred{};
    bool hidden{};
};

// How she wants to be treated, as the session has it; empty: she has not said.
struct told_preferences {
    std::string_view channel{};    // the kind: whatsapp or sms
    std::string_view hour{};       // morning, afternoon, evening or "14:00"
    std::string_view form{};       // voice or text
    std::string_view address{};    // courtesy or first_name
    std::string_view reminders{};  // more, usual or less
    civil_date paused_until{};     // not ok: she has asked for no pause
};

// What a policy speaks to her of: begun by us, at a day.
struct told_reminder {
    civil_date on{};  // the contract's own day; not ok: none spoke
    std::string_view policy{};
};

// Everything a path may reach in one step. Plain pointers into values that outlive the step.
struct fact_view {
    const facts* known{};
    const client_facts* who{};  // the one client, when exactly one is known (L1); else null
    const loan* selected{};     // the loan the conversation is about, if any
    const savings_account* selected_saving{};  // the savings it is about, if any
    const told_point* point{};  // the place to pay it is about, if any
    std::int64_t points_found{};
    const institution* house{};
    instant now{};
    civil_date today{};  // in the institution's zone
    bool verified{};     // L2 holds now
    bool opted_out{};
    bool welcomed{};
    bool with_person{};  // a person has the conversation
    bool interrupted{};  // a question waits until this dialog ends
    bool pin_frozen{};   // after a change of number or device no PIN opens anything yet
    bool doubted{};      // the number may be another person's: nothing of `who` but that she is known
    std::string_view language{};
    std::string_view channel{};
    told_preferences prefers{};
    std::array<bool, consent_kinds> agreed{};  // by consent_kind
    std::string_view branch_hours{};  // of her branch, in her language; empty: as they stand
    std::string_view code_mark{};  // what stands for a one-time code until it is sent
    std::int64_t pin_tries_left{};
    std::optional<instant> pin_locked_until{};
    bool pin_branch_only{};
    const answers_given* answers{};
    const told_case* of_case{};    // the case that is spoken of, if any
    const told_meeting* of_meeting{};  // what is told of a meeting, if one speaks
    std::int64_t cases_open{};     // of hers
    bool staffed{true};            // somebody of her branch or the institution is there now
    std::optional<instant> staffed_from{};  // when again, if not
    const told_application* application{};  // the one it is about, if any
    const std::vector<std::string>* papers{};  // what she has sent with her applications, by field
    // Of the form she left last: what is asked next, as the form calls it, and how much is missing.
    std::string_view draft_next{};
    std::int64_t draft_left{};
    const told_refusal* refusal{};
    const told_claim* claim{};      // of hers, if any
    std::int64_t claims_open{};
    const told_promise* promise{};  // of hers, if any
    told_hardship hardship{};
    const told_option* option{};
    civil_date promise_last_day{};  // the last one she may promise, with the option she chose
    std::string_view safety_phone{};
    told_words words{};
    const told_referrals* referrals{};
    told_reminder reminder{};
    std::string_view goal{};                  // what she says she works for
    const repayment_history* history{};       // of a policy's segments alone
};

struct fact_field {
    std::string_view path{};  // "loan.next.date"
    fact_type type{};
    bool personal{};  // reached only at L2: a message or guard using it needs `verified`
    std::string_view about{};
    fact_value (*read)(const fact_view&){};  // nothing: an answer of hers, see fact_table.hpp
};

// What the path stands for now.
[[nodiscard]] fact_value value_of(const fact_field& field, const fact_view& view);

[[nodiscard]] std::span<const fact_field> fact_schema() noexcept;
// Index into fact_schema(), or nothing.
[[nodiscard]] std::optional<std::size_t> find_fact(std::string_view path) noexcept;

}  // namespace tertulia
