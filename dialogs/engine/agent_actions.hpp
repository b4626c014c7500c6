// What the gateway itself brings into a conversation as agent_acted, so that the nudge that follows is
// judged and worded by it. Nothing is said by these.

#pragma once

#include <string_view>

namespace tertulia::dialogs {

// Text: "12 We now open on Saturdays.", the number of the idea and what was done with it; the agent is
// who decided. The nudge of a policy that counts from feedback comes next and tells her.
inline constexpr std::string_view idea_answered = "idea_answered";
// Text: what other conversations of the same client began (nudges/touches_elsewhere.hpp).
inline constexpr std::string_view touched_elsewhere = "touched_elsewhere";

// A record: we began to speak without a nudge of the plan. "sms C1", the kind of channel and the client.
inline constexpr std::string_view touched_record = "touched";

}  // namespace tertulia::dialogs
