// What Kannel's delivery reports mean.
//
// Internal to this folder.

#pragma once

#include "dialogs/message/status.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tertulia::adapters::kannel {

// Of a dlr value, one bit; nothing if there is no such kind.
[[nodiscard]] std::optional<delivery_status> status_of(std::int64_t kind) noexcept;

// Why, from the SMSC's own words (%A): "undelivered: UNDELIV, error 011". Only its state and
// numbers are taken: a receipt also quotes the message.
[[nodiscard]] std::string failure_words(std::int64_t kind, std::string_view reply);

}  // namespace tertulia::adapters::kannel
