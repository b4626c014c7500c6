// Money is a count of minor units and an ISO 4217 currency; never a double, never without currency.

#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tertulia {

struct currency_code {
    std::array<char, 3> letters{'G', 'T', 'Q'};
    [[nodiscard]] constexpr std::string_view view() const noexcept { return {letters.data(), 3}; }
    auto operator<=>(const currency_code&) const = default;
};

struct money {
    std::int64_t minor{};  // centavos for GTQ
    currency_code currency{};
    auto operator<=>(const money&) const = default;
};

// Both sides must be of one currency: mixing them is our bug, not the client's (BOOST_ASSERT).
[[nodiscard]] money operator+(money left, money right);
[[nodiscard]] money operator-(money left, money right);

// Three upper-case ASCII letters, else false and `out` is unchanged.
[[nodiscard]] bool parse_currency(std::string_view text, currency_code& out) noexcept;

// How many decimal digits the currency's minor unit stands for (ISO 4217): 2 for GTQ, 0 for XOF.
[[nodiscard]] int minor_digits(currency_code currency) noexcept;

// The largest amount read from outside, in minor units: a thousand of them still add up exactly.
inline constexpr std::int64_t minor_max = 1'000'000'000'000'000;

// "1250.5" -> 125050 GTQ. Digits, at most one point, at most minor_digits decimals, an optional
// leading minus; no thousands separators, because "1,250" means two things in two countries.
[[nodiscard]] std::optional<money> parse_decimal(
    std::string_view text, currency_code currency
) noexcept;

// The reverse, always with all decimals: "1250.50", for XOF "1250".
[[nodiscard]] std::string decimal(money amount);

}  // namespace tertulia
