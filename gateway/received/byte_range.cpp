#include "gateway/received/byte_range.hpp"

#include <algorithm>
#include <charconv>

namespace tertulia::gateway {
namespace {

std::optional<std::uint64_t> whole(std::string_view text) {
    std::uint64_t value = 0;
    const auto* end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, value);
    if (text.empty() || error != std::errc{} || stopped != end) return std::nullopt;
    return value;
}

}  // namespace

wanted_bytes read_range(std::string_view header, std::uint64_t bytes) {
    constexpr std::string_view unit = "bytes=";
    if (!header.starts_with(unit)) return {};
    header.remove_prefix(unit.size());
    const auto dash = header.find('-');
    if (dash == std::string_view::npos || header.find(',') != std::string_view::npos) return {};
    const auto from = header.substr(0, dash);
    const auto to = header.substr(dash + 1);
    if (from.empty()) {  // the last so many
        const auto count = whole(to);
        if (!count) return {};
        if (*count == 0 || bytes == 0) return {.outside = true};
        return {.part = byte_range{bytes - std::min(*count, bytes), bytes - 1}};
    }
    const auto first = whole(from);
    const auto last = to.empty() ? std::optional{bytes == 0 ? 0 : bytes - 1} : whole(to);
    if (!first || !last) return {};
    if (*first >= bytes) return {.outside = true};
    if (*last < *first) return {};
    return {.part = byte_range{*first, std::min(*last, bytes - 1)}};
}

}  // namespace tertulia::gateway
