#include "tests/simulation/meetings_run.hpp"

#include <algorithm>

namespace tertulia::simulation {

using namespace dialogs::meetings;
using namespace std::chrono_literals;

namespace {

using fault = meetings_fault;

member_record* record_in(meeting& room, std::string_view id) {
    const auto found = std::ranges::find(room.members, id, &member_record::id);
    return found == room.members.end() ? nullptr : &*found;
}

// Before the event: a state, or an event, that the mistake would have made.
void plant_before(fault wrong, meeting& room, event& heard) {
    auto& did = heard.what;
    switch (wrong) {
        case fault::relays_what_is_held:
            if (did.judged.what == decision::hold) did.judged = {};
            break;
        case fault::late_comers_vote:
            if (room.box && did.what == verb::cast_vote) {
                auto& all = room.box->eligible;
                const auto* who = find_record(room, heard.by.id);
                if (who != nullptr && who->in_room &&
                    std::ranges::find(all, heard.by.id) == all.end()) {
                    all.push_back(heard.by.id);
                }
            }
            break;
        case fault::votes_below_quorum:
            room.planned.rules.quorum_numerator = 1;
            room.planned.rules.quorum_denominator = 100;
            break;
        case fault::opens_again:
            if (room.now == state::closed) room.now = state::minutes_review;
            break;
        case fault::nobody_is_late:
            room.planned.rules.late_after = 70h;
            break;
        case fault::forgets_duplicates:
            room.seen.clear();
            break;
        case fault::guests_stay:
            for (auto& one : room.guests) one.in_room = one.consented;
            for (auto& one : room.pending) one.during = state::admissions;
            break;
        case fault::timers_fire_again:
        case fault::timers_fire_early:
            // Of those that are about the step under way.
            if (did.what == verb::timer && is_live(room.now) &&
                (did.which == timer_name::digest || did.which == timer_name::silence ||
                 did.which == timer_name::step_ends)) {
                const bool early = wrong == fault::timers_fire_early;
                auto& armed = room.timers[static_cast<std::size_t>(did.which)];
                if (early && armed && heard.at < *armed && heard.at >= room.last_at) {
                    armed = did.when = heard.at;
                }
                if (!early && !armed) armed = did.when;
            }
            break;
        default:
            break;
    }
}

void plant_after(fault wrong, const meeting& before, answer& made, const event& heard) {
    if (!made.appended) return;
    const auto did = made.appended->what.what;  // a ballot in words is one
    auto& room = made.next;
    const auto tell_all = [&](std::string key, std::vector<argument> with) {
        for (const auto& one : room.members) {
            if (!one.in_room) continue;
            made.outs.emplace_back(say{
                .to = {recipient::kind::member, one.id}, .key = key, .arguments = with});
        }
    };
    switch (wrong) {
        case fault::tells_dues_to_all:
            if (did.what == verb::see_payment) {
                tell_all("meeting.savings_recorded", {{"amount", did.amount}});
            }
            break;
        case fault::shows_reasons:
            if (did.what == verb::cannot_pay) {
                tell_all("meeting.agreement", {{"text", did.text}, {"name", std::string{}}});
            }
            break;
        case fault::counts_every_choice:
            if (did.what == verb::cast_vote && room.box && before.box) {
                room.box->casts = before.box->casts;
                room.box->casts.push_back({heard.by.id, did.choice});
            }
            break;
        case fault::claims_are_payments:
            if (did.what == verb::report_payment) {
                auto& who = *record_in(room, heard.by.id);
                who.paid = find_member(room.planned, who.id)->owes.instalment;
            }
            break;
        case fault::one_counts_cash:
            if (did.what == verb::confirm_cash && !room.cash.empty()) {
                room.cash.back().complete = true;
            }
            break;
        case fault::tells_lines_again:
            for (auto& one : room.members) {
                if (did.what == verb::check_in && one.id == heard.by.id) one.told_to = 0;
                if (did.what == verb::leave && one.id == heard.by.id) one.told_to = 0;
            }
            break;
        case fault::steps_never_end:
            std::erase_if(made.outs, [](const out& one) {
                const auto* timer = std::get_if<set_timer>(&one);
                return timer != nullptr && (timer->which == timer_name::step_ends ||
                                            timer->which == timer_name::quorum_ends);
            });
            break;
        default:
            break;
    }
}

answer step_with(fault wrong, const meeting& room, const event& heard) {
    if (wrong == fault::none) return advance(room, heard);
    auto from = room;
    auto changed = heard;
    plant_before(wrong, from, changed);
    auto made = advance(from, changed);
    if (!made.appended) made.next = room;
    // What was logged is what was heard, but for the mistakes that are about the event itself.
    if (made.appended && wrong != fault::timers_fire_early) {
        // A ballot in words is logged as one.
        if (made.appended->what.what.what == heard.what.what) made.appended->what = heard;
        made.appended->what.at = made.next.last_at;
        made.appended->before = room.now;
    }
    plant_after(wrong, from, made, heard);
    return made;
}

// About what a stored row of it holds: every text and every value there is in its lists.
std::size_t row_size(const meeting& of) {
    std::size_t all = 200;
    for (const auto& one : of.members) {
        all += 60 + one.id.size() + 8 * one.said_at.size();
        for (const auto& it : one.fragments) all += 8 + it.text.size();
    }
    for (const auto& one : of.pending) all += 20 + one.text.size() + one.name.size();
    for (const auto& one : of.recent) all += 20 + one.text.size() + one.name.size();
    for (const auto& one : of.held) all += 30 + one.text.size();
    all += of.incidents.size() * 40 + of.seen.size() * 8 + of.fines.size() * 20;
    for (const auto& one : of.requests) all += 30 + one.purpose.size();
    for (const auto& one : of.transactions) all += one.size() + 1;
    for (const auto& one : of.remarks) all += 10 + one.text.size();
    for (const auto& one : of.agreements) all += 10 + one.text.size();
    return all;
}

}  // namespace

meetings_told run_meeting(const meetings_how& how) {
    meetings_life life{how.seed};
    const auto planned = life.plan();
    meetings_checker checker{planned};
    meetings_told told;
    auto start = begin(planned);
    checker.watch_beginning(start.outs);
    auto room = std::move(start.first);
    std::vector<line> lines;
    std::vector<std::vector<out>> outs;
    std::vector<meeting> after;
    int past_the_end = 0;
    for (int i = 0; i < how.events && past_the_end < 6; ++i) {
        if (is_over(room.now)) ++past_the_end;
        const auto heard = life.next(room);
        auto made = step_with(how.wrong, room, heard);
        ++told.events;
        ++told.refused[static_cast<std::size_t>(made.refused)];
        if (!made.appended) {
            if (made.next != room || !made.outs.empty()) {
                checker.breach("replay", "a refusal that changed something");
            }
            continue;
        }
        room = std::move(made.next);
        if (how.wrong == fault::forgets_unlogged && i == 60) room.queue.push_back("c0");
        ++told.accepted[static_cast<std::size_t>(heard.what.what)];
        told.row_most = std::max(told.row_most, row_size(room));
        checker.watch(*made.appended, made.outs);
        for (const auto& one : made.outs) {
            if (std::holds_alternative<say>(one)) ++told.says;
        }
        lines.push_back(std::move(*made.appended));
        outs.push_back(std::move(made.outs));
        after.push_back(room);
    }
    checker.watch_minutes(make_minutes(room));
    // A crash at every line: what was committed is all there is. What it says again is the same, so
    // that the gateway, which has it, sends none of it twice.
    auto again = begin(planned).first;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        auto made = step_with(how.wrong, again, lines[i].what);
        ++told.replays;
        if (!made.appended || *made.appended != lines[i] || made.outs != outs[i] ||
            made.next != after[i]) {
            checker.breach("replay", "line " + std::to_string(i + 1));
            break;
        }
        again = std::move(made.next);
    }
    if (how.wrong == fault::none) {
        const auto whole = replay(planned, lines);
        if (whole.broken_at != 0 || whole.now != room) checker.breach("replay", "replay()");
    }
    told.lines = static_cast<std::int64_t>(lines.size());
    told.votes = static_cast<std::int64_t>(room.results.size());
    told.ended = room.now;
    told.broken = checker.broken();
    told.first = checker.first();
    return told;
}

}  // namespace tertulia::simulation
