// What operators declare under nudges/: who is spoken to first, on which day, by which dialog. A
// policy is a value; what may never happen (gates.hpp) stands above every policy.
//
// Days are counted on the contract's own date: -1 is the day before, 3 three days after.

#pragma once

#include "dialogs/facts/repayment_history.hpp"
#include "dialogs/nudges/contact_calendar.hpp"
#include "dialogs/nudges/experiment.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::dialogs {

// What the days of a policy are counted from.
enum class nudge_anchor : std::uint8_t {
    instalment = 0,  // the oldest open one of a loan
    promise = 1,     // the day she said she would pay on
    loan_end = 2,    // of a running loan
    contact = 3,     // the day a talk with her is due: clients/contact.hpp
    survey = 4,      // the day of what she is asked about
    campaign = 5,    // the last day on which it may be said: what is told many at once
    feedback = 6,    // the same: what became of an idea of hers
};
inline constexpr std::size_t nudge_anchors = 7;
[[nodiscard]] std::string_view name_of(nudge_anchor anchor) noexcept;
[[nodiscard]] std::optional<nudge_anchor> parse_nudge_anchor(std::string_view name) noexcept;

// One step of a ladder: a dialog begins, a person is asked to do something, or both. A task costs her
// no touch, and it is opened even where nothing may be said: judge() tells.
struct nudge_step {
    int day{};
    std::string begins{};  // a dialog; empty: only a task
    std::string task{};    // the kind of case that is opened; empty: only a dialog
    [[nodiscard]] bool speaks() const noexcept { return !begins.empty(); }
};

// What an officer has asked for a client, with a reason and until a day, of reminders up to the day
// itself. Her own wishes and the limits stand above it.
enum class attention : std::uint8_t {
    usual = 0,
    less = 1,  // the last of them alone
    none = 2,
    more = 3,  // as in the segment that hers names
};
[[nodiscard]] std::string_view name_of(attention wanted) noexcept;
[[nodiscard]] std::optional<attention> parse_attention(std::string_view name) noexcept;

// Everybody is in the first segment whose condition holds; in none: nothing is sent.
struct nudge_segment {
    std::string name{};
    std::function<bool(const repayment_history&)> holds{};  // empty: whoever is left
    std::vector<nudge_step> steps{};                        // by day, each day once
    int before_most{1};  // messages up to the day itself, for one instalment…
    int after_most{1};   // …and after it
    std::string more{};  // the segment of who is to be reminded more; empty: there is no more
    std::string channel{};  // the kind it goes by where she has named none herself; empty: where she last wrote
    int spread_days{};   // they are spread over so many days from the day on, so that not all come at once

    [[nodiscard]] bool keeps_back(attention wanted, const nudge_step& step) const noexcept;
};

struct nudge_policy {
    std::string name{};
    nudge_anchor counts_from{};
    int at_minute{9 * 60 + 30};  // where she has named no hour
    std::vector<nudge_segment> segments{};
    std::optional<nudge_experiment> experiment{};

    // The dialog a step begins for her, by the arm she is in.
    [[nodiscard]] std::string_view begins(const nudge_step& step, std::string_view unit) const;
    [[nodiscard]] const nudge_segment* segment_of(
        const repayment_history& of, attention wanted = attention::usual
    ) const;
    [[nodiscard]] const nudge_segment* find(std::string_view segment) const noexcept;
    [[nodiscard]] const nudge_step* step_of(std::string_view segment, int day) const noexcept;
};

// Of everything we begin, over all policies, loans and channels. Only ever stricter than the law.
struct nudge_limits {
    int a_day{1};
    int a_week{3};  // within seven days
    bool one_channel_a_week{};               // country_rule has it too: whichever of them says so
    int survey_share{100};                   // of a thousand are asked
    std::chrono::days survey_every{60};      // and nobody more often
};

struct nudge_rules {
    std::vector<nudge_policy> policies{};
    nudge_limits limits{};
    std::vector<std::chrono::month_day> hard_seasons{};  // when what costs people most begins
    std::string country{};  // ISO 3166: whose hours hold
    std::string hours{};    // ours, within them
    std::optional<opening_hours> law{};   // of the country
    std::optional<opening_hours> ours{};  // both set whenever there are policies
    std::string version{};                // of the files of policies alone

    [[nodiscard]] const nudge_policy* find(std::string_view policy) const noexcept;
    // There is one at most: the check sees to it.
    [[nodiscard]] const nudge_policy* counting_from(nudge_anchor anchor) const noexcept;
};

// Of a talk that is due on a day: the day it is due for her among the `days` it is spread over. `set`: when
// it was due for her so far, which stays where it is one of them.
[[nodiscard]] civil_date spread_day(
    std::string_view what, std::string_view client_id, int days, civil_date due,
    std::optional<civil_date> set
);

// The day a step comes on, of an anchor.
[[nodiscard]] civil_date landing_of(
    const nudge_step& step, civil_date anchor, const contact_calendar& when
);

// Which step of which segment falls on a day: what is looked for in the portfolio.
struct nudge_landing {
    const nudge_segment* segment{};
    const nudge_step* step{};
    civil_date anchor{};  // the contract's own date
};
// All of them for that day, holidays and weekends counted: what would fall on a day nobody may be
// written to comes earlier when it is a reminder of what is to come, later when something is late. A
// task comes on the next contact day.
[[nodiscard]] std::vector<nudge_landing> landings_on(
    const nudge_policy& policy, civil_date day, const contact_calendar& when
);

// When on that day: the hour she prefers, else the policy's, as far as both hours allow; spread over
// half an hour by `spread`, so that not all leave at once.
[[nodiscard]] instant moment_on(
    civil_date day, std::optional<int> preferred, const nudge_policy& policy, std::uint64_t spread,
    const contact_calendar& when
);

}  // namespace tertulia::dialogs
