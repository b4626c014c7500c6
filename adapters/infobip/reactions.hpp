// Infobip's status codes of messages it did not deliver and what we do about each: the table, as
// data. A code is the status's id, the same in the answer to a send and in a report.
//
// Internal to this folder.

#pragma once

#include "adapters/wire/reaction_rule.hpp"

namespace tertulia::adapters::infobip {

// The rule of a code; null if the table has none.
[[nodiscard]] const reaction_rule* rule_of(int code) noexcept;

}  // namespace tertulia::adapters::infobip
