// Meta's error codes and what we do about each: the table, as data. Codes of Graph itself, of
// sending, of templates and Flows, of registration and of groups.
//
// Internal to this folder.

#pragma once

#include "adapters/wire/reaction_rule.hpp"

namespace tertulia::adapters::whatsapp_cloud {

// The rule of a code; null if the table has none.
[[nodiscard]] const reaction_rule* rule_of(int code) noexcept;

}  // namespace tertulia::adapters::whatsapp_cloud
