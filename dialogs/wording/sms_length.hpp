// What a text costs as SMS: its alphabet (GSM 03.38, else UCS-2), its length in that alphabet's
// units, and into how many parts it is cut. Nothing here changes the text.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::dialogs {

enum class sms_alphabet : std::uint8_t {
    gsm7,  // 160 septets alone, 153 in each of several parts; €[]{}|~^\ take two
    ucs2,  // 70 UTF-16 units alone, 67 in each of several parts
};

struct sms_length {
    sms_alphabet alphabet{};
    std::size_t units{};
    std::size_t segments{};              // at least 1
    std::vector<std::string> outside{};  // the letters GSM 03.38 has not, each once, as written
};

// Of UTF-8; composed first (NFC), as a telephone's keyboard writes it.
[[nodiscard]] sms_length sms_length_of(std::string_view text);

}  // namespace tertulia::dialogs
