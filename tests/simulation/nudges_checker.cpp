#include "tests/simulation/nudges_checker.hpp"

#include "dialogs/facts/iso_date.hpp"

#include <algorithm>

namespace tertulia::simulation {
namespace {

using namespace std::chrono_literals;
using dialogs::planned_nudge;

// The ladders again, as people read them: of version 0, 1 or both, who hears or is asked what.
struct rung {
    bool in[2]{};
    const char* segment{};
    int day{};
    const char* dialog{};
    const char* task{};
};
// clang-format off
constexpr rung rungs[]{
    {{true, true},  "at_risk",    -7, "reminder_help",    ""},
    {{true, true},  "at_risk",     1, "",                 "arrears_call"},
    {{true, true},  "at_risk",     7, "",                 "arrears_visit"},
    {{true, true},  "at_risk",    15, "",                 "arrears_supervisor"},
    {{true, true},  "at_risk",    30, "",                 "arrears_committee"},
    {{true, true},  "frequent",   -7, "reminder_plan",    ""},
    {{true, true},  "frequent",   -1, "reminder_day",     ""},
    {{true, true},  "frequent",    1, "reminder_options", ""},
    {{true, true},  "frequent",    3, "",                 "arrears_call"},
    {{true, true},  "frequent",    7, "reminder_help",    "arrears_visit"},
    {{true, true},  "frequent",   15, "",                 "arrears_supervisor"},
    {{true, true},  "frequent",   30, "",                 "arrears_committee"},
    {{true, true},  "occasional", -3, "reminder_plan",    ""},
    {{true, false}, "occasional",  0, "reminder_day",     ""},
    {{true, true},  "occasional",  1, "reminder_concern", ""},
    {{true, true},  "occasional",  3, "",                 "arrears_call"},
    {{true, true},  "occasional",  7, "reminder_help",    ""},
    {{true, true},  "occasional", 15, "",                 "arrears_visit"},
    {{true, true},  "occasional", 30, "",                 "arrears_supervisor"},
    {{true, false}, "new",        -7, "reminder_welcome", ""},
    {{true, true},  "new",        -1, "reminder_place",   ""},
    {{true, true},  "new",         1, "reminder_concern", ""},
    {{true, true},  "new",         3, "",                 "arrears_call"},
    {{true, true},  "new",         7, "reminder_help",    "arrears_call"},
    {{true, true},  "new",        15, "",                 "arrears_visit"},
    {{true, true},  "new",        30, "",                 "arrears_supervisor"},
    {{true, false}, "reliable",   -1, "reminder_thanks",  ""},
    {{false, true}, "reliable",   -2, "reminder_thanks",  ""},
    {{true, true},  "reliable",    3, "reminder_concern", ""},
    {{true, true},  "reliable",    7, "",                 "arrears_call"},
    {{true, true},  "reliable",   15, "",                 "arrears_visit"},
    {{true, true},  "promised",   -1, "reminder_promise", ""},
    {{true, true},  "promised",    1, "reminder_concern", ""},
    {{true, true},  "promised",    2, "",                 "arrears_call"},
};
// Messages for one instalment, before its day in each version, and after it.
struct cap {
    const char* segment{};
    int before[2]{};
    int after{};
};
constexpr cap caps[]{
    {"at_risk", {1, 1}, 1}, {"frequent", {2, 1}, 2}, {"occasional", {2, 1}, 2},
    {"new", {2, 1}, 2},     {"reliable", {1, 1}, 1}, {"promised", {1, 1}, 1}};

// Minutes of the day; Monday to Friday, Saturday, Sunday: of the law, and with ours within.
struct hours_known {
    const char* country{};
    int law[3][2]{};
    int ours[3][2]{};
};
constexpr hours_known hours[]{
    {"GT", {{480, 1080}, {480, 720}, {}},          {{510, 1050}, {540, 690}, {}}},
    {"MX", {{420, 1320}, {}, {}},                  {{510, 1050}, {}, {}}},
    {"US", {{480, 1260}, {480, 1260}, {480, 1260}}, {{510, 1050}, {540, 690}, {}}},
    {"KE", {{480, 1080}, {540, 780}, {}},          {{510, 1050}, {540, 690}, {}}},
    {"",   {{480, 1080}, {540, 780}, {}},          {{510, 1050}, {540, 690}, {}}},
};
// clang-format on

const int (&hours_of(const institution& of, civil_date day))[2] {
    const auto weekday = std::chrono::weekday{std::chrono::sys_days{day}};
    const int kind = weekday == std::chrono::Sunday ? 2 : weekday == std::chrono::Saturday ? 1 : 0;
    for (const auto& one : hours) {
        if (of.country == one.country) return of.own_hours ? one.ours[kind] : one.law[kind];
    }
    std::abort();
}

const rung* rung_of(std::size_t version, const planned_nudge& what) {
    if (version == blast) return nullptr;
    for (const auto& one : rungs) {
        if (one.in[version] && what.segment == one.segment && what.day == one.day) return &one;
    }
    return nullptr;
}

bool open(const instalment& what) {
    return what.paid.minor < what.total.minor;
}

// The instalment that is spoken of: the oldest open one; of a loan that is more than 44 days late
// the next that is to come.
const instalment* spoken_of(const loan& of, civil_date today) {
    if (of.status != loan_status::active) return nullptr;
    bool hopeless = false;
    for (const auto& one : of.schedule) {
        if (!open(one)) continue;
        const auto late = (std::chrono::sys_days{today} - std::chrono::sys_days{one.due}).count();
        if (late > 44) hopeless = true;
        if (hopeless && late > 0) continue;
        return &one;
    }
    return nullptr;
}

std::string text_of(const planned_nudge& what, instant now) {
    return what.client_id + " " + what.loan_id + " " + what.policy + " " + what.segment + " " +
           std::to_string(what.day) + " of " + iso_date(what.anchor) + " at " +
           std::to_string(to_millis(now));
}

}  // namespace

nudges_checker::nudges_checker(const institution& of, const house& at, int watch_every)
    : of_{of},
      at_{at},
      watch_every_{watch_every},
      expected_(of.clients.size()),
      said_(of.clients.size()) {
    for (std::size_t i = 0; i < of.clients.size(); ++i) {
        expected_[i].resize(of.clients[i].loans.size());
    }
}

std::set<std::string> nudges_checker::broken_rules() const {
    std::set<std::string> all;
    for (const auto& [rule, count] : broken_) all.insert(rule);
    return all;
}

void nudges_checker::note(const std::string& rule, const std::string& what) {
    if (first_.empty()) first_ = rule + ": " + what;
    ++broken_[rule];
}

void nudges_checker::must(bool holds, const char* rule, const planned_nudge& what, instant now) {
    if (!holds) note(rule, text_of(what, now));
}

bool nudges_checker::contact_day(civil_date day) const {
    const auto& open_hours = hours_of(of_, day);
    if (open_hours[0] == open_hours[1]) return false;
    return std::find(at_.holidays.begin(), at_.holidays.end(), day) == at_.holidays.end();
}

civil_date nudges_checker::falls_on(civil_date nominal, bool ahead) const {
    auto day = nominal;
    for (int i = 0; i <= 14; ++i) {
        if (contact_day(day)) return day;
        day = plus_days(day, ahead ? -1 : 1);
    }
    return nominal;
}

std::string nudges_checker::segment_of(
    const borrower& who, const loan& of, const instalment& next, civil_date today
) const {
    int past_due = 0;
    int fell_due = 0;
    std::vector<std::pair<civil_date, int>> before;  // and how late each was
    for (const auto& each : who.loans) {
        for (const auto& one : each.schedule) {
            if (one.due >= next.due || one.due >= today) continue;
            ++fell_due;
            const auto end = open(one) ? today : *one.met_on;
            const int late = std::max(0, days_between(one.due, end));
            if (open(one)) past_due = std::max(past_due, late);
            if (days_between(one.due, next.due) <= 365) before.emplace_back(one.due, late);
        }
    }
    std::sort(before.rbegin(), before.rend());
    if (before.size() > 6) before.resize(6);
    const auto late =
        std::count_if(before.begin(), before.end(), [](const auto& one) { return one.second > 0; });
    const bool long_late =
        std::any_of(before.begin(), before.end(), [](const auto& one) { return one.second >= 8; });
    if (past_due > 30 || who.broken_promises >= 2) return "at_risk";
    if (late >= 3 || long_late) return "frequent";
    if (late > 0) return "occasional";
    if (fell_due < 3 && of.cycle == 1) return "new";
    return "reliable";
}

// The days whose words, or whose tasks and words about what is late, come on that one.
void nudges_checker::days_that_fall_on(civil_date day) {
    looked_at_ = day;
    holidays_then_ = at_.holidays.size();
    ahead_.clear();
    late_.clear();
    for (int away = -20; away <= 20; ++away) {
        const auto nominal = plus_days(day, away);
        if (falls_on(nominal, true) == day) ahead_.emplace_back(nominal);
        if (falls_on(nominal, false) == day) late_.emplace_back(nominal);
    }
    due_then_.fill(false);
    for (const auto& one : rungs) {
        for (const auto* nominal : {&ahead_, &late_}) {
            for (const auto when : *nominal) {
                const int away = days_between(day, civil_date{when}) - one.day + days_around;
                due_then_[static_cast<std::size_t>(away)] = true;
            }
        }
    }
}

void nudges_checker::look_at_all(civil_date day, civil_date today) {
    for (int client = 0; client < static_cast<int>(of_.clients.size()); client += watch_every_) {
        look_at(client, day, today);
    }
}

void nudges_checker::look_at(int client, civil_date day, civil_date today) {
    if (!watched(client)) return;
    if (day != looked_at_ || holidays_then_ != at_.holidays.size()) days_that_fall_on(day);
    const auto& who = of_.clients[static_cast<std::size_t>(client)];
    for (int i = 0; i < static_cast<int>(who.loans.size()); ++i) look(client, i, today);
}

// Every rung that falls on that day, by where the instalment and the promise stand now.
void nudges_checker::look(int client, int number, civil_date today) {
    const auto& who = of_.clients[static_cast<std::size_t>(client)];
    const auto& of = who.loans[static_cast<std::size_t>(number)];
    const auto& notes = who.notes[static_cast<std::size_t>(number)];
    const auto* next = spoken_of(of, today);
    const auto falls = [&](const instalment& of_it, const rung& one) {
        const auto& nominal = *one.dialog != '\0' && one.day <= 0 ? ahead_ : late_;
        const auto when = std::chrono::sys_days{of_it.due} + std::chrono::days{one.day};
        return std::find(nominal.begin(), nominal.end(), when) != nominal.end();
    };
    const auto in_force = [&](const rung& one) { return one.in[at_.version]; };
    bool any = false;
    if (next != nullptr) {
        const int away = days_between(looked_at_, next->due) + days_around;
        any = away >= 0 && away <= 2 * days_around && due_then_[static_cast<std::size_t>(away)];
    }
    if (any) {
        const auto segment = segment_of(who, of, *next, today);
        for (const auto& one : rungs) {
            if (!in_force(one) || segment != one.segment || !falls(*next, one)) continue;
            expect(client, number, {0, next->number, next->due, one.day});
        }
    }
    if (notes.promise != promise_end::open && notes.promise != promise_end::broken) return;
    for (const int step : {-1, 1, 2}) {
        const auto& nominal = step < 0 ? ahead_ : late_;
        const auto when = std::chrono::sys_days{notes.promised_on} + std::chrono::days{step};
        if (std::find(nominal.begin(), nominal.end(), when) == nominal.end()) continue;
        expect(client, number, {1, notes.promised_instalment, notes.promised_on, step});
    }
}

void nudges_checker::expect(int client, int number, const expected& what) {
    auto& all = expected_[static_cast<std::size_t>(client)][static_cast<std::size_t>(number)];
    const bool there = std::any_of(all.rbegin(), all.rend(), [&](const expected& one) {
        return one.promise == what.promise && one.instalment == what.instalment &&
               one.anchor == what.anchor && one.day == what.day;
    });
    if (there) return;
    all.push_back(what);
    ++followed_;
}

nudges_checker::expected* nudges_checker::find(int client, int number, const planned_nudge& what) {
    auto& all = expected_[static_cast<std::size_t>(client)][static_cast<std::size_t>(number)];
    const int promise = what.policy == "promise" ? 1 : 0;
    const auto found = std::find_if(all.rbegin(), all.rend(), [&](const expected& one) {
        return one.promise == promise && one.instalment == what.instalment &&
               one.anchor == what.anchor && one.day == what.day;
    });
    return found == all.rend() ? nullptr : &*found;
}

// Why there is nothing to talk of, with anybody: the rule that would be broken; empty: there is.
std::string nudges_checker::why_not(int client, int number, const planned_nudge& what, instant now)
    const {
    const auto& who = of_.clients[static_cast<std::size_t>(client)];
    const auto& of = who.loans[static_cast<std::size_t>(number)];
    const auto& notes = who.notes[static_cast<std::size_t>(number)];
    const auto today = at_.place->calendar.date_of(now);
    if (who.disputes) return "blocked";
    if (at_.core_is_down) return "stale";
    if (what.policy == "promise") {
        if (notes.promise == promise_end::kept) return "paid";
        if (notes.promised_on != what.anchor) return "moved";
    } else {
        for (const auto& one : of.schedule) {
            if (one.number != what.instalment) continue;
            if (!open(one)) return "paid";
            if (one.due != what.anchor) return "moved";
        }
    }
    if (notes.claim_until > now) return "claim";
    if (who.hardship_until > now) return "hardship";
    const bool promised = notes.promise == promise_end::open && notes.promised_on >= today;
    if (promised && what.policy != "promise") return "promise";
    if (rung_of(at_.version, what) == nullptr) return "row";
    return "";
}

void nudges_checker::sent(const sent_nudge& one) {
    const auto& who = of_.clients[static_cast<std::size_t>(one.client)];
    const auto& hers = who.phones;
    const bool is_hers = std::find(hers.begin(), hers.end(), one.phone) != hers.end();
    must(who.agreed && is_hers, "consent", one.what, one.judged_at);
    if (is_hers) {
        const auto& phone = of_.phones[static_cast<std::size_t>(one.phone)];
        must(!phone.in_doubt, "consent", one.what, one.judged_at);
        must(phone.owners.size() == 1 || one.neutral, "privacy", one.what, one.judged_at);
    }
    must(!one.in_group, "privacy", one.what, one.judged_at);
    must(!who.opted_out, "opt_out", one.what, one.judged_at);
    must(
        !who.wants_none || one.what.day > 0 || one.what.policy == "promise",
        "opt_out",
        one.what,
        one.judged_at
    );
    const auto day = at_.place->calendar.date_of(one.judged_at);
    must(day >= who.paused_until, "paused", one.what, one.judged_at);
    const auto reason = why_not(one.client, one.loan, one.what, one.judged_at);
    if (!reason.empty()) note(reason, text_of(one.what, one.judged_at));
    check_hours(one);
    check_caps(one);
    check_words(one);
    const bool window = who.window_until > one.judged_at;
    must(window || who.has_template, "window", one.what, one.judged_at);
    said_[static_cast<std::size_t>(one.client)].push_back(
        {one.judged_at,
         one.delivered_at,
         one.loan,
         one.what.instalment,
         one.what.anchor,
         one.what.day,
         one.what.policy == "promise",
         one.channel}
    );
}

void nudges_checker::check_hours(const sent_nudge& one) {
    const auto& who = of_.clients[static_cast<std::size_t>(one.client)];
    const auto local = at_.place->calendar.local(one.judged_at);
    const auto& open_hours = hours_of(of_, local.date);
    const int minute = local.hour * 60 + local.minute;
    must(minute >= open_hours[0] && minute < open_hours[1], "hours", one.what, one.judged_at);
    const auto& off = at_.holidays;
    must(
        std::find(off.begin(), off.end(), local.date) == off.end(),
        "holiday",
        one.what,
        one.judged_at
    );
    must(who.person_until <= one.judged_at, "interrupts", one.what, one.judged_at);
    must(who.talking_until <= one.judged_at, "interrupts", one.what, one.judged_at);
    const int last = one.what.day <= 0 ? 0 : one.what.day + 7;
    must(days_between(one.what.anchor, local.date) <= last, "too_late", one.what, one.judged_at);
}

void nudges_checker::check_caps(const sent_nudge& one) {
    const auto day = at_.place->calendar.date_of(one.judged_at);
    const bool after = one.what.day > 0;
    int same_day = 0;
    int week = 0;
    int same = 0;
    for (const auto& before : said_[static_cast<std::size_t>(one.client)]) {
        if (at_.place->calendar.date_of(before.at) == day) ++same_day;
        if (one.judged_at - before.at < 7 * 24h) {
            ++week;
            must(before.channel == one.channel, "second_channel", one.what, one.judged_at);
        }
        const bool of_it = before.loan == one.loan && before.instalment == one.what.instalment &&
                           before.of_promise == (one.what.policy == "promise");
        if (of_it && (before.day > 0) == after) ++same;
        if (of_it && before.day == one.what.day && before.anchor == one.what.anchor) {
            must(false, "twice", one.what, one.judged_at);
        }
    }
    must(same_day < 1, "cap_of_day", one.what, one.judged_at);
    must(week < 3, "cap_of_week", one.what, one.judged_at);
    for (const auto& most : caps) {
        if (one.what.segment != most.segment) continue;
        must(
            same < (after ? most.after : most.before[at_.version]),
            "cap_of_instalment",
            one.what,
            one.judged_at
        );
    }
}

void nudges_checker::check_words(const sent_nudge& one) {
    const auto& who = of_.clients[static_cast<std::size_t>(one.client)];
    const auto* of = rung_of(at_.version, one.what);
    if (of == nullptr) return;  // said already
    const bool tried = std::string_view{of->dialog} == "reminder_thanks";
    must(
        one.dialog == of->dialog || (tried && one.dialog == "reminder_short"),
        "row",
        one.what,
        one.judged_at
    );
    if (one.what.day > 0 || one.what.policy == "promise") return;
    const auto& unit = who.group_id.empty() ? who.id : who.group_id;
    const auto found = held_out_.try_emplace(unit, false);
    if (found.second) found.first->second = dialogs::draw_of("shorter", unit) < 100;
    must(!found.first->second, "held_out", one.what, one.judged_at);
    if (!tried) return;
    const auto& words = words_of_unit_.try_emplace(unit, one.dialog).first->second;
    must(words == one.dialog, "unlike", one.what, one.judged_at);
}

void nudges_checker::paid(int client, int number, int instalment, instant known) {
    for (const auto& one : said_[static_cast<std::size_t>(client)]) {
        if (one.loan != number || one.instalment != instalment || one.of_promise) continue;
        if (one.at <= known && one.delivered_at > known + 60s) note("paid", "said too late");
    }
}

void nudges_checker::ended(
    int client,
    int number,
    const planned_nudge& what,
    const dialogs::nudge_verdict& verdict,
    instant now
) {
    const auto* of = rung_of(at_.version, what);
    const auto reason = why_not(client, number, what, now);
    if (verdict.with_task && !reason.empty()) note(reason, text_of(what, now));
    if (of != nullptr && *of->task != '\0' && reason.empty()) {
        must(verdict.with_task, "task_missing", what, now);
    }
    const bool said_why = verdict.answer == dialogs::nudge_answer::go || !verdict.reason.empty();
    must(said_why, "no_reason", what, now);
    if (!watched(client)) return;
    auto* found = find(client, number, what);
    must(found != nullptr, "unasked", what, now);
    if (found == nullptr) return;
    must(++found->outcomes == 1, "twice", what, now);
}

void nudges_checker::still_waiting(int client, int number, const planned_nudge& what) {
    if (!watched(client)) return;
    if (auto* found = find(client, number, what)) ++found->outcomes;
}

void nudges_checker::life_is_over() {
    for (std::size_t client = 0; client < expected_.size(); ++client) {
        for (std::size_t number = 0; number < expected_[client].size(); ++number) {
            for (const auto& one : expected_[client][number]) {
                if (one.outcomes > 0) continue;
                note(
                    "lost",
                    of_.clients[client].loans[number].id + (one.promise == 1 ? " promise " : " ") +
                        std::to_string(one.day) + " of " + iso_date(one.anchor)
                );
            }
        }
    }
}

}  // namespace tertulia::simulation
