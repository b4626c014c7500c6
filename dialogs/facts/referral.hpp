// The vocabulary of recommending: who recommends, what has become of it, and what it earned. Of who
// was recommended a referrer knows none of this but the state, and that only if she lets him.

#pragma once

#include "dialogs/facts/money.hpp"
#include "dialogs/message/identity.hpp"
#include "dialogs/message/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tertulia {

// The numbers are stored.
enum class referral_state : std::uint8_t {
    consented = 0,  // she wrote with the code and agreed
    applied = 1,    // she has asked for a loan
    approved = 2,
    disbursed = 3,  // she has it; nothing is earned yet, or nothing ever is
    earned = 4,     // some of the commission is
    paid = 5,       // all of it is, and has been paid
    lapsed = 6,     // nothing came of it in time, or it did not count
};

// Who recommends. Nobody who works here does so for a commission. The numbers are stored.
enum class referrer_kind : std::uint8_t {
    client = 0,
    other = 1,  // on no file
};

// One part of a commission that is earned.
struct commission_part {
    int step{};      // of its rule, from 1
    money amount{};  // nothing where the month's limit was reached
    civil_date earned_on{};
    std::optional<civil_date> paid_on{};
    bool operator==(const commission_part&) const = default;
};

// What a referrer may know of one whom he recommended.
struct known_referral {
    std::string number{};  // "R23"
    referral_state state{};
    bool hidden{};  // she does not want it seen
    std::vector<commission_part> parts{};
    bool operator==(const known_referral&) const = default;
};
inline constexpr std::size_t referrals_max = 100;  // of one referrer, the newest

// Whose the code is that she has just written.
struct introduction {
    std::string code{};  // in capital letters
    party_id by{};       // 0: nobody's
    std::string name{};  // his first name; empty: he does not want it told
    referrer_kind kind{referrer_kind::other};
    bool operator==(const introduction&) const = default;
};

}  // namespace tertulia
