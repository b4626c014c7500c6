#include "adapters/wire/text.hpp"

#include <algorithm>
#include <cstdint>

namespace tertulia::adapters {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";  // U+FFFD
constexpr std::size_t file_name_bytes_max = 120;
constexpr std::size_t extension_bytes_max = 12;

// How many bytes the character at the start of `text` has; 0 if it is not one. Overlong forms,
// surrogates and what lies beyond U+10FFFF are not characters.
std::size_t character_bytes(std::string_view text) noexcept {
    const auto at = [&](std::size_t index) { return static_cast<std::uint8_t>(text[index]); };
    const auto tail = [&](std::size_t index, unsigned low, unsigned high) {
        return index < text.size() && at(index) >= low && at(index) <= high;
    };
    const unsigned lead = at(0);
    if (lead < 0x80) return 1;
    if (lead < 0xC2 || lead > 0xF4) return 0;
    if (lead < 0xE0) return tail(1, 0x80, 0xBF) ? 2 : 0;
    if (lead < 0xF0) {
        const unsigned low = lead == 0xE0 ? 0xA0 : 0x80;
        const unsigned high = lead == 0xED ? 0x9F : 0xBF;
        return tail(1, low, high) && tail(2, 0x80, 0xBF) ? 3 : 0;
    }
    const unsigned low = lead == 0xF0 ? 0x90 : 0x80;
    const unsigned high = lead == 0xF4 ? 0x8F : 0xBF;
    return tail(1, low, high) && tail(2, 0x80, 0xBF) && tail(3, 0x80, 0xBF) ? 4 : 0;
}

// The characters by which a name can lie about itself or leave its folder.
bool is_unsafe_in_file_name(std::string_view character) noexcept {
    if (character.size() == 1) {
        const auto byte = static_cast<std::uint8_t>(character[0]);
        return byte < 0x20 || byte == 0x7F;
    }
    if (character.size() == 2) return character[0] == '\xC2' && character[1] < '\xA0';  // C1
    if (character.size() != 3) return false;
    const auto bits = [&](std::size_t index) {
        return static_cast<std::uint8_t>(character[index]) & 0x3FU;
    };
    const unsigned code = (bits(0) & 0xFU) << 12U | bits(1) << 6U | bits(2);
    return code == 0x200E || code == 0x200F ||    // direction marks
           (code >= 0x202A && code <= 0x202E) ||  // embeddings and overrides
           (code >= 0x2066 && code <= 0x2069);    // isolates
}

std::string_view extension_of(std::string_view name) noexcept {
    const auto dot = name.rfind('.');
    if (dot == std::string_view::npos || name.size() - dot > extension_bytes_max) return {};
    return name.substr(dot);
}

// Where to end a page: after the last line end in it, else after the last space, else at the limit.
// The first half of a page is never given up for a tidy end.
std::size_t page_bytes(std::string_view text, std::size_t units_max) {
    const auto page = cut_to_units(text, units_max);
    if (page.size() == text.size()) return page.size();
    for (const char end : {'\n', ' '}) {
        const auto last = page.rfind(end);
        if (last != std::string_view::npos && last >= page.size() / 2) return last + 1;
    }
    return page.size();
}

}  // namespace

bool is_plain_ascii(std::string_view text) noexcept {
    return std::all_of(text.begin(), text.end(), [](char byte) {
        return static_cast<std::uint8_t>(byte - 1) < 0x7F;
    });
}

std::string clean_text(std::string_view from, std::size_t bytes_max) {
    if (from.size() <= bytes_max && is_plain_ascii(from)) return std::string{from};
    std::string clean;
    clean.reserve(std::min(from.size(), bytes_max));
    while (!from.empty()) {
        const auto bytes = character_bytes(from);
        const auto next = bytes == 0 ? replacement : from.substr(0, bytes);
        if (next.front() != '\0') {
            if (clean.size() + next.size() > bytes_max) break;
            clean += next;
        }
        from.remove_prefix(std::max<std::size_t>(bytes, 1));
    }
    return clean;
}

std::size_t utf16_units(std::string_view text) noexcept {
    std::size_t units = 0;
    for (const char raw : text) {
        const auto byte = static_cast<std::uint8_t>(raw);
        if ((byte & 0xC0U) != 0x80U) units += byte >= 0xF0 ? 2 : 1;
    }
    return units;
}

std::string_view cut_to_units(std::string_view text, std::size_t units_max) noexcept {
    std::size_t taken = 0;
    std::size_t units = 0;
    while (taken < text.size()) {
        const auto bytes = std::max<std::size_t>(character_bytes(text.substr(taken)), 1);
        units += bytes == 4 ? 2 : 1;
        if (units > units_max) break;
        taken += bytes;
    }
    return text.substr(0, taken);
}

std::vector<std::string> text_pages(std::string_view text, std::size_t units_max) {
    std::vector<std::string> pages;
    while (!text.empty()) {
        const auto bytes = page_bytes(text, units_max);
        auto page = text.substr(0, bytes);
        const auto last = page.find_last_not_of("\n ");
        if (last != std::string_view::npos) pages.emplace_back(page.substr(0, last + 1));
        text.remove_prefix(bytes);
    }
    return pages;
}

std::string safe_file_name(std::string_view from) {
    if (const auto slash = from.find_last_of("/\\"); slash != std::string_view::npos) {
        from.remove_prefix(slash + 1);
    }
    const auto whole = clean_text(from, 4096);
    std::string name;
    for (std::string_view rest = whole; !rest.empty();) {
        const auto character = rest.substr(0, std::max<std::size_t>(character_bytes(rest), 1));
        rest.remove_prefix(character.size());
        if (is_unsafe_in_file_name(character)) continue;
        if (character.size() == 1 &&
            std::string_view("<>:\"|?*").find(character[0]) != std::string_view::npos) {
            name += '_';
        } else {
            name += character;
        }
    }
    const auto first = name.find_first_not_of(". ");
    if (first == std::string::npos) return {};
    name.erase(0, first);
    name.erase(name.find_last_not_of(". ") + 1);
    if (name.size() <= file_name_bytes_max) return name;
    const std::string extension{extension_of(name)};
    return clean_text(name, file_name_bytes_max - extension.size()) + extension;
}

}  // namespace tertulia::adapters
