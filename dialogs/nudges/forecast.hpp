// What the policies would do in the days to come, if nothing unexpected happens: what is late today stays
// so, whatever falls due from now on is paid on its day, and who is asked how she is answers: whom no
// check-in reaches is called, and the call reaches her. So the reminders of what is to come are all
// there, and what is late shows the most that may come of it.
//
// Pure. A day at a time, planned as the planner does (standing.hpp, talks.hpp) and judged by the gates
// themselves, with what is known of her now and for as long as it is known to hold.

#pragma once

#include "dialogs/clients/contact.hpp"
#include "dialogs/nudges/gates.hpp"
#include "dialogs/nudges/policy.hpp"

#include <optional>
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
    std::string_view dialog{};  // by her arm of an experiment; empty: the step says nothing
    std::string channel{};      // the kind it would go by
    std::string kept_by{};      // a gate's reason, officer_less, officer_none; empty: it goes
    bool opens_task{};          // also where the words are kept back
};

// What an officer has asked for her, and the first day on which it no longer holds.
struct forecast_attention {
    attention wanted{};
    civil_date over_on{};
};

// By which kinds of channel she can be written to.
struct forecast_reach {
    std::string usual{};  // where she last wrote; empty: she never has
    bool by_sms{};
    bool by_whatsapp{};
};

// A promise or a claim of hers, and the last day on which it holds.
struct forecast_hold {
    std::string loan_id{};  // empty: she did not say which
    civil_date until{};
};

// A step that is over: sent or decided.
struct forecast_over {
    nudge_anchor counts_from{};
    std::string loan_id{};
    civil_date anchor{};
    int day{};
    bool operator==(const forecast_over&) const = default;
};

// One client, as she stands on the first day.
struct forecast_client {
    std::string id{};
    std::vector<loan> loans{};  // all hers, also those that are over
    int broken_promises{};
    std::string unit{};  // of an experiment: her group's id, or hers
    forecast_attention asked{};
    forecast_reach reach{};
    std::vector<past_contact> talks{};
    std::optional<contact_due_on> talk{};  // that stands for her in the plan
    // What keeps a nudge back, each to its last day.
    bool opted_out{};
    bool wants_none{};  // of what is to come
    std::optional<civil_date> paused_until{};  // the day it is over
    std::optional<civil_date> disputes_until{};
    std::optional<civil_date> hardship_until{};
    std::vector<forecast_hold> promises{};
    std::vector<forecast_hold> claims{};
    std::vector<forecast_over> over{};
    std::vector<touch> touches{};  // of the last days
};

// From `from` on, `days` long; in the order in which they would go.
[[nodiscard]] std::vector<forecast_line> forecast(
    forecast_client of, const nudge_rules& rules, const contact_calendar& when, civil_date from, int days
);

// The same for everybody alike: a message three days before, on the day and three days after, as
// reminders are mostly sent. What a policy is compared with.
[[nodiscard]] nudge_policy fixed_blast();

}  // namespace tertulia::dialogs
