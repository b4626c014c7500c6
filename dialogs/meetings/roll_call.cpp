// Who is here.

#include "dialogs/meetings/turn.hpp"

#include <algorithm>

namespace tertulia::dialogs::meetings {

refusal turn::check_in() {
    const auto& by = heard_.by.id;
    auto& record = *record_of(by);
    if (record.in_room) return refusal::already;
    come_in(*member_of(by), record);
    quorum_may_be_here();
    return refusal::none;
}

// Late counts from the planned start; a moderator who opens late makes nobody late.
void turn::come_in(const roster_member& who, member_record& record) {
    if (!came(record.attends)) {
        const auto begins = std::max(room_.planned.start, room_.opened);
        const bool is_late = room_.opened != instant{} &&
                             at_ > begins + scaled(room_.planned.rules.late_after);
        record.attends = is_late ? attendance::late : attendance::present;
        record.checked_in = at_;
    }
    record.in_room = true;
    record.gone = false;
    std::vector<message_key> agenda;
    for (const auto& one : room_.planned.agenda) {
        agenda.push_back({"meeting.state." + std::string{name_of(one.at)}});
    }
    tell_member(
        who.id,
        room_.planned.lasts == window::day ? "meeting.welcome_day" : "meeting.welcome",
        {{"group", room_.planned.group_name},
         {"agenda", std::move(agenda)},
         {"end", room_.planned.end},
         {"moderator", name_for({role::agent, room_.moderator, {}})}},
        {},
        room_change::enters
    );
    give_link({recipient::kind::member, who.id});
    catch_up({recipient::kind::member, who.id}, record.told_to);
    tell_step(who, record);
}

// What the step under way has for each.
void turn::tell_step(const roster_member& who, const member_record& record) {
    if (room_.now == state::collection) tell_dues(who, record);
    if (room_.now == state::minutes_reading && !room_.planned.last_minutes.empty()) {
        tell_member(
            who.id,
            "meeting.last_minutes",
            {{"lines", room_.planned.last_minutes}},
            {offer(verb::approve, "meeting.choice.approve"),
             offer(verb::object, "meeting.choice.object")}
        );
    }
    if (room_.now == state::training) {
        tell_topic({recipient::kind::member, who.id});
        ask_quiz(who);
    }
}

// A question with answers is put to each by itself.
void turn::tell_topic(recipient to) {
    const auto& topic = *step_of(state::training);
    const bool is_quiz = !topic.answers.empty();
    if (is_quiz && topic.topic.empty() && topic.media_id.empty()) return;
    tell(std::move(to),
         "meeting.topic",
         {{"topic", topic.topic}, {"question", is_quiz ? std::string{} : topic.question}});
    if (!topic.media_id.empty()) {
        std::get<say>(outs.back()).media = {media_kind::voice_note, topic.media_id};
    }
}

refusal turn::open() {
    if (is_of_another_state()) return refusal::stale;
    if (room_.now == state::announced) {
        enter_lobby();
        return refusal::none;
    }
    clear(timer_name::no_moderator);
    room_.opened = at_;
    room_.moderator_heard = at_;
    enter(state::roll_call);
    return refusal::none;
}

refusal turn::leave() {
    take_out(heard_.by.id);
    return refusal::none;
}

// Of who sits with another, or has no telephone today.
refusal turn::mark() {
    auto* record = record_of(did().about);
    if (record == nullptr || !member_of(did().about)->active) return refusal::no_such;
    if (record->removed) return refusal::removed;
    const auto as = did().attends;
    if (as == attendance::unknown || name_of(as).empty()) return refusal::no_such;
    if (as == record->attends) return refusal::already;
    if (came(as)) {
        if (!came(record->attends)) record->checked_in = at_;
        record->gone = false;
    } else {
        record->checked_in = {};
    }
    record->attends = as;
    if (!came(as) && record->in_room) take_out(did().about);
    reply("meeting.marked", {{"name", first_name(did().about)}});
    quorum_may_be_here();
    return refusal::none;
}

void turn::enter_roll_call() {
    for (std::size_t i = 0; i < room_.members.size(); ++i) {
        const auto& record = room_.members[i];
        const auto& who = room_.planned.members[i];
        if (!record.invited || record.in_room || who.opted_out || !who.active) continue;
        if (record.attends == attendance::excused || record.removed) continue;
        tell_member(
            record.id, "meeting.roll_call", {}, {offer(verb::check_in, "meeting.choice.here")}
        );
    }
    set(timer_name::silence, awake_in_room(at_ + scaled(std::chrono::minutes{10})));
    set(timer_name::moderator, awake_in_room(at_ + scaled(std::chrono::minutes{15})));
}

// Names of who is here; of who is not, nothing.
void turn::roll_call_over() {
    room_.roll_call_ended = at_;
    room_.waits_for_quorum = false;
    clear(timer_name::quorum_ends);
    std::vector<std::string> here;
    for (const auto& one : room_.members) {
        if (is_here(one)) here.push_back(first_name(one.id));
    }
    const auto count = static_cast<std::int64_t>(here.size());
    tell_room("meeting.present", {{"names", std::move(here)}, {"count", count}});
    set(timer_name::absent, at_ + scaled(room_.planned.rules.absent_after));
}

void turn::quorum_may_be_here() {
    if (room_.now == state::roll_call && room_.waits_for_quorum && has_quorum(room_)) {
        enter_next({});
    }
}

void turn::note_absent() {
    for (auto& one : room_.members) {
        if (one.attends == attendance::unknown) one.attends = attendance::absent;
    }
}

}  // namespace tertulia::dialogs::meetings
