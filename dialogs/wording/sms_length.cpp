#include "dialogs/wording/sms_length.hpp"

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <algorithm>

namespace tertulia::dialogs {
namespace {

// GSM 03.38, default alphabet and extension table. A letter of the latter is sent as two septets.
constexpr std::u16string_view one_septet =
    u"@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    u"¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
constexpr std::u16string_view two_septets = u"\f^{}\\[~]|€";

struct room {
    std::size_t alone;
    std::size_t in_part;
};
constexpr room gsm_room{160, 153};
constexpr room ucs_room{70, 67};

// How many units each character takes; one that takes two is never cut in half.
std::size_t parts_of(const std::vector<std::size_t>& widths, std::size_t units, room each) {
    if (units <= each.alone) return 1;
    std::size_t parts = 1;
    std::size_t filled = 0;
    for (const auto width : widths) {
        if (filled + width > each.in_part) {
            ++parts;
            filled = 0;
        }
        filled += width;
    }
    return parts;
}

icu::UnicodeString composed(std::string_view text) {
    auto whole = icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())});
    UErrorCode status = U_ZERO_ERROR;
    const auto* nfc = icu::Normalizer2::getNFCInstance(status);
    if (U_FAILURE(status)) return whole;
    auto made = nfc->normalize(whole, status);
    return U_SUCCESS(status) ? made : whole;
}

}  // namespace

sms_length sms_length_of(std::string_view text) {
    const auto whole = composed(text);
    sms_length made{};
    std::vector<std::size_t> septets;
    std::vector<std::size_t> utf16;
    std::size_t septets_in_all = 0;
    for (int32_t at = 0; at < whole.length();) {
        const UChar32 letter = whole.char32At(at);
        const auto units = static_cast<std::size_t>(U16_LENGTH(letter));
        at += static_cast<int32_t>(units);
        utf16.push_back(units);
        const auto unit = static_cast<char16_t>(letter);
        const bool wide = units == 1 && two_septets.find(unit) != std::u16string_view::npos;
        if (wide || (units == 1 && one_septet.find(unit) != std::u16string_view::npos)) {
            septets.push_back(wide ? 2 : 1);
            septets_in_all += septets.back();
            continue;
        }
        std::string written;
        icu::UnicodeString(letter).toUTF8String(written);
        if (std::find(made.outside.begin(), made.outside.end(), written) == made.outside.end()) {
            made.outside.push_back(std::move(written));
        }
    }
    if (made.outside.empty()) {
        made.units = septets_in_all;
        made.segments = parts_of(septets, made.units, gsm_room);
    } else {
        made.alphabet = sms_alphabet::ucs2;
        made.units = static_cast<std::size_t>(whole.length());
        made.segments = parts_of(utf16, made.units, ucs_room);
    }
    return made;
}

}  // namespace tertulia::dialogs
