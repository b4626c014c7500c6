#include "dialogs/meetings/views.hpp"

#include "dialogs/meetings/turn.hpp"

#include <algorithm>

namespace tertulia::dialogs::meetings {
namespace {

seat seat_of(const member_record& who) noexcept {
    if (who.removed) return seat::removed;
    if (is_here(who)) return seat::here;
    if (who.gone) return seat::gone;
    return who.coming ? seat::coming : seat::away;
}

const step* training_of(const meeting& room) noexcept {
    const auto found = std::ranges::find(room.planned.agenda, state::training, &step::at);
    return found == room.planned.agenda.end() ? nullptr : &*found;
}

bool is_asked(const meeting& room) noexcept {
    const auto* training = training_of(room);
    return training != nullptr && !training->question.empty();
}

bool owes_something(
    const meeting& room, const roster_member& who, const member_record& record
) noexcept {
    return !has_paid(room, who, record) && record.claims == 0 && !record.in_trouble;
}

// What the step under way asks of everybody.
bool has_not_answered(const meeting& room, const roster_member& who, const member_record& record) {
    const bool votes = room.box && std::ranges::find(room.box->eligible, who.id) !=
                                       room.box->eligible.end();
    if (votes) {
        return std::ranges::find(room.box->casts, who.id, &cast::by) == room.box->casts.end();
    }
    switch (room.now) {
        case state::draft:
        case state::scheduled:
            return room.tried_out != instant{} && record.heard == instant{} && !who.opted_out;
        case state::announced:
            return record.invited && !record.coming && record.attends == attendance::unknown;
        case state::lobby:
        case state::roll_call:
            return record.attends == attendance::unknown;
        case state::minutes_reading:
            return is_here(record) && !record.approved;
        case state::collection:
            return is_here(record) && owes_something(room, who, record);
        case state::training:
            return is_here(record) && !record.answered_quiz && is_asked(room);
        default:
            return false;
    }
}

}  // namespace

room_view look_at(const meeting& room, instant at) {
    room_view made{
        .now = room.now,
        .moderator = room.moderator,
        .present = present_count(room),
        .quorum = quorum_needed(room),
        .payments = count_payments(room),
        .queue = room.queue,
        .held = room.held,
        .requests = room.requests,
        .incidents = room.incidents};
    const auto& agenda = room.planned.agenda;
    const auto standing = room.now == state::paused ? room.paused_from : room.now;
    const auto step = std::ranges::find(agenda, standing, &step::at);
    if (step != agenda.end() && step + 1 != agenda.end()) made.next = (step + 1)->at;
    for (const auto which : {timer_name::step_ends, timer_name::quorum_ends}) {
        const auto& due = room.timers[static_cast<std::size_t>(which)];
        if (due) made.step_ends = due;
    }
    for (std::size_t i = 0; i < room.members.size(); ++i) {
        const auto& who = room.planned.members[i];
        const auto& record = room.members[i];
        made.pending_claims += record.claims;
        if (!who.active && !came(record.attends)) continue;
        made.members.push_back(
            {.id = who.id,
             .name = who.full_name.empty() ? who.first_name : who.full_name,
             .by = who.by,
             .is = seat_of(record),
             .attends = record.attends,
             .hand_up = std::ranges::find(room.queue, who.id) != room.queue.end(),
             .has_floor = room.floor == who.id,
             .muted = record.muted_until > at,
             .silent = record.in_room && record.asked_if_there,
             .has_not_answered = has_not_answered(room, who, record),
             .in_trouble = record.in_trouble}
        );
    }
    made.waiting_cash =
        static_cast<int>(std::ranges::count(room.cash, false, &cash_line::complete));
    if (room.box) {
        made.vote_of = room.box->request;
        made.votes_cast = static_cast<int>(room.box->casts.size());
        made.votes_possible = static_cast<int>(room.box->eligible.size());
    }
    const auto* training = training_of(room);
    const bool asks = room.now == state::training ||
                      (room.now == state::paused && room.paused_from == state::training);
    if (training != nullptr && !training->answers.empty() && (asks || room.quiz_answers > 0)) {
        made.quiz_asked = quiz_asked(room);
        made.quiz_answers = room.quiz_answers;
        made.quiz_right = room.quiz_right;
    }
    made.open_objections =
        static_cast<int>(std::ranges::count(room.remarks, false, &remark::settled));
    if (room.now == state::minutes_review) {
        for (const auto as : signing_roles(room)) {
            if (std::ranges::find(room.signatures, as, &signature::as) == room.signatures.end()) {
                made.unsigned_roles.push_back(as);
            }
        }
    }
    return made;
}

moderation_counts count_moderation(const meeting& room) {
    moderation_counts made{.by_kind = room.incident_counts};
    for (const auto& one : room.incidents) {
        if (one.appealed) ++made.appeals;
        if (one.taken_back) ++made.taken_back;
        if (!one.about.empty() && find_record(room, one.about) == nullptr &&
            std::ranges::find(room.guests, one.about, &guest_record::id) == room.guests.end()) {
            ++made.about_officer;
        }
    }
    return made;
}

}  // namespace tertulia::dialogs::meetings
