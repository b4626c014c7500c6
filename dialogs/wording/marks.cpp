#include "dialogs/wording/marks.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace tertulia::dialogs {
namespace {

constexpr std::string_view marks = "*_~";
constexpr std::string_view blanks = " \t\r\n";

bool is_one_of(char what, std::string_view of) noexcept {
    return of.find(what) != std::string_view::npos;
}

bool may_stand_before(std::string_view before) noexcept {
    static constexpr std::array<std::string_view, 5> signs{"¿", "¡", "«", "“", "—"};
    return before.empty() || is_one_of(before.back(), blanks) ||
           is_one_of(before.back(), "([{\"',.:;!?-*_~") ||
           std::ranges::any_of(signs, [&](auto sign) { return before.ends_with(sign); });
}

// A gap of a pattern begins with a brace.
bool may_stand_behind(std::string_view behind) noexcept {
    static constexpr std::array<std::string_view, 5> signs{"»", "”", "…", "—", "’"};
    return behind.empty() || is_one_of(behind.front(), blanks) ||
           is_one_of(behind.front(), ")]}{\"',.:;!?-*_~") ||
           std::ranges::any_of(signs, [&](auto sign) { return behind.starts_with(sign); });
}

// Where the mark that begins at `open` ends; npos: it is none.
std::size_t end_of_mark(std::string_view text, std::size_t open) {
    const char mark = text[open];
    if (open + 1 >= text.size() || is_one_of(text[open + 1], blanks) || text[open + 1] == mark ||
        !may_stand_before(text.substr(0, open))) {
        return std::string_view::npos;
    }
    int depth = 0;
    for (auto at = open + 1; at < text.size(); ++at) {
        if (text[at] == '\n') break;
        if (text[at] == '{') ++depth;
        if (text[at] == '}' && --depth < 0) break;
        if (text[at] == mark && depth == 0 && !is_one_of(text[at - 1], blanks) &&
            may_stand_behind(text.substr(at + 1))) {
            return at;
        }
    }
    return std::string_view::npos;
}

}  // namespace

std::string without_marks(std::string_view text) {
    std::string plain;
    plain.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto end =
            is_one_of(text[at], marks) ? end_of_mark(text, at) : std::string_view::npos;
        if (end == std::string_view::npos) {
            plain += text[at];
            continue;
        }
        plain += without_marks(text.substr(at + 1, end - at - 1));
        at = end;
    }
    return plain;
}

}  // namespace tertulia::dialogs
