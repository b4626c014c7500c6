// Policies as they are compiled: their dialogs, cases and conditions looked up.

#include "dialogs/clients/contact.hpp"
#include "dialogs/clients/reach.hpp"
#include "dialogs/facts/iso_date.hpp"
#include "dialogs/nudges/standing.hpp"
#include "dialogs/script/compiler_parts.hpp"

#include <algorithm>
#include <utility>

namespace tertulia::dialogs {
namespace {

constexpr std::string_view history_prefix = "history.";

}  // namespace

// A policy begins it unasked, so nobody may have to prove who she is, and nothing is given to it.
std::string compiler::nudged_dialog(const word& name) {
    const auto found = program_->find_dialog(name.text);
    if (!found) {
        if (!from_.broken_dialogs.contains(name.text)) {
            not_found(
                rule::unknown_dialog, name, "there is no dialog '" + name.text + "'", dialog_names_
            );
        }
        return name.text;
    }
    only_called(*found, name.at, "a policy");
    const auto needs = program_->at(*found).needs;
    if (needs == requirement::verified || needs == requirement::confirmed) {
        error(
            rule::must_be_open,
            name.at,
            "'" + name.text + "' needs her PIN, which is never asked out of nowhere",
            "begin a dialog that is open, and go there from it"
        );
    }
    program_->nudged.push_back(*found);
    return name.text;
}

nudge_segment compiler::compile_segment(const segment_source& from, nudge_anchor counts_from) {
    nudge_segment made{
        .name = from.name,
        .holds = {},
        .steps = {},
        .before_most = from.before_most,
        .after_most = from.after_most,
        .more = from.more ? from.more->text : std::string{},
        .channel = from.channel ? from.channel->text : std::string{},
        .spread_days = from.spread_days};
    if (from.channel) check_channel(*from.channel);
    warn_of_steps(from, counts_from);
    if (counts_from == nudge_anchor::contact && !parse_contact_stage(from.name)) {
        std::vector<std::string> stages;
        for (std::size_t i = 0; i < contact_stages; ++i) {
            stages.emplace_back(name_of(static_cast<contact_stage>(i)));
        }
        not_found(
            rule::unknown_word, {from.name, from.at}, "'" + from.name + "' is no stage of a loan", stages
        );
    }
    const bool is_said_once =
        from.steps.size() == 1 && from.steps.front().day == 0 && from.steps.front().begins;
    const bool is_told_once =
        counts_from == nudge_anchor::campaign || counts_from == nudge_anchor::feedback;
    if (is_told_once && !is_said_once) {
        error(
            rule::wrong_shape,
            from.at,
            "what is told many at once, or of an idea, has one step, which begins a dialog on day 0",
            "steps: [{day: 0, begin: notice}]"
        );
    }
    if (from.when) {
        if (counts_from != nudge_anchor::instalment) {
            error(
                rule::misplaced_key,
                from.when->at,
                "only segments of a policy that counts from instalments have a 'when:'"
            );
        }
        of_policy_ = true;
        auto when = condition(*from.when);
        of_policy_ = false;
        if (when) {
            for (const auto path : when->paths()) {
                const auto name = program_->known->fields()[path].path;
                if (name.starts_with(history_prefix)) continue;
                error(
                    rule::bad_condition,
                    from.when->at,
                    "a segment looks at history.… alone, not at '" + std::string{name} + "'",
                    "history.late, history.longest_late, history.days_past_due…"
                );
            }
            made.holds = [when = *std::move(when)](const repayment_history& of) {
                fact_view seen{};
                seen.history = &of;
                return when.holds(seen);
            };
        }
    }
    for (const auto& one : from.steps) {
        nudge_step step{.day = one.day, .begins = {}, .task = {}};
        if (one.begins) step.begins = nudged_dialog(*one.begins);
        if (one.task) {
            step.task = one.task->text;
            if (!program_->cases.empty()) (void)find_kind(*one.task);
        }
        made.steps.push_back(std::move(step));
    }
    std::ranges::sort(made.steps, {}, &nudge_step::day);
    return made;
}

void compiler::check_channel(const word& named) {
    const auto kind = parse_channel_kind(named.text);
    if (!kind) {
        not_found(
            rule::unknown_word, named, "'" + named.text + "' is no kind of channel", {"sms", "whatsapp"}
        );
    } else if (const auto& all = from_.house->channels;
               !all.empty() && std::ranges::find(all, *kind, &known_channel::kind) == all.end()) {
        error(
            rule::unknown_word,
            named.at,
            "we have no channel of the kind '" + named.text + "'",
            "add one to channels, or take 'channel:' away"
        );
    }
}

// What reads as if it were said, and is not.
void compiler::warn_of_steps(const segment_source& from, nudge_anchor counts_from) {
    const auto* before = from.steps.empty() ? nullptr : &from.steps.front();
    for (const auto& one : from.steps) {
        const auto day = "day " + std::to_string(one.day);
        if (one.day < before->day) {
            warning(
                rule::never_said,
                one.at,
                day + " stands after day " + std::to_string(before->day) + ": it comes before it all the same",
                "write the steps in the order of their days"
            );
        }
        before = &one;
        const int most = one.day > 0 ? from.after_most : from.before_most;
        std::string why;
        if (counts_from == nudge_anchor::instalment && one.begins && most == 0) {
            why = std::string{"'most' lets no message go "} + (one.day > 0 ? "after" : "before") + " the day";
        } else if (counts_from == nudge_anchor::instalment && one.day > ladder_days_most) {
            why = "an instalment that is later than " + std::to_string(ladder_days_most) +
                  " days is with people";
        } else if (counts_from == nudge_anchor::loan_end && one.day > 0) {
            why = "the loan is over by then";
        } else if (counts_from == nudge_anchor::promise && one.day > 0) {
            why = "what became of a promise is said by promise_kept and promise_broken";
        } else if (counts_from == nudge_anchor::survey && one.day < 0) {
            why = "what it asks about has not happened yet";
        }
        if (!why.empty()) warning(rule::never_said, one.at, day + " never comes: " + why);
    }
}

void compiler::warn_of_hour(const policy_source& from, const contact_calendar& when) {
    if (from.at.line == 0) return;
    std::optional<int> nearest;
    constexpr civil_date a_monday = std::chrono::year{2026} / 11 / 23;
    for (int day = 0; day < 7; ++day) {
        const auto minute = when.minute_near(plus_days(a_monday, day), from.at_minute);
        if (minute == from.at_minute) return;
        if (minute && !nearest) nearest = minute;
    }
    if (!nearest) return;  // that there are no hours at all is told elsewhere
    const auto two = [](int number) {
        return (number < 10 ? "0" : "") + std::to_string(number);
    };
    warning(
        rule::never_said,
        from.at,
        "this hour is outside of those in which people may be written to: it is said at " +
            two(*nearest / 60) + ":" + two(*nearest % 60),
        "the hours are the country's and ours in limits.yaml"
    );
}

void compiler::check_more(const policy_source& from, const nudge_policy& made) {
    for (const auto& one : from.segments) {
        if (one.spread_days > 0 && from.counts_from != nudge_anchor::contact) {
            error(
                rule::misplaced_key,
                one.spread_at,
                "only talks are spread over days: 'spread' is for a policy that counts from contact"
            );
        }
        if (!one.more) continue;
        if (from.counts_from != nudge_anchor::instalment) {
            error(
                rule::misplaced_key,
                one.more->at,
                "only who is reminded of instalments can be reminded more"
            );
        } else if (made.find(one.more->text) == nullptr) {
            std::vector<std::string> names;
            for (const auto& other : made.segments) names.push_back(other.name);
            not_found(
                rule::unknown_word, *one.more, "there is no segment '" + one.more->text + "'", names
            );
        }
    }
}

void compiler::compile_note_contact(const state_source& from, program_state& into) {
    if (from.about) into.about = from.about->text;
    compile_keeps(from, into);
    into.then = way_on(from.then);
}

void compiler::nudges_found() {
    if (from_.nudges == nullptr || from_.nudges->policies.empty()) return;
    const auto& source = *from_.nudges;
    auto& rules = program_->nudges;
    rules.limits = source.limits;
    rules.hard_seasons = source.hard_seasons;
    rules.hours = source.hours;
    rules.country = source.country.empty() ? from_.house->country : source.country;
    rules.law = opening_hours::parse(rule_of_country(rules.country).hours);
    rules.ours = opening_hours::parse(rules.hours);
    // A week without holidays: are there hours that the law and the institution both have?
    const std::vector<civil_date> no_holidays;
    const contact_calendar when{*rules.law, *rules.ours, no_holidays, *program_->calendar};
    bool ever = false;
    constexpr civil_date any_day = std::chrono::year{2026} / 11 / 23;
    for (int day = 0; day < 7; ++day) ever = ever || when.contact_day(plus_days(any_day, day));
    if (!ever) {
        dialog_source limits{};
        limits.file = source.limits_at.empty() ? source.policies.front().file : source.limits_at;
        const auto* before = std::exchange(source_, &limits);
        error(
            rule::wrong_value,
            {.line = 1, .column = 1},
            "within the hours of the law in " + rules.country + " none of ours is left: nothing is ever said",
            "hours: \"Mo-Fr 08:00-18:00\"; the law has " +
                std::string{rule_of_country(rules.country).hours}
        );
        source_ = before;
    }
    for (const auto& one : source.policies) {
        dialog_source ours{};
        ours.file = one.file;
        const auto* before = std::exchange(source_, &ours);
        const bool second = std::ranges::any_of(rules.policies, [&](const nudge_policy& other) {
            return other.counts_from == one.counts_from;
        });
        if (second) {
            error(
                rule::repeated_name,
                {.line = 1, .column = 1},
                "another policy counts from '" + std::string{name_of(one.counts_from)} + "', too",
                "put the segments of both into one file"
            );
        }
        needs_ = requirement::verified;  // what is looked at here is told to nobody
        nudge_policy made{
            .name = one.name, .counts_from = one.counts_from, .at_minute = one.at_minute};
        for (const auto& segment : one.segments) {
            made.segments.push_back(compile_segment(segment, one.counts_from));
        }
        warn_of_hour(one, when);
        check_more(one, made);
        if (one.counts_from == nudge_anchor::feedback && one.segments.size() > 1) {
            error(
                rule::wrong_shape,
                one.segments[1].at,
                "what became of an idea is told in one way: there is one segment",
                "take '" + one.segments[1].name + "' away"
            );
        }
        if (one.experiment && one.counts_from == nudge_anchor::feedback) {
            error(
                rule::misplaced_key,
                {.line = 1, .column = 1},
                "an experiment is of what is said again and again, not of what became of an idea"
            );
        }
        if (one.experiment && one.counts_from == nudge_anchor::campaign) {
            error(
                rule::misplaced_key,
                {.line = 1, .column = 1},
                "an experiment is of what is said again and again, not of what is told many at once"
            );
        }
        made.experiment = one.experiment;
        for (const auto& arm : one.arms) {
            auto into = arm.made;
            for (const auto& [usual, other] : arm.instead) {
                into.instead.emplace_back(nudged_dialog(usual), nudged_dialog(other));
            }
            made.experiment->arms.push_back(std::move(into));
        }
        rules.policies.push_back(std::move(made));
        source_ = before;
    }
}

}  // namespace tertulia::dialogs
