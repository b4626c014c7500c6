// Policies as they are compiled: their dialogs, cases and conditions looked up.

#include "dialogs/clients/contact.hpp"
#include "dialogs/clients/reach.hpp"
#include "dialogs/facts/iso_date.hpp"
#include "dialogs/nudges/standing.hpp"
#include "dialogs/script/compiler_parts.hpp"
#include "dialogs/script/segment_reach.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace tertulia::dialogs {
namespace {

constexpr std::string_view history_prefix = "history.";
constexpr int week_days = 7;
constexpr int step_minutes = 5;  // hours begin and end on such
constexpr int last_minute = 24 * 60;
constexpr civil_date a_monday = std::chrono::year{2026} / 11 / 23;

std::string clock_of(int minute) {
    const auto two = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
    return two(minute / 60) + ":" + two(minute % 60);
}

// Our hours within those of the law, as they are written in the file.
struct allowed_hours {
    std::string text{};  // "Mo-Fr 08:00-18:00; Sa 08:00-12:00"
    bool narrowed{};     // the law takes some away
};
allowed_hours hours_left(const nudge_rules& rules, const contact_calendar& when) {
    static constexpr std::array<std::string_view, week_days> names{"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"};
    allowed_hours left;
    std::array<std::string, week_days> of_day;
    for (int day = 0; day < week_days; ++day) {
        auto& text = of_day[static_cast<std::size_t>(day)];
        int since = -1;
        for (int minute = 0; minute <= last_minute; minute += step_minutes) {
            const bool ours = minute < last_minute && rules.ours->open_at({day, minute});
            const bool both =
                ours && when.open_at(when.local().at(plus_days(a_monday, day), minute / 60, minute % 60));
            if (ours && !both) left.narrowed = true;
            if (both && since < 0) since = minute;
            if (both || since < 0) continue;
            text += (text.empty() ? "" : ",") + clock_of(since) + "-" + clock_of(minute);
            since = -1;
        }
    }
    for (std::size_t day = 0; day < of_day.size();) {
        auto last = day;
        while (last + 1 < of_day.size() && of_day[last + 1] == of_day[day]) ++last;
        if (!of_day[day].empty()) {
            left.text += left.text.empty() ? "" : "; ";
            left.text += names[day];
            if (last != day) left.text += "-" + std::string{names[last]};
            left.text += " " + of_day[day];
        }
        day = last + 1;
    }
    return left;
}

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
    for (int day = 0; day < week_days; ++day) {
        const auto minute = when.minute_near(plus_days(a_monday, day), from.at_minute);
        if (minute == from.at_minute) return;
        if (minute && !nearest) nearest = minute;
    }
    if (!nearest) return;  // that there are no hours at all is told elsewhere
    warning(
        rule::never_said,
        from.at,
        "this hour is outside of those in which people may be written to: it is said at " +
            clock_of(*nearest),
        "the hours are the country's and ours in limits.yaml"
    );
}

// Hours of ours in which the law lets nobody be written to do not count, and another country's law seldom
// is the one that holds.
void compiler::warn_of_limits(const contact_calendar& when) {
    const auto& source = *from_.nudges;
    const auto& rules = program_->nudges;
    dialog_source limits{};
    limits.file = source.limits_at;
    const auto* before = std::exchange(source_, &limits);
    const auto& own = from_.house->country;
    if (!source.country.empty() && !own.empty() && source.country != own) {
        warning(
            rule::never_said,
            source.country_at,
            "the hours of " + source.country + " hold here, and the institution is in " + own,
            "country: " + own + ", or take it away: then it is the institution's"
        );
    }
    const auto left = hours_left(rules, when);
    if (source.hours_at && left.narrowed && !left.text.empty()) {
        warning(
            rule::never_said,
            *source.hours_at,
            "the law of " + rules.country + " allows fewer hours than these: what counts is " + left.text,
            "hours: \"" + left.text + "\""
        );
    }
    source_ = before;
}

// What hides the segments after it, or is never used.
void compiler::warn_of_reach(const policy_source& from, const nudge_policy& made) {
    for (std::size_t i = 0; i < from.segments.size(); ++i) {
        const auto& one = from.segments[i];
        if (!one.when || !made.segments[i].holds) continue;
        const auto reach = reach_of(one.when->text, made.segments[i].holds);
        if (reach == segment_reach::nobody) {
            warning(
                rule::never_said,
                one.when->at,
                "this holds of nobody: '" + one.name + "' is never used",
                "history.late and history.known are of the last " + std::to_string(history_instalments) +
                    " instalments: " + std::to_string(history_instalments) + " at most"
            );
        } else if (reach == segment_reach::everybody && i + 1 < from.segments.size()) {
            warning(
                rule::never_said,
                one.when->at,
                "this holds of everybody: nobody is left for '" + from.segments[i + 1].name + "'",
                "name what sets them apart, or put the segment last and take its 'when:' away"
            );
        }
    }
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
        } else if (one.more->text == one.name) {
            error(
                rule::wrong_value,
                one.more->at,
                "'" + one.name + "' names itself: who is to be reminded more would be reminded as before",
                "more: a segment that says more, or take it away"
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
    for (int day = 0; day < week_days; ++day) ever = ever || when.contact_day(plus_days(a_monday, day));
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
    warn_of_limits(when);
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
        warn_of_reach(one, made);
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
