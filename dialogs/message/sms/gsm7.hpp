// The seven-bit alphabet of SMS (3GPP TS 23.038): the default table, its extension behind ESC, and
// the national tables of Turkish, Spanish and Portuguese. Telephones and aggregators know the
// national ones unevenly, so we read them and never send with them.
//
// A "septet" here is one byte 0…127, as SMPP carries it; packing into octets is for modems.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tertulia {

// As the user data header numbers them (IEI 24 single shift, IEI 25 locking shift).
enum class national_table : std::uint8_t {
    none,  // the default table, its own extension
    turkish,
    spanish,  // a single shift only: its locking shift is the default table
    portuguese,
};

struct gsm7_tables {
    national_table locking{};  // what stands in place of the default table
    national_table single{};   // what stands behind ESC
    auto operator<=>(const gsm7_tables&) const = default;
};

// The tables a header names; an identifier we have no table for means none.
[[nodiscard]] national_table national_table_of(unsigned identifier) noexcept;

// Septets a character takes: 1, 2 behind ESC, 0 if the tables have it not.
[[nodiscard]] unsigned gsm7_width(char32_t character, gsm7_tables tables = {}) noexcept;

// The septets of UTF-8; nothing if a character is in neither table.
[[nodiscard]] std::optional<std::string> gsm7_encoded(
    std::string_view text, gsm7_tables tables = {}
);

// UTF-8 of septets, whatever they are: a code the extension has not is read from the main table, as
// the standard asks; ESC at the end is dropped; a byte over 127 is U+FFFD.
[[nodiscard]] std::string gsm7_decoded(std::string_view septets, gsm7_tables tables = {});

// Eight septets in seven octets, the first in the low bits; `fill_bits` (0…6) of nothing first, as
// behind a header that does not end on a septet.
[[nodiscard]] std::string gsm7_packed(std::string_view septets, unsigned fill_bits = 0);

// At most `count` septets, fewer if the octets end before.
[[nodiscard]] std::string gsm7_unpacked(
    std::string_view octets, std::size_t count, unsigned fill_bits = 0
);

}  // namespace tertulia
