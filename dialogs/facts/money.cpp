#include "dialogs/facts/money.hpp"

#include <boost/assert.hpp>

#include <algorithm>

namespace tertulia {
namespace {

// ISO 4217 as amended to 2024; every currency not listed has two digits.
constexpr std::array<std::string_view, 17> no_digits{
    "BIF",
    "CLP",
    "DJF",
    "GNF",
    "ISK",
    "JPY",
    "KMF",
    "KRW",
    "PYG",
    "RWF",
    "UGX",
    "UYI",
    "VND",
    "VUV",
    "XAF",
    "XOF",
    "XPF"};
constexpr std::array<std::string_view, 7> three_digits{
    "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"};
constexpr std::array<std::string_view, 2> four_digits{"CLF", "UYW"};

template <std::size_t Size>
bool among(const std::array<std::string_view, Size>& codes, std::string_view code) noexcept {
    return std::find(codes.begin(), codes.end(), code) != codes.end();
}

std::optional<std::int64_t> append_digit(std::int64_t value, char c) noexcept {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
    if (value > minor_max) return std::nullopt;
    return value;
}

}  // namespace

money operator+(money left, money right) {
    BOOST_ASSERT(left.currency == right.currency);
    return {left.minor + right.minor, left.currency};
}

money operator-(money left, money right) {
    BOOST_ASSERT(left.currency == right.currency);
    return {left.minor - right.minor, left.currency};
}

bool parse_currency(std::string_view text, currency_code& out) noexcept {
    if (text.size() != 3) return false;
    if (!std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; })) {
        return false;
    }
    std::copy(text.begin(), text.end(), out.letters.begin());
    return true;
}

int minor_digits(currency_code currency) noexcept {
    const auto code = currency.view();
    if (among(no_digits, code)) return 0;
    if (among(three_digits, code)) return 3;
    if (among(four_digits, code)) return 4;
    return 2;
}

std::optional<money> parse_decimal(std::string_view text, currency_code currency) noexcept {
    const bool negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    const auto point = text.find('.');
    const auto whole = text.substr(0, point);
    const auto cents =
        point == std::string_view::npos ? std::string_view{} : text.substr(point + 1);
    const auto width = static_cast<std::size_t>(minor_digits(currency));
    if (whole.empty() || cents.size() > width) return std::nullopt;
    if (point != std::string_view::npos && cents.empty()) return std::nullopt;

    std::optional<std::int64_t> minor = 0;
    for (std::size_t i = 0; minor && i < whole.size(); ++i) minor = append_digit(*minor, whole[i]);
    for (std::size_t i = 0; minor && i < width; ++i) {
        minor = append_digit(*minor, i < cents.size() ? cents[i] : '0');
    }
    if (!minor) return std::nullopt;
    return money{negative ? -*minor : *minor, currency};
}

std::string decimal(money amount) {
    const auto width = static_cast<std::size_t>(minor_digits(amount.currency));
    const bool negative = amount.minor < 0;
    // Through unsigned, because the smallest integer has no positive twin.
    auto rest = static_cast<std::uint64_t>(amount.minor);
    if (negative) rest = 0 - rest;
    std::string digits = std::to_string(rest);
    if (digits.size() <= width) digits.insert(0, width + 1 - digits.size(), '0');
    if (width > 0) digits.insert(digits.size() - width, 1, '.');
    return negative ? "-" + digits : digits;
}

}  // namespace tertulia
