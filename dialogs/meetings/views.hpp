// What the moderator's desk shows of a running meeting. Counts of votes in progress, never who; no
// balances.

#pragma once

#include "dialogs/meetings/meeting.hpp"

#include <optional>
#include <string>
#include <vector>

namespace tertulia::dialogs::meetings {

enum class seat : std::uint8_t { away = 0, coming = 1, here = 2, gone = 3, removed = 4 };
[[nodiscard]] std::string_view name_of(seat which) noexcept;

struct member_view {
    std::string id{};
    std::string name{};
    way by{};
    seat is{};
    attendance attends{};
    bool hand_up{};
    bool has_floor{};
    bool muted{};
    bool silent{};         // was asked whether she is there and has not answered: call her
    bool has_not_answered{};  // what the step asks of everybody
    bool in_trouble{};
    bool operator==(const member_view&) const = default;
};

struct room_view {
    state now{};
    std::optional<state> next{};
    std::optional<instant> step_ends{};
    std::string moderator{};
    std::vector<member_view> members{};
    int present{};
    int quorum{};
    payments_count payments{};
    int pending_claims{};
    int waiting_cash{};     // lines with one confirmation only
    std::vector<std::string> queue{};
    std::vector<held_line> held{};
    std::vector<request> requests{};
    int vote_of{};          // the request that is voted on; 0: none
    int votes_cast{};
    int votes_possible{};
    int quiz_asked{};       // of the training, as soon as it has begun; 0: there is no quiz
    int quiz_answers{};
    int quiz_right{};
    std::vector<incident> incidents{};
    int open_objections{};
    std::vector<role> unsigned_roles{};
    bool operator==(const room_view&) const = default;
};

[[nodiscard]] room_view look_at(const meeting& room, instant at);

// What a supervisor or auditor sees of moderation: counts, not words.
struct moderation_counts {
    std::array<int, incident_kinds> by_kind{};
    int appeals{};
    int taken_back{};
    int about_officer{};
    bool operator==(const moderation_counts&) const = default;
};
[[nodiscard]] moderation_counts count_moderation(const meeting& room);

}  // namespace tertulia::dialogs::meetings
