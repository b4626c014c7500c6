// What a policy would do in the days to come, if nothing unexpected happens: what is late today stays
// so, and whatever falls due from now on is paid on its day. So the reminders of what is to come are
// all there, and what is late shows the most that may come of it.
//
// Pure. A day at a time, with the caps; gates that hang on a conversation are the caller's.

#pragma once

#include "dialogs/nudges/policy.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::dialogs {

struct forecast_line {
    civil_date on{};
    const nudge_policy* policy{};
    const nudge_segment* segment{};
    const nudge_step* step{};
    std::string loan_id{};
    int instalment{};
    civil_date anchor{};
    std::string_view kept_by{};  // a cap, officer_less, officer_none; empty: it goes
};

// What an officer has asked for her, and the first day on which it no longer holds.
struct forecast_attention {
    attention wanted{};
    civil_date over_on{};
};

// Of one client: `loans` are all hers, also those that are over. From `from` on, `days` long.
[[nodiscard]] std::vector<forecast_line> forecast(
    std::vector<loan> loans, int broken_promises, const nudge_rules& rules,
    const contact_calendar& when, civil_date from, int days, forecast_attention asked = {}
);

// The same for everybody alike: a message three days before, on the day and three days after, as
// reminders are mostly sent. What a policy is compared with.
[[nodiscard]] nudge_policy fixed_blast();

}  // namespace tertulia::dialogs
