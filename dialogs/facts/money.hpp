// Money is a count of minor units and an ISO 4217 currency; never a double, never without currency.

#pragma once

#include <array>
#include <compare>
#include <cstdint>
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

}  // namespace tertulia
