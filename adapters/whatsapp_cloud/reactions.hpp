// Meta's error codes and what we do about each: the table, as data. Codes of Graph itself, of
// sending, of templates and Flows, of registration and of groups.
//
// Internal to this folder.

#pragma once

#include "adapters/wire/verdict.hpp"

#include <chrono>
#include <string_view>

namespace tertulia::adapters::whatsapp_cloud {

struct reaction_rule {
    int first{};
    int last{};  // inclusive
    adapters::reaction reaction{};
    int tries_max{};                    // 0: no further try of its own accord
    std::chrono::milliseconds after{};  // 0: the sender's own back-off
    std::string_view reason{};
};

// The rule of a code; null if the table has none.
[[nodiscard]] const reaction_rule* rule_of(int code) noexcept;

}  // namespace tertulia::adapters::whatsapp_cloud
