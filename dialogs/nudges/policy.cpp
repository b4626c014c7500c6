#include "dialogs/nudges/policy.hpp"

#include "dialogs/facts/iso_date.hpp"

#include <algorithm>
#include <array>

namespace tertulia::dialogs {
namespace {

constexpr std::array<std::string_view, nudge_anchors> anchor_names{
    "instalment", "promise", "loan_end", "contact", "survey", "campaign", "feedback"};
constexpr std::array<std::string_view, 4> attention_names{"usual", "less", "none", "more"};
constexpr int spread_minutes = 30;

// The days whose nudges fall on that one.
std::vector<civil_date> shifted_to(
    civil_date day, contact_calendar::shift to, const contact_calendar& when
) {
    std::vector<civil_date> all;
    for (int away = -shift_days_most; away <= shift_days_most; ++away) {
        const auto nominal = plus_days(day, away);
        if (when.shifted(nominal, to) == day) all.push_back(nominal);
    }
    return all;
}

}  // namespace

std::string_view name_of(nudge_anchor anchor) noexcept {
    return anchor_names[static_cast<std::size_t>(anchor)];
}

std::optional<nudge_anchor> parse_nudge_anchor(std::string_view name) noexcept {
    const auto found = std::ranges::find(anchor_names, name);
    if (found == anchor_names.end()) return std::nullopt;
    return static_cast<nudge_anchor>(found - anchor_names.begin());
}

std::string_view name_of(attention wanted) noexcept {
    return attention_names[static_cast<std::size_t>(wanted)];
}

std::optional<attention> parse_attention(std::string_view name) noexcept {
    const auto found = std::ranges::find(attention_names, name);
    if (found == attention_names.end()) return std::nullopt;
    return static_cast<attention>(found - attention_names.begin());
}

bool nudge_segment::keeps_back(attention wanted, const nudge_step& step) const noexcept {
    if (step.day > 0 || !step.speaks()) return false;
    if (wanted == attention::none) return true;
    return wanted == attention::less && std::ranges::any_of(steps, [&](const nudge_step& other) {
        return other.speaks() && other.day > step.day && other.day <= 0;
    });
}

std::string_view nudge_policy::begins(const nudge_step& step, std::string_view unit) const {
    if (!experiment || step.day > 0) return step.begins;
    const auto arm =
        std::ranges::find(experiment->arms, arm_of(*experiment, unit), &nudge_arm::name);
    if (arm == experiment->arms.end()) return step.begins;
    const auto other = std::ranges::find(
        arm->instead, step.begins, &std::pair<std::string, std::string>::first
    );
    return other == arm->instead.end() ? std::string_view{step.begins} : other->second;
}

const nudge_segment* nudge_policy::segment_of(
    const repayment_history& of, attention wanted
) const {
    const auto found = std::ranges::find_if(segments, [&](const nudge_segment& one) {
        return !one.holds || one.holds(of);
    });
    if (found == segments.end()) return nullptr;
    if (wanted != attention::more || found->more.empty()) return &*found;
    return find(found->more);
}

const nudge_segment* nudge_policy::find(std::string_view segment) const noexcept {
    const auto found = std::ranges::find(segments, segment, &nudge_segment::name);
    return found == segments.end() ? nullptr : &*found;
}

const nudge_step* nudge_policy::step_of(std::string_view segment, int day) const noexcept {
    const auto* of = find(segment);
    if (of == nullptr) return nullptr;
    const auto found = std::ranges::find(of->steps, day, &nudge_step::day);
    return found == of->steps.end() ? nullptr : &*found;
}

const nudge_policy* nudge_rules::find(std::string_view policy) const noexcept {
    const auto found = std::ranges::find(policies, policy, &nudge_policy::name);
    return found == policies.end() ? nullptr : &*found;
}

const nudge_policy* nudge_rules::counting_from(nudge_anchor anchor) const noexcept {
    const auto found = std::ranges::find(policies, anchor, &nudge_policy::counts_from);
    return found == policies.end() ? nullptr : &*found;
}

civil_date spread_day(
    std::string_view what, std::string_view client_id, int days, civil_date due,
    std::optional<civil_date> set
) {
    if (days <= 1) return due;
    if (set && *set >= due && days_between(due, *set) < days) return *set;
    return plus_days(due, draw_of(what, client_id) % days);
}

civil_date landing_of(
    const nudge_step& step, civil_date anchor, const contact_calendar& when
) {
    const auto nominal = plus_days(anchor, step.day);
    const bool is_ahead = step.speaks() && step.day <= 0;
    return when.shifted(
        nominal, is_ahead ? contact_calendar::shift::earlier : contact_calendar::shift::later
    );
}

std::vector<nudge_landing> landings_on(
    const nudge_policy& policy, civil_date day, const contact_calendar& when
) {
    const auto ahead = shifted_to(day, contact_calendar::shift::earlier, when);
    const auto late = shifted_to(day, contact_calendar::shift::later, when);
    std::vector<nudge_landing> all;
    for (const auto& segment : policy.segments) {
        for (const auto& step : segment.steps) {
            for (const auto nominal : step.speaks() && step.day <= 0 ? ahead : late) {
                all.push_back(
                    {.segment = &segment, .step = &step, .anchor = plus_days(nominal, -step.day)}
                );
            }
        }
    }
    return all;
}

instant moment_on(
    civil_date day, std::optional<int> preferred, const nudge_policy& policy, std::uint64_t spread,
    const contact_calendar& when
) {
    const int wanted = preferred.value_or(
        policy.at_minute + static_cast<int>(spread % static_cast<std::uint64_t>(spread_minutes))
    );
    const int minute = when.minute_near(day, wanted).value_or(wanted);
    return when.local().at(day, minute / 60, minute % 60);
}

}  // namespace tertulia::dialogs
