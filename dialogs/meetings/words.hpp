// The words of a meeting beside those of out.hpp: what is typed in it, and what its desk shows. All are
// messages of the operators, meeting.…, which the loader of their files asks for.

#pragma once

#include "dialogs/meetings/out.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::dialogs::meetings {

// "meeting.word.next": what an officer or a member types, in their language, to do something.
[[nodiscard]] std::span<const std::string_view> words_typed() noexcept;

// What the engine itself says of a meeting, beside messages_said(): "meeting.look.who"…
[[nodiscard]] std::span<const message_shape> looks_said() noexcept;

// Of messages_said(): what may reach somebody who has not written for a day.
[[nodiscard]] std::span<const std::string_view> words_begun() noexcept;

// What stands in other messages, a word for each value of an enumeration: "meeting.state.fines",
// "meeting.incident.sales"…
[[nodiscard]] std::vector<std::string> names_said();
// What is answered to who may not do something, and what of it is told: "meeting.refused.muted".
[[nodiscard]] std::vector<std::string> refusals_said();
inline constexpr std::string_view told_of_refusals = "until:time objections:text";

// The message that is a choice's title: "meeting.choice.yes" of "yes".
[[nodiscard]] std::string title_of(std::string_view choice);
// The parts of message_shape::arguments or ::choices.
[[nodiscard]] std::vector<std::string_view> parts_of(std::string_view listed);
// "amount" and "money" of "amount:money".
struct argument_shape {
    std::string_view name{};
    std::string_view type{};
};
[[nodiscard]] std::vector<argument_shape> arguments_of(std::string_view listed);

// Told with every message, whatever its shape: the group, as people call it.
inline constexpr std::string_view always_told = "group";

}  // namespace tertulia::dialogs::meetings
