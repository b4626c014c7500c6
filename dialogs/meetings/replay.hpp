// The log of a meeting. A line is an accepted event with its place; the plan and the lines are all
// there is to know, and give the same meeting and the same outs whenever they are played again.

#pragma once

#include "dialogs/meetings/meeting.hpp"
#include "dialogs/meetings/out.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace tertulia::dialogs::meetings {

struct line {
    std::uint64_t seq{};  // from 1, without gaps
    event what{};         // its `at` is the line's, never before the line before
    state before{};
    state after{};
    bool operator==(const line&) const = default;
};

// SHA-256 of the chain so far and of the line in its canonical form, as 64 hex digits.
[[nodiscard]] std::string chained(std::string_view chain, const line& next);
// Length-prefixed, every field in the order of its declaration: two lines are the same text only if
// they are the same line.
[[nodiscard]] std::string canonical(const line& of);

struct replayed {
    meeting now{};
    std::vector<std::vector<out>> outs{};  // of each line; of begin() first
    std::uint64_t broken_at{};             // the first line that does not follow; 0: all do
};
// Stops at a line that is missing, out of order, or refused: the store is damaged.
[[nodiscard]] replayed replay(const plan& what, std::span<const line> lines);

}  // namespace tertulia::dialogs::meetings
