#include "dialogs/services/referral_codes.hpp"

#include <boost/assert.hpp>

#include <algorithm>

namespace tertulia::dialogs {
namespace {

constexpr std::string_view letters = "CDFGHJKMNPQRTVWXY";
constexpr std::string_view digits = "34679";
constexpr std::string_view signs = "CDFGHJKMNPQRTVWXY34679";
constexpr std::size_t number_least = 2;               // signs of the conversation's number
constexpr std::size_t least = number_least + 4;       // with those of chance, and the check sign
constexpr std::size_t most = 19;                      // of the highest number there is

constexpr char capital(char one) noexcept {
    return one >= 'a' && one <= 'z' ? static_cast<char>(one - 'a' + 'A') : one;
}

// What is not ASCII parts words: quotes and "¡" stand close to a code, letters with accents do not.
constexpr bool is_of_word(char one) noexcept {
    const char big = capital(one);
    return (big >= 'A' && big <= 'Z') || (big >= '0' && big <= '9');
}

// Luhn's sum, modulo the number of signs: it sees every single slip and almost every exchange of two.
std::size_t luhn(std::string_view of, std::size_t factor) noexcept {
    std::size_t sum = 0;
    for (auto at = of.rbegin(); at != of.rend(); ++at) {
        const auto addend = signs.find(*at) * factor;
        sum += addend / signs.size() + addend % signs.size();
        factor = factor == 2 ? 1 : 2;
    }
    return sum % signs.size();
}

bool has_form(std::string_view word) noexcept {
    if (word.size() < least || word.size() > most) return false;
    if (word.find_first_not_of(signs) != std::string_view::npos) return false;
    const auto chance = word.substr(word.size() - 4, 3);
    return digits.find(chance[0]) != std::string_view::npos &&
           letters.find(chance[1]) != std::string_view::npos && luhn(word, 1) == 0;
}

}  // namespace

std::string referral_code(std::int64_t conversation, std::uint64_t chance) {
    BOOST_ASSERT(conversation > 0);
    std::string code;
    for (auto rest = conversation; rest > 0;) {
        const auto base = static_cast<std::int64_t>(signs.size());
        code += signs[static_cast<std::size_t>(rest % base)];
        rest /= base;
    }
    while (code.size() < number_least) code += signs.front();
    std::ranges::reverse(code);
    const auto pick = [&chance](std::string_view from) {
        const auto one = from[static_cast<std::size_t>(chance % from.size())];
        chance /= from.size();
        return one;
    };
    code += pick(digits);
    code += pick(letters);
    code += pick(signs);
    code += signs[(signs.size() - luhn(code, 2)) % signs.size()];
    return code;
}

std::string find_referral_code(std::string_view text) {
    for (std::size_t from = 0; from < text.size();) {
        auto to = from;
        while (to < text.size() && is_of_word(text[to])) ++to;
        const auto length = to - from;
        if (length >= least && length <= most) {
            std::string word{text.substr(from, length)};
            for (auto& one : word) one = capital(one);
            if (has_form(word)) return word;
        }
        from = to + 1;
    }
    return {};
}

}  // namespace tertulia::dialogs
