#include "dialogs/moderation/spelling.hpp"

#include "dialogs/understanding/normalise.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace tertulia::dialogs {
namespace {

// What a letter of Cyrillic or Greek looks like.
char latin_alike(UChar32 point) noexcept {
    static constexpr auto table = std::to_array<std::pair<UChar32, char>>(
        {{0x391, 'A'}, {0x392, 'B'}, {0x395, 'E'}, {0x397, 'H'}, {0x399, 'I'}, {0x39A, 'K'},
         {0x39C, 'M'}, {0x39D, 'N'}, {0x39F, 'O'}, {0x3A1, 'P'}, {0x3A4, 'T'}, {0x3A7, 'X'},
         {0x3B1, 'a'}, {0x3B5, 'e'}, {0x3B9, 'i'}, {0x3BD, 'v'}, {0x3BF, 'o'}, {0x3C1, 'p'},
         {0x3C4, 't'}, {0x3C5, 'u'}, {0x410, 'A'}, {0x412, 'B'}, {0x415, 'E'}, {0x41A, 'K'},
         {0x41C, 'M'}, {0x41D, 'H'}, {0x41E, 'O'}, {0x420, 'P'}, {0x421, 'C'}, {0x422, 'T'},
         {0x425, 'X'}, {0x430, 'a'}, {0x435, 'e'}, {0x43A, 'k'}, {0x43C, 'm'}, {0x43E, 'o'},
         {0x440, 'p'}, {0x441, 'c'}, {0x442, 't'}, {0x443, 'y'}, {0x445, 'x'}, {0x455, 's'},
         {0x456, 'i'}, {0x458, 'j'}}
    );
    const auto found = std::ranges::lower_bound(table, point, {}, &std::pair<UChar32, char>::first);
    return found != table.end() && found->first == point ? found->second : '\0';
}

bool is_unseen(UChar32 point) noexcept {
    const auto mask = U_GET_GC_MASK(point);
    return (mask & (U_GC_CF_MASK | U_GC_ME_MASK)) != 0 || (point >= 0xFE00 && point <= 0xFE0F);
}

bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}
// A byte of any letter: beyond ASCII all of them count as such.
bool is_letter(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           static_cast<unsigned char>(c) >= 0x80;
}

// The figures of "3OO", "Q1OO.5O" and "l50": an O behind a figure, an l or I before one.
void mend_figures(std::string& text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == 'O' || text[i] == 'o') {
            const bool figure_before =
                i > 0 &&
                (is_digit(text[i - 1]) || (i > 1 && text[i - 1] == '.' && is_digit(text[i - 2])));
            auto end = i;
            while (end < text.size() && (text[end] == 'O' || text[end] == 'o')) ++end;
            const bool ends = end == text.size() || !is_letter(text[end]);
            if (figure_before && ends && (text[i] == 'O' || end - i > 1)) {
                std::fill(
                    text.begin() + static_cast<std::ptrdiff_t>(i),
                    text.begin() + static_cast<std::ptrdiff_t>(end),
                    '0'
                );
            }
        } else if (text[i] == 'l' || text[i] == 'I') {
            const bool begins = i == 0 || (!is_letter(text[i - 1]) || text[i - 1] == 'Q');
            const bool figure_after =
                i + 1 < text.size() && (is_digit(text[i + 1]) || text[i + 1] == 'O');
            if (begins && figure_after) text[i] = '1';
        }
    }
}

char letter_for(char c) noexcept {
    switch (c) {
        case '0':
            return 'o';
        case '1':
        case '!':
            return 'i';
        case '3':
            return 'e';
        case '4':
        case '@':
            return 'a';
        case '5':
        case '$':
            return 's';
        case '7':
            return 't';
        default:
            return '\0';
    }
}

