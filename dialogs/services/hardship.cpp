#include "dialogs/services/hardship.hpp"

#include "dialogs/facts/iso_date.hpp"
#include "dialogs/services/record_fields.hpp"

#include <algorithm>

namespace tertulia::dialogs {
namespace {

// Kinds and categories by their names in cases.yaml; an institution that calls them otherwise has no
// disputes here.
constexpr std::string_view complaint = "complaint";
constexpr std::string_view wrong_charge = "charge";
constexpr std::string_view of_messages = "messages";  // she complains of the very thing

bool keeps_us_silent(const client_case& of) {
    return of.kind == complaint && of.state != case_state::resolved && !of.over() &&
           (of.category == payment_missing || of.category == wrong_charge || of.category == of_messages);
}

}  // namespace

std::vector<std::string> options_for(const relief_rules& rules, std::optional<int> days_late) {
    std::vector<std::string> all;
    for (const auto& one : rules.options) {
        const bool asks = one.late_from || one.late_until;
        if (asks && !days_late) continue;
        if (one.late_from && *days_late < *one.late_from) continue;
        if (one.late_until && *days_late > *one.late_until) continue;
        all.push_back(one.name);
    }
    return all;
}

const relief_option* find_option(const relief_rules& rules, std::string_view name) noexcept {
    const auto found = std::ranges::find(rules.options, name, &relief_option::name);
    return found == rules.options.end() ? nullptr : &*found;
}

promise_limits limits_of(const relief_rules& rules, const relief_option* option) {
    auto limits = rules.promise;
    if (option == nullptr) return limits;
    limits.days_max = option->days_max.value_or(limits.days_max);
    limits.percent_least = option->percent_least.value_or(limits.percent_least);
    return limits;
}

bool in_hardship(
    const hardship_told& of, std::span<const client_case> cases, civil_date today
) {
    if (of.since == instant{}) return false;
    if (of.until.ok() && today <= of.until) return true;
    return !of.case_number.empty() && std::ranges::any_of(cases, [&](const client_case& one) {
        return one.number == of.case_number && !one.over();
    });
}

bool in_dispute(std::span<const client_case> cases) noexcept {
    return std::ranges::any_of(cases, keeps_us_silent);
}

std::string_view why_silent(const her_standing& of, civil_date today) {
    if (in_dispute(of.cases)) return "dispute";
    if (in_hardship(*of.hardship, of.cases, today)) return "hardship";
    const bool promised = std::ranges::any_of(of.promises, [&](const payment_promise& one) {
        return one.state == promise_state::open && today <= one.on;
    });
    if (promised) return "promise";
    const bool claimed = std::ranges::any_of(of.claims, [](const payment_claim& one) {
        return one.state == claim_state::open;
    });
    return claimed ? "claim" : "";
}

std::string record_of(const hardship_told& of) {
    return record_fields({of.option, iso_date(of.until), of.case_number});
}

}  // namespace tertulia::dialogs
