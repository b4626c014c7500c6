#include "dialogs/engine/room_views.hpp"

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

// With her number of the roster, which words like "silenciar 4" take.
std::string numbered(std::size_t at, const meetings::member_view& who) {
    return std::to_string(at + 1) + ". " + who.name;
}

say who_is_here(const meetings::meeting& room, instant at) {
    const auto seen = meetings::look_at(room, at);
    std::vector<std::string> here;
    std::vector<std::string> away;
    std::vector<std::string> silent;
    for (std::size_t i = 0; i < seen.members.size(); ++i) {
        const auto& one = seen.members[i];
        (one.is == meetings::seat::here ? here : away).push_back(numbered(i, one));
        if (one.is == meetings::seat::here && one.has_not_answered) {
            silent.push_back(numbered(i, one));
        }
    }
    const auto count = [](std::size_t of) { return static_cast<std::int64_t>(of); };
    const auto next = seen.next ? meetings::name_of(*seen.next) : std::string_view{};
    say made{
        .key = "meeting.look.who",
        .arguments = {
            {"step", meetings::message_key{
                         "meeting.state." + std::string{meetings::name_of(seen.now)}}},
            {"present", std::int64_t{seen.present}},
            {"quorum", std::int64_t{seen.quorum}},
            {"here", std::move(here)},
            {"away", std::move(away)},
            {"unanswered", std::move(silent)},
            {"hands", count(seen.queue.size())},
            {"held", count(seen.held.size())},
            {"paid", std::int64_t{seen.payments.received}},
            {"due", std::int64_t{seen.payments.due}},
            {"quiz_answered", std::int64_t{seen.quiz_answers}},
            {"quiz_asked", std::int64_t{seen.quiz_asked}},
            {"quiz_right", std::int64_t{seen.quiz_right}},
        }};
    if (!next.empty()) {
        made.arguments.push_back(
            {"next_step", meetings::message_key{"meeting.state." + std::string{next}}}
        );
    }
    return made;
}

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
    if (what == "who") return who_is_here(room, at);
    if (what == "votes") return votes_so_far(room, at);
    if (what == "minutes") return minutes_so_far(room);
    return std::nullopt;
}

}  // namespace tertulia::dialogs
