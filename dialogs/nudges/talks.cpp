#include "dialogs/nudges/talks.hpp"

#include "dialogs/facts/iso_date.hpp"

#include <algorithm>

namespace tertulia::dialogs {
namespace {

// The day of a talk that is due, where its stage is spread over several: of those on which it still makes
// sense.
civil_date talk_day(
    const nudge_rules& rules, std::string_view client_id, const contact_due_on& due,
    const std::optional<contact_due_on>& set
) {
    const auto* policy = rules.counting_from(nudge_anchor::contact);
    const auto stage = name_of(due.stage);
    const auto* segment = policy == nullptr ? nullptr : policy->find(stage);
    if (segment == nullptr) return due.on;
    int days = segment->spread_days;
    if (due.latest.ok()) days = std::min(days, days_between(due.on, due.latest) + 1);
    const bool same = set && set->stage == due.stage;
    return spread_day(
        stage, client_id, days, due.on, same ? std::optional{set->on} : std::nullopt
    );
}

}  // namespace

int days_to_first_talk(std::string_view client_id) noexcept {
    return draw_of("first_talk", client_id) % contact_every_days;
}

std::optional<contact_due_on> talk_to_plan(
    const nudge_rules& rules, std::string_view client_id, std::span<const loan> loans,
    std::span<const past_contact> had, const std::optional<contact_due_on>& set, civil_date today
) {
    auto due = contact_due(loans, had, rules.hard_seasons, set, today);
    if (!due) return due;
    const bool is_tried = set && *due == *set;
    if (!is_tried) due->on = talk_day(rules, client_id, *due, set);
    if (had.empty() && due->stage == contact_stage::any && due->on == today) {
        const bool is_set = set && set->stage == due->stage && set->on > today;
        if (is_set) due->on = set->on;
        if (!set) due->on = plus_days(today, days_to_first_talk(client_id));
    }
    return due;
}

}  // namespace tertulia::dialogs
