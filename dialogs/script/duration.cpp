#include "dialogs/script/duration.hpp"

#include <array>
#include <charconv>
#include <cstdint>
#include <utility>

namespace tertulia::dialogs {
namespace {

constexpr std::int64_t count_max = 100'000;

constexpr std::array<std::pair<std::string_view, std::int64_t>, 11> units{{
    {"s", 1},
    {"min", 60},
    {"minute", 60},
    {"minutes", 60},
    {"h", 3'600},
    {"hour", 3'600},
    {"hours", 3'600},
    {"day", 86'400},
    {"days", 86'400},
    {"week", 604'800},
    {"weeks", 604'800},
}};

}  // namespace

std::optional<milliseconds> parse_duration(std::string_view text) noexcept {
    std::int64_t count = 0;
    const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (error != std::errc{} || count <= 0 || count > count_max) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(rest - text.data()));
    while (text.starts_with(' ')) text.remove_prefix(1);
    for (const auto& [name, seconds] : units) {
        if (name == text) return milliseconds{count * seconds * 1'000};
    }
    return std::nullopt;
}

std::string duration_pattern() {
    std::string words;
    for (const auto& [name, seconds] : units) {
        if (!words.empty()) words += '|';
        words += name;
    }
    return "[0-9]+ *(" + words + ")";
}

}  // namespace tertulia::dialogs
