#include "dialogs/message/sms/transliteration.hpp"

#include "dialogs/message/sms/gsm7.hpp"
#include "dialogs/message/sms/sms_length.hpp"
#include "dialogs/message/sms/utf8.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace tertulia {
namespace {

struct replacement {
    char32_t character;
    std::string_view by;
};

// By code. Currencies become their ISO codes: a lone letter would be read as another money.
constexpr std::array replacements{
    replacement{U'\t', " "},      replacement{U'`', "'"},      replacement{U'\u00A0', " "},
    replacement{U'©', "(c)"},     replacement{U'ª', "a."},     replacement{U'«', "\""},
    replacement{U'\u00AD', ""},  // soft hyphen
    replacement{U'®', "(R)"},     replacement{U'°', "o"},      replacement{U'´', "'"},
    replacement{U'·', "-"},       replacement{U'º', "o."},     replacement{U'»', "\""},
    replacement{U'¼', "1/4"},     replacement{U'½', "1/2"},    replacement{U'¾', "3/4"},
    replacement{U'×', "x"},       replacement{U'Đ', "D"},      replacement{U'đ', "d"},
    replacement{U'ı', "i"},       replacement{U'Ł', "L"},      replacement{U'ł', "l"},
    replacement{U'Œ', "OE"},      replacement{U'œ', "oe"},     replacement{U'\u2002', " "},
    replacement{U'\u2003', " "},  replacement{U'\u2009', " "}, replacement{U'\u200A', " "},
    replacement{U'\u200B', ""},   replacement{U'\u200C', ""},  replacement{U'\u200D', ""},
    replacement{U'\u200E', ""},   replacement{U'\u200F', ""},  replacement{U'\u2010', "-"},
    replacement{U'\u2011', "-"},  replacement{U'\u2012', "-"}, replacement{U'–', "-"},
    replacement{U'—', "-"},       replacement{U'\u2015', "-"}, replacement{U'‘', "'"},
    replacement{U'’', "'"},       replacement{U'‚', "'"},      replacement{U'‛', "'"},
    replacement{U'“', "\""},      replacement{U'”', "\""},     replacement{U'„', "\""},
    replacement{U'•', "*"},       replacement{U'…', "..."},    replacement{U'\u2028', "\n"},
    replacement{U'\u2029', "\n"}, replacement{U'\u202F', " "}, replacement{U'′', "'"},
    replacement{U'″', "\""},      replacement{U'‹', "'"},      replacement{U'›', "'"},
    replacement{U'\u2060', ""},   replacement{U'₡', "CRC"},    replacement{U'₦', "NGN"},
    replacement{U'₲', "PYG"},     replacement{U'₵', "GHS"},    replacement{U'™', "TM"},
    replacement{U'−', "-"},       replacement{U'\uFEFF', ""},
};
static_assert(std::ranges::is_sorted(replacements, {}, &replacement::character));

bool is_picture(char32_t character) {
    const auto code = static_cast<UChar32>(character);
    return u_hasBinaryProperty(code, UCHAR_EXTENDED_PICTOGRAPHIC) != 0 ||
           u_hasBinaryProperty(code, UCHAR_EMOJI_PRESENTATION) != 0 ||
           u_hasBinaryProperty(code, UCHAR_EMOJI_MODIFIER) != 0 ||
           (character >= 0x1F1E6 && character <= 0x1F1FF);
}

bool is_mark(char32_t character) {
    const auto kind = U_GET_GC_MASK(static_cast<UChar32>(character));
    return (kind & U_GC_M_MASK) != 0;
}

// Taken apart (NFD), its marks dropped; nothing if what is left is not in the alphabet either.
std::optional<std::string> without_marks(char32_t character) {
    UErrorCode status = U_ZERO_ERROR;
    const auto* nfd = icu::Normalizer2::getNFDInstance(status);
    if (U_FAILURE(status)) return std::nullopt;
    icu::UnicodeString apart;
    if (nfd->getDecomposition(static_cast<UChar32>(character), apart) == 0) return std::nullopt;
    std::string bare;
    for (std::int32_t at = 0; at < apart.length(); at = apart.moveIndex32(at, 1)) {
        const auto one = static_cast<char32_t>(apart.char32At(at));
        if (is_mark(one)) continue;
        if (gsm7_width(one) == 0) return std::nullopt;
        append_character(bare, one);
    }
    return bare;
}

// Its form in GSM 03.38; empty: left out; nothing: it has none.
std::optional<std::string> form_of(char32_t character) {
    const auto found =
        std::ranges::lower_bound(replacements, character, {}, &replacement::character);
    if (found != replacements.end() && found->character == character) return std::string{found->by};
    if (is_mark(character) || is_picture(character)) return std::string{};
    return without_marks(character);
}

bool is_blank(std::string_view text) {
    return text == " " || text == "\n" || text == "\r";
}

// The words that differ, found as the text is written.
class change_list {
public:
    void add(std::string_view was, std::string_view now) {
        was_ += was;
        now_ += now;
    }
    void end_word() {
        sms_change made{std::exchange(was_, {}), std::exchange(now_, {})};
        if (made.was == made.now) return;
        if (std::find(changes_.begin(), changes_.end(), made) == changes_.end()) {
            changes_.push_back(std::move(made));
        }
    }
    std::vector<sms_change> take() { return std::move(changes_); }

private:
    std::string was_{};
    std::string now_{};
    std::vector<sms_change> changes_{};
};

}  // namespace

transliterated sms_transliterated(std::string_view text) {
    const auto whole = sms_composed(text);
    transliterated made;
    change_list changes;
    bool left_out = false;  // the last character vanished: with it goes the blank behind it
    for (std::string_view rest = whole; !rest.empty();) {
        const auto from = rest;
        const auto character = take_character(rest);
        const auto was = from.substr(0, from.size() - rest.size());
        if (gsm7_width(character) != 0) {
            if (is_blank(was)) changes.end_word();
            const bool doubled =
                left_out && was == " " && (made.text.empty() || is_blank({&made.text.back(), 1}));
            if (!doubled) made.text += was;
            if (!is_blank(was)) changes.add(was, was);
            left_out = false;
            continue;
        }
        const auto form = form_of(character);
        if (!form) {
            std::string letter{was};
            if (std::find(made.left.begin(), made.left.end(), letter) == made.left.end()) {
                made.left.push_back(std::move(letter));
            }
            continue;
        }
        changes.add(was, *form);
        made.text += *form;
        left_out = form->empty();
    }
    changes.end_word();
    if (made.left.empty()) {
        made.changes = changes.take();
    } else {
        made.text = whole;
    }
    return made;
}

std::string sms_spelt(std::string_view text, sms_spelling how) {
    return how == sms_spelling::plain ? sms_transliterated(text).text : sms_composed(text);
}

}  // namespace tertulia
