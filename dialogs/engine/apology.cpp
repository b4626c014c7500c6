#include "dialogs/engine/apology.hpp"

#include "dialogs/engine/talk.hpp"

#include <algorithm>
#include <exception>
#include <variant>

namespace tertulia::dialogs {

outcome apologise(
    const script_set& scripts, const session& at, const event& what, const facts& known, instant now
) noexcept {
    try {
        outcome nothing{};
        nothing.next = at;
        const auto* one = std::get_if<heard>(&what);
        if (one == nullptr || !one->message.group_id.empty() || one->message.from.empty() ||
            with_person(at) || std::holds_alternative<reaction>(one->message.content) ||
            std::holds_alternative<revoked_message>(one->message.content)) {
            return nothing;
        }
        talk words(scripts, at, known, std::max(at.now, now));
        words.next.reply_to = {one->message.channel, one->message.from.front()};
        if (words.next.language.empty()) words.next.language = words.script.house.languages.front();
        words.say(words.script.common.trouble);
        nothing.effects = std::move(words.effects);
        return nothing;
    } catch (const std::exception&) {
        return {};  // out of memory: the gateway has said so elsewhere
    }
}

}  // namespace tertulia::dialogs
