#include "tests/unit/dialogs/nudges/default_policy.hpp"

namespace tertulia::dialogs {
namespace {

nudge_step says(int day, std::string dialog, std::string task = {}) {
    return {.day = day, .begins = std::move(dialog), .task = std::move(task)};
}
nudge_step asks(int day, std::string task) {
    return {.day = day, .begins = {}, .task = std::move(task)};
}

}  // namespace

nudge_policy default_arrears_policy() {
    using history = repayment_history;
    nudge_policy made{.name = "arrears", .counts_from = nudge_anchor::instalment};
    made.segments = {
        {.name = "at_risk",
         .holds = [](const history& of
                  ) { return of.days_past_due > 30 || of.broken_promises >= 2; },
         .steps =
             {says(-7, "reminder_help"),
              asks(1, "arrears_call"),
              asks(7, "arrears_visit"),
              asks(15, "arrears_supervisor"),
              asks(30, "arrears_committee")},
         .before_most = 1,
         .after_most = 1},
        {.name = "frequent",
         .holds = [](const history& of) { return of.late >= 3 || of.longest_late >= 8; },
         .steps =
             {says(-7, "reminder_plan"),
              says(-1, "reminder_day"),
              says(1, "reminder_options"),
              asks(3, "arrears_call"),
              says(7, "reminder_help", "arrears_visit"),
              asks(15, "arrears_supervisor"),
              asks(30, "arrears_committee")},
         .before_most = 2,
         .after_most = 2},
        {.name = "occasional",
         .holds = [](const history& of) { return of.late >= 1; },
         .steps =
             {says(-3, "reminder_plan"),
              says(0, "reminder_day"),
              says(1, "reminder_concern"),
              asks(3, "arrears_call"),
              says(7, "reminder_help"),
              asks(15, "arrears_visit"),
              asks(30, "arrears_supervisor")},
         .before_most = 2,
         .after_most = 2},
        {.name = "new",
         .holds = [](const history& of) { return of.due_before < 3 && of.cycle == 1; },
         .steps =
             {says(-7, "reminder_welcome"),
              says(-1, "reminder_place"),
              says(1, "reminder_concern"),
              asks(3, "arrears_call"),
              says(7, "reminder_help", "arrears_call"),
              asks(15, "arrears_visit"),
              asks(30, "arrears_supervisor")},
         .before_most = 2,
         .after_most = 2},
        {.name = "reliable",
         .holds = {},
         .steps =
             {says(-1, "reminder_thanks"),
              says(3, "reminder_concern"),
              asks(7, "arrears_call"),
              asks(15, "arrears_visit")},
         .before_most = 1,
         .after_most = 1}};
    return made;
}

nudge_policy default_promise_policy() {
    nudge_policy made{.name = "promise", .counts_from = nudge_anchor::promise};
    made.segments = {
        {.name = "promised",
         .holds = {},
         .steps =
             {says(-1, "reminder_promise"), says(1, "reminder_concern"), asks(2, "arrears_call")},
         .before_most = 1,
         .after_most = 1}};
    return made;
}

contact_place::contact_place(
    std::string_view country,
    std::string_view zone,
    std::string_view our_hours,
    std::vector<civil_date> days_off
)
    : calendar{*local_calendar::make(zone)},
      law{*opening_hours::parse(rule_of_country(country).hours)},
      ours{*opening_hours::parse(our_hours)},
      holidays{std::move(days_off)} {}

}  // namespace tertulia::dialogs
