#include "gateway/http/caller.hpp"

#include <algorithm>

namespace tertulia::gateway::http {
namespace {

std::string_view without_blanks(std::string_view text) {
    constexpr std::string_view blanks{" \t"};
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

bool is_port(std::string_view text) {
    return !text.empty() && text.size() <= 5 &&
           std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// One entry: an address, in brackets or not, with a port or not.
std::optional<address> read_entry(std::string_view text) {
    text = without_blanks(text);
    if (text.starts_with('[')) {
        const auto end = text.find(']');
        if (end == std::string_view::npos) return std::nullopt;
        const auto rest = text.substr(end + 1);
        if (!rest.empty() && (rest.front() != ':' || !is_port(rest.substr(1)))) {
            return std::nullopt;
        }
        const auto inside = text.substr(1, end - 1);
        if (inside.find(':') == std::string_view::npos) return std::nullopt;
        return read_address(inside);
    }
    const auto colon = text.find(':');
    const bool one_colon = colon != std::string_view::npos && text.rfind(':') == colon;
    if (!one_colon) return read_address(text);
    if (!is_port(text.substr(colon + 1))) return std::nullopt;
    return read_address(text.substr(0, colon));
}

// The last entry, taken off its line.
std::string_view take_last(std::string_view& line, bool& more) {
    const auto comma = line.rfind(',');
    more = comma != std::string_view::npos;
    const auto last = more ? line.substr(comma + 1) : line;
    line = more ? line.substr(0, comma) : std::string_view{};
    return last;
}

}  // namespace

std::optional<address> caller_of(
    std::string_view peer,
    const std::vector<std::string_view>& forwarded,
    const address_ranges& trusted
) {
    // The zone of a link-local peer is this machine's own affair.
    auto at = read_address(peer.substr(0, peer.find('%')));
    if (!at || !trusted.has(*at)) return at;
    for (auto line = forwarded.rbegin(); line != forwarded.rend(); ++line) {
        auto rest = *line;
        for (bool more = true; more;) {
            at = read_entry(take_last(rest, more));
            if (!at || !trusted.has(*at)) return at;
        }
    }
    return at;
}

}  // namespace tertulia::gateway::http
