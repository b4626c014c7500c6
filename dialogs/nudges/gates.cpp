#include "dialogs/nudges/gates.hpp"

#include "dialogs/facts/iso_date.hpp"

#include <algorithm>
#include <array>

namespace tertulia::dialogs {
namespace {

constexpr std::array<std::string_view, gates> gate_names{
    "consent", "opt_out", "blocked", "balance", "claim", "hardship",
    "promise", "hours",   "caps",    "window",  "row",   "experiment"};
constexpr milliseconds ask_core_again = std::chrono::minutes{5};
constexpr milliseconds let_her_talk = std::chrono::minutes{10};
constexpr milliseconds person_talks = std::chrono::hours{1};
constexpr milliseconds a_week = std::chrono::days{7};

using answer = std::optional<nudge_verdict>;

answer never(gate by, std::string reason, std::string numbers = {}) {
    return nudge_verdict{
        .answer = nudge_answer::never,
        .by = by,
        .reason = std::move(reason),
        .numbers = std::move(numbers),
        .again = {},
        .with_task = false};
}

answer later(gate by, std::string reason, instant again, std::string numbers = {}) {
    return nudge_verdict{
        .answer = nudge_answer::later,
        .by = by,
        .reason = std::move(reason),
        .numbers = std::move(numbers),
        .again = again,
        .with_task = false};
}

std::string count_of(std::int64_t seen, std::int64_t most, std::string_view what) {
    return std::to_string(seen) + " of " + std::to_string(most) + " " + std::string{what};
}

// The last day on which saying it still makes sense: a reminder of what is to come not after it, a
// word about something late not a working week after its own day.
civil_date last_day(const planned_nudge& what) {
    constexpr int days_late_most = 7;
    return what.day <= 0 ? what.anchor : plus_days(what.anchor, what.day + days_late_most);
}

bool is_no_matter_of_money(const nudge_policy& policy) noexcept {
    return policy.counts_from == nudge_anchor::contact ||
           policy.counts_from == nudge_anchor::survey ||
           policy.counts_from == nudge_anchor::campaign ||
           policy.counts_from == nudge_anchor::feedback;
}

answer paused(const nudge_situation& at) {
    const auto& until = at.paused_until;
    if (!until || at.when->local().date_of(at.now) >= *until) return std::nullopt;
    return never(gate::opt_out, "paused", "until " + iso_date(*until));
}

// ---- the gates, in their order

answer ask_consent(
    const planned_nudge&, const nudge_policy&, const nudge_situation& at
) {
    if (!at.hers) return never(gate::consent, "not_hers");
    if (!at.agreed) return never(gate::consent, "never_wrote");
    return std::nullopt;
}

answer ask_opt_out(
    const planned_nudge& what, const nudge_policy& policy, const nudge_situation& at
) {
    if (at.opted_out) return never(gate::opt_out, "opted_out");
    if (auto said = paused(at)) return said;
    const bool is_ahead = what.day <= 0 && policy.counts_from == nudge_anchor::instalment;
    if (is_ahead && at.wants_none) return never(gate::opt_out, "wants_no_reminder");
    return std::nullopt;
}

// Whoever asked to be left in peace is called where a payment is late, and not for a friendly word.
answer ask_blocked(
    const planned_nudge&, const nudge_policy& policy, const nudge_situation& at
) {
    if (is_no_matter_of_money(policy)) {
        if (auto said = paused(at)) return said;
    }
    if (at.blocked.empty()) return std::nullopt;
    return never(gate::blocked, std::string{at.blocked});
}

answer ask_balance(
    const planned_nudge& what, const nudge_policy&, const nudge_situation& at
) {
    if (what.loan_id.empty()) return std::nullopt;
    const bool in_time = at.when->local().date_of(at.now + ask_core_again) <= last_day(what);
    if (at.core_is_down) {
        const auto minutes = std::chrono::floor<std::chrono::minutes>(at.age).count();
        auto old = std::to_string(minutes) + " minutes old";
        if (!in_time) return never(gate::balance, "old_balance", std::move(old));
        return later(gate::balance, "old_balance", at.now + ask_core_again, std::move(old));
    }
    const bool other = at.instalment != what.instalment && what.instalment != 0;
    if (!at.anchor || other) return never(gate::balance, "paid");
    if (*at.anchor != what.anchor) {
        return never(gate::balance, "day_moved", "now " + iso_date(*at.anchor));
    }
    return std::nullopt;
}

answer ask_claim(
    const planned_nudge&, const nudge_policy& policy, const nudge_situation& at
) {
    if (!at.claims_paid || is_no_matter_of_money(policy)) return std::nullopt;
    return never(gate::claim, "says_she_paid");
}

answer ask_hardship(
    const planned_nudge&, const nudge_policy&, const nudge_situation& at
) {
    if (!at.in_hardship) return std::nullopt;
    return never(gate::hardship, "hardship");
}

answer ask_promise(
    const planned_nudge&, const nudge_policy& policy, const nudge_situation& at
) {
    const bool about_it = policy.counts_from == nudge_anchor::promise;
    if (about_it || is_no_matter_of_money(policy) || !at.promised) return std::nullopt;
    return never(gate::promise, "promised", iso_date(*at.promised));
}

// Later is never another day's than the plan meant, unless the plan was for a day that allows none.
answer ask_hours(
    const planned_nudge& what, const nudge_policy&, const nudge_situation& at
) {
    const auto wait = [&](std::string reason, instant from) -> answer {
        const auto when = at.when->opens(from);
        const bool in_time = when && at.when->local().date_of(*when) <= last_day(what);
        if (!in_time) return never(gate::hours, "too_late");
        return later(gate::hours, std::move(reason), *when);
    };
    if (at.when->local().date_of(at.now) > last_day(what)) return never(gate::hours, "too_late");
    if (!at.when->open_at(at.now)) return wait("quiet_hours", at.now);
    if (at.with_person) return wait("with_person", at.now + person_talks);
    if (at.talking) return wait("talking", at.now + let_her_talk);
    return std::nullopt;
}

answer ask_caps(
    const planned_nudge& what, const nudge_policy& policy, const nudge_situation& at
) {
    const auto today = at.when->local().date_of(at.now);
    std::int64_t this_day = 0;
    std::int64_t this_week = 0;
    std::int64_t this_one = 0;
    bool said_before = false;  // the calendar was changed, and the step has come twice
    const bool after = what.day > 0;
    for (const auto& one : at.touches) {
        if (one.client_id != what.client_id) continue;
        if (at.when->local().date_of(one.at) == today) ++this_day;
        if (at.now - one.at < a_week) ++this_week;
        const bool same = one.loan_id == what.loan_id && one.instalment == what.instalment;
        if (!same || one.policy != what.policy) continue;
        if (one.day == what.day) said_before = true;
        if ((one.day > 0) == after) ++this_one;
    }
    if (said_before && what.instalment != 0) return never(gate::caps, "said_before");
    const int day_most =
        at.law_a_day > 0 ? std::min(at.law_a_day, at.limits->a_day) : at.limits->a_day;
    if (this_day >= day_most) return never(gate::caps, "cap_of_day", count_of(this_day, day_most, "today"));
    if (this_week >= at.limits->a_week) {
        return never(gate::caps, "cap_of_week", count_of(this_week, at.limits->a_week, "in 7 days"));
    }
    if (at.law_one_channel || at.limits->one_channel_a_week) {
        if (const auto* other = by_another_channel(at.touches, what.client_id, at.channel, at.now)) {
            return never(
                gate::caps,
                "second_channel",
                std::string{at.channel} + " after " + other->channel + " of " +
                    iso_date(at.when->local().date_of(other->at))
            );
        }
    }
    const auto* segment = policy.find(what.segment);
    if (segment == nullptr || what.instalment == 0) return std::nullopt;
    const int most = after ? segment->after_most : segment->before_most;
    if (this_one >= most) {
        return never(
            gate::caps,
            "cap_of_instalment",
            count_of(this_one, most, after ? "after its day" : "before its day")
        );
    }
    return std::nullopt;
}

answer ask_window(
    const planned_nudge&, const nudge_policy&, const nudge_situation& at
) {
    if (at.window_open || at.has_template) return std::nullopt;
    return never(gate::window, "no_template");
}

// The policy may have been changed since the plan was made.
answer ask_row(
    const planned_nudge& what, const nudge_policy& policy, const nudge_situation&
) {
    if (policy.step_of(what.segment, what.day) != nullptr) return std::nullopt;
    return never(gate::row, "no_such_step", what.segment + " " + std::to_string(what.day));
}

answer ask_experiment(
    const planned_nudge& what, const nudge_policy& policy, const nudge_situation& at
) {
    if (!policy.experiment || what.day > 0) return std::nullopt;
    if (arm_of(*policy.experiment, at.unit) != "held_out") return std::nullopt;
    return never(gate::experiment, "held_out", policy.experiment->name);
}

constexpr std::array<gate_rule, gates> order_of_gates{{
    {gate::consent, ask_consent},
    {gate::opt_out, ask_opt_out},
    {gate::blocked, ask_blocked},
    {gate::balance, ask_balance},
    {gate::claim, ask_claim},
    {gate::hardship, ask_hardship},
    {gate::promise, ask_promise},
    {gate::hours, ask_hours},
    {gate::caps, ask_caps},
    {gate::window, ask_window},
    {gate::row, ask_row},
    {gate::experiment, ask_experiment},
}};

// What a person is asked to do reaches nobody by itself.
constexpr bool is_asked_of_tasks(gate which) noexcept {
    return which == gate::blocked || which == gate::balance || which == gate::claim ||
           which == gate::hardship || which == gate::promise || which == gate::row;
}

}  // namespace

std::string_view name_of(gate which) noexcept {
    return gate_names[static_cast<std::size_t>(which)];
}

void remember(std::vector<touch>& all, touch what) {
    if (all.size() >= touches_max) all.erase(all.begin());
    all.push_back(std::move(what));
}

const touch* by_another_channel(
    std::span<const touch> all, std::string_view client_id, std::string_view channel, instant now
) {
    const touch* newest = nullptr;
    for (const auto& one : all) {
        const bool hers = one.client_id == client_id && now - one.at < a_week;
        if (!hers || channel.empty() || one.channel.empty() || one.channel == channel) continue;
        if (newest == nullptr || one.at > newest->at) newest = &one;
    }
    return newest;
}

std::span<const gate_rule> gate_order() noexcept {
    return order_of_gates;
}

nudge_verdict judge(
    const planned_nudge& what, const nudge_policy& policy, const nudge_situation& at,
    std::span<const gate_rule> order
) {
    const auto* step = policy.step_of(what.segment, what.day);
    const bool speaks = step == nullptr || step->speaks();
    const bool has_task = step != nullptr && !step->task.empty();
    answer unsaid;  // why nothing is said, while it is still asked about the task
    for (const auto& one : order) {
        const bool of_tasks = is_asked_of_tasks(one.which);
        if ((!speaks || unsaid) && !of_tasks) continue;
        auto said = one.asks(what, policy, at);
        if (!said) continue;
        if (said->answer == nudge_answer::later) return *std::move(said);
        if (unsaid) return *std::move(unsaid);
        if (!has_task || of_tasks) return *std::move(said);
        unsaid = std::move(said);
    }
    auto made = unsaid ? *std::move(unsaid) : nudge_verdict{};
    made.with_task = has_task;
    return made;
}

std::string in_words(const nudge_verdict& of) {
    if (of.answer == nudge_answer::go) return "sent";
    std::string text = of.answer == nudge_answer::later ? "later: " : "not sent: ";
    text += std::string{name_of(of.by)} + ", " + of.reason;
    if (!of.numbers.empty()) text += " (" + of.numbers + ")";
    return text;
}

}  // namespace tertulia::dialogs
