#include "adapters/wire/sms_octets.hpp"

#include "dialogs/message/sms/ucs2.hpp"

namespace tertulia::adapters {
namespace {

constexpr unsigned is_packed = 0x80;

}  // namespace

std::string text_of_octets(std::string_view octets, octet_alphabet in, gsm7_tables tables) {
    switch (in) {
        case octet_alphabet::ucs2:
            return ucs2_decoded(octets);
        case octet_alphabet::latin1:
            return latin1_decoded(octets);
        case octet_alphabet::gsm7:
        case octet_alphabet::binary:
            break;
    }
    return gsm7_decoded(octets, tables);
}

std::uint8_t packed_coding(octet_alphabet in, gsm7_tables tables) noexcept {
    return static_cast<std::uint8_t>(
        is_packed | static_cast<unsigned>(in) | static_cast<unsigned>(tables.single) << 2U |
        static_cast<unsigned>(tables.locking) << 4U
    );
}

std::string text_of_octets(std::string_view octets, std::uint8_t coding) {
    const gsm7_tables tables{
        .locking = national_table_of((coding >> 4U) & 3U),
        .single = national_table_of((coding >> 2U) & 3U)};
    return text_of_octets(octets, static_cast<octet_alphabet>(coding & 3U), tables);
}

}  // namespace tertulia::adapters
