#include "dialogs/message/sms/gsm7.hpp"

#include "dialogs/message/sms/utf8.hpp"

#include <array>
#include <span>

namespace tertulia {
namespace {

constexpr char escape = 0x1B;
constexpr char32_t escape_place = 0xFFFF;  // no character: what stands at 1B in the tables

using main_table = std::u32string_view;  // 128, by code

constexpr main_table default_table =
    U"@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\uFFFFÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    U"¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
constexpr main_table turkish_table =
    U"@£$¥€éùıòÇ\nĞğ\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\uFFFFŞşßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    U"İABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§çabcdefghijklmnopqrstuvwxyzäöñüà";
constexpr main_table portuguese_table =
    U"@£$¥êéúíóç\nÔô\rÁáΔ_ªÇÀ∞^\\€Ó|\uFFFFÂâÊÉ !\"#º%&'()*+,-./0123456789:;<=>?"
    U"ÍABCDEFGHIJKLMNOPQRSTUVWXYZÃÕÚÜ§~abcdefghijklmnopqrstuvwxyzãõ`üà";
static_assert(default_table.size() == 128);
static_assert(turkish_table.size() == 128);
static_assert(portuguese_table.size() == 128);

struct shifted {
    char code;
    char32_t character;
};

// In every extension.
constexpr std::array common_shifts{
    shifted{0x0A, U'\f'},
    shifted{0x14, U'^'},
    shifted{0x28, U'{'},
    shifted{0x29, U'}'},
    shifted{0x2F, U'\\'},
    shifted{0x3C, U'['},
    shifted{0x3D, U'~'},
    shifted{0x3E, U']'},
    shifted{0x40, U'|'},
    shifted{0x65, U'€'}};
constexpr std::array turkish_shifts{
    shifted{0x47, U'Ğ'},
    shifted{0x49, U'İ'},
    shifted{0x53, U'Ş'},
    shifted{0x63, U'ç'},
    shifted{0x67, U'ğ'},
    shifted{0x69, U'ı'},
    shifted{0x73, U'ş'}};
constexpr std::array spanish_shifts{
    shifted{0x09, U'ç'},
    shifted{0x41, U'Á'},
    shifted{0x49, U'Í'},
    shifted{0x4F, U'Ó'},
    shifted{0x55, U'Ú'},
    shifted{0x61, U'á'},
    shifted{0x69, U'í'},
    shifted{0x6F, U'ó'},
    shifted{0x75, U'ú'}};
constexpr std::array portuguese_shifts{
    shifted{0x05, U'ê'}, shifted{0x09, U'ç'}, shifted{0x0B, U'Ô'}, shifted{0x0C, U'ô'},
    shifted{0x0E, U'Á'}, shifted{0x0F, U'á'}, shifted{0x12, U'Φ'}, shifted{0x13, U'Γ'},
    shifted{0x15, U'Ω'}, shifted{0x16, U'Π'}, shifted{0x17, U'Ψ'}, shifted{0x18, U'Σ'},
    shifted{0x19, U'Θ'}, shifted{0x1F, U'Ê'}, shifted{0x41, U'À'}, shifted{0x49, U'Í'},
    shifted{0x4F, U'Ó'}, shifted{0x55, U'Ú'}, shifted{0x5B, U'Ã'}, shifted{0x5C, U'Õ'},
    shifted{0x61, U'Â'}, shifted{0x69, U'í'}, shifted{0x6F, U'ó'}, shifted{0x75, U'ú'},
    shifted{0x7B, U'ã'}, shifted{0x7C, U'õ'}, shifted{0x7F, U'â'}};

constexpr main_table main_of(national_table which) noexcept {
    switch (which) {
        case national_table::turkish:
            return turkish_table;
        case national_table::portuguese:
            return portuguese_table;
        case national_table::none:
        case national_table::spanish:
            break;
    }
    return default_table;
}

constexpr std::span<const shifted> shifts_of(national_table which) noexcept {
    switch (which) {
        case national_table::turkish:
            return turkish_shifts;
        case national_table::spanish:
            return spanish_shifts;
        case national_table::portuguese:
            return portuguese_shifts;
        case national_table::none:
            break;
    }
    return {};
}

struct code_of {
    char code{};
    unsigned width{};  // 0: there is none
};

code_of find(char32_t character, gsm7_tables tables) noexcept {
    if (character == escape_place) return {};
    const auto at = main_of(tables.locking).find(character);
    if (at != main_table::npos) return {static_cast<char>(at), 1};
    for (const auto shifts : {shifts_of(tables.single), std::span<const shifted>{common_shifts}}) {
        for (const auto& one : shifts) {
            if (one.character == character) return {one.code, 2};
        }
    }
    return {};
}

char32_t shifted_character(char code, gsm7_tables tables) noexcept {
    for (const auto shifts : {shifts_of(tables.single), std::span<const shifted>{common_shifts}}) {
        for (const auto& one : shifts) {
            if (one.code == code) return one.character;
        }
    }
    if (code == escape) return U' ';  // kept by the standard for a table still to come
    return main_of(tables.locking)[static_cast<std::uint8_t>(code)];
}

}  // namespace

national_table national_table_of(unsigned identifier) noexcept {
    return identifier <= 3 ? static_cast<national_table>(identifier) : national_table::none;
}

unsigned gsm7_width(char32_t character, gsm7_tables tables) noexcept {
    return find(character, tables).width;
}

std::optional<std::string> gsm7_encoded(std::string_view text, gsm7_tables tables) {
    std::string septets;
    septets.reserve(text.size());
    while (!text.empty()) {
        const auto [code, width] = find(take_character(text), tables);
        if (width == 0) return std::nullopt;
        if (width == 2) septets += escape;
        septets += code;
    }
    return septets;
}

std::string gsm7_decoded(std::string_view septets, gsm7_tables tables) {
    std::string text;
    text.reserve(septets.size());
    for (std::size_t at = 0; at < septets.size(); ++at) {
        const bool is_shifted = septets[at] == escape;
        if (is_shifted && ++at == septets.size()) break;
        if (static_cast<std::uint8_t>(septets[at]) > 0x7F) {
            append_character(text, replacement_character);
        } else if (is_shifted) {
            append_character(text, shifted_character(septets[at], tables));
        } else {
            append_character(text, main_of(tables.locking)[static_cast<std::uint8_t>(septets[at])]);
        }
    }
    return text;
}

std::string gsm7_packed(std::string_view septets, unsigned fill_bits) {
    std::string octets;
    octets.reserve((septets.size() * 7 + fill_bits + 7) / 8);
    unsigned held = 0;
    unsigned bits = fill_bits % 7;
    for (const char septet : septets) {
        held |= (static_cast<std::uint8_t>(septet) & 0x7FU) << bits;
        bits += 7;
        if (bits < 8) continue;
        octets += static_cast<char>(held & 0xFFU);
        held >>= 8U;
        bits -= 8;
    }
    if (bits > 0 && !septets.empty()) octets += static_cast<char>(held & 0xFFU);
    return octets;
}

std::string gsm7_unpacked(std::string_view octets, std::size_t count, unsigned fill_bits) {
    std::string septets;
    septets.reserve(count < octets.size() * 8 / 7 ? count : octets.size() * 8 / 7);
    const std::size_t first = fill_bits % 7;
    for (std::size_t number = 0; number < count; ++number) {
        const auto bit = first + number * 7;
        const auto at = bit / 8;
        if (bit + 7 > octets.size() * 8) break;
        unsigned both = static_cast<std::uint8_t>(octets[at]);
        if (at + 1 < octets.size())
            both |= static_cast<unsigned>(static_cast<std::uint8_t>(octets[at + 1])) << 8U;
        septets += static_cast<char>((both >> (bit % 8)) & 0x7FU);
    }
    return septets;
}

}  // namespace tertulia
