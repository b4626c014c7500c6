#include "adapters/smpp/coding.hpp"

namespace tertulia::adapters::smpp {

octet_alphabet alphabet_of(std::uint8_t data_coding, default_alphabet of_zero) noexcept {
    const bool is_latin = of_zero == default_alphabet::latin1;
    const auto by_default = is_latin ? octet_alphabet::latin1 : octet_alphabet::gsm7;
    switch (data_coding) {
        case 0x01:  // ASCII
        case 0x03:
            return octet_alphabet::latin1;
        case 0x02:
        case 0x04:
            return octet_alphabet::binary;
        case 0x08:
            return octet_alphabet::ucs2;
        default:
            break;
    }
    const unsigned group = data_coding & 0xF0U;
    const unsigned code = (data_coding >> 2U) & 3U;
    if (group == 0x10 && code == 1) return octet_alphabet::binary;  // with a class: 1x as in TS 23.038
    if (group == 0x10 && code == 2) return octet_alphabet::ucs2;
    if (group == 0xF0 && (code & 1U) == 1) return octet_alphabet::binary;
    return by_default;
}

}  // namespace tertulia::adapters::smpp
