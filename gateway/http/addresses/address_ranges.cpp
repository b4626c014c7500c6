#include "gateway/http/addresses/address_ranges.hpp"

#include <algorithm>
#include <charconv>

namespace tertulia::gateway::http {
namespace {

namespace ip = boost::asio::ip;

constexpr std::size_t address_bytes_max = 45;  // of the longest IPv6 spelling

bool is_address_letter(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') ||
           c == '.' || c == ':';
}

struct written_range {
    address base{};
    unsigned short bits{};
};

// As written, whether or not its base is the first address of the range.
std::optional<written_range> read_range(std::string_view text) {
    const auto slash = text.find('/');
    const auto base = read_address(text.substr(0, slash));
    if (!base) return std::nullopt;
    const unsigned short most = base->is_v4() ? 32 : 128;
    if (slash == std::string_view::npos) return written_range{*base, most};
    // A mapped base would count its bits from elsewhere.
    if (base->is_v4() && text.substr(0, slash).find(':') != std::string_view::npos) {
        return std::nullopt;
    }
    const auto digits = text.substr(slash + 1);
    written_range out{*base, 0};
    const auto* end = digits.data() + digits.size();
    const auto [stopped, failed] = std::from_chars(digits.data(), end, out.bits);
    const bool spelt = !digits.empty() && digits.size() <= 3 && stopped == end &&
                       failed == std::errc{} && (digits.size() == 1 || digits.front() != '0');
    if (!spelt || out.bits > most) return std::nullopt;
    return out;
}

// The whole range around its base, spelt as it should be.
std::string canonical(const written_range& of) {
    if (of.base.is_v4()) return ip::network_v4{of.base.to_v4(), of.bits}.canonical().to_string();
    return ip::network_v6{of.base.to_v6(), of.bits}.canonical().to_string();
}

bool begins_at_its_base(const written_range& of) {
    if (of.base.is_v4()) {
        return ip::network_v4{of.base.to_v4(), of.bits}.network() == of.base.to_v4();
    }
    return ip::network_v6{of.base.to_v6(), of.bits}.network() == of.base.to_v6();
}

}  // namespace

std::optional<address> read_address(std::string_view text) {
    if (text.empty() || text.size() > address_bytes_max ||
        !std::ranges::all_of(text, is_address_letter)) {
        return std::nullopt;
    }
    boost::system::error_code failed;
    const auto read = ip::make_address(std::string{text}, failed);
    if (failed) return std::nullopt;
    if (read.is_v6() && read.to_v6().is_v4_mapped()) {
        return ip::make_address_v4(ip::v4_mapped, read.to_v6());
    }
    return read;
}

std::string trouble_with_range(std::string_view text) {
    const auto read = read_range(text);
    if (!read) return "for example 192.0.2.7, 10.0.0.0/8 or 2001:db8::/32";
    if (begins_at_its_base(*read)) return {};
    return "write " + canonical(*read) + " for all of them, or " + read->base.to_string() +
           " for the one";
}

bool is_everywhere(std::string_view range) {
    const auto read = read_range(range);
    return read && read->bits == 0;
}

address_ranges::address_ranges(const std::vector<std::string>& from) {
    for (const auto& text : from) {
        const auto read = read_range(text);
        if (!read || !begins_at_its_base(*read)) continue;
        if (read->base.is_v4()) {
            all_.emplace_back(ip::network_v4{read->base.to_v4(), read->bits});
        } else {
            all_.emplace_back(ip::network_v6{read->base.to_v6(), read->bits});
        }
    }
}

bool address_ranges::has(const address& one) const noexcept {
    return std::ranges::any_of(all_, [&](const range& in) {
        if (const auto* v4 = std::get_if<ip::network_v4>(&in)) {
            return one.is_v4() &&
                   ip::network_v4{one.to_v4(), v4->prefix_length()}.network() == v4->network();
        }
        const auto& v6 = std::get<ip::network_v6>(in);
        return one.is_v6() &&
               ip::network_v6{one.to_v6(), v6.prefix_length()}.network() == v6.network();
    });
}

}  // namespace tertulia::gateway::http
