#include "dialogs/engine/room_views.hpp"

#include "dialogs/meetings/look.hpp"
#include "dialogs/meetings/minutes.hpp"
#include "dialogs/meetings/permissions.hpp"
#include "dialogs/meetings/views.hpp"

#include <string>
#include <utility>
#include <vector>

namespace tertulia::dialogs {
namespace {

using meetings::argument;
using meetings::role;
using meetings::say;

// How many have voted; nobody sees how.
say votes_so_far(const meetings::meeting& room, instant at) {
    const auto seen = meetings::look_at(room, at);
    if (seen.vote_of == 0) return {.key = "meeting.look.no_vote"};
    return {
        .key = "meeting.look.votes",
        .arguments = {
            {"cast", std::int64_t{seen.votes_cast}},
            {"possible", std::int64_t{seen.votes_possible}}}};
}

say minutes_so_far(const meetings::meeting& room) {
    const auto made = meetings::make_minutes(room);
    std::vector<std::string> agreements;
    for (const auto& one : made.agreements) agreements.push_back(one.text);
    return {
        .key = "meeting.look.minutes",
        .arguments = {
            {"present", std::int64_t{made.present}},
            {"late", std::int64_t{made.late}},
            {"absent", std::int64_t{made.absent}},
            {"excused", std::int64_t{made.excused}},
            {"votes", static_cast<std::int64_t>(made.votes.size())},
            {"agreements", std::move(agreements)}}};
}

// Before it begins there are those of the last one, as they are read out.
say minutes_for_all(const meetings::meeting& room) {
    if (room.now > meetings::state::lobby) return meetings::minutes_in_short(room);
    if (room.planned.last_minutes.empty()) return {.key = "meeting.look.no_minutes"};
    return {
        .key = "meeting.look.last_minutes", .arguments = {{"lines", room.planned.last_minutes}}};
}

}  // namespace

std::optional<say> shown_to(
    const meetings::meeting& room, const meetings::actor& who, std::string_view what, instant at
) {
    const auto as = meetings::roles_of(room, who);
    const auto leads = meetings::any_of(
        role::agent, role::backup, role::president, role::secretary, role::supervisor
    );
    const bool is_leading = (as & leads) != 0;
    if (!is_leading && !meetings::has(as, role::member)) return std::nullopt;
    const bool is_live = meetings::is_live(room.now) || room.now == meetings::state::paused;
    if (what == "who") {
        return is_leading ? meetings::who_is_here(room, as, at) : meetings::people_here(room);
    }
    if (what == "votes") return votes_so_far(room, at);
    if (what == "minutes") {
        return is_leading && is_live ? minutes_so_far(room) : minutes_for_all(room);
    }
    return std::nullopt;
}

}  // namespace tertulia::dialogs
