#include "dialogs/understanding/tokens.hpp"

#include "dialogs/understanding/normalise.hpp"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace tertulia::dialogs {
namespace {

enum class class_of : std::uint8_t { blank, letter, digit, sign, nothing };

class_of classify(UChar32 point) noexcept {
    if (point < 0) return class_of::blank;  // invalid bytes part words
    if (u_isUWhiteSpace(point)) return class_of::blank;
    if (u_charDigitValue(point) >= 0) return class_of::digit;
    const auto mask = U_GET_GC_MASK(point);
    if ((mask & (U_GC_M_MASK | U_GC_CF_MASK)) != 0) return class_of::nothing;
    // "1º" and "3ª" are figures with a sign.
    if (point == 0xAA || point == 0xBA) return class_of::sign;
    return (mask & U_GC_L_MASK) != 0 ? class_of::letter : class_of::sign;
}

}  // namespace

std::vector<token> tokens_of(std::string_view text) {
    std::vector<token> out;
    const auto size = static_cast<int32_t>(text.size());
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    bool apart = true;
    bool open = false;  // the last token may still grow
    for (int32_t at = 0; at < size;) {
        const auto begin = at;
        UChar32 point = 0;
        U8_NEXT(bytes, at, size, point);
        const auto what = classify(point);
        if (what == class_of::blank) {
            apart = true;
            open = false;
            continue;
        }
        const auto end = static_cast<std::size_t>(at);
        if (what == class_of::nothing) {
            if (open) out.back().end = end;
            continue;
        }
        const auto kind = what == class_of::letter  ? token_kind::word
                          : what == class_of::digit ? token_kind::digits
                                                    : token_kind::sign;
        if (!open || out.back().kind != kind || kind == token_kind::sign) {
            out.push_back({.kind = kind, .begin = static_cast<std::size_t>(begin), .apart = apart});
        }
        auto& last = out.back();
        last.end = end;
        if (kind == token_kind::digits) {
            last.plain += static_cast<char>('0' + u_charDigitValue(point));
        }
        apart = false;
        open = true;
    }
    for (auto& each : out) {
        const auto written = text.substr(each.begin, each.end - each.begin);
        if (each.kind == token_kind::word) {
            each.plain = normalise(written);
            each.folded = fold(written);
        } else if (each.kind == token_kind::sign) {
            each.plain = written;
        }
    }
    return out;
}

bool is_at(const std::vector<token>& all, std::size_t at, std::string_view plain) noexcept {
    return at < all.size() && !all[at].used && all[at].plain == plain;
}

}  // namespace tertulia::dialogs
