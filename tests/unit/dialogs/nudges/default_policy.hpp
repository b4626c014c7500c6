// The ladders the institution starts with, as tests need them: who is spoken to on which day.

#pragma once

#include "dialogs/nudges/policy.hpp"

#include <string_view>

namespace tertulia::dialogs {

// Counted from the oldest open instalment of a loan.
[[nodiscard]] nudge_policy default_arrears_policy();
// Counted from the day she said she would pay on.
[[nodiscard]] nudge_policy default_promise_policy();

// Both hours of a country, its zone and holidays, kept alive together.
struct contact_place {
    local_calendar calendar;
    opening_hours law;
    opening_hours ours;
    std::vector<civil_date> holidays{};
    contact_calendar when{law, ours, holidays, calendar};

    contact_place(
        std::string_view country,
        std::string_view zone,
        std::string_view our_hours = "24/7",
        std::vector<civil_date> days_off = {}
    );
    contact_place(const contact_place&) = delete;
    contact_place& operator=(const contact_place&) = delete;
};

}  // namespace tertulia::dialogs
