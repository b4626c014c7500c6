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

}  // namespace

std::optional<say> shown_to(
    const meetings::meeting& room, const meetings::actor& who, std::string_view what, instant at
) {
    const auto as = meetings::roles_of(room, who);
    const auto leads = meetings::any_of(
        role::agent, role::backup, role::president, role::secretary, role::supervisor
    );
    if ((as & leads) == 0) return std::nullopt;
    if (what == "who") return meetings::who_is_here(room, as, at);
    if (what == "votes") return votes_so_far(room, at);
    if (what == "minutes") return minutes_so_far(room);
    return std::nullopt;
}

}  // namespace tertulia::dialogs
