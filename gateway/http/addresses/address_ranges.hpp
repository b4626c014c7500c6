// Addresses as an operator writes them: 192.0.2.7, 10.0.0.0/8, 2001:db8::/32. An IPv4 address
// written as IPv6 (::ffff:192.0.2.7) is the IPv4 address it stands for.
//
// Pure: names are not looked up here, or whoever answers for a name could let himself in.

#pragma once

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/network_v4.hpp>
#include <boost/asio/ip/network_v6.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace tertulia::gateway::http {

using address = boost::asio::ip::address;

// Digits, hexadecimal letters, dots and colons in the one spelling there is; no port, no zone, no
// brackets, no blanks. Nothing if it is anything else.
[[nodiscard]] std::optional<address> read_address(std::string_view text);

// What is wrong with a range, and how to write it; empty: nothing. "10.0.0.5/8" is wrong: whoever
// wrote it meant one machine or all of them, and we do not guess which.
[[nodiscard]] std::string trouble_with_range(std::string_view text);
[[nodiscard]] bool is_everywhere(std::string_view range);  // /0

class address_ranges {
public:
    address_ranges() = default;
    // What trouble_with_range() objects to is left out: it lets nobody in.
    explicit address_ranges(const std::vector<std::string>& from);
    [[nodiscard]] bool has(const address& one) const noexcept;
    [[nodiscard]] bool empty() const noexcept { return all_.empty(); }

private:
    using range = std::variant<boost::asio::ip::network_v4, boost::asio::ip::network_v6>;
    std::vector<range> all_{};
};

}  // namespace tertulia::gateway::http
