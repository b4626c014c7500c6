#include "dialogs/wording/text.hpp"

namespace tertulia::dialogs {
namespace {

bool continues(std::string_view text, std::size_t at) noexcept {
    return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
}

// The bytes of the character at `at`; 1 where none begins.
std::size_t bytes_at(std::string_view text, std::size_t at) noexcept {
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t wanted = lead < 0xC2   ? 1
                               : lead < 0xE0 ? 2
                               : lead < 0xF0 ? 3
                               : lead < 0xF5 ? 4
                                             : 1;
    for (std::size_t i = 1; i < wanted; ++i) {
        if (!continues(text, at + i)) return 1;
    }
    return wanted;
}

// Only what takes four bytes lies beyond the first plane and needs two units.
std::size_t units_of(std::size_t bytes) noexcept {
    return bytes == 4 ? 2 : 1;
}

}  // namespace

std::size_t utf16_length(std::string_view utf8) noexcept {
    std::size_t units = 0;
    for (std::size_t at = 0; at < utf8.size();) {
        const auto bytes = bytes_at(utf8, at);
        units += units_of(bytes);
        at += bytes;
    }
    return units;
}

std::string truncate_utf16(std::string_view utf8, std::size_t units_max) {
    std::size_t units = 0;
    std::size_t fits = 0;  // bytes that leave room for the ellipsis
    for (std::size_t at = 0; at < utf8.size();) {
        const auto bytes = bytes_at(utf8, at);
        units += units_of(bytes);
        at += bytes;
        if (units + 1 <= units_max) fits = at;
    }
    if (units <= units_max) return std::string{utf8};
    if (units_max == 0) return {};
    return std::string{utf8.substr(0, fits)} + "…";
}

}  // namespace tertulia::dialogs
