#include "adapters/smpp/coding.hpp"

#include "dialogs/message/sms/ucs2.hpp"

namespace tertulia::adapters::smpp {

alphabet alphabet_of(std::uint8_t data_coding, default_alphabet of_zero) noexcept {
    const bool is_latin = of_zero == default_alphabet::latin1;
    const auto by_default = is_latin ? alphabet::latin1 : alphabet::gsm7;
    switch (data_coding) {
        case 0x01:  // ASCII
        case 0x03:
            return alphabet::latin1;
        case 0x02:
        case 0x04:
            return alphabet::binary;
        case 0x08:
            return alphabet::ucs2;
        default:
            break;
    }
    const unsigned group = data_coding & 0xF0U;
    const unsigned code = (data_coding >> 2U) & 3U;
    if (group == 0x10 && code == 1) return alphabet::binary;  // with a class: 1x as in TS 23.038
    if (group == 0x10 && code == 2) return alphabet::ucs2;
    if (group == 0xF0 && (code & 1U) == 1) return alphabet::binary;
    return by_default;
}

std::string text_of(std::string_view octets, alphabet in, gsm7_tables tables) {
    switch (in) {
        case alphabet::ucs2:
            return ucs2_decoded(octets);
        case alphabet::latin1:
            return latin1_decoded(octets);
        case alphabet::gsm7:
        case alphabet::binary:
            break;
    }
    return gsm7_decoded(octets, tables);
}

std::uint8_t packed_coding(alphabet in, gsm7_tables tables) noexcept {
    return static_cast<std::uint8_t>(
        static_cast<unsigned>(in) | static_cast<unsigned>(tables.single) << 2U |
        static_cast<unsigned>(tables.locking) << 4U
    );
}

alphabet alphabet_in(std::uint8_t coding) noexcept {
    return static_cast<alphabet>(coding & 3U);
}

gsm7_tables tables_in(std::uint8_t coding) noexcept {
    return {
        .locking = national_table_of((coding >> 4U) & 3U),
        .single = national_table_of((coding >> 2U) & 3U)};
}

}  // namespace tertulia::adapters::smpp
