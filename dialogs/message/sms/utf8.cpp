#include "dialogs/message/sms/utf8.hpp"

#include <unicode/utf8.h>

#include <cstdint>

namespace tertulia {

char32_t take_character(std::string_view& text) noexcept {
    const auto* const bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    const auto size = static_cast<std::int32_t>(text.size() < 8 ? text.size() : 8);
    std::int32_t at = 0;
    UChar32 character = 0;
    U8_NEXT(bytes, at, size, character);
    if (character < 0) {  // one byte, not the longest wrong sequence: so no reader counts otherwise
        text.remove_prefix(1);
        return replacement_character;
    }
    text.remove_prefix(static_cast<std::size_t>(at));
    return static_cast<char32_t>(character);
}

void append_character(std::string& text, char32_t character) {
    if (character > 0x10FFFF || (character >= 0xD800 && character <= 0xDFFF)) {
        character = replacement_character;
    }
    std::uint8_t bytes[U8_MAX_LENGTH];
    std::int32_t length = 0;
    U8_APPEND_UNSAFE(bytes, length, static_cast<std::uint32_t>(character));
    text.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length));
}

}  // namespace tertulia
