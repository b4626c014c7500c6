// By which kind of channel the next word of ours goes where one channel a week is the rule (the law's or
// the policy's): by the one that has reached her this week, as long as it can; refusing is the gate's
// (gates.hpp), and comes only where it cannot. Pure.

#pragma once

#include "dialogs/nudges/gates.hpp"

#include <span>
#include <string_view>

namespace tertulia::dialogs {

// Whether the rule holds: by the law of the country, or by the policy's own limits.
[[nodiscard]] bool one_channel_a_week(const nudge_rules& rules) noexcept;

// Of her newest contact of the last seven days whose channel is known; empty: there is none. A view into
// `all`.
[[nodiscard]] std::string_view channel_of_week(
    std::span<const touch> all, std::string_view client_id, instant now
) noexcept;

// Kinds as touch::channel has them; empty: none.
struct channel_wishes {
    std::string_view hers{};        // she has named it herself: nothing leads away from it
    std::string_view of_week{};     // empty, too, where the rule does not hold
    bool week_reaches_her{};        // she can be written to by that now
    std::string_view of_segment{};  // what the policy names for people like her
};
// Empty: where she last wrote.
[[nodiscard]] std::string_view kind_to_take(const channel_wishes& of) noexcept;

}  // namespace tertulia::dialogs
