#include "tests/simulation/nudges_planner.hpp"

#include "dialogs/facts/iso_date.hpp"

#include <algorithm>

namespace tertulia::simulation {
namespace {

using namespace dialogs;
using namespace std::chrono_literals;

constexpr std::size_t promises = 5;  // their place beside the segments
constexpr int margin = 120;          // days before the first that an anchor may lie
constexpr std::size_t keys_kept = 64;

nudge_experiment shorter() {
    return {
        .name = "shorter",
        .runs = true,
        .held_out = 100,
        .arms = {
            {.name = "short", .share = 300, .instead = {{"reminder_thanks", "reminder_short"}}}}};
}

nudge_policy later_ladders() {
    auto made = default_arrears_policy();
    for (auto& segment : made.segments) {
        if (segment.name == "frequent") segment.before_most = 1;
        if (segment.name == "reliable") segment.steps.front().day = -2;
        if (segment.name == "new") {
            segment.steps.erase(segment.steps.begin());
            segment.before_most = 1;
        }
        if (segment.name == "occasional") {
            segment.steps.erase(segment.steps.begin() + 1);
            segment.before_most = 1;
        }
    }
    return made;
}

nudge_policy everybody_three_times() {
    nudge_policy made{.name = "arrears"};
    made.segments = {
        {.name = "everybody",
         .holds = {},
         .steps = {
             {.day = -3, .begins = "reminder_pay"},
             {.day = 0, .begins = "reminder_pay"},
             {.day = 3, .begins = "reminder_pay"}}}};
    return made;
}

std::array<std::array<nudge_policy, 2>, versions> all_versions() {
    std::array<std::array<nudge_policy, 2>, versions> made{
        {{default_arrears_policy(), default_promise_policy()},
         {later_ladders(), default_promise_policy()},
         {everybody_three_times(), nudge_policy{.name = "promise"}}}};
    made[0][0].experiment = shorter();
    made[1][0].experiment = shorter();
    return made;
}

std::uint32_t key_of(const planned_nudge& what, std::size_t policy, int anchor) {
    return (static_cast<std::uint32_t>(anchor) << 14U) |
           (static_cast<std::uint32_t>(what.instalment) << 7U) |
           (static_cast<std::uint32_t>(what.day + 16) << 1U) | static_cast<std::uint32_t>(policy);
}

}  // namespace

const nudge_policy& policy_in_force(std::size_t version, std::size_t which) {
    static const auto all = all_versions();
    return all.at(version).at(which);
}

nudges_planner::nudges_planner(
    institution& of,
    const house& at,
    planner_tells tells,
    std::span<const gate_rule> gates,
    fault wrong
)
    : of_{of},
      at_{at},
      tells_{std::move(tells)},
      gates_{gates},
      wrong_{wrong},
      chance_{of.seed ^ 0x5EEDU},
      known_(of.clients.size()),
      touches_(of.clients.size()),
      expires_(static_cast<std::size_t>(of.days + 2 * margin)) {
    for (auto& one : by_anchor_) one.resize(static_cast<std::size_t>(of.days + 2 * margin + 600));
    const auto begin = at.place->calendar.at(of.first, 0, 10);
    for (std::size_t i = 0; i < of.clients.size(); ++i) {
        known_[i].resize(of.clients[i].loans.size());
        refresh(static_cast<int>(i), begin);
    }
}

int nudges_planner::day_of(civil_date day) const {
    return days_between(of_.first, day) + margin;
}

civil_date nudges_planner::today(instant now) const {
    return at_.place->calendar.date_of(now);
}

std::vector<nudges_planner::loan_at>& nudges_planner::bucket(
    std::size_t segment, civil_date anchor
) {
    static std::vector<loan_at> none;
    const auto at = static_cast<std::size_t>(day_of(anchor));
    none.clear();
    return at < by_anchor_[segment].size() ? by_anchor_[segment][at] : none;
}

void nudges_planner::refresh(int client, instant now) {
    const auto& who = of_.clients[static_cast<std::size_t>(client)];
    const auto day = today(now);
    for (std::size_t i = 0; i < who.loans.size(); ++i) {
        auto& known = known_[static_cast<std::size_t>(client)][i];
        const auto before = known.standing;
        const int segment_before = known.segment;
        known.standing = standing_of(who.loans, who.loans[i], day);
        known.segment = -1;
        if (!known.standing) continue;
        known.standing->history.broken_promises = who.broken_promises;
        const auto& policy = policy_in_force(at_.version, 0);
        const auto* segment = policy.segment_of(known.standing->history);
        if (segment != nullptr) known.segment = static_cast<int>(segment - policy.segments.data());
        const loan_at where{client, static_cast<int>(i)};
        const bool moved =
            !before || before->due != known.standing->due || segment_before != known.segment;
        if (moved && known.segment >= 0) {
            bucket(static_cast<std::size_t>(known.segment), known.standing->due).push_back(where);
        }
        if (wrong_ == fault::keeps_old_standings) continue;
        if (!moved && before->until == known.standing->until) continue;
        const auto end = static_cast<std::size_t>(day_of(plus_days(known.standing->until, 1)));
        if (end < expires_.size()) expires_[end].push_back(where);
    }
}

void nudges_planner::refresh_expired(instant now) {
    for (const int last = day_of(today(now)); expired_until_ <= last; ++expired_until_) {
        if (static_cast<std::size_t>(expired_until_) >= expires_.size()) return;
        const auto expired = std::move(expires_[static_cast<std::size_t>(expired_until_)]);
        for (const auto& one : expired) {
            const auto& known =
                known_[static_cast<std::size_t>(one.client)][static_cast<std::size_t>(one.loan)];
            if (known.standing && day_of(known.standing->until) < last) refresh(one.client, now);
        }
    }
}

void nudges_planner::look_up_landings(civil_date day) {
    landing_day_ = day;
    for (std::size_t which = 0; which < 2; ++which) {
        landings_[which] = landings_on(policy_in_force(at_.version, which), day, at_.place->when);
    }
}

void nudges_planner::plan_day(civil_date day) {
    look_up_landings(day);
    for (std::size_t which = 0; which < 2; ++which) {
        const auto* first = policy_in_force(at_.version, which).segments.data();
        for (const auto& landing : landings_[which]) {
            const auto segment =
                which == 1 ? promises : static_cast<std::size_t>(landing.segment - first);
            for (const auto& one : bucket(segment, landing.anchor)) add(one, landing, which);
        }
    }
    planned_until_ = day;
}

void nudges_planner::plan_until(instant now) {
    const auto day = today(now);
    if (planned_until_ && *planned_until_ >= day) return;
    refresh_expired(now);
    auto next = planned_until_ ? plus_days(*planned_until_, 1) : day;
    for (; next <= day; next = plus_days(next, 1)) plan_day(next);
}

void nudges_planner::rules_changed(instant now) {
    for (std::size_t i = 0; i < known_.size(); ++i) refresh(static_cast<int>(i), now);
    if (planned_until_) plan_day(*planned_until_);
}

void nudges_planner::changed(int client, instant now) {
    refresh(client, now);
    const auto& who = of_.clients[static_cast<std::size_t>(client)];
    for (int i = 0; i < static_cast<int>(who.loans.size()); ++i) {
        const auto& notes = who.notes[static_cast<std::size_t>(i)];
        if (notes.promise == promise_end::open) {
            auto& all = bucket(promises, notes.promised_on);
            const bool there = std::ranges::any_of(all, [&](const loan_at& one) {
                return one.client == client && one.loan == i;
            });
            if (!there) all.push_back({client, i});
        }
        for (std::size_t which = 0; which < 2; ++which) {
            for (const auto& landing : landings_[which]) add({client, i}, landing, which);
        }
    }
}

// The landing is of that loan, and no row was made of it yet.
void nudges_planner::add(loan_at of, const nudge_landing& landing, std::size_t which) {
    const auto& who = of_.clients[static_cast<std::size_t>(of.client)];
    const auto& notes = who.notes[static_cast<std::size_t>(of.loan)];
    auto& known = known_[static_cast<std::size_t>(of.client)][static_cast<std::size_t>(of.loan)];
    int instalment = notes.promised_instalment;
    if (which == 1) {
        const bool there =
            notes.promise == promise_end::open || notes.promise == promise_end::broken;
        if (!there || notes.promised_on != landing.anchor) return;
    } else {
        if (!known.standing || known.standing->due != landing.anchor || known.segment < 0) return;
        const auto& policy = policy_in_force(at_.version, 0);
        if (&policy.segments[static_cast<std::size_t>(known.segment)] != landing.segment) return;
        instalment = known.standing->instalment;
    }
    const auto& policy = policy_in_force(at_.version, which);
    row made{
        .what =
            {.id = next_id_,
             .policy = policy.name,
             .segment = landing.segment->name,
             .day = landing.step->day,
             .anchor = landing.anchor,
             .client_id = who.id,
             .loan_id = who.loans[static_cast<std::size_t>(of.loan)].id,
             .instalment = instalment},
        .client = of.client,
        .loan = of.loan,
        .policy = which};
    const auto key = key_of(made.what, which, day_of(landing.anchor));
    if (std::ranges::find(known.planned.rbegin(), known.planned.rend(), key) !=
        known.planned.rend()) {
        return;
    }
    if (known.planned.size() >= keys_kept) {
        known.planned.erase(known.planned.begin(), known.planned.begin() + keys_kept / 2);
    }
    known.planned.push_back(key);
    ++next_id_;
    made.what.due = moment_on(
        landing_day_, who.prefers, policy, static_cast<std::uint64_t>(of.client), at_.place->when
    );
    push(std::move(made));
}

void nudges_planner::push(row what) {
    std::size_t slot = rows_.size();
    const auto due = what.what.due;
    if (free_.empty()) {
        rows_.push_back(std::move(what));
    } else {
        slot = free_.back();
        free_.pop_back();
        rows_[slot] = std::move(what);
    }
    due_.emplace(due, rows_[slot].what.id, slot);
}

void nudges_planner::restarted() {
    if (wrong_ != fault::forgets_planned) return;
    due_ = {};
}

std::optional<instant> nudges_planner::next_due() const {
    if (due_.empty()) return std::nullopt;
    return std::get<instant>(due_.top());
}

void nudges_planner::each_waiting(const std::function<void(int, int, const planned_nudge&)>& tell
) const {
    for (auto all = due_; !all.empty(); all.pop()) {
        const auto& one = rows_[std::get<2>(all.top())];
        tell(one.client, one.loan, one.what);
    }
}

void nudges_planner::judge_due(instant now) {
    while (!due_.empty() && std::get<instant>(due_.top()) <= now) {
        const auto slot = std::get<2>(due_.top());
        due_.pop();
        auto one = std::move(rows_[slot]);
        free_.push_back(slot);
        judge(std::move(one), now);
    }
}

int nudges_planner::phone_of(const borrower& who) const {
    int found = -1;
    for (const int each : who.phones) {
        const auto& phone = of_.phones[static_cast<std::size_t>(each)];
        if (phone.in_doubt) continue;
        if (found < 0 || phone.owners.size() == 1) found = each;
    }
    return found;
}

// She changes her mind about it every few weeks; what WhatsApp refused goes by SMS.
std::string_view nudges_planner::channel_of(const row& what, instant now) const {
    constexpr int days_of_one_mind = 30;
    const auto days = std::chrono::floor<std::chrono::days>(now.time_since_epoch()).count();
    const bool by_sms = (days / days_of_one_mind + what.client) % 2 == 1;
    return by_sms || what.tries > 0 ? "sms" : "whatsapp";
}

nudge_situation nudges_planner::about(const row& what, instant now) const {
    const auto& who = of_.clients[static_cast<std::size_t>(what.client)];
    const auto& notes = who.notes[static_cast<std::size_t>(what.loan)];
    const auto& known =
        known_[static_cast<std::size_t>(what.client)][static_cast<std::size_t>(what.loan)];
    const auto day = today(now);
    nudge_situation made{
        .now = now,
        .when = &at_.place->when,
        .limits = &limits_,
        .law_a_day = rule_of_country(of_.country).a_day,
        .hers = phone_of(who) >= 0,
        .agreed = who.agreed,
        .opted_out = who.opted_out,
        .wants_none = who.wants_none,
        .paused_until = who.paused_until,
        .blocked = who.disputes ? "dispute" : "",
        .core_is_down = at_.core_is_down,
        .age = at_.core_is_down ? now - at_.core_down_since : milliseconds{1min},
        .claims_paid = notes.claim_until > now,
        .in_hardship = who.hardship_until > now,
        .touches = touches_[static_cast<std::size_t>(what.client)],
        .with_person = who.person_until > now,
        .talking = who.talking_until > now,
        .window_open = who.window_until > now,
        .has_template = who.has_template,
        .channel = channel_of(what, now),
        .unit = who.group_id.empty() ? who.id : who.group_id};
    if (notes.promise == promise_end::open && notes.promised_on >= day) {
        made.promised = notes.promised_on;
    }
    if (what.policy == 1) {
        made.instalment = notes.promised_instalment;
        if (notes.promise == promise_end::open || notes.promise == promise_end::broken) {
            made.anchor = notes.promised_on;
        }
    } else if (known.standing) {
        made.instalment = known.standing->instalment;
        made.anchor = known.standing->due;
    }
    return made;
}

void nudges_planner::judge(row what, instant now) {
    constexpr int refused_percent = 3;
    constexpr int tries_most = 2;  // then by SMS, which is another channel and the same touch
    const auto& policy = policy_in_force(at_.version, what.policy);
    auto verdict = dialogs::judge(what.what, policy, about(what, now), gates_);
    if (wrong_ == fault::opens_no_task && verdict.answer == nudge_answer::never) {
        verdict.with_task = false;
    }
    if (verdict.answer == nudge_answer::later) {
        if (verdict.again <= now) {
            tells_.stuck(what.what.client_id + " " + verdict.reason);
            return;
        }
        what.what.due = verdict.again;
        push(std::move(what));
        return;
    }
    const auto* segment = policy.find(what.what.segment);
    const nudge_step* step = nullptr;
    if (segment != nullptr) {
        const auto found = std::ranges::find(segment->steps, what.what.day, &nudge_step::day);
        if (found != segment->steps.end()) step = &*found;
    }
    // Without the gate of the row it would be said in the words it was planned with.
    const bool speaks = step == nullptr || step->speaks();
    if (verdict.answer == nudge_answer::go && speaks) {
        const auto& who = of_.clients[static_cast<std::size_t>(what.client)];
        int phone = phone_of(who);
        if (phone < 0 && !who.phones.empty()) phone = who.phones.front();
        const bool shared =
            phone >= 0 && of_.phones[static_cast<std::size_t>(phone)].owners.size() > 1;
        sent_nudge made{
            .client = what.client,
            .loan = what.loan,
            .what = what.what,
            .dialog = step == nullptr ? ""
                                      : std::string{policy.begins(
                                            *step, who.group_id.empty() ? who.id : who.group_id
                                        )},
            .phone = phone,
            .channel = channel_of(what, now),
            .neutral = shared && wrong_ != fault::tells_neighbours,
            .in_group = wrong_ == fault::writes_in_group && !who.group_id.empty(),
            .judged_at = now,
            .delivered_at = now + std::chrono::seconds{chance_.below(40)}};
        if (wrong_ == fault::slow_to_send) made.delivered_at = now + 10min;
        if (what.tries < tries_most && chance_.in(refused_percent)) {
            if (wrong_ == fault::sends_again) tells_.sent(made);
            ++what.tries;
            what.what.due = now + 2min;
            push(std::move(what));
            return;
        }
        dialogs::remember(
            touches_[static_cast<std::size_t>(what.client)],
            {.at = now,
             .client_id = what.what.client_id,
             .loan_id = what.what.loan_id,
             .instalment = what.what.instalment,
             .policy = what.what.policy,
             .day = what.what.day,
             .nudge = what.what.id,
             .channel = std::string{channel_of(what, now)}}
        );
        tells_.sent(made);
    }
    tells_.ended(what.client, what.loan, what.what, verdict, now);
}

}  // namespace tertulia::simulation
