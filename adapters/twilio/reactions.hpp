// Twilio's error codes and what we do about each: the table, as data.
//
// Internal to this folder.

#pragma once

#include "adapters/wire/reaction_rule.hpp"

namespace tertulia::adapters::twilio {

// The rule of a code; null if the table has none.
[[nodiscard]] const reaction_rule* rule_of(int code) noexcept;

}  // namespace tertulia::adapters::twilio
