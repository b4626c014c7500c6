// Who an SMS says it is from, and what a wire address of an SMS is: a telephone number, a short
// code or a name. Only the first is a person.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tertulia {

enum class sms_address_kind : std::uint8_t {
    e164,        // digits with or without "+", 7 to 15
    short_code,  // 3 to 6 digits: of one country's networks, answers are possible
    name,        // 1 to 11 letters, digits, blanks, - _ . &: answers are not possible
};

// What an address is; nothing if a network would refuse it.
[[nodiscard]] std::optional<sms_address_kind> sms_address_kind_of(std::string_view text) noexcept;

// "+50212345678" of "50212345678", "+50212345678" or "0050212345678"; nothing if it is no telephone
// number. A national number is not recognised as one: ask the operator for international form.
[[nodiscard]] std::optional<std::string> sms_phone_of(std::string_view text);

}  // namespace tertulia
