// What the octets of a message say, by data_coding.
//
// Internal to this folder.

#pragma once

#include "adapters/smpp/smpp.hpp"
#include "dialogs/message/sms/gsm7.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace tertulia::adapters::smpp {

enum class alphabet : std::uint8_t { gsm7, latin1, binary, ucs2 };

[[nodiscard]] alphabet alphabet_of(std::uint8_t data_coding, default_alphabet of_zero) noexcept;

// UTF-8 of octets that are not binary.
[[nodiscard]] std::string text_of(std::string_view octets, alphabet in, gsm7_tables tables);

// An alphabet and its tables in one octet, for sms_part::coding, and back.
[[nodiscard]] std::uint8_t packed_coding(alphabet in, gsm7_tables tables) noexcept;
[[nodiscard]] alphabet alphabet_in(std::uint8_t coding) noexcept;
[[nodiscard]] gsm7_tables tables_in(std::uint8_t coding) noexcept;

}  // namespace tertulia::adapters::smpp
