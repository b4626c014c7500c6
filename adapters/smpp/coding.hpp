// Which alphabet a data_coding stands for.
//
// Internal to this folder.

#pragma once

#include "adapters/smpp/smpp.hpp"
#include "adapters/wire/sms_octets.hpp"

#include <cstdint>

namespace tertulia::adapters::smpp {

[[nodiscard]] octet_alphabet alphabet_of(
    std::uint8_t data_coding, default_alphabet of_zero
) noexcept;

}  // namespace tertulia::adapters::smpp
