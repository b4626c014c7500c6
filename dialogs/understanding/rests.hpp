// Until when she wants to be left in peace: "hasta enero", "por dos semanas", "no texts this week",
// "pas avant lundi". How long something rests is no day on which it is: "hasta enero le pago" promises
// nothing for the first of January, so dates.cpp does not read these. Pure: today is an argument.

#pragma once

#include "dialogs/understanding/entities.hpp"

#include <optional>
#include <string_view>

namespace tertulia::dialogs {

// The first day on which it is over, always after today. Nothing: she names none ("unos días"). Of
// several the one she says "until" of, else how long, else the last.
[[nodiscard]] std::optional<civil_date> end_of_rest(
    std::string_view text, const reading_rules& rules
);

}  // namespace tertulia::dialogs
