#include "dialogs/nudges/contact_calendar.hpp"

#include "dialogs/facts/iso_date.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace tertulia::dialogs {
namespace {

constexpr int search_days = 31;
constexpr int search_minutes = 5;  // hours begin and end on such

// Holidays are nowhere contact days: Colombia, Mexico and Peru forbid them, elsewhere it is custom.
constexpr std::array<country_rule, 12> rules_by_country{{
    {"", "Mo-Fr 08:00-18:00; Sa 09:00-13:00", 1, "no rule known: ours"},
    {"CO", "Mo-Fr 07:00-19:00; Sa 08:00-15:00", 1, "Ley 2300 of 2023", true},
    {"GT",
     "Mo-Fr 08:00-18:00; Sa 08:00-12:00",
     1,
     "bank law art. 46 bis, Decreto 28-2016 and 2-2024: no insistence, working hours; ours within"},
    {"HN", "Mo-Fr 08:00-18:00; Sa 08:00-12:00", 1, "no rule known: as Guatemala"},
    {"IN", "Mo-Sa 09:00-18:00", 1, "RBI microfinance directions of 2022"},
    {"KE", "Mo-Fr 08:00-18:00; Sa 09:00-13:00", 1, "no hours in the 2022 regulations: ours"},
    {"MX", "Mo-Fr 07:00-22:00", 1, "CONDUSEF, REDECO"},
    {"NG", "Mo-Su 08:00-20:00", 1, "NCC: nothing between 20:00 and 08:00"},
    {"NI", "Mo-Fr 08:00-18:00; Sa 08:00-12:00", 1, "no rule known: as Guatemala"},
    {"PE", "Mo-Fr 07:00-20:00", 1, "Ley 29571 art. 61 and 62"},
    {"SV", "Mo-Fr 08:00-18:00; Sa 08:00-12:00", 1, "no rule known: as Guatemala"},
    {"US", "Mo-Su 08:00-21:00", 1, "47 CFR 64.1200; 12 CFR 1006"},
}};

opening_hours::moment moment_at(civil_date day, int minute) noexcept {
    const auto weekday = std::chrono::weekday{std::chrono::sys_days{day}};
    return {static_cast<int>(weekday.iso_encoding()) - 1, minute};
}

}  // namespace

std::span<const country_rule> country_rules() noexcept {
    return rules_by_country;
}

const country_rule& rule_of_country(std::string_view country) noexcept {
    const auto found = std::ranges::find(rules_by_country, country, &country_rule::country);
    return found == rules_by_country.end() ? rules_by_country.front() : *found;
}

bool contact_calendar::holiday(civil_date day) const noexcept {
    return std::ranges::find(holidays_, day) != holidays_.end();
}

bool contact_calendar::open_at(civil_date day, int minute) const noexcept {
    const auto at = moment_at(day, minute);
    return law_.open_at(at) && ours_.open_at(at);
}

bool contact_calendar::open_at(instant at) const noexcept {
    const auto local = calendar_.local(at);
    return !holiday(local.date) && open_at(local.date, local.hour * 60 + local.minute);
}

// From one opening to the next, of whichever is closed.
std::optional<int> contact_calendar::next_open(civil_date day, int minute) const noexcept {
    if (minute >= minutes_a_day) return std::nullopt;
    auto at = moment_at(day, minute);
    while (!law_.open_at(at) || !ours_.open_at(at)) {
        const auto next = law_.open_at(at) ? ours_.opens(at) : law_.opens(at);
        if (!next || next->day != at.day || next->minute <= at.minute) return std::nullopt;
        at = *next;
    }
    return at.minute;
}

bool contact_calendar::contact_day(civil_date day) const noexcept {
    return !holiday(day) && next_open(day, 0).has_value();
}

std::optional<int> contact_calendar::minute_near(civil_date day, int wanted) const noexcept {
    if (!contact_day(day)) return std::nullopt;
    for (int away = 0; away < minutes_a_day; away += search_minutes) {
        for (const int minute : {wanted + away, wanted - away}) {
            if (minute >= 0 && minute < minutes_a_day && open_at(day, minute)) return minute;
        }
    }
    return std::nullopt;
}

civil_date contact_calendar::shifted(civil_date day, shift to) const noexcept {
    const int step = to == shift::earlier ? -1 : 1;
    for (int days = 0; std::abs(days) <= shift_days_most; days += step) {
        const auto candidate = plus_days(day, days);
        if (contact_day(candidate)) return candidate;
    }
    return day;
}

std::optional<instant> contact_calendar::opens(instant from) const noexcept {
    if (open_at(from)) return from;
    const auto local = calendar_.local(from);
    for (int days = 0; days < search_days; ++days) {
        const auto day = plus_days(local.date, days);
        if (holiday(day)) continue;
        const int begin = days == 0 ? local.hour * 60 + local.minute + 1 : 0;
        // What the clocks skip in spring is no moment of that day.
        for (auto minute = next_open(day, begin); minute; minute = next_open(day, *minute + 1)) {
            const auto at = calendar_.at(day, *minute / 60, *minute % 60);
            if (open_at(at) && at > from) return at;
        }
    }
    return std::nullopt;
}

}  // namespace tertulia::dialogs
