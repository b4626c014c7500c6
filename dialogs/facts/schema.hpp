// The published schema of facts: every dotted path an operator may use in an expression or a
// message, with its type and meaning. One table serves the checker, the messages and the reference.

#pragma once

#include "dialogs/facts/facts.hpp"

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

// Everything a path may reach in one step. Plain pointers into values that outlive the step.
struct fact_view {
    const facts* known{};
    const client_facts* who{};  // the one client, when exactly one is known (L1); else null
    const loan* selected{};     // the loan the conversation is about, if any
    const institution* house{};
    instant now{};
    civil_date today{};  // in the institution's zone
    bool verified{};     // L2 holds now
    bool opted_out{};
    bool welcomed{};
    bool with_person{};  // a person has the conversation
    bool interrupted{};  // a question waits until this dialog ends
    bool doubted{};      // the number may be another person's: nothing of `who` but that she is known
    std::string_view language{};
    std::string_view channel{};
    std::string_view prefers{};    // the kind of channel she asked to be written by
    std::string_view code_mark{};  // what stands for a one-time code until it is sent
    std::int64_t pin_tries_left{};
    std::optional<instant> pin_locked_until{};
    bool pin_branch_only{};
    const answers_given* answers{};
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
