#include "dialogs/engine/meeting_wish.hpp"

#include <charconv>

namespace tertulia::dialogs {
namespace {

constexpr char between = '\t';  // no telephone writes it into a name

}  // namespace

std::string to_text(const wished_meeting& what) {
    const auto when = what.start ? std::to_string(to_millis(*what.start)) : std::string{};
    return what.asked_by + between + when + between + what.group;
}

std::optional<wished_meeting> read_wished_meeting(std::string_view text) {
    const auto first = text.find(between);
    if (first == std::string_view::npos) return std::nullopt;
    const auto second = text.find(between, first + 1);
    if (second == std::string_view::npos) return std::nullopt;
    wished_meeting read{
        .asked_by = std::string{text.substr(0, first)},
        .group = std::string{text.substr(second + 1)},
        .start = {}};
    const auto when = text.substr(first + 1, second - first - 1);
    if (when.empty()) return read;
    std::int64_t millis{};
    const auto* const end = when.data() + when.size();
    const auto [stopped, error] = std::from_chars(when.data(), end, millis);
    if (error != std::errc{} || stopped != end) return std::nullopt;
    read.start = from_millis(millis);
    return read;
}

}  // namespace tertulia::dialogs
