// The machine of a meeting: one event, one turn. Pure: no clock but the event's, nothing kept.
// States, who may do what in them, and what times out: permissions.hpp and the README of dialogs/.

#pragma once

#include "dialogs/meetings/meeting.hpp"
#include "dialogs/meetings/out.hpp"
#include "dialogs/meetings/replay.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::dialogs::meetings {

// Why nothing happened. Not a line of the log. Numbers are counted in metrics.
enum class refusal : std::uint8_t {
    none = 0,
    duplicate = 1,        // that message was handled: say nothing
    stale_timer = 2,      // of another moment, or too early: say nothing
    over = 3,             // the meeting has ended
    not_now = 4,          // not in this state
    not_allowed = 5,      // not of her office
    not_of_group = 6,     // nobody we know here
    not_in_room = 7,      // she has not checked in
    muted = 8,            // [until: time]
    removed = 9,
    paused = 10,
    already = 11,         // done before
    no_such = 12,         // member, request, fine, line… of that number
    no_quorum = 13,
    not_eligible = 14,    // came after the vote was opened, or must abstain
    own_money = 15,       // nobody confirms her own cash
    same_person = 16,     // a second one is needed
    amount_differs = 17,  // from what the first counted
    no_amount = 18,
    not_enough_cash = 19,
    no_fine_set = 20,     // the bylaws name none
    excused = 21,
    no_consent = 22,      // the prospect's
    vote_open = 23,       // close it first
    not_answered = 24,    // objections stand
    too_long = 25,
    full = 26,
    too_early = 27,       // training has its least time
    bad_plan = 28,
    unfit = 29,           // the filter would not let these words reach others
    not_passable = 30,    // held for privacy: nobody's to pass on
    announced = 31,       // a button of the draft, and it is one no more
    stale = 32,           // a button of a moment that is over
    vote_over = 33,
    not_officers = 34,    // what the group's own officers do, not ours
    which_objection = 35,  // one by its number, or all [objections: text, those that stand]
    too_much = 36,        // more than can be asked for
    being_signed = 37,    // the minutes are; they change by a correction only
    treasurers = 38,      // what her treasurer does, never who moderates
    passed = 39,          // its step is over, and comes no more
    not_in_minutes = 40,  // of one alone: words that are no correction all may read
};
[[nodiscard]] std::string_view name_of(refusal which) noexcept;
// "meeting.refused.muted"; empty where nothing is to be said.
[[nodiscard]] std::string key_of(refusal which);

struct answer {
    refusal refused{};                // none: accepted
    std::vector<argument> why{};      // of a refusal, for its message
    meeting next{};                   // of a refusal: as it was
    std::optional<line> appended{};   // of an acceptance: exactly one
    std::vector<out> outs{};          // of an acceptance
};

struct beginning {
    meeting first{};
    std::vector<out> outs{};
};

// A draft. The plan must be well (wrong_with(plan) is empty: asserted).
[[nodiscard]] beginning begin(const plan& what);

[[nodiscard]] answer advance(const meeting& from, const event& heard);

// What the filter should judge before words go into `advance`: her pieces of the last 20 s, joined
// with the new one, so that what is split in two is judged whole. The act carries the new piece
// only; when the whole is held, those pieces that have not left yet are held with it.
[[nodiscard]] std::string text_to_judge(
    const meeting& in, std::string_view speaker, std::string_view text, instant at
);

}  // namespace tertulia::dialogs::meetings
