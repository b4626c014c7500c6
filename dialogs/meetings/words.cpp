#include "dialogs/meetings/words.hpp"

#include <algorithm>
#include <array>

namespace tertulia::dialogs::meetings {
namespace {

constexpr std::array<std::string_view, 20> typed{
    "meeting.word.present", "meeting.word.leave", "meeting.word.hand", "meeting.word.approve",
    "meeting.word.object", "meeting.word.open", "meeting.word.next", "meeting.word.pause",
    "meeting.word.resume", "meeting.word.mute", "meeting.word.unmute", "meeting.word.warn",
    "meeting.word.floor", "meeting.word.close", "meeting.word.adjourn", "meeting.word.take_over",
    "meeting.word.sign", "meeting.word.who", "meeting.word.votes", "meeting.word.minutes"};

constexpr std::array looks{
    message_shape{
        .key = "meeting.look.who",
        .arguments = "step:text present:number quorum:number here:lines away:lines "
                     "unanswered:lines hands:number held:number paid:number owing:number "
                     "next_step:text"},
    message_shape{.key = "meeting.look.no_vote"},
    message_shape{.key = "meeting.look.votes", .arguments = "cast:number possible:number"},
    message_shape{
        .key = "meeting.look.minutes",
        .arguments = "present:number late:number absent:number excused:number votes:number "
                     "agreements:lines"}};

}  // namespace

std::span<const std::string_view> words_typed() noexcept { return typed; }

std::span<const message_shape> looks_said() noexcept { return looks; }

std::vector<std::string_view> parts_of(std::string_view listed) {
    std::vector<std::string_view> parts;
    while (!listed.empty()) {
        const auto end = std::min(listed.find(' '), listed.size());
        if (end > 0) parts.push_back(listed.substr(0, end));
        listed.remove_prefix(std::min(end + 1, listed.size()));
    }
    return parts;
}

std::vector<argument_shape> arguments_of(const message_shape& shape) {
    std::vector<argument_shape> all;
    for (const auto part : parts_of(shape.arguments)) {
        const auto colon = std::min(part.find(':'), part.size());
        all.push_back({part.substr(0, colon), part.substr(std::min(colon + 1, part.size()))});
    }
    return all;
}

}  // namespace tertulia::dialogs::meetings
