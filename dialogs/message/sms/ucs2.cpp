#include "dialogs/message/sms/ucs2.hpp"

#include "dialogs/message/sms/utf8.hpp"

#include <cstdint>

namespace tertulia {
namespace {

void append_unit(std::string& octets, char32_t unit) {
    octets += static_cast<char>((unit >> 8U) & 0xFFU);
    octets += static_cast<char>(unit & 0xFFU);
}

char32_t unit_at(std::string_view octets, std::size_t at) {
    return static_cast<char32_t>(static_cast<std::uint8_t>(octets[at]) << 8U) |
           static_cast<std::uint8_t>(octets[at + 1]);
}

}  // namespace

std::string ucs2_encoded(std::string_view text) {
    std::string octets;
    octets.reserve(text.size() * 2);
    while (!text.empty()) {
        const auto character = take_character(text);
        if (character < 0x10000) {
            append_unit(octets, character);
        } else {
            append_unit(octets, 0xD800 + ((character - 0x10000) >> 10U));
            append_unit(octets, 0xDC00 + ((character - 0x10000) & 0x3FFU));
        }
    }
    return octets;
}

std::string ucs2_decoded(std::string_view octets) {
    constexpr char32_t byte_order_mark = 0xFEFF;
    std::string text;
    text.reserve(octets.size());
    for (std::size_t at = 0; at + 1 < octets.size(); at += 2) {
        auto character = unit_at(octets, at);
        if (at == 0 && character == byte_order_mark) continue;
        if (character >= 0xD800 && character < 0xDC00 && at + 3 < octets.size()) {
            const auto low = unit_at(octets, at + 2);
            if (low >= 0xDC00 && low < 0xE000) {
                character = 0x10000 + ((character - 0xD800) << 10U) + (low - 0xDC00);
                at += 2;
            }
        }
        append_character(text, character);
    }
    return text;
}

std::string latin1_decoded(std::string_view octets) {
    std::string text;
    text.reserve(octets.size());
    for (const char octet : octets) append_character(text, static_cast<std::uint8_t>(octet));
    return text;
}

}  // namespace tertulia
