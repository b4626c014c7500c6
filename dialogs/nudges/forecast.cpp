#include "dialogs/nudges/forecast.hpp"

#include "dialogs/facts/arrears.hpp"
#include "dialogs/facts/iso_date.hpp"
#include "dialogs/nudges/channel_of_week.hpp"
#include "dialogs/nudges/standing.hpp"
#include "dialogs/nudges/talks.hpp"

#include <algorithm>
#include <utility>

namespace tertulia::dialogs {
namespace {

class client_forecast {
public:
    client_forecast(
        forecast_client of, const nudge_rules& rules, const contact_calendar& when, civil_date from
    )
        : her_{std::move(of)}, rules_{rules}, when_{when}, from_{from} {
        for (const auto& policy : rules.policies) in_order_.push_back(&policy);
        // As they leave on one day: by their hour, and of one hour in the order of the plan.
        std::ranges::stable_sort(in_order_, {}, [](const nudge_policy* one) {
            return std::pair{one->at_minute, one->counts_from};
        });
    }

    void look_at(civil_date day) {
        pay_until(day);
        today_ = day;
        if (rules_.counting_from(nudge_anchor::contact) != nullptr) {
            her_.talk = talk_to_plan(rules_, her_.id, her_.loans, her_.talks, her_.talk, day);
        }
        for (const auto* policy : in_order_) {
            switch (policy->counts_from) {
                case nudge_anchor::instalment: of_instalments(*policy); break;
                case nudge_anchor::loan_end: of_ends(*policy); break;
                case nudge_anchor::contact: of_talk(*policy); break;
                // These are planned where they arise.
                case nudge_anchor::promise:
                case nudge_anchor::survey:
                case nudge_anchor::campaign:
                case nudge_anchor::feedback: break;
            }
        }
    }

    std::vector<forecast_line> lines{};

private:
    struct anchored {
        std::string loan_id{};
        int instalment{};
        civil_date on{};
    };

    // What falls due between the first day and that one has been paid on its day by then.
    void pay_until(civil_date day) {
        for (auto& each : her_.loans) {
            if (each.status != loan_status::active) continue;
            for (auto& one : each.schedule) {
                if (one.due < from_ || one.due >= day || left_to_pay(one).minor == 0) continue;
                one.paid = one.total;
                one.met_on = one.due;
            }
        }
    }

    void of_instalments(const nudge_policy& policy) {
        const auto wanted = today_ < her_.asked.over_on ? her_.asked.wanted : attention::usual;
        for (const auto& of : her_.loans) {
            auto stands = standing_of(her_.loans, of, today_);
            if (!stands) continue;
            stands->history.broken_promises = her_.broken_promises;
            const auto* segment = policy.segment_of(stands->history, wanted);
            if (segment == nullptr) continue;
            steps(policy, *segment, {of.id, stands->instalment, stands->due}, wanted);
        }
    }

    void of_ends(const nudge_policy& policy) {
        if (policy.segments.empty()) return;
        for (const auto& of : her_.loans) {
            if (of.status != loan_status::active) continue;
            steps(policy, policy.segments.front(), {of.id, 0, of.matures_on});
        }
    }

    void of_talk(const nudge_policy& policy) {
        if (!her_.talk) return;
        const auto stage = name_of(her_.talk->stage);
        const auto* segment = policy.find(stage);
        if (segment == nullptr) return;
        const auto before = lines.size();
        steps(policy, *segment, {{}, 0, her_.talk->on});
        const bool reaches = std::any_of(
            lines.begin() + static_cast<std::ptrdiff_t>(before), lines.end(),
            [](const forecast_line& one) { return one.kept_by.empty() || one.opens_task; }
        );
        if (reaches) her_.talks.push_back({.on = today_, .about = std::string{stage}});
    }

    void steps(
        const nudge_policy& policy, const nudge_segment& segment, const anchored& about,
        attention wanted = attention::usual
    ) {
        if (!about.on.ok()) return;
        for (const auto& step : segment.steps) {
            if (landing_of(step, about.on, when_) != today_) continue;
            forecast_over place{policy.counts_from, about.loan_id, about.on, step.day};
            if (std::ranges::find(her_.over, place) != her_.over.end()) continue;
            her_.over.push_back(std::move(place));
            add(policy, segment, step, about, wanted);
        }
    }

