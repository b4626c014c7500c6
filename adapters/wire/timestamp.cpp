#include "adapters/wire/timestamp.hpp"

#include <array>
#include <charconv>
#include <cstdio>

namespace tertulia::adapters {
namespace {

constexpr std::array<std::string_view, 12> months{
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

// Takes exactly so many digits off the front.
std::optional<int> digits(std::string_view& text, std::size_t count) {
    int value = 0;
    if (text.size() < count || text.front() == '-') return std::nullopt;
    const auto [end, error] = std::from_chars(text.data(), text.data() + count, value);
    if (error != std::errc{} || end != text.data() + count) return std::nullopt;
    text.remove_prefix(count);
    return value;
}

bool take(std::string_view& text, std::string_view start) {
    if (!text.starts_with(start)) return false;
    text.remove_prefix(start.size());
    return true;
}

std::optional<instant> moment(int year, int month, int day, int hour, int minute, int second) {
    const std::chrono::year_month_day date{
        std::chrono::year{year},
        std::chrono::month{static_cast<unsigned>(month)},
        std::chrono::day{static_cast<unsigned>(day)}};
    if (!date.ok() || hour > 23 || minute > 59 || second > 60) return std::nullopt;
    return instant{
        std::chrono::sys_days{date} + std::chrono::hours{hour} + std::chrono::minutes{minute} +
        std::chrono::seconds{second}};
}

// How far east of UTC "Z", "+0000" or "-06:00" is; it must be all that is left.
std::optional<std::chrono::minutes> zone(std::string_view text) {
    if (text.empty() || text == "Z") return std::chrono::minutes{0};
    const bool west = text.front() == '-';
    if (!west && text.front() != '+') return std::nullopt;
    text.remove_prefix(1);
    const auto hours = digits(text, 2);
    if (!hours) return std::nullopt;
    take(text, ":");
    const auto minutes = digits(text, 2);
    if (!minutes || !text.empty() || *hours > 23 || *minutes > 59) return std::nullopt;
    const std::chrono::minutes east{*hours * 60 + *minutes};
    return west ? -east : east;
}

// "09:15:04"
std::optional<std::array<int, 3>> time_of_day(std::string_view& text) {
    const auto hour = digits(text, 2);
    if (!hour || !take(text, ":")) return std::nullopt;
    const auto minute = digits(text, 2);
    if (!minute || !take(text, ":")) return std::nullopt;
    const auto second = digits(text, 2);
    if (!second) return std::nullopt;
    return std::array{*hour, *minute, *second};
}

// ".445": milliseconds; what is finer is dropped. Zero if there is no fraction.
std::chrono::milliseconds fraction(std::string_view& text) {
    if (!take(text, ".")) return {};
    int value = 0;
    int weight = 100;
    while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
        value += (text.front() - '0') * weight;
        weight /= 10;
        text.remove_prefix(1);
    }
    return std::chrono::milliseconds{value};
}

}  // namespace

std::optional<instant> read_iso_time(std::string_view text) {
    const auto year = digits(text, 4);
    if (!year || !take(text, "-")) return std::nullopt;
    const auto month = digits(text, 2);
    if (!month || !take(text, "-")) return std::nullopt;
    const auto day = digits(text, 2);
    if (!day || !(take(text, "T") || take(text, " "))) return std::nullopt;
    const auto time = time_of_day(text);
    if (!time) return std::nullopt;
    const auto part = fraction(text);
    const auto east = zone(text);
    const auto at = moment(*year, *month, *day, (*time)[0], (*time)[1], (*time)[2]);
    if (!east || !at) return std::nullopt;
    return *at + part - *east;
}

std::optional<instant> read_mail_time(std::string_view text) {
    if (const auto comma = text.find(", "); comma != std::string_view::npos) {
        text.remove_prefix(comma + 2);
    }
    const auto day = digits(text, text.size() > 1 && text[1] == ' ' ? 1 : 2);
    if (!day || !take(text, " ")) return std::nullopt;
    int month = 0;
    for (std::size_t index = 0; index < months.size() && month == 0; ++index) {
        if (take(text, months[index])) month = static_cast<int>(index) + 1;
    }
    if (month == 0 || !take(text, " ")) return std::nullopt;
    const auto year = digits(text, 4);
    if (!year || !take(text, " ")) return std::nullopt;
    const auto time = time_of_day(text);
    if (!time || !take(text, " ") || text.empty()) return std::nullopt;
    const auto east = zone(text == "GMT" ? "Z" : text);
    const auto at = moment(*year, month, *day, (*time)[0], (*time)[1], (*time)[2]);
    if (!east || !at) return std::nullopt;
    return *at - *east;
}

std::string write_iso_time(instant at) {
    const auto days = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day date{days};
    const std::chrono::hh_mm_ss time{std::chrono::floor<std::chrono::seconds>(at - days)};
    std::array<char, 40> text{};
    const auto size = std::snprintf(
        text.data(),
        text.size(),
        "%04d-%02u-%02uT%02d:%02d:%02dZ",
        static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()),
        static_cast<unsigned>(date.day()),
        static_cast<int>(time.hours().count()),
        static_cast<int>(time.minutes().count()),
        static_cast<int>(time.seconds().count())
    );
    return {text.data(), static_cast<std::size_t>(size)};
}

}  // namespace tertulia::adapters
