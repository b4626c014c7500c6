// What a text is made of for those who learn from it: every run of 2 to 4 characters with the
// blanks between words, every word, every pair of words. Each piece is a number; equal pieces are
// equal numbers everywhere.

#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tertulia::dialogs {

[[nodiscard]] inline std::uint64_t piece_number(
    std::string_view piece, std::uint64_t kind
) noexcept {
    std::uint64_t value = kind;
    for (const char c : piece) value = (value ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    value ^= value >> 32U;
    value *= 0xd6e8feb86659fd93ULL;
    value ^= value >> 29U;
    return value;
}

// take(number, is_whole) for every piece of a folded text. Whole pieces (4 characters, words) are
// marked: what share of them is known tells a strange text.
template <class Take>
void pieces_of(std::string_view folded, const Take& take) {
    std::string padded;
    padded.reserve(folded.size() + 2);
    padded += ' ';
    padded += folded;
    padded += ' ';
    const std::string_view all = padded;
    for (std::size_t i = 0; i < all.size(); ++i) {
        for (std::size_t length = 2; length <= 4 && i + length <= all.size(); ++length) {
            take(piece_number(all.substr(i, length), length), length == 4);
        }
    }
    constexpr std::uint64_t word_kind = 11;
    constexpr std::uint64_t pair_kind = 13;
    std::string_view before;
    std::size_t at = 0;
    while (at < folded.size()) {
        const auto end = std::min(folded.find(' ', at), folded.size());
        const auto word = folded.substr(at, end - at);
        take(piece_number(word, word_kind), true);
        if (!before.empty()) {
            const auto start = static_cast<std::size_t>(before.data() - folded.data());
            take(piece_number(folded.substr(start, end - start), pair_kind), false);
        }
        before = word;
        at = end + 1;
    }
}

}  // namespace tertulia::dialogs