    void add(
        const nudge_policy& policy, const nudge_segment& segment, const nudge_step& step,
        const anchored& about, attention wanted
    ) {
        forecast_line made{
            .on = today_,
            .policy = &policy,
            .segment = &segment,
            .step = &step,
            .loan_id = about.loan_id,
            .instalment = about.instalment,
            .anchor = about.on,
            .dialog = step.speaks() ? policy.begins(step, her_.unit) : std::string_view{},
            .channel = channel_of(segment)};
        // Nobody to be written to, nor to be called.
        const bool is_known = her_.reach.by_sms || !her_.reach.usual.empty();
        const bool officer = step.task.empty() && segment.keeps_back(wanted, step);
        if (officer || !is_known) {
            made.kept_by = !is_known ? "never_wrote" : "officer_" + std::string{name_of(wanted)};
            lines.push_back(std::move(made));
            return;
        }
        const planned_nudge what{
            .policy = policy.name,
            .segment = segment.name,
            .day = step.day,
            .anchor = about.on,
            .client_id = her_.id,
            .loan_id = about.loan_id,
            .instalment = about.instalment};
        const auto at = situation_of(what, policy, made.channel);
        auto verdict = judge(what, policy, at);
        made.opens_task = verdict.with_task;
        if (verdict.answer != nudge_answer::go) {
            made.kept_by = std::move(verdict.reason);
        } else if (step.speaks()) {
            remember(
                her_.touches,
                {.at = at.now,
                 .client_id = her_.id,
                 .loan_id = about.loan_id,
                 .instalment = about.instalment,
                 .policy = policy.name,
                 .day = step.day,
                 .channel = made.channel}
            );
        }
        lines.push_back(std::move(made));
    }

    // What is not known ahead is as it mostly is: core banking answers, she is not talking with us, and
    // what is said has its approved text.
    [[nodiscard]] nudge_situation situation_of(
        const planned_nudge& what, const nudge_policy& policy, std::string_view channel
    ) const {
        const auto holds = [&](const std::optional<civil_date>& until) {
            return until && today_ <= *until;
        };
        nudge_situation at{
            .now = moment_on(today_, std::nullopt, policy, 0, when_),
            .when = &when_,
            .limits = &rules_.limits,
            .law_a_day = rule_of_country(rules_.country).a_day,
            .hers = true,
            .agreed = !her_.reach.usual.empty(),
            .opted_out = her_.opted_out,
            .wants_none = her_.wants_none,
            .paused_until = her_.paused_until,
            .blocked = holds(her_.disputes_until) ? "dispute" : "",
            .anchor = what.anchor,
            .instalment = what.instalment,
            .claims_paid = std::ranges::any_of(
                her_.claims,
                [&](const forecast_hold& one) {
                    return today_ <= one.until && (one.loan_id.empty() || one.loan_id == what.loan_id);
                }
            ),
            .in_hardship = holds(her_.hardship_until),
            .touches = her_.touches,
            .window_open = true,
            .has_template = true,
            .channel = channel,
            .law_one_channel = one_channel_a_week(rules_),
            .unit = her_.unit};
        for (const auto& one : her_.promises) {
            if (one.loan_id == what.loan_id && today_ <= one.until) at.promised = one.until;
        }
        const bool ends = policy.counts_from == nudge_anchor::loan_end;
        if (ends && is_late(her_.loans, today_)) at.blocked = "late";
        return at;
    }

    // What a segment names, where she can be written to by it; by one channel a week where that is the rule.
    [[nodiscard]] std::string channel_of(const nudge_segment& segment) const {
        const auto& reach = her_.reach;
        if (reach.usual.empty()) return {};
        const auto now = when_.local().at(today_, 12, 0);
        const auto week = one_channel_a_week(rules_) ? channel_of_week(her_.touches, her_.id, now) : std::string_view{};
        const bool sms = segment.channel == "sms" && reach.by_sms;
        const bool whatsapp = segment.channel == "whatsapp" && reach.by_whatsapp;
        const auto taken = kind_to_take(
            {.hers = {},
             .of_week = week,
             .week_reaches_her = week == "sms" ? reach.by_sms : week == "whatsapp" && reach.by_whatsapp,
             .of_segment = sms || whatsapp ? std::string_view{segment.channel} : std::string_view{}}
        );
        return taken.empty() ? reach.usual : std::string{taken};
    }

    forecast_client her_;
    const nudge_rules& rules_;
    const contact_calendar& when_;
    std::vector<const nudge_policy*> in_order_{};
    civil_date from_{};
    civil_date today_{};
};

}  // namespace

std::vector<forecast_line> forecast(
    forecast_client of, const nudge_rules& rules, const contact_calendar& when, civil_date from, int days
) {
    client_forecast made{std::move(of), rules, when, from};
    for (int i = 0; i < days; ++i) made.look_at(plus_days(from, i));
    return std::move(made.lines);
}

nudge_policy fixed_blast() {
    nudge_segment all{.name = "everybody", .holds = {}, .steps = {}, .before_most = 2, .after_most = 1};
    for (const int day : {-3, 0, 3}) all.steps.push_back({.day = day, .begins = "reminder", .task = {}});
    return {.name = "fixed_blast", .counts_from = nudge_anchor::instalment, .segments = {std::move(all)}};
}

}  // namespace tertulia::dialogs
