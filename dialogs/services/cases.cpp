#include "dialogs/services/cases.hpp"

#include <algorithm>
#include <utility>

namespace tertulia::dialogs {
namespace {

constexpr std::array<std::string_view, 5> states{"open", "taken", "waiting", "resolved", "closed"};
constexpr std::array<std::string_view, case_clocks> clocks{
    "acknowledge", "person", "resolve", "limit"};
constexpr std::array<std::string_view, 7> deeds{
    "take", "note", "say", "give_back", "resolve", "snooze", "confirm"};

template <class Enum, std::size_t Count>
std::optional<Enum> parsed(const std::array<std::string_view, Count>& names, std::string_view name) {
    const auto at = std::ranges::find(names, name);
    if (at == names.end()) return std::nullopt;
    return static_cast<Enum>(at - names.begin());
}

// Why this person may not, whatever the act; said: she may.
case_report why_not(const client_case& of, const case_person& who) noexcept {
    if (of.over()) return case_report::over;
    if (!of.excluded.empty() && of.excluded == who.id) return case_report::not_hers;
    return case_report::said;
}

}  // namespace

std::string_view name_of(case_state state) noexcept {
    return states[static_cast<std::size_t>(state)];
}
std::optional<case_state> parse_case_state(std::string_view name) noexcept {
    return parsed<case_state>(states, name);
}
std::string_view name_of(case_clock clock) noexcept {
    return clocks[static_cast<std::size_t>(clock)];
}
std::string_view name_of(case_deed deed) noexcept {
    return deeds[static_cast<std::size_t>(deed)];
}
std::optional<case_deed> parse_case_deed(std::string_view name) noexcept {
    return parsed<case_deed>(deeds, name);
}

const case_kind& plain_case() noexcept {
    static const case_kind none{};
    return none;
}

std::array<instant, case_clocks> clocks_of(
    const case_kind& kind, std::string_view category, instant first, instant now,
    const working_time& work
) {
    std::array<instant, case_clocks> due{};
    const auto at = [&due](case_clock clock) -> instant& {
        return due[static_cast<std::size_t>(clock)];
    };
    const auto of_category = kind.resolve_by_category.find(std::string{category});
    const auto resolve = of_category == kind.resolve_by_category.end() ? kind.resolve_within
                                                                       : of_category->second;
    if (kind.acknowledge_within.count() > 0) {
        at(case_clock::acknowledge) = work.after(now, kind.acknowledge_within);
    }
    if (kind.person_within.count() > 0) {
        at(case_clock::person) = work.after(now, kind.person_within);
    }
    if (resolve.count() > 0) at(case_clock::resolve) = now + resolve;
    if (kind.hard_limit.count() > 0) at(case_clock::limit) = first + kind.hard_limit;
    // Nothing is promised for later than the limit.
    if (at(case_clock::limit) != instant{}) {
        for (auto& one : due) one = std::min(one, at(case_clock::limit));
    }
    return due;
}

bool met(const client_case& of, case_clock clock) noexcept {
    if (of.state == case_state::resolved || of.over()) return true;
    switch (clock) {
        case case_clock::acknowledge:
            return of.acknowledged || of.held();
        case case_clock::person:
            return of.held();
        case case_clock::resolve:
        case case_clock::limit:
            break;
    }
    return false;
}

namespace {

bool runs(const client_case& of, std::size_t clock) noexcept {
    const bool missed = (of.missed >> clock & 1U) != 0;
    return of.due[clock] != instant{} && !missed && !met(of, static_cast<case_clock>(clock));
}

}  // namespace

std::optional<instant> next_due(const client_case& of) noexcept {
    std::optional<instant> soonest;
    const auto consider = [&](instant at) {
        if (!soonest || at < *soonest) soonest = at;
    };
    for (std::size_t i = 0; i < case_clocks; ++i) {
        if (runs(of, i)) consider(of.due[i]);
    }
    if (of.snoozed_until != instant{} && !of.over()) consider(of.snoozed_until);
    if (of.state == case_state::resolved) consider(of.changed_at + resolved_for);
    return soonest;
}

std::optional<case_clock> run_out(const client_case& of, instant now) noexcept {
    for (std::size_t i = 0; i < case_clocks; ++i) {
        if (runs(of, i) && of.due[i] <= now) return static_cast<case_clock>(i);
    }
    return std::nullopt;
}

void escalate(client_case& of, const case_kind& kind) {
    if (of.level < kind.escalate_to.size()) of.queue = kind.escalate_to[of.level];
    ++of.level;
}

case_report may(
    const client_case& of, const case_act& act, const client_case* talks
) noexcept {
    if (const auto refused = why_not(of, act.by); refused != case_report::said) return refused;
    const bool holds = of.holder.id == act.by.id;
    const bool held_by_other = of.held() && !holds;
    switch (act.what) {
        case case_deed::note:
        case case_deed::snooze:
            return case_report::said;
        case case_deed::take:
            if (of.state == case_state::resolved) return case_report::over;
            if (held_by_other) return case_report::has_another;
            if (talks != nullptr && talks != &of && talks->held() && talks->holder.id != act.by.id) {
                return case_report::busy;
            }
            return case_report::said;
        case case_deed::say:
        case case_deed::resolve:
            if (act.what == case_deed::resolve && of.state == case_state::resolved) {
                return case_report::over;
            }
            return held_by_other ? case_report::has_another : case_report::said;
        case case_deed::give_back:
            if (!of.held()) return case_report::over;
            return held_by_other ? case_report::has_another : case_report::said;
        case case_deed::confirm:
            if (of.kind != confirm_kind || (act.text != "in_person" && act.text != "call_back")) {
                return case_report::nothing_to_confirm;
            }
            return held_by_other ? case_report::has_another : case_report::said;
    }
    return case_report::over;
}

std::vector<staff_person> people_of(
    std::string_view queue, std::string_view excluded, std::span<const staff_person> staff
) {
    const auto colon = queue.find(':');
    const auto desk = queue.substr(0, colon);
    const auto id = colon == std::string_view::npos ? std::string_view{} : queue.substr(colon + 1);
    const auto those = [&](auto&& wanted) {
        std::vector<staff_person> found;
        for (const auto& one : staff) {
            if (one.phone.empty() || one.id == excluded || !wanted(one)) continue;
            found.push_back(one);
        }
        return found;
    };
    if (desk == "credit_agent") {
        const auto own = "officer:" + std::string{id};
        auto found = those([&](const staff_person& one) { return one.id == own; });
        if (!found.empty()) return found;
        const auto at = std::ranges::find(staff, own, &staff_person::id);
        if (at == staff.end() || at->branch_id.empty()) return people_of("support", excluded, staff);
        return people_of("branch:" + at->branch_id, excluded, staff);
    }
    if (desk == "branch") {
        auto found = those([&](const staff_person& one) {
            return !one.branch_id.empty() && one.branch_id == id;
        });
        return found.empty() ? people_of("support", excluded, staff) : found;
    }
    // Nobody in her place: what is told so is for her alone.
    if (desk == "person") return those([&](const staff_person& one) { return one.id == id; });
    auto found = those([&](const staff_person& one) {
        return std::ranges::find(one.desks, desk) != one.desks.end();
    });
    return found.empty() && desk != "support" ? people_of("support", excluded, staff) : found;
}

}  // namespace tertulia::dialogs
