#include "dialogs/clients/preferences.hpp"

#include "dialogs/facts/iso_date.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace tertulia::dialogs {
namespace {

constexpr std::string_view pause = "pause";
constexpr int minutes_per_hour = 60;
constexpr int earliest_hour = 7;
constexpr int latest_hour = 20;
// In the middle of what people call so, and within the hours anybody may be written to.
constexpr int morning = 9 * minutes_per_hour;
constexpr int afternoon = 15 * minutes_per_hour;
constexpr int evening = 18 * minutes_per_hour;

struct known_preference {
    std::string_view name{};
    std::array<std::string_view, 4> values{};
};
constexpr std::array<known_preference, 4> known{{
    {"address", {"courtesy", "first_name"}},
    {"form", {"voice", "text", "any"}},
    {"hour", {"morning", "afternoon", "evening", "any"}},
    {"reminders", {"more", "usual", "less"}},
}};

}  // namespace

bool is_preference(std::string_view name, std::string_view value) {
    if (name == pause) return value == "any" || parse_iso_date(value).has_value();
    const auto* at = std::ranges::find(known, name, &known_preference::name);
    if (at == known.end() || value.empty()) return false;
    if (std::ranges::find(at->values, value) != at->values.end()) return true;
    const auto minutes = name == "hour" ? minutes_of_hour(value) : std::nullopt;
    return minutes && hour_word(*minutes / minutes_per_hour) == value;
}

void prefer(
    std::vector<preference>& all, std::string_view name, std::string value, std::string_view source,
    instant now
) {
    auto at = std::ranges::find(all, name, &preference::name);
    if (at == all.end()) {
        if (all.size() >= preferences_max) return;
        at = all.insert(all.end(), preference{.name = std::string{name}});
    }
    at->value = std::move(value);
    at->source = source;
    at->at = now;
}

std::string_view preferred(std::span<const preference> all, std::string_view name) noexcept {
    const auto at = std::ranges::find(all, name, &preference::name);
    return at == all.end() ? std::string_view{} : std::string_view{at->value};
}

std::optional<civil_date> paused_until(std::span<const preference> all, civil_date today) {
    const auto until = parse_iso_date(preferred(all, pause));
    return until && today < *until ? until : std::nullopt;
}

std::string pause_word(civil_date until, civil_date today) {
    return iso_date(std::min(until, plus_days(today, pause_days_max)));
}

std::optional<int> minutes_of_hour(std::string_view hour) noexcept {
    if (hour == "morning") return morning;
    if (hour == "afternoon") return afternoon;
    if (hour == "evening") return evening;
    int value = 0;
    const auto colon = hour.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    const auto* end = hour.data() + colon;
    const auto [stopped, error] = std::from_chars(hour.data(), end, value);
    if (error != std::errc{} || stopped != end) return std::nullopt;
    return value * minutes_per_hour;
}

std::string hour_word(std::int64_t hour) {
    if (hour < earliest_hour || hour > latest_hour) return {};
    return (hour < 10 ? "0" : "") + std::to_string(hour) + ":00";
}

void agree(std::vector<agreement>& all, consent_kind what, bool given, instant now) {
    const auto at = std::ranges::find(all, what, &agreement::what);
    if (at != all.end()) {
        *at = {what, given, now};
    } else {
        all.push_back({what, given, now});
    }
}

std::array<bool, consent_kinds> agreed(std::span<const agreement> all) noexcept {
    std::array<bool, consent_kinds> out{};
    for (const auto& each : all) out[static_cast<std::size_t>(each.what)] = each.given;
    return out;
}

}  // namespace tertulia::dialogs
