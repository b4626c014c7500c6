// What a text costs as SMS: its alphabet (GSM 03.38, else UCS-2), its length in that alphabet's
// units, and into how many parts it is cut and where. Nothing here changes the text, other than
// composing it first (NFC), as a telephone's keyboard writes it.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia {

enum class sms_alphabet : std::uint8_t {
    gsm7,  // 160 septets alone, 153 in each of several parts; €[]{}|~^\ take two
    ucs2,  // 70 UTF-16 units alone, 67 in each of several parts
};

// What a part gives away to say that it is one: octets of the user data header, its length octet
// counted.
inline constexpr std::size_t header_8_bit_octets = 6;   // 05 00 03 ref total number
inline constexpr std::size_t header_16_bit_octets = 7;  // 06 08 04 ref ref total number
inline constexpr std::size_t sms_parts_max = 255;       // the count of parts is one octet

// Units that fit into one message behind a header of so many octets (0: none): 160, 153, 152 or
// 70, 67, 66; 155 septets behind the four octets of a single shift table alone.
[[nodiscard]] std::size_t sms_room(sms_alphabet alphabet, std::size_t header_octets) noexcept;

struct sms_length {
    sms_alphabet alphabet{};
    std::size_t units{};
    std::size_t segments{};              // at least 1
    std::vector<std::string> outside{};  // the letters GSM 03.38 has not, each once, as written
};

// Of UTF-8.
[[nodiscard]] sms_length sms_length_of(
    std::string_view text, std::size_t header_octets = header_8_bit_octets
);

struct sms_cut {
    sms_alphabet alphabet{};
    std::vector<std::string> parts{};  // UTF-8, composed; one if it fits alone, and then no header
};

// The parts sms_length_of() counts. None ends between ESC and its letter, inside a surrogate pair,
// between a letter and its combining mark or inside a joined emoji.
// `at_least` ucs2 is for links that cannot carry GSM 03.38 whole.
[[nodiscard]] sms_cut sms_cut_of(
    std::string_view text,
    std::size_t header_octets = header_8_bit_octets,
    sms_alphabet at_least = sms_alphabet::gsm7
);

// Composed (NFC); what is not UTF-8 becomes U+FFFD.
[[nodiscard]] std::string sms_composed(std::string_view text);

}  // namespace tertulia