// "d3b3", "T3re", "m@rta"; not "abc123", "Q500", "20lbs".
void append_meant(std::string& to, std::string_view chunk, std::span<const std::string> known) {
    const auto letters = static_cast<std::size_t>(std::ranges::count_if(chunk, is_letter));
    const auto first_sign = chunk.find_first_of("0134571@$!");
    const auto last_letter = chunk.find_last_not_of("0123456789@$!.,;:?");
    const bool inside = first_sign != std::string_view::npos &&
                        last_letter != std::string_view::npos && first_sign < last_letter &&
                        letters >= 2;
    std::string meant;
    for (std::size_t i = 0; i < chunk.size(); ++i) {
        const char other = letter_for(chunk[i]);
        const bool punctuation = chunk[i] == '!' && i + 1 == chunk.size();
        meant += other != '\0' && !punctuation ? other : chunk[i];
    }
    // At the end alone only where a word we know comes out: "deb3", "mart4".
    const bool word = first_sign != std::string_view::npos && letters >= 2 &&
                      std::ranges::find(known, fold(meant)) != known.end();
    to += inside || word ? meant : std::string{chunk};
}

std::string without_figures_for_letters(std::string_view text, std::span<const std::string> known) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find(' ', at), text.size());
        append_meant(out, text.substr(at, end - at), known);
        if (end < text.size()) out += ' ';
        at = end + 1;
    }
    return out;
}

struct character {
    std::string_view bytes{};
    bool single{};  // a letter or figure with none beside it
};

bool parts_letters(char c) noexcept {
    return c == ' ' || c == '.' || c == '-' || c == '_' || c == '*' || c == '/' || c == ',';
}

std::vector<std::string_view> characters_of(std::string_view text) {
    std::vector<std::string_view> out;
    const auto size = static_cast<int32_t>(text.size());
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    for (int32_t at = 0; at < size;) {
        const auto begin = at;
        UChar32 point = 0;
        U8_NEXT(bytes, at, size, point);
        out.push_back(
            text.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(at - begin))
        );
    }
    return out;
}

bool is_alnum(std::string_view character) noexcept {
    return is_letter(character[0]) || is_digit(character[0]);
}

constexpr std::size_t known_bytes_min = 4;

// Cuts a run of letters where known words stand in it, and counts those.
std::string cut(const std::string& joined, std::span<const std::string> known, std::size_t& found) {
    const auto folded = fold(joined);
    if (folded.find(' ') != std::string::npos) return joined;
    std::string out;
    for (std::size_t at = 0; at < folded.size();) {
        const std::string* best = nullptr;
        for (const auto& one : known) {
            const bool longer = best == nullptr || one.size() > best->size();
            if (one.size() >= known_bytes_min && longer && folded.compare(at, one.size(), one) == 0)
                best = &one;
        }
        if (best == nullptr) {
            out += folded[at++];
            continue;
        }
        if (!out.empty() && out.back() != ' ') out += ' ';
        out += *best + ' ';
        at += best->size();
        ++found;
    }
    return out;
}

std::string cut(const std::string& joined, std::span<const std::string> known) {
    std::size_t found = 0;
    return cut(joined, known, found);
}

constexpr std::size_t broken_word_bytes_max = 4;

// "Jua na de be": short words in a row, joined where two known ones come out.
std::string without_breaks(std::string_view text, std::span<const std::string> known) {
    std::string out;
    std::string row;     // as written
    std::string joined;  // its letters
    const auto close = [&] {
        std::size_t found = 0;
        auto meant =
            joined.size() > broken_word_bytes_max ? cut(joined, known, found) : std::string{};
        out += found >= 2 ? meant + ' ' : row;
        row.clear();
        joined.clear();
    };
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find(' ', at), text.size());
        const auto word = text.substr(at, end - at);
        const bool letters = std::ranges::all_of(word, is_letter);
        if (!letters || word.size() > broken_word_bytes_max) close();
        row += word;
        if (end < text.size()) row += ' ';
        if (letters && word.size() <= broken_word_bytes_max) {
            joined += word;
        } else {
            close();
        }
        at = end + 1;
    }
    close();
    return out;
}

