// A day she says she will pay on. Kept and broken are facts of core banking's, never an opinion; a
// promise only tells when reminders may wait, and nobody is ever threatened with it.
//
// Pure. The limits are the institution's (dialogs/hardship.yaml); their defaults are domain practice:
// a week ahead, half of what is due, two broken in a season.

#pragma once

#include "dialogs/facts/facts.hpp"
#include "dialogs/message/time.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::dialogs {

enum class promise_state : std::uint8_t {
    open = 0,
    kept = 1,
    broken = 2,     // the day after, core banking shows nothing, or too little
    withdrawn = 3,  // she told us before the day that she cannot
};
[[nodiscard]] std::string_view name_of(promise_state state) noexcept;

struct payment_promise {
    std::string client_id{};
    std::string loan_id{};
    civil_date on{};
    money amount{};  // nothing: any payment keeps it
    instant made_at{};
    civil_date made_on{};  // the same as a day of the institution's
    promise_state state{};
    instant changed_at{};
    std::string case_number{};  // of broken: whose work it is to talk with her
    bool told{};                // of kept: she has been thanked
    bool operator==(const payment_promise&) const = default;
};
// Whether the day she will pay that loan on is still to come.
[[nodiscard]] inline bool is_open_for(
    const payment_promise& one, std::string_view client_id, std::string_view loan_id, civil_date today
) noexcept {
    return one.state == promise_state::open && one.on >= today && one.loan_id == loan_id &&
           one.client_id == client_id;
}
inline constexpr std::size_t promises_max = 12;  // a conversation remembers

struct promise_limits {
    int days_max{7};       // ahead
    int percent_least{};   // of what is due; 0: any amount
    int broken_most{2};    // that many broken ones, and a person agrees the next with her…
    std::chrono::days broken_within{90};  // …counted so far back
};

enum class promise_answer : std::uint8_t {
    made = 0,
    too_late = 1,      // further away than may be promised here, or past
    open_already = 2,  // she has one on that loan
    officer = 3,       // a person agrees it with her: too little, broken too often, no loan known
};
[[nodiscard]] std::string_view name_of(promise_answer answer) noexcept;

// `due`: what is due on that loan now, nothing where it is not known.
[[nodiscard]] promise_answer may_promise(
    std::span<const payment_promise> before, const payment_promise& wanted,
    const promise_limits& limits, const money& due, civil_date today
);

// What has become of it by today. A payment counts by the day it was made, from that of the promise
// on; one that is entered late keeps a promise that was taken for broken.
[[nodiscard]] promise_state judge(
    const payment_promise& of, std::span<const payment_on_loan> payments, civil_date today
);

// The loan that a promise is about where she did not say: with the oldest instalment that is open.
// nullptr: she has none.
[[nodiscard]] const loan* loan_due_first(const client_facts& who);

// What is due on it: the arrears, else the next instalment.
[[nodiscard]] money due_on(const loan& of, civil_date today);

// For the record: "L1|2026-11-28|30000 GTQ|open|17-2".
[[nodiscard]] std::string record_of(const payment_promise& of);

}  // namespace tertulia::dialogs
