// Civil dates as text, in the one form every file and table of the house uses: 2026-11-23.
// How people read a date is wording's business.

#pragma once

#include "dialogs/message/time.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace tertulia {

// Exactly YYYY-MM-DD and a day that exists in the years 1900-2200; else nothing.
[[nodiscard]] std::optional<civil_date> parse_iso_date(std::string_view text) noexcept;

// Empty for a date that does not exist, such as a default one.
[[nodiscard]] std::string iso_date(civil_date day);

[[nodiscard]] inline civil_date plus_days(civil_date day, int days) noexcept {
    return civil_date{std::chrono::sys_days{day} + std::chrono::days{days}};
}

[[nodiscard]] inline int days_between(civil_date from, civil_date to) noexcept {
    return static_cast<int>((std::chrono::sys_days{to} - std::chrono::sys_days{from}).count());
}

}  // namespace tertulia
