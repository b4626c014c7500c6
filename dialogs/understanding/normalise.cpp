#include "dialogs/understanding/normalise.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>

namespace tertulia::dialogs {
namespace {

constexpr char32_t invalid = 0xFFFFFFFF;

// The code point at `at`, which moves behind it; `invalid` for a byte that begins none.
char32_t next_of(std::string_view text, std::size_t& at) noexcept {
    const auto byte = [&](std::size_t i) -> char32_t {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
    };
    const auto lead = byte(at);
    const std::size_t more = lead < 0x80   ? 0
                             : lead < 0xC2 ? 4
                             : lead < 0xE0 ? 1
                             : lead < 0xF0 ? 2
                             : lead < 0xF5 ? 3
                                           : 4;
    ++at;
    if (more == 0) return lead;
    if (more == 4) return invalid;
    char32_t point = lead & (0x3FU >> more);
    for (std::size_t i = 0; i < more; ++i) {
        if ((byte(at + i) & 0xC0U) != 0x80U) return invalid;
        point = (point << 6U) | (byte(at + i) & 0x3FU);
    }
    at += more;
    const bool overlong = (more == 2 && point < 0x800) || (more == 3 && point < 0x10000);
    if (overlong || point > 0x10FFFF || (point >= 0xD800 && point < 0xE000)) return invalid;
    return point;
}

void append_utf8(std::string& to, char32_t point) {
    const auto tail = [&](unsigned shift) {
        to += static_cast<char>(0x80U | ((point >> shift) & 0x3FU));
    };
    if (point < 0x80) {
        to += static_cast<char>(point);
    } else if (point < 0x800) {
        to += static_cast<char>(0xC0U | (point >> 6U));
        tail(0);
    } else if (point < 0x10000) {
        to += static_cast<char>(0xE0U | (point >> 12U));
        tail(6);
        tail(0);
    } else {
        to += static_cast<char>(0xF0U | (point >> 18U));
        tail(12);
        tail(6);
        tail(0);
    }
}

bool is_emoji(char32_t point) noexcept {
    return point > 0xFF &&
           u_hasBinaryProperty(static_cast<UChar32>(point), UCHAR_EXTENDED_PICTOGRAPHIC);
}

// What this file's loop understands by itself: Latin with its accents, spaces and dashes, emoji.
bool is_plain(char32_t point) noexcept {
    return point < 0x180 || (point >= 0x300 && point < 0x370) ||
           (point >= 0x2010 && point < 0x2028) || point == 0xFE0F ||
           (point >= 0x1F3FB && point < 0x1F700) || (point >= 0x1F900 && point < 0x1FA00);
}

bool needs_icu(std::string_view text) noexcept {
    for (std::size_t at = 0; at < text.size();) {
        if (static_cast<unsigned char>(text[at]) < 0x80) {
            ++at;
        } else if (const auto point = next_of(text, at); point != invalid && !is_plain(point)) {
            return true;
        }
    }
    return false;
}

// Full-width, ligatures, mathematical letters and other scripts: Unicode's own compatibility
// folding.
std::string compatible(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    const auto* folding = icu::Normalizer2::getNFKCCasefoldInstance(status);
    if (U_FAILURE(status)) return std::string{text};
    const auto folded = folding->normalize(
        icu::UnicodeString::fromUTF8(
            icu::StringPiece(text.data(), static_cast<int32_t>(text.size()))
        ),
        status
    );
    if (U_FAILURE(status)) return std::string{text};
    std::string out;
    folded.toUTF8String(out);
    return out;
}

// One accented Latin letter as plain ones, or nothing if it is none.
std::string_view plain_latin(char32_t point) noexcept {
    static constexpr std::string_view from_c0[] = {
        "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i",  "i",
        "d", "ñ", "o", "o", "o", "o", "o",  "",  "o", "u", "u", "u", "u", "y", "th", "ss",
    };
    if (point >= 0xC0 && point <= 0xFF) {
        if (point == 0xFF) return "y";
        return from_c0[(point - 0xC0) % 32];
    }
    switch (point) {
        case 0xAA:
            return "a";
        case 0xBA:
            return "o";
        case 0xB9:
            return "1";
        case 0xB2:
            return "2";
        case 0xB3:
            return "3";
        case 0xB5:
            return "u";
        case 0x152:
        case 0x153:
            return "oe";
        case 0x131:
            return "i";
        case 0x142:
        case 0x141:
            return "l";
        case 0x17F:
            return "s";
        default:
            return {};
    }
}

// A word is what stands between two calls of part().
class writer {
public:
    explicit writer(std::size_t expected) { out_.reserve(expected + 8); }
    void letters(std::string_view plain) {
        begin();
        out_ += plain;
    }
    void letter(char32_t point) {
        begin();
        append_utf8(out_, point);
    }
    void emoji(char32_t point) {
        part();
        letter(point);
        part();
    }
    void part() noexcept { parted_ = true; }
    void tilde() {
        if (!parted_ && !out_.empty() && out_.back() == 'n') out_.replace(out_.size() - 1, 1, "ñ");
    }
    [[nodiscard]] std::string take() { return std::move(out_); }

private:
    void begin() {
        if (parted_ && !out_.empty()) out_ += ' ';
        parted_ = false;
    }
    std::string out_{};
    bool parted_{};
};

// Beyond Latin-1: decomposed once more to lose its marks.
void write_other(writer& to, char32_t point) {
    const auto as_icu = static_cast<UChar32>(point);
    if (is_emoji(point)) {
        if (point < 0x1F3FB || point > 0x1F3FF) to.emoji(point);
        return;
    }
    if (const auto digit = u_charDigitValue(as_icu); digit >= 0) {
        to.letter(static_cast<char32_t>('0' + digit));
        return;
    }
    const auto mask = U_GET_GC_MASK(as_icu);
    if ((mask & (U_GC_M_MASK | U_GC_CF_MASK | U_GC_SK_MASK)) != 0) return;
    if ((mask & (U_GC_L_MASK | U_GC_N_MASK)) == 0) {
        to.part();
        return;
    }
    UErrorCode status = U_ZERO_ERROR;
    icu::UnicodeString apart;
    const auto* splitting = icu::Normalizer2::getNFKDInstance(status);
    if (U_FAILURE(status) || !splitting->getDecomposition(as_icu, apart)) {
        to.letter(static_cast<char32_t>(u_tolower(as_icu)));
        return;
    }
    for (int32_t i = 0; i < apart.length(); i = apart.moveIndex32(i, 1)) {
        const auto each = apart.char32At(i);
        const auto kind = U_GET_GC_MASK(each);
        if (const auto plain = plain_latin(static_cast<char32_t>(each)); !plain.empty()) {
            to.letters(plain);  // Ǣ holds an æ
        } else if ((kind & (U_GC_L_MASK | U_GC_N_MASK)) != 0) {
            to.letter(static_cast<char32_t>(u_tolower(each)));
        } else if ((kind & U_GC_M_MASK) == 0) {
            to.part();  // the dot of a Catalan l·l
        }
    }
}

}  // namespace

std::string normalise(std::string_view text) {
    std::string folded;
    if (needs_icu(text)) {
        folded = compatible(text);
        text = folded;
    }
    writer to{text.size()};
    for (std::size_t at = 0; at < text.size();) {
        const auto point = next_of(text, at);
        if (point == invalid) continue;
        if ((point >= 'a' && point <= 'z') || (point >= '0' && point <= '9')) {
            to.letter(point);
        } else if (point >= 'A' && point <= 'Z') {
            to.letter(point + ('a' - 'A'));
        } else if (point < 0x80) {
            to.part();
        } else if (const auto plain = plain_latin(point); !plain.empty()) {
            to.letters(plain);
        } else if (point < 0x100) {
            if (point != 0xAD) to.part();  // a soft hyphen parts nothing
        } else if (point == 0x303) {
            to.tilde();
        } else {
            write_other(to, point);
        }
    }
    return to.take();
}

std::vector<std::string_view> words_of(std::string_view normalised) {
    std::vector<std::string_view> words;
    for (std::size_t at = 0; at < normalised.size();) {
        const auto end = std::min(normalised.find(' ', at), normalised.size());
        if (end > at) words.push_back(normalised.substr(at, end - at));
        at = end + 1;
    }
    return words;
}

}  // namespace tertulia::dialogs
