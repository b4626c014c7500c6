// Recommending, as rules: what a commission is and when how much of it is earned, how a referral
// stands, and when nobody is to be asked for one. Nothing here sends, stores or knows a dialog.
//
// A bonus that depends on the other's repayment puts pressure on her (Bryan, Karlan, Zinman 2015,
// "Referrals"): so it is small, comes in steps, and she may hide how she stands.

#pragma once

#include "dialogs/facts/referral.hpp"
#include "dialogs/message/time.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::dialogs {

struct commission_step {
    int instalments{};  // paid in full before it is earned; 0: earned with the disbursal
    int percent{};      // of the commission
    bool operator==(const commission_step&) const = default;
};

// What operators declare (referrals.yaml). Each referral keeps the one it began under, so that a
// later one takes nothing from anybody.
struct commission_rule {
    int version{};  // from 1; 0: there is no commission
    civil_date valid_from{};
    money amount{};
    std::vector<commission_step> steps{};  // percents are 100 together
    money most_per_month{};                // of one referrer, by the day it is earned; 0: no limit
    bool for_clients{true};
    bool for_others{true};
    int lapse_days{180};  // from the consent to the disbursal, at most
    bool operator==(const commission_rule&) const = default;
};
inline constexpr int instalments_default = 3;

// The one in force that day, for that kind of referrer; one of version 0 where there is none.
[[nodiscard]] commission_rule rule_on(
    std::span<const commission_rule> all, civil_date day, referrer_kind of
);

// Of each step; the last takes what rounding leaves, so that they are the amount together.
[[nodiscard]] std::vector<money> step_amounts(const commission_rule& rule);

// A loan of who was recommended.
struct financed {
    std::string loan_id{};
    civil_date disbursed_on{};
    std::vector<civil_date> met{};  // the days instalments were paid in full; any order
};

// The first loan she got after she agreed, and in time; nullptr: none. Points into `all`.
[[nodiscard]] const financed* counted(
    std::span<const financed> all, civil_date consented_on, const commission_rule& rule
);

// What is earned by now and stands not in `booked` yet, in order of the steps. `others` is what else
// the same referrer has earned: with `booked` it counts towards the month's limit. Whatever order
// news come in, and however often: the sum of a referrer's month is the same, and nothing twice.
[[nodiscard]] std::vector<commission_part> to_book(
    const commission_rule& rule,
    const financed& loan,
    std::span<const commission_part> booked,
    std::span<const commission_part> others
);

// Earned is paid and open together.
struct commission_totals {
    money earned{};
    money paid{};
    money open{};
};
// All of one currency; of nothing, nothing of `currency`.
[[nodiscard]] commission_totals totals_of(
    std::span<const commission_part> parts, currency_code currency
);

// All that is known of who was recommended.
struct referral_progress {
    bool applied{};
    bool approved{};
    bool disbursed{};    // by counted()
    bool out_of_time{};  // nothing that is disbursed from now on counts
    bool void_{};        // it never counted: herself by another number, or somebody else was first
};
[[nodiscard]] referral_state state_of(
    const referral_progress& how, std::span<const commission_part> parts, std::size_t steps
);

// As the referrer is told it: "contacted", "in_progress", "won", "ended", or "hidden".
[[nodiscard]] std::string_view told_state(const known_referral& of) noexcept;

// "R23": of the conversation of who was recommended. She is so once.
[[nodiscard]] std::string referral_number(std::int64_t conversation);

// ---- asking for a recommendation

struct referral_ask {
    bool arrears{};     // something of hers is past due
    bool trouble{};     // a complaint, a hardship or anything else of hers is open with us
    bool wants_peace{};  // she asked for silence, or for no offers
    instant asked_at{};  // when she was asked last; epoch: never
    instant now{};
};
inline constexpr milliseconds referral_ask_rest = std::chrono::days{90};

// Whether we may be the one to bring it up. Whoever brings it up herself is always answered.
[[nodiscard]] bool may_ask_for_referral(const referral_ask& of) noexcept;

// ---- what a conversation keeps of it

struct referral_sides {
    // of who recommends
    std::string code{};
    std::string name{};  // as she wants to be named; empty: as on her file
    std::int64_t told_won{};  // what she has been told: how many, and how much in minor units
    std::int64_t told_earned{};
    std::int64_t told_paid{};
    instant asked_at{};
    // of who was recommended
    std::string number{};
    std::string by_code{};
    bool hidden{};
    bool applied{};
    // a code she has written and has not said yes or no to
    std::optional<introduction> introduced{};
    instant introduced_at{};
    bool operator==(const referral_sides&) const = default;
};
inline constexpr milliseconds introduction_for = std::chrono::days{1};

// Why the code she wrote is none for her: "unknown", "self", "client", "staff", "taken", "again";
// "new" if it is. Empty: she has written none.
struct introduced_person {
    std::int64_t conversation{};
    bool on_file{};
    bool staff{};
};
[[nodiscard]] std::string_view introduced_state(
    const referral_sides& hers, const introduced_person& who
) noexcept;

}  // namespace tertulia::dialogs
