#include "gateway/commands/day_option.hpp"

#include "dialogs/facts/iso_date.hpp"

#include <algorithm>
#include <iostream>

namespace tertulia::gateway {
namespace {

constexpr std::size_t year_digits = 4;

// A day of the calendar in a year that is out of reach.
bool is_far_day(const std::string& text) {
    const bool has_year = text.size() > year_digits &&
                          std::all_of(text.begin(), text.begin() + year_digits, [](char one) {
                              return one >= '0' && one <= '9';
                          });
    return has_year && parse_iso_date("2000" + text.substr(year_digits)).has_value();
}

}  // namespace

std::optional<civil_date> day_said(std::string_view option, const std::string& text) {
    if (const auto day = parse_iso_date(text)) return day;
    std::cerr << "tertulia: '" << text << "' is " << (is_far_day(text) ? "too far away" : "no day")
              << ": write " << option << " 2026-12-20\n";
    return std::nullopt;
}

}  // namespace tertulia::gateway
