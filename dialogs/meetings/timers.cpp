// What happens when nobody does anything. A timer counts only if it is the one that was set last,
// and its time has come by the institution's clock: early, late twice or out of date it changes
// nothing.

#include "dialogs/meetings/turn.hpp"

namespace tertulia::dialogs::meetings {
namespace {

constexpr std::chrono::minutes silence_after{10};
constexpr std::chrono::minutes moderator_after{15};
constexpr std::chrono::minutes pause_longest_alone{30};
constexpr std::chrono::minutes no_moderator_again{10};

}  // namespace

refusal turn::timer() {
    const auto which = static_cast<std::size_t>(did().which);
    if (which >= timer_names) return refusal::stale_timer;
    auto& armed = room_.timers[which];
    if (!armed || *armed != did().when || at_ < *armed) return refusal::stale_timer;
    armed.reset();
    switch (did().which) {
        case timer_name::draft_ends:
            room_.timers = {};
            room_.now = state::cancelled;
            room_.ended = at_;
            room_.why_ended = "draft_too_old";
            break;
        case timer_name::announce:
            announce_now();
            break;
        case timer_name::remind:
            for (const auto& one : room_.members) {
                const auto* who = member_of(one.id);
                if (!one.invited || who->opted_out || one.attends == attendance::excused) continue;
                tell_member(
                    one.id,
                    "meeting.remind",
                    {{"group", room_.planned.group_name}, {"start", room_.planned.start}}
                );
            }
            break;
        case timer_name::lobby:
            enter_lobby();
            break;
        case timer_name::no_moderator:
            no_moderator();
            break;
        case timer_name::step_ends:
            step_over();
            break;
        case timer_name::quorum_ends:
            if (has_quorum(room_)) {
                enter_next({});
            } else {
                adjourn_for("no_quorum");
            }
            break;
        case timer_name::absent:
            note_absent();
            break;
        case timer_name::vote_ends:
            if (room_.box) count_votes();
            break;
        case timer_name::digest:
            flush();
            break;
        case timer_name::silence:
            ask_the_silent();
            break;
        case timer_name::moderator:
            watch_moderator();
            break;
        case timer_name::pause_ends:
            adjourn_for("pause");
            break;
        case timer_name::review_ends:
            review_over();
            break;
    }
    return refusal::none;
}

void turn::no_moderator() {
    if (room_.moderator_heard != instant{}) {
        set(timer_name::no_moderator, at_ + no_moderator_again);
        return;
    }
    pause_for("no_moderator", {}, pause_longest_alone);
}

// Not marked as absent for it: who does not answer is called by the moderator.
void turn::ask_the_silent() {
    for (auto& one : room_.members) {
        if (!one.in_room || one.asked_if_there || one.heard > at_ - scaled(silence_after)) continue;
        one.asked_if_there = true;
        tell_member(
            one.id, "meeting.still_there", {}, {offer(verb::confirm, "meeting.choice.here")}
        );
    }
    set(timer_name::silence, awake_in_room(at_ + scaled(silence_after)));
}

void turn::watch_moderator() {
    const auto due = awake_in_room(room_.moderator_heard + scaled(moderator_after));
    if (due > at_) {
        set(timer_name::moderator, due);
        return;
    }
    pause_for("moderator_silent", {}, pause_longest_alone);
}

}  // namespace tertulia::dialogs::meetings
