// The header before an SMS's text (3GPP TS 23.040): which part of how many this is, and which
// national tables its letters are of. Elements we have no use for are skipped.

#pragma once

#include "dialogs/message/sms/gsm7.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tertulia {

struct part_of_sms {
    std::uint16_t reference{};
    std::uint8_t total{};
    std::uint8_t number{};  // from 1
    auto operator<=>(const part_of_sms&) const = default;
};

struct user_data_header {
    std::size_t octets{};  // of the whole header, its length octet counted: the text begins behind
    std::optional<part_of_sms> part{};
    gsm7_tables tables{};
};

// Of octets that begin with a header. Nothing if it is longer than they are; an element that is cut
// short, or a part that cannot be (number 0 or beyond total), is left out.
[[nodiscard]] std::optional<user_data_header> read_user_data_header(std::string_view octets);

// "05 00 03 ref total number", or "06 08 04 ref ref total number" if header_octets is
// header_16_bit_octets.
[[nodiscard]] std::string header_of_part(part_of_sms part, std::size_t header_octets);

}  // namespace tertulia
