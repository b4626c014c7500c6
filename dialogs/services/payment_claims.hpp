// What she says she has paid, until core banking shows it: a claim never changes a balance, it only
// keeps reminders away and gives somebody of ours a slip to look at. Here is which payment is meant
// by which claim, as a function of what she said and what core banking has.
//
// Pure. Days are the institution's; amounts minor units of the institution's money.

#pragma once

#include "dialogs/facts/facts.hpp"
#include "dialogs/message/time.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::dialogs {

enum class claim_state : std::uint8_t {
    open = 0,       // she said so, and core banking does not show it yet
    seen = 1,       // core banking shows it
    not_found = 2,  // it should have by now: a person looks for it; it may still be seen
};
[[nodiscard]] std::string_view name_of(claim_state state) noexcept;

struct payment_claim {
    std::string number{};     // "P17-1"
    std::string client_id{};  // who said so; empty: on no file, or in doubt
    std::string loan_id{};    // empty: she did not say which, and has several
    money amount{};           // nothing: she did not say
    civil_date paid_on{};
    std::string receipt{};             // the number on it, as receipt_key() has it
    std::vector<std::string> media{};  // the provider's ids of what she sent as proof
    instant said_at{};
    std::string case_number{};  // whose work it is to look; empty: nobody's
    claim_state state{};
    instant changed_at{};
    std::string payment_id{};  // of seen: core banking's
    bool told{};               // she has been thanked
    bool operator==(const payment_claim&) const = default;
};
// Whether she says that she has paid on that loan, and it is still being looked for.
[[nodiscard]] inline bool is_open_for(
    const payment_claim& one, std::string_view client_id, std::string_view loan_id
) noexcept {
    return one.state == claim_state::open && one.client_id == client_id &&
           (one.loan_id.empty() || one.loan_id == loan_id);
}
inline constexpr std::size_t claims_max = 12;      // a conversation remembers
inline constexpr std::size_t claims_open_max = 3;  // at one time

// Core banking may date a payment so much earlier or later than she does (weekends, a bank file).
inline constexpr int posted_days_before = 3;
inline constexpr int posted_days_after = 10;

// The category of a case that says: I paid, and it still shows. It takes the claim over.
inline constexpr std::string_view payment_missing = "payment_missing";

// "P17-1": `count` is how many of that conversation it is.
[[nodiscard]] std::string claim_number(std::int64_t conversation, std::uint32_t count);

// Letters and digits alone, in capitals, 40 at most; empty where there is no digit: that is no number
// of a receipt but something she says about it.
[[nodiscard]] std::string receipt_key(std::string_view text);

// Whether both tell of one payment: the same receipt, or the same amount of the same day.
[[nodiscard]] bool same_payment(const payment_claim& one, const payment_claim& other) noexcept;

// Every payment core banking has of hers, also on loans that are paid off; not those taken back.
[[nodiscard]] std::vector<payment_on_loan> payments_of(const client_facts& who);

struct claim_match {
    std::size_t claim{};  // index
    payment_on_loan payment{};
};

// Which of the claims that are not seen yet are seen now. One payment settles one claim, never one
// that settled another before; the surest pairs first: by receipt, by amount and day, by amount,
// then what is at least as much. The order of the payments does not matter.
[[nodiscard]] std::vector<claim_match> match_claims(
    std::span<const payment_claim> claims, std::span<const payment_on_loan> payments
);

// For the record: "P17-1|open|L1|25000 GTQ|2026-11-24|BR77812|17-1|901".
[[nodiscard]] std::string record_of(const payment_claim& of);

}  // namespace tertulia::dialogs
