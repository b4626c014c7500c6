// Vonage's codes and what we do about each: the tables, as data.
//
// Internal to this folder.

#pragma once

#include "adapters/wire/reaction_rule.hpp"

namespace tertulia::adapters::vonage {

// Of a failed status: "err-code" of the SMS API (below 100) and the Messages API's own (from 1000).
// Null if the table has none.
[[nodiscard]] const reaction_rule* rule_of_status(int code) noexcept;

// Of "status" in the SMS API's answer to a send.
[[nodiscard]] const reaction_rule* rule_of_answer(int code) noexcept;

}  // namespace tertulia::adapters::vonage
