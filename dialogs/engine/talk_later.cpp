// What comes at its time, whatever is said meanwhile.

#include "dialogs/engine/talk.hpp"

#include <algorithm>
#include <utility>

namespace tertulia::dialogs {
namespace {

constexpr const char* person_timer = "unanswered";
constexpr int morning = 9 * 60;  // minutes; of a day that says no time

constexpr milliseconds person_is_there = std::chrono::hours{1};

constexpr std::string_view monday_to_friday = "Mo-Fr 00:00-24:00";

}  // namespace

instant talk::within(const day_hours& hours, instant from) const {
    const auto& calendar = *script.calendar;
    const auto day = calendar.date_of(from);
    const auto opens = calendar.at(day, hours.from / 60, hours.from % 60);
    if (from < opens) return opens;
    if (from < calendar.at(day, hours.until / 60, hours.until % 60)) return from;
    const civil_date tomorrow{std::chrono::sys_days{day} + std::chrono::days{1}};
    return calendar.at(tomorrow, hours.from / 60, hours.from % 60);
}

// The first time at or after `after` and later than now; nothing where the day is missing.
std::optional<instant> talk::due_of(const moment& of) {
    const auto& calendar = *script.calendar;
    auto clock = of.minutes;
    if (of.at_her_hour) {
        clock = minutes_of_hour(preferred(next.preferences, "hour")).value_or(morning);
    }
    const auto at = [&](civil_date day, int minutes) {
        return calendar.at(day, minutes / 60, minutes % 60);
    };
    if (of.day) {
        note_paths(of.day->paths());
        const auto value = of.day->evaluate(view());
        const auto* day = std::get_if<civil_date>(&value);
        return day == nullptr ? std::nullopt : std::optional{at(*day, clock.value_or(morning))};
    }
    if (of.working_days > 0) {
        read_ |= read_client | read_officer;  // a branch has hours of its own
        const auto hours = hours_of_work();
        const working_time work{
            hours.empty() ? monday_to_friday : hours, script.house.holidays, calendar};
        const auto today = at(calendar.date_of(next.now), 0);
        const auto then = work.after(today, std::chrono::days{of.working_days});
        return at(calendar.date_of(then), clock.value_or(morning));
    }
    const auto from = next.now + of.after;
    if (!clock) return from;
    const auto day = calendar.date_of(from);
    const auto that_day = at(day, *clock);
    if (that_day >= from && that_day > next.now) return that_day;
    return at(civil_date{std::chrono::sys_days{day} + std::chrono::days{1}}, *clock);
}

void talk::arrange(appointment what) {
    const auto colon = what.timer.find(':');
    if (colon == std::string::npos) {
        call_off(what.timer, {});
    } else {
        call_off(what.timer.substr(0, colon + 1), what.what);
    }
    next.later.push_back(std::move(what));
}

// By what it is for and not by its timer, which keeps its name when a migration renames the rest.
void talk::call_off(std::string_view kind, std::string_view what) {
    std::erase_if(next.later, [&](const appointment& one) {
        const bool meant = one.timer.starts_with(kind) && (what.empty() || one.what == what);
        if (meant) effects.emplace_back(cancel_timer{one.timer});
        return meant;
    });
}

std::optional<appointment> talk::keep_appointment(std::string_view timer) {
    const auto found = std::find_if(next.later.begin(), next.later.end(), [&](const auto& one) {
        return one.timer == timer;
    });
    if (found == next.later.end()) return std::nullopt;
    auto kept = std::move(*found);
    next.later.erase(found);
    return kept;
}

// ---- a dialog that begins later

void talk::schedule(const program_state& state) {
    const auto& name = script.at(state.called).name;
    const auto due = due_of(state.due);
    if (!due || *due <= next.now) return;
    arrange({.timer = begin_timer + name, .what = name, .due = *due});
}

bool talk::at_a_question() const {
    return question() != nullptr && (!script.menu || !under_way(*script.menu));
}

void talk::put_off(appointment what, instant until) {
    what.due = until;
    effects.emplace_back(set_timer{what.timer, until});
    next.later.push_back(std::move(what));
}

bool talk::begin_scheduled(const appointment& due) {
    const auto dialog = script.find_dialog(due.what);
    const auto hours = dialog ? script.at(*dialog).between : std::nullopt;
    const auto again_after = [&](milliseconds by) {
        put_off(due, hours ? within(*hours, next.now + by) : next.now + by);
    };
    const bool asked = at_a_question();
    if (asked && next.now - next.last_inbound_at < let_her_finish) {
        again_after(let_her_finish);
        return false;
    }
    if (hours && with_person(next)) {  // news keep: they are told once the person has done
        again_after(person_is_there);
        return false;
    }
    if (dialog) read_ |= read_client;
    // One that has come to take values since then cannot begin without them.
    const bool lacks = dialog && !script.at(*dialog).takes.empty();
    if (!dialog || lacks || with_person(next) || !allowed(script.at(*dialog))) {
        effects.emplace_back(keep_record{"schedule_dropped", due.what});
        return false;
    }
    if (hours && asked) {
        interrupt(*dialog);
    } else {
        begin(*dialog);
    }
    return true;
}

void talk::tell_within_hours(dialog_index dialog) {
    const auto& name = script.at(dialog).name;
    const auto due = within(*script.at(dialog).between, next.now);
    appointment news{.timer = begin_timer + name, .what = name, .due = due};
    // Where she stands on another set, that is to end first.
    const bool elsewhere = !next.frames.empty() && next.script_set != set_;
    if (elsewhere) news.due = within(*script.at(dialog).between, next.now + let_her_finish);
    if (news.due > next.now) {
        arrange(std::move(news));
        return;
    }
    call_off(begin_timer, name);
    unbidden = true;
    (void)begin_scheduled(news);
}

// ---- a person who does not come

void talk::wait_for_a_person(const program_state& state) {
    if (!state.if_silent) return;
    arrange(
        {.timer = person_timer,
         .what = script.at(state.dialog).name + "." + state.name,
         .due = next.now + state.if_silent->after}
    );
}

void talk::stop_waiting_for_a_person() {
    call_off(person_timer, {});
}

// What she is at meanwhile is let finish, and put again after what is said of it.
bool talk::nobody_answered(const appointment& due) {
    const std::string_view state = due.what;
    const auto point = state.find('.');
    const auto found = script.find_state(state.substr(0, point), state.substr(point + 1));
    if (!found || !script.at(*found).if_silent) return false;
    const bool asked = at_a_question();
    if (asked && next.now - next.last_inbound_at < let_her_finish) {
        put_off(due, next.now + let_her_finish);
        return false;
    }
    next.queue.clear();
    next.case_in_hand.clear();  // the case stays open: somebody may still take it
    next.misses = 0;
    if (asked) {
        unbidden = true;
        kept_below_ = next.frames.size();
    } else {
        nobody_there = true;
        keep_waits();
    }
    push(script.at(*found).dialog, *found);
    go_on(script.at(*found).if_silent->then);
    const auto* still = question();
    if (asked && still != nullptr && !next.queue.empty()) {  // handed over further
        const bool said = std::ranges::any_of(effects, [](const effect& each) {
            return std::holds_alternative<send>(each);
        });
        if (said) put_again();
        if (!said) wake_when_silent(*still);
    }
    return true;
}

}  // namespace tertulia::dialogs
