#include "dialogs/nudges/forecast.hpp"

#include "dialogs/facts/arrears.hpp"
#include "dialogs/facts/iso_date.hpp"
#include "dialogs/nudges/standing.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace tertulia::dialogs {
namespace {

constexpr int days_a_week = 7;

// What falls due between today and that day has been paid on its day by then.
void pay_until(std::vector<loan>& loans, civil_date from, civil_date day) {
    for (auto& each : loans) {
        if (each.status != loan_status::active) continue;
        for (auto& one : each.schedule) {
            if (one.due < from || one.due >= day || left_to_pay(one).minor == 0) continue;
            one.paid = one.total;
            one.met_on = one.due;
        }
    }
}

class client_forecast {
public:
    client_forecast(
        const nudge_rules& rules, const contact_calendar& when, forecast_attention asked
    )
        : rules_{rules}, when_{when}, asked_{asked} {}

    void look_at(const std::vector<loan>& loans, int broken, civil_date day) {
        const auto wanted = day < asked_.over_on ? asked_.wanted : attention::usual;
        for (const auto& policy : rules_.policies) {
            for (const auto& of : loans) {
                if (of.status != loan_status::active) continue;
                if (policy.counts_from == nudge_anchor::instalment) {
                    auto stands = standing_of(loans, of, day);
                    if (!stands) continue;
                    stands->history.broken_promises = broken;
                    const auto* segment = policy.segment_of(stands->history, wanted);
                    steps(policy, segment, of.id, stands->instalment, stands->due, day, wanted);
                } else if (policy.counts_from == nudge_anchor::loan_end) {
                    const bool late = days_past_due(of, day) > 0;
                    const auto* segment =
                        late || policy.segments.empty() ? nullptr : &policy.segments.front();
                    steps(policy, segment, of.id, 0, of.matures_on, day, attention::usual);
                }
            }
        }
    }

    std::vector<forecast_line> lines{};

private:
    void steps(
        const nudge_policy& policy, const nudge_segment* segment, const std::string& loan_id,
        int instalment, civil_date anchor, civil_date day, attention wanted
    ) {
        if (segment == nullptr || !anchor.ok()) return;
        for (const auto& step : segment->steps) {
            if (landing_of(step, anchor, when_) != day) continue;
            if (!done_.insert({loan_id, policy.counts_from, anchor, step.day}).second) continue;
            lines.push_back(
                {.on = day,
                 .policy = &policy,
                 .segment = segment,
                 .step = &step,
                 .loan_id = loan_id,
                 .instalment = instalment,
                 .anchor = anchor,
                 .kept_by = !step.speaks() ? std::string_view{}
                            : segment->keeps_back(wanted, step)
                                ? (wanted == attention::less ? "officer_less" : "officer_none")
                                : cap(policy, *segment, step, loan_id, instalment, day)}
            );
        }
    }

    std::string_view cap(
        const nudge_policy& policy, const nudge_segment& segment, const nudge_step& step,
        const std::string& loan_id, int instalment, civil_date day
    ) const {
        int today = 0;
        int week = 0;
        int same = 0;
        for (const auto& one : lines) {
            if (!one.kept_by.empty() || !one.step->speaks()) continue;
            if (one.on == day) ++today;
            if (days_between(one.on, day) < days_a_week) ++week;
            const bool of_it = one.policy == &policy && one.loan_id == loan_id &&
                               one.instalment == instalment && instalment != 0;
            if (of_it && (one.step->day > 0) == (step.day > 0)) ++same;
        }
        if (today >= rules_.limits.a_day) return "cap_of_day";
        if (week >= rules_.limits.a_week) return "cap_of_week";
        const int most = step.day > 0 ? segment.after_most : segment.before_most;
        return instalment != 0 && same >= most ? "cap_of_instalment" : std::string_view{};
    }

    const nudge_rules& rules_;
    const contact_calendar& when_;
    forecast_attention asked_;
    std::set<std::tuple<std::string, nudge_anchor, civil_date, int>> done_{};
};

}  // namespace

std::vector<forecast_line> forecast(
    std::vector<loan> loans, int broken_promises, const nudge_rules& rules,
    const contact_calendar& when, civil_date from, int days, forecast_attention asked
) {
    client_forecast made{rules, when, asked};
    for (int i = 0; i < days; ++i) {
        const auto day = plus_days(from, i);
        pay_until(loans, from, day);
        made.look_at(loans, broken_promises, day);
    }
    return std::move(made.lines);
}

nudge_policy fixed_blast() {
    nudge_segment all{.name = "everybody", .holds = {}, .steps = {}, .before_most = 2, .after_most = 1};
    for (const int day : {-3, 0, 3}) all.steps.push_back({.day = day, .begins = "reminder", .task = {}});
    return {.name = "fixed_blast", .counts_from = nudge_anchor::instalment, .segments = {std::move(all)}};
}

}  // namespace tertulia::dialogs
