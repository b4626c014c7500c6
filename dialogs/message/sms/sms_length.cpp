#include "dialogs/message/sms/sms_length.hpp"

#include "dialogs/message/sms/gsm7.hpp"
#include "dialogs/message/sms/utf8.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>

namespace tertulia {
namespace {

constexpr std::size_t octets_max = 140;
constexpr std::size_t alone_octets = 0;
constexpr char32_t joiner = 0x200D;

bool is_regional(char32_t character) {
    return character >= 0x1F1E6 && character <= 0x1F1FF;  // two make a flag
}

bool extends(char32_t character) {
    const auto code = static_cast<UChar32>(character);
    return character == joiner || u_hasBinaryProperty(code, UCHAR_GRAPHEME_EXTEND) != 0 ||
           u_hasBinaryProperty(code, UCHAR_EMOJI_MODIFIER) != 0;
}

// What is seen as one letter and should stay in one part.
struct cluster {
    std::string_view text{};
    std::size_t units{};
};

struct measured {
    sms_length length{};              // segments are still to be counted
    std::vector<cluster> clusters{};  // views into the text
};

std::size_t units_of(char32_t character, sms_alphabet alphabet) {
    if (alphabet == sms_alphabet::gsm7) return gsm7_width(character);
    return character > 0xFFFF ? 2 : 1;
}

sms_length alphabet_of(std::string_view text) {
    sms_length made{};
    while (!text.empty()) {
        const auto from = text;
        const auto character = take_character(text);
        if (gsm7_width(character) != 0) continue;
        made.alphabet = sms_alphabet::ucs2;
        std::string written{from.substr(0, from.size() - text.size())};
        if (std::find(made.outside.begin(), made.outside.end(), written) == made.outside.end()) {
            made.outside.push_back(std::move(written));
        }
    }
    return made;
}

// A heap of marks larger than a part is cut anywhere: `room` ends every cluster.
measured measure(
    std::string_view text, std::size_t room, sms_alphabet at_least = sms_alphabet::gsm7
) {
    measured made{.length = alphabet_of(text)};
    made.length.alphabet = std::max(made.length.alphabet, at_least);
    bool joins = false;  // a joiner stood before
    std::size_t regionals = 0;
    while (!text.empty()) {
        const auto from = text;
        const auto character = take_character(text);
        const auto units = units_of(character, made.length.alphabet);
        const bool pairs = is_regional(character) && regionals % 2 == 1;
        made.length.units += units;
        regionals = is_regional(character) ? regionals + 1 : 0;
        if (!made.clusters.empty() && (joins || pairs || extends(character)) &&
            made.clusters.back().units + units <= room) {
            auto& last = made.clusters.back();
            const auto taken = from.size() - text.size();
            last.text = {last.text.data(), last.text.size() + taken};
            last.units += units;
        } else {
            made.clusters.push_back({from.substr(0, from.size() - text.size()), units});
        }
        joins = character == joiner;
    }
    return made;
}

// Where each part begins, counted in clusters; the first is 0.
std::vector<std::size_t> borders(const measured& of, std::size_t room) {
    std::vector<std::size_t> begins{0};
    if (of.length.units <= sms_room(of.length.alphabet, alone_octets)) return begins;
    std::size_t filled = 0;
    for (std::size_t at = 0; at < of.clusters.size(); ++at) {
        if (filled + of.clusters[at].units > room) {
            begins.push_back(at);
            filled = 0;
        }
        filled += of.clusters[at].units;
    }
    return begins;
}

std::size_t smaller_room(std::size_t header_octets) {
    return sms_room(sms_alphabet::ucs2, header_octets);
}

}  // namespace

std::size_t sms_room(sms_alphabet alphabet, std::size_t header_octets) noexcept {
    const auto octets = octets_max - std::min(header_octets, octets_max);
    return alphabet == sms_alphabet::gsm7 ? octets * 8 / 7 : octets / 2;
}

std::string sms_composed(std::string_view text) {
    const auto whole =
        icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
    UErrorCode status = U_ZERO_ERROR;
    const auto* nfc = icu::Normalizer2::getNFCInstance(status);
    std::string written;
    if (U_SUCCESS(status)) {
        const auto made = nfc->normalize(whole, status);
        if (U_SUCCESS(status)) return made.toUTF8String(written);
    }
    return whole.toUTF8String(written);
}

sms_length sms_length_of(std::string_view text, std::size_t header_octets) {
    const auto whole = sms_composed(text);
    auto made = measure(whole, smaller_room(header_octets));
    made.length.segments = borders(made, sms_room(made.length.alphabet, header_octets)).size();
    return std::move(made.length);
}

sms_cut sms_cut_of(std::string_view text, std::size_t header_octets, sms_alphabet at_least) {
    const auto whole = sms_composed(text);
    const auto made = measure(whole, smaller_room(header_octets), at_least);
    const auto begins = borders(made, sms_room(made.length.alphabet, header_octets));
    sms_cut cut{.alphabet = made.length.alphabet};
    for (std::size_t part = 0; part < begins.size(); ++part) {
        const auto end = part + 1 < begins.size() ? begins[part + 1] : made.clusters.size();
        std::string said;
        for (auto at = begins[part]; at < end; ++at) said += made.clusters[at].text;
        cut.parts.push_back(std::move(said));
    }
    return cut;
}

}  // namespace tertulia
