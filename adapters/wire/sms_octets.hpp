// What the octets of an SMS say, where a provider hands over octets and not text.

#pragma once

#include "dialogs/message/sms/gsm7.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace tertulia::adapters {

enum class octet_alphabet : std::uint8_t { gsm7, latin1, binary, ucs2 };  // gsm7: a septet an octet

// UTF-8 of octets that are not binary.
[[nodiscard]] std::string text_of_octets(
    std::string_view octets, octet_alphabet in, gsm7_tables tables
);

// An alphabet and its tables in one octet, for message_part::coding, and the text of it. Never 0.
[[nodiscard]] std::uint8_t packed_coding(octet_alphabet in, gsm7_tables tables) noexcept;
[[nodiscard]] std::string text_of_octets(std::string_view octets, std::uint8_t coding);

}  // namespace tertulia::adapters
