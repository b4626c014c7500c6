// From the draft to the open room.

#include "dialogs/meetings/turn.hpp"

#include <algorithm>

namespace tertulia::dialogs::meetings {
namespace {

using namespace std::chrono_literals;

constexpr auto draft_lasts = std::chrono::days{7};
constexpr auto announced_before = 48h;
constexpr auto reminded_before = 2h;
constexpr auto lobby_before = 15min;
constexpr auto moderator_awaited = 10min;

bool is_reached(const roster_member& one) noexcept {
    return !one.opted_out && !one.phone.empty();
}

}  // namespace

// One record a member in the order of the roster; what is known of who stays, stays.
void turn::fill_records() {
    const auto nothing = money{0, room_.planned.currency};
    std::vector<member_record> made;
    for (const auto& one : room_.planned.members) {
        if (const auto* known = record_of(one.id)) {
            made.push_back(*known);
        } else {
            made.push_back({.id = one.id, .paid = nothing, .savings = nothing});
        }
    }
    room_.members = std::move(made);
}

void turn::begin_draft() {
    const auto nothing = money{0, room_.planned.currency};
    room_.internal_cash = money{room_.planned.internal_cash.minor, room_.planned.currency};
    room_.internal_repaid = room_.internal_lent = nothing;
    room_.moderator = room_.planned.moderator.id;
    room_.next = room_.planned.next;
    fill_records();
}

// To who will lead it, ready to be decided on: what is known of each comes from core banking and from
// what she told us.
void turn::tell_draft() {
    std::vector<std::string> not_reached;
    std::int64_t count = 0;
    std::int64_t by_sms = 0;
    for (const auto& one : room_.planned.members) {
        if (!one.active) continue;
        ++count;
        if (!is_reached(one)) {
            not_reached.push_back(one.first_name);
        } else if (one.by == way::sms) {
            ++by_sms;
        }
    }
    alert_moderator(
        "meeting.draft",
        {{"group", room_.planned.group_name},
         {"start", room_.planned.start},
         {"count", count},
         {"by_sms", by_sms},
         {"not_reached", std::move(not_reached)}},
        {offer_here(verb::schedule, "meeting.choice.announce"),
         offer_here(verb::try_out, "meeting.choice.try_out"),
         offer_here(verb::cancel, "meeting.choice.put_away")}
    );
}

// Nothing is asked of anybody; who taps is known to be reached. Once for a meeting.
refusal turn::try_out() {
    if (room_.now != state::draft && did().number == offered_in(state::draft)) {
        return refusal::announced;
    }
    if (room_.tried_out != instant{}) return refusal::already;
    room_.tried_out = at_;
    std::int64_t count = 0;
    for (const auto& one : room_.planned.members) {
        if (!one.active || !is_reached(one)) continue;
        ++count;
        tell_member(
            one.id, "meeting.test", {{"group", room_.planned.group_name}},
            {offer(verb::confirm, "meeting.choice.seen")}
        );
    }
    reply("meeting.test_sent", {{"count", count}});
    return refusal::none;
}

refusal turn::edit() {
    if (!did().planned) return refusal::bad_plan;
    auto changed = *did().planned;
    changed.created = room_.planned.created;
    if (!wrong_with(changed).empty() || changed.group_id != room_.planned.group_id) {
        return refusal::bad_plan;
    }
    room_.planned = std::move(changed);
    room_.members.clear();
    begin_draft();
    return refusal::none;
}

refusal turn::schedule() {
    if (room_.planned.start <= at_) return refusal::bad_plan;
    clear(timer_name::draft_ends);
    room_.now = state::scheduled;
    relay_if_too_large();
    outs.emplace_back(roster_wanted{});
    const auto latest = room_.planned.start - lobby_before;
    auto due = awake(std::max(at_, instant{room_.planned.start - announced_before}));
    if (due > latest) due = std::max(at_, instant{latest});
    set(timer_name::announce, due);
    if (heard_.by.as == role::agent) {
        reply(
            "meeting.scheduled",
            {{"group", room_.planned.group_name}, {"start", room_.planned.start}, {"until", due}}
        );
        if (is_quiet(room_.planned.start)) {
            reply("meeting.start_quiet", {{"start", room_.planned.start}});
        }
    }
    return refusal::none;
}

refusal turn::announce() {
    announce_now();
    return refusal::none;
}

void turn::announce_now() {
    clear(timer_name::announce);
    room_.now = state::announced;
    for (std::size_t i = 0; i < room_.members.size(); ++i) {
        invite(room_.planned.members[i], room_.members[i]);
    }
    give_link({recipient::kind::officer, room_.moderator});
    const auto lobby = instant{room_.planned.start - lobby_before};
    const auto remind = awake(instant{room_.planned.start - reminded_before});
    if (remind > at_ && remind < lobby) set(timer_name::remind, remind);
    set(timer_name::lobby, std::max(at_, lobby));
}

// She is told too that minutes and log are kept, for how long, and how to object.
void turn::invite(const roster_member& whom, member_record& record) {
    if (whom.opted_out || !whom.active) return;
    record.invited = true;
    tell_member(
        whom.id,
        "meeting.invite",
        {{"group", room_.planned.group_name},
         {"start", room_.planned.start},
         {"keep_days", std::int64_t{room_.planned.record_days}}},
        {offer(verb::confirm, "meeting.choice.will_come"),
         offer(verb::excuse, "meeting.choice.cannot_come")}
    );
}

refusal turn::reschedule() {
    if (did().when <= at_) return refusal::bad_plan;
    if (room_.now == state::adjourned) {
        if (room_.next == did().when) return refusal::already;
        room_.next = did().when;
        outs.emplace_back(reschedule_wanted{did().when});
        for (const auto& one : room_.members) {
            if (one.invited && !one.removed) {
                tell_member(one.id, "meeting.new_date", {{"start", did().when}});
            }
        }
        return refusal::none;
    }
    const auto lasts = room_.planned.end - room_.planned.start;
    room_.planned.start = did().when;
    room_.planned.end = did().when + lasts;
    return schedule();
}

// A draft nobody knows of is put away at once; of what has a date, who leads it is asked back: it is
// told to everybody who was invited.
refusal turn::cancel() {
    const bool is_draft = room_.now == state::draft;
    if (!is_draft && did().number == offered_in(state::draft)) return refusal::announced;
    const auto invited = std::int64_t{std::ranges::count(room_.members, true, &member_record::invited)};
    const arguments asked{
        {"group", room_.planned.group_name}, {"start", room_.planned.start}, {"count", invited}};
    if (!is_draft && !did().agrees) {
        reply("meeting.sure_cancel", asked, {offer_sure(verb::cancel, "meeting.choice.cancel")});
        return refusal::none;
    }
    if (is_of_another_state()) return refusal::stale;
    room_.timers = {};
    room_.now = state::cancelled;
    room_.ended = at_;
    room_.why_ended = "cancelled";
    for (const auto& one : room_.members) {
        if (one.invited) {
            tell_member(
                one.id,
                "meeting.cancelled",
                {{"group", room_.planned.group_name}, {"start", room_.planned.start}}
            );
        }
    }
    if (is_draft) {
        reply("meeting.put_away", {{"group", room_.planned.group_name}});
    } else {
        reply("meeting.cancel_done", asked);
    }
    return refusal::none;
}

// Late it changes nothing by the bylaws, and is taken all the same.
refusal turn::excuse() {
    auto& record = *record_of(heard_.by.id);
    if (came(record.attends) || record.attends == attendance::excused) return refusal::already;
    record.coming = false;
    const bool in_time = at_ <= room_.planned.start - room_.planned.rules.excuse_before;
    if (in_time) record.attends = attendance::excused;
    reply(in_time ? "meeting.excused" : "meeting.excused_late");
    return refusal::none;
}

refusal turn::confirm() {
    if (heard_.by.as != role::member) return refusal::none;  // heard of her: there is no more to it
    auto& record = *record_of(heard_.by.id);
    if (room_.now < state::announced) {  // she had the message that tries it out
        reply("meeting.test_seen");
        return refusal::none;
    }
    if (room_.now != state::announced) {
        if (record.in_room) {
            reply("meeting.noted");
            return refusal::none;
        }
        // She answers the invitation when the room is open already: that is the way in.
        record.coming = true;
        reply(
            "meeting.come_in",
            {{"group", room_.planned.group_name}, {"start", room_.planned.start}},
            {offer(verb::check_in, "meeting.choice.here")}
        );
        return refusal::none;
    }
    if (record.coming) return refusal::already;
    record.coming = true;
    if (record.attends == attendance::excused) record.attends = attendance::unknown;
    reply("meeting.see_you", {{"start", room_.planned.start}});
    give_link({recipient::kind::member, record.id});
    return refusal::none;
}

void turn::enter_lobby() {
    for (const auto which : {timer_name::announce, timer_name::remind, timer_name::lobby}) {
        clear(which);
    }
    room_.now = state::lobby;
    room_.step_began = at_;
    for (const auto& one : room_.members) {
        if (!one.invited || one.attends == attendance::excused) continue;
        if (const auto* who = member_of(one.id); who->opted_out || !who->active) continue;
        tell_member(
            one.id,
            "meeting.lobby",
            {{"group", room_.planned.group_name}, {"start", room_.planned.start}},
            {offer(verb::check_in, "meeting.choice.here")}
        );
    }
    alert_moderator(
        "meeting.lobby_for_moderator",
        {{"group", room_.planned.group_name}, {"start", room_.planned.start}},
        {offer_here(verb::open, "meeting.choice.open")}
    );
    room_.moderator_heard = has(roles_, role::agent) ? at_ : instant{};
    set(timer_name::no_moderator, std::max(at_, room_.planned.start) + moderator_awaited);
}

// Before the room opens the roster is what core banking says. From then on nobody is forgotten: who
// is no longer of the group leaves the room, and her record stays.
refusal turn::bring_roster() {
    auto changed = room_.planned;
    changed.members = did().roster;
    const bool gathered = room_.now >= state::lobby;
    if (gathered) {
        for (const auto& old : room_.planned.members) {
            if (find_member(changed, old.id) != nullptr) continue;
            auto gone = old;
            gone.active = false;
            changed.members.push_back(std::move(gone));
        }
    }
    if (!wrong_with(changed).empty()) return refusal::bad_plan;
    room_.planned.members = std::move(changed.members);
    fill_records();
    relay_if_too_large();
    for (std::size_t i = 0; i < room_.members.size(); ++i) {
        const auto& who = room_.planned.members[i];
        auto& record = room_.members[i];
        if (room_.now == state::announced && !record.invited) invite(who, record);
        if (gathered && !who.active && is_here(record)) take_out(who.id);
    }
    quorum_may_be_here();
    return refusal::none;
}

}  // namespace tertulia::dialogs::meetings
