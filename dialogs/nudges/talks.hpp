// The talk with her that stands in the plan: the one that is due (clients/contact.hpp), on which of the
// days its stage is spread over. The planner and the forecast both ask here, so that they agree.
//
// Pure.

#pragma once

#include "dialogs/clients/contact.hpp"
#include "dialogs/nudges/policy.hpp"

#include <optional>
#include <span>
#include <string_view>

namespace tertulia::dialogs {

// Where nobody has been talked with yet, everybody is due at once: the first talks are spread over the
// days until the next would be, by the client's id.
[[nodiscard]] int days_to_first_talk(std::string_view client_id) noexcept;

// `set`: what stands for her so far. `loans` are all hers, `had` the talks in any order. Nothing: no talk
// is to come.
[[nodiscard]] std::optional<contact_due_on> talk_to_plan(
    const nudge_rules& rules, std::string_view client_id, std::span<const loan> loans,
    std::span<const past_contact> had, const std::optional<contact_due_on>& set, civil_date today
);

}  // namespace tertulia::dialogs
