#include "dialogs/message/sms/user_data_header.hpp"

#include "dialogs/message/sms/sms_length.hpp"

namespace tertulia {
namespace {

constexpr std::uint8_t part_8_bit = 0x00;
constexpr std::uint8_t part_16_bit = 0x08;
constexpr std::uint8_t single_shift = 0x24;
constexpr std::uint8_t locking_shift = 0x25;

std::uint8_t octet_at(std::string_view octets, std::size_t at) {
    return static_cast<std::uint8_t>(octets[at]);
}

void read_part(std::string_view value, std::size_t reference_octets, user_data_header& into) {
    if (value.size() != reference_octets + 2) return;
    part_of_sms part{};
    for (std::size_t at = 0; at < reference_octets; ++at) {
        part.reference = static_cast<std::uint16_t>(part.reference << 8U | octet_at(value, at));
    }
    part.total = octet_at(value, reference_octets);
    part.number = octet_at(value, reference_octets + 1);
    if (part.total > 0 && part.number > 0 && part.number <= part.total) into.part = part;
}

void read_element(std::uint8_t kind, std::string_view value, user_data_header& into) {
    if (kind == part_8_bit) read_part(value, 1, into);
    if (kind == part_16_bit) read_part(value, 2, into);
    if (value.size() != 1) return;
    const auto table = national_table_of(octet_at(value, 0));
    if (kind == single_shift) into.tables.single = table;
    if (kind == locking_shift) into.tables.locking = table;
}

}  // namespace

std::optional<user_data_header> read_user_data_header(std::string_view octets) {
    if (octets.empty()) return std::nullopt;
    user_data_header read{.octets = std::size_t{1} + octet_at(octets, 0)};
    if (read.octets > octets.size()) return std::nullopt;
    auto rest = octets.substr(1, read.octets - 1);
    while (rest.size() >= 2) {
        const std::size_t length = octet_at(rest, 1);
        if (length > rest.size() - 2) break;
        read_element(octet_at(rest, 0), rest.substr(2, length), read);
        rest.remove_prefix(2 + length);
    }
    return read;
}

std::string header_of_part(part_of_sms part, std::size_t header_octets) {
    const bool is_wide = header_octets == header_16_bit_octets;
    std::string header = is_wide ? std::string{"\x06\x08\x04", 3} : std::string{"\x05\x00\x03", 3};
    if (is_wide) header += static_cast<char>(part.reference >> 8U);
    header += static_cast<char>(part.reference & 0xFFU);
    header += static_cast<char>(part.total);
    header += static_cast<char>(part.number);
    return header;
}

}  // namespace tertulia
