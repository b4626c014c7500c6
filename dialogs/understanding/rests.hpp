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

// As the answer to "until when?", where "15", "enero" and "el lunes" say it, too.
[[nodiscard]] std::optional<civil_date> rest_answered(
    std::string_view text, const reading_rules& rules
);
// Whether any is named: that does not depend on the day it is said.
[[nodiscard]] bool names_a_rest(std::string_view text, std::string_view language);

}  // namespace tertulia::dialogs
