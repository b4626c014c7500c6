// The group's own rules (reglamento interno), with what holds where it has none. Amounts of fines
// have no default: an institution must not invent fines.

#pragma once

#include "dialogs/facts/money.hpp"
#include "dialogs/message/time.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace tertulia::dialogs::meetings {

// What a vote needs, counted over who may vote in it: those checked in before it was opened,
// without the requester and her relatives. Who does not vote is not for it. Numbers are stored.
enum class majority : std::uint8_t {
    simple = 0,      // more than half say yes
    two_thirds = 1,  // at least two thirds
    unanimous = 2,   // all of them
};
[[nodiscard]] std::string_view name_of(majority which) noexcept;
[[nodiscard]] std::optional<majority> parse_majority(std::string_view word) noexcept;

struct bylaws {
    int quorum_numerator{2};    // of the active members, rounded up
    int quorum_denominator{3};
    // Of the planned start, or of the real one when that is later; times 24 where it lasts a day,
    // and the next too.
    std::chrono::minutes late_after{10};
    std::chrono::minutes absent_after{20};    // of the end of roll call
    std::chrono::minutes excuse_before{120};  // of the planned start: later it is an absence
    majority admission_vote{majority::unanimous};
    majority loan_vote{majority::simple};
    majority internal_vote{majority::simple};
    std::optional<money> fine_late{};
    std::optional<money> fine_absent{};
    std::optional<money> fine_other{};  // noise, a rule broken
    int cash_handlers{2};  // different people who confirm cash; never fewer than two
    std::chrono::minutes training_least{10};
    // What the group paid together is told to the group: only where every member agreed too.
    bool tells_totals{};
    bool operator==(const bylaws&) const = default;
};

}  // namespace tertulia::dialogs::meetings
