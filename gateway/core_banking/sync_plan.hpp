// When core banking is read, and in which order. Pure: the time is an argument, and what was read
// so far is a value that survives the process.
//
// A round goes through the stages in order, each refers only to those before it. A round of what
// changed reads every list and, of groups and loans, only those whose row in the list is another; a
// sweep, once a night, reads all that may still change and removes what is gone.

#pragma once

#include "dialogs/message/time.hpp"
#include "dialogs/wording/calendar.hpp"

#include <chrono>
#include <cstdint>

namespace tertulia::gateway {

enum class round_kind : std::uint8_t { none, changes, sweep };
enum class sync_stage : std::uint8_t { offices, staff, groups, clients, loans, savings };
inline constexpr int sync_stages = 6;

struct sync_cursor {
    std::int64_t number{};  // of the round; rises with each
    round_kind kind{};
    sync_stage stage{};
    std::int64_t position{};  // rows of the stage already stored
    std::int64_t total{-1};   // of the stage, as its last page said; -1: not yet known
    bool whole{true};         // the lists held still: what was not seen is gone
    instant began_at{};
    instant ended_at{};  // when the last round that ended had begun; the epoch: none ever did
    instant swept_at{};  // the same of sweeps
    std::int64_t broken{};  // rows of this round, or of the last one, that could not be read
    bool operator==(const sync_cursor&) const = default;
};

struct sync_rhythm {
    std::chrono::milliseconds poll{std::chrono::minutes{15}};
    std::chrono::minutes sweep{150};  // of the institution's day
};

struct next_round {
    round_kind kind{};  // none: not yet
    instant at{};
};
// Which round is due at `now`, or when the next will be. The first ever is a sweep.
[[nodiscard]] next_round round_due(
    const sync_cursor& after,
    const sync_rhythm& how,
    const dialogs::local_calendar& calendar,
    instant now
);

[[nodiscard]] sync_cursor begin_round(const sync_cursor& after, round_kind kind, instant now);

// A page was stored: `rows` of it, `total` as it says (nothing told: -1, and the list is whole).
// The round ends with its last stage.
[[nodiscard]] sync_cursor after_page(
    const sync_cursor& at, std::int64_t rows, std::int64_t total, std::int64_t broken
);

// How much of the round is done, in thousandths: every stage counts alike.
[[nodiscard]] int thousandths_done(const sync_cursor& at) noexcept;

}  // namespace tertulia::gateway