constexpr std::size_t spelt_letters_min = 4;

// Letter by letter: at least four of them, each alone, the same sign or blank between.
std::string without_spelling(std::string_view text, std::span<const std::string> known) {
    const auto all = characters_of(text);
    const auto alone = [&](std::size_t i) {
        return is_alnum(all[i]) && (i == 0 || !is_alnum(all[i - 1])) &&
               (i + 1 == all.size() || !is_alnum(all[i + 1]));
    };
    std::string out;
    for (std::size_t at = 0; at < all.size();) {
        std::string joined;
        std::size_t letters = 0;
        auto next = at;
        auto end = at;
        std::string whole;
        while (next < all.size() && alone(next)) {
            const bool figure = is_digit(all[next][0]);
            if (!joined.empty() && figure != is_digit(joined.back())) {
                whole += cut(joined, known) + ' ';
                joined.clear();
            }
            joined += all[next];
            ++letters;
            end = ++next;
            std::size_t blanks = 0;
            while (next < all.size() && all[next].size() == 1 && parts_letters(all[next][0])) {
                ++blanks;
                ++next;
            }
            if (blanks > 1) {
                whole += cut(joined, known) + ' ';
                joined.clear();
            }
        }
        if (letters >= spelt_letters_min) {
            if (!joined.empty()) whole += cut(joined, known);
            out += whole;
            out += ' ';
            at = end;
            continue;
        }
        do {
            out += all[at++];
        } while (at < all.size() &&
                 (is_alnum(all[at]) || (is_alnum(all[at - 1]) && !is_alnum(all[at]))));
    }
    return out;
}

// "seis sientos" is one number.
std::string with_hundreds_joined(std::string_view text) {
    static constexpr auto units = std::to_array<std::string_view>(
        {"dos", "tres", "cuatro", "quatro", "seis", "ocho", "sete", "siete", "nove", "nueve"}
    );
    std::string out;
    std::string last;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find(' ', at), text.size());
        const auto word = text.substr(at, end - at);
        const auto folded = fold(word);
        const bool hundreds = folded == "sientos" || folded == "sientas";
        if (hundreds && std::ranges::find(units, last) != units.end() && !out.empty())
            out.pop_back();
        out += word;
        if (end < text.size()) out += ' ';
        last = normalise(word);
        at = end + 1;
    }
    return out;
}

}  // namespace

std::string as_it_looks(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    const auto* compatible = icu::Normalizer2::getNFKCInstance(status);
    auto read = icu::UnicodeString::fromUTF8(
        icu::StringPiece(text.data(), static_cast<int32_t>(text.size()))
    );
    if (U_SUCCESS(status)) {
        auto made = compatible->normalize(read, status);
        if (U_SUCCESS(status)) read = std::move(made);
    }
    icu::UnicodeString seen;
    for (int32_t i = 0; i < read.length(); i = read.moveIndex32(i, 1)) {
        const auto point = read.char32At(i);
        if (point == 0x1F51F) {
            seen += icu::UnicodeString{"10"};
        } else if (point == 0x1F4AF) {
            seen += icu::UnicodeString{"100"};
        } else if (point == 0x20AC && i > 0 && u_isalpha(read.char32At(i - 1))) {
            seen += static_cast<UChar>('e');  // "d€be"
        } else if (const char alike = latin_alike(point); alike != '\0') {
            seen += static_cast<UChar>(alike);
        } else if (u_isUWhiteSpace(point)) {
            seen += static_cast<UChar>(' ');
        } else if (!is_unseen(point)) {
            seen += point;
        }
    }
    std::string out;
    seen.toUTF8String(out);
    mend_figures(out);
    return out;
}

std::string as_it_is_meant(std::string_view text, std::span<const std::string> known) {
    const auto joined = without_breaks(without_spelling(text, known), known);
    return with_hundreds_joined(without_figures_for_letters(joined, known));
}

}  // namespace tertulia::dialogs
