#include "dialogs/services/place_hours.hpp"

#include "dialogs/services/local_moment.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace tertulia::dialogs {
namespace {

using std::chrono::days;
using std::chrono::minutes;

constexpr int days_ahead = 31;
constexpr int days_open_most = 7;  // without closing once: always
constexpr std::string_view always = "24/7";

std::string_view trimmed(std::string_view text) noexcept {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

bool begins_with(std::string_view text, std::string_view word) noexcept {
    const auto small = [](char one) { return one >= 'A' && one <= 'Z' ? one - 'A' + 'a' : one; };
    return text.size() > word.size() &&
           std::equal(word.begin(), word.end(), text.begin(), [&](char left, char right) {
               return small(left) == small(right);
           });
}

// What comes after the word for holidays, at the end of hours; nothing: they name none.
struct two_parts {
    std::string_view week{};
    std::optional<std::string_view> holidays{};
};
two_parts parts_of_hours(std::string_view text) noexcept {
    static constexpr std::array<std::string_view, 8> words{
        "ph ",
        "feriados",
        "días feriados",
        "dias feriados",
        "festivos",
        "jours fériés",
        "jours feries",
        "holidays"};
    const auto semicolon = text.rfind(';');
    if (semicolon == std::string_view::npos) return {text, {}};
    auto last = trimmed(text.substr(semicolon + 1));
    for (const auto word : words) {
        if (!begins_with(last, word)) continue;
        last = trimmed(last.substr(word.size()));
        if (last.starts_with(':')) last = trimmed(last.substr(1));
        return {text.substr(0, semicolon), last};
    }
    return {text, {}};
}

}  // namespace

std::optional<place_hours> place_hours::parse(
    std::string_view text, std::span<const civil_date> holidays, const local_calendar& calendar
) {
    const auto [week_text, holiday_text] = parts_of_hours(text);
    auto week = opening_hours::parse(week_text);
    if (!week) return std::nullopt;
    std::optional<opening_hours> then;
    if (holiday_text) {
        then = opening_hours::parse("Mo-Su " + std::string{*holiday_text});
        if (!then) return std::nullopt;
    } else if (trimmed(week_text) == always) {
        then = week;
    }
    return place_hours{std::move(*week), std::move(then), holidays, calendar};
}

place_hours::place_hours(
    opening_hours week,
    std::optional<opening_hours> then,
    std::span<const civil_date> holidays,
    const local_calendar& calendar
)
    : week_{std::move(week)},
      on_holidays_{std::move(then)},
      holidays_{holidays},
      calendar_{&calendar} {}

const opening_hours* place_hours::on(civil_date day) const noexcept {
    if (std::ranges::find(holidays_, day) == holidays_.end()) return &week_;
    return on_holidays_ ? &*on_holidays_ : nullptr;
}

bool place_hours::open_at(instant at) const noexcept {
    const auto there = calendar_->local(at);
    const auto* hours = on(there.date);
    return hours != nullptr && hours->open_at(moment_of(there));
}

std::optional<instant> place_hours::closes(instant now) const noexcept {
    if (!open_at(now)) return std::nullopt;
    auto at = now;
    // A day's hours end with it, unless the next day's go on from midnight.
    for (int day = 0; day <= days_open_most; ++day) {
        const auto there = calendar_->local(at);
        const auto here = moment_of(there);
        const auto shuts = on(there.date)->closes(here);
        if (shuts && shuts->day == here.day && shuts->minute > here.minute) {
            return calendar_->at(there.date, shuts->minute / 60, shuts->minute % 60);
        }
        at = calendar_->at(next_day(there.date), 0, 0);
        if (!open_at(at)) return at;
    }
    return std::nullopt;
}

std::optional<instant> place_hours::opens(instant now) const noexcept {
    if (open_at(now)) return std::nullopt;
    auto at = now;
    for (int day = 0; day <= days_ahead; ++day) {
        const auto there = calendar_->local(at);
        if (const auto* hours = on(there.date)) {
            const auto here = moment_of(there);
            if (hours->open_at(here)) return at;
            const auto next = hours->opens(here);
            if (next && next->day == here.day && next->minute > here.minute) {
                return calendar_->at(there.date, next->minute / 60, next->minute % 60);
            }
        }
        at = calendar_->at(next_day(there.date), 0, 0);
    }
    return std::nullopt;
}

}  // namespace tertulia::dialogs
