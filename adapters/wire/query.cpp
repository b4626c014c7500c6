#include "adapters/wire/query.hpp"

#include <charconv>
#include <cstdint>

namespace tertulia::adapters {

std::optional<std::string> percent_decoded(std::string_view text) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t index = 0; index < text.size(); ++index) {
        if (text[index] == '+') {
            decoded += ' ';
        } else if (text[index] != '%') {
            decoded += text[index];
        } else {
            if (text.size() - index < 3) return std::nullopt;
            std::uint8_t value = 0;
            const char* const from = text.data() + index + 1;
            const auto [end, error] = std::from_chars(from, from + 2, value, 16);
            if (error != std::errc{} || end != from + 2) return std::nullopt;
            decoded += static_cast<char>(value);
            index += 2;
        }
    }
    return decoded;
}

std::optional<std::string> query_value(std::string_view query, std::string_view name) {
    while (!query.empty()) {
        const auto pair = query.substr(0, query.find('&'));
        query.remove_prefix(pair.size() + (pair.size() < query.size() ? 1 : 0));
        const auto equals = pair.find('=');
        if (percent_decoded(pair.substr(0, equals)) != name) continue;
        return percent_decoded(equals == std::string_view::npos ? "" : pair.substr(equals + 1));
    }
    return std::nullopt;
}

}  // namespace tertulia::adapters
