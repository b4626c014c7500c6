// From step to step, and out of it: pause, adjourn, back, another moderator.

#include "dialogs/meetings/turn.hpp"
#include "dialogs/understanding/answers.hpp"

#include <algorithm>
#include <iterator>
#include <sstream>

namespace tertulia::dialogs::meetings {
namespace {

constexpr std::chrono::minutes pause_longest{30};
constexpr std::chrono::minutes second_wait{20};
constexpr std::ptrdiff_t payers_told_together = 3;

message_key step_key(state which) {
    return {"meeting.state." + std::string{name_of(which)}};
}

std::vector<std::string> words_in(std::string_view text) {
    std::istringstream left{keyword_key(text)};
    return {std::istream_iterator<std::string>{left}, {}};
}

// "siguiente, por favor" gives no reason.
bool is_only_polite(std::string_view text) {
    static const auto polite = words_in(
        "por favor porfa porfis porfavor muchas gracias ya pues vaya va dale ok okay bueno listo paso "
        "please thanks thank you now step merci beaucoup svp stp s'il vous te plaît étape"
    );
    return std::ranges::all_of(words_in(text), [&](const std::string& word) {
        return std::ranges::find(polite, word) != polite.end();
    });
}

}  // namespace

refusal turn::advance() {
    if (is_of_another_state()) return refusal::stale;
    if (room_.box) return refusal::vote_open;
    if (room_.now == state::roll_call && !has_quorum(room_)) return refusal::no_quorum;
    const auto least = room_.planned.rules.training_least;
    if (room_.now == state::training && is_only_polite(did().text) && at_ < room_.step_began + least) {
        return refusal::too_early;
    }
    const bool gives_reason = room_.now != state::training && !is_only_polite(did().text);
    enter_next(gives_reason ? std::string_view{did().text} : std::string_view{});
    return refusal::none;
}

// Without a step: the one before, which is what a moderator means who says no more.
refusal turn::back() {
    if (room_.box) return refusal::vote_open;
    auto to = did().to;
    if (to == state::draft) {
        const auto& agenda = room_.planned.agenda;
        const auto now = std::ranges::find(agenda, room_.now, &step::at);
        if (now != agenda.begin() && now != agenda.end()) to = std::prev(now)->at;
    }
    if (to <= state::roll_call || to >= room_.now || step_of(to) == nullptr) {
        return refusal::no_such;
    }
    enter(to);
    return refusal::none;
}

bool turn::has_nothing(state in) const noexcept {
    const auto& what = room_.planned;
    switch (in) {
        case state::minutes_reading:
            return what.last_minutes.empty();
        case state::collection:
            return std::ranges::all_of(what.members, [](const roster_member& one) {
                return one.owes.instalment.minor == 0 && one.owes.savings.minor == 0;
            });
        case state::internal_loans:
            return room_.internal_cash.minor == 0;
        case state::training: {
            const auto& topic = *step_of(in);
            return topic.topic.empty() && topic.media_id.empty() && topic.answers.empty();
        }
        case state::fines:
            return !what.rules.fine_late && !what.rules.fine_absent && !what.rules.fine_other;
        default:
            return false;
    }
}

// With a reason the step that would be next is left out.
void turn::enter_next(std::string_view skip_reason) {
    const auto& agenda = room_.planned.agenda;
    auto to = std::ranges::find(agenda, room_.now, &step::at) + 1;
    const auto skip = [&](std::string_view reason) {
        std::erase_if(room_.skipped, [&](const skipped_step& one) { return one.at == to->at; });
        room_.skipped.push_back({to->at, cut(reason, 200)});
        ++to;
    };
    if (!skip_reason.empty() && to->at != state::closing) skip(skip_reason);
    while (to->skip_if_empty && has_nothing(to->at)) skip("nothing_to_do");
    enter(to->at);
}

// What waits for the floor belongs to the step it was said in: later it would be read out of its
// context. Who said it may say it again.
void turn::drop_waiting() {
    for (auto at = room_.held.begin(); at != room_.held.end();) {
        if (at->why != held_for::turn) {
            ++at;
            continue;
        }
        const auto by = at->by;
        at = room_.held.erase(at);
        const auto more = std::ranges::any_of(room_.held, [&](const held_line& one) {
            return one.why == held_for::turn && one.by.id == by.id;
        });
        if (more) continue;  // told once
        std::erase(room_.queue, by.id);
        const auto* record = by.as == role::member ? record_of(by.id) : nullptr;
        if (record != nullptr && record->in_room) tell_member(by.id, "meeting.turn_over");
    }
}

void turn::leave_step() {
    flush();
    drop_waiting();
    if (room_.now == state::roll_call) roll_call_over();
    if (room_.now == state::minutes_reading) decide_last_minutes();
    if (room_.now == state::admissions) guests_leave();
    if (room_.now == state::training) tell_quiz();
    if (room_.now == state::fines) carry_fines();
    room_.floor.clear();
}

// Who moderates gets nothing of what each member gets alone, and reads at least that it has begun.
void turn::tell_leader(std::string_view key, arguments with) {
    tell({recipient::kind::officer, room_.moderator}, key, std::move(with));
}

// Its name, and what can be written in it.
turn::arguments turn::told_of_step(state at) const {
    return {
        {"step", step_key(at)}, {"hint", message_key{"meeting.hint." + std::string{name_of(at)}}}};
}

void turn::arm_step(milliseconds left) {
    set(room_.waits_for_quorum ? timer_name::quorum_ends : timer_name::step_ends,
        awake_in_room(at_ + left));
}

void turn::enter(state to) {
    leave_step();
    std::erase_if(room_.skipped, [&](const skipped_step& one) { return one.at == to; });
    room_.now = to;
    room_.step_began = at_;
    arm_step(scaled(step_of(to)->timeout));
    bool in_chat = false;
    switch (to) {
        case state::roll_call:
            enter_roll_call();
            tell_leader("meeting.opened", {
                {"present", std::int64_t{present_count(room_)}},
                {"needed", std::int64_t{quorum_needed(room_)}}});
            break;
        case state::minutes_reading:
        case state::collection:
        case state::training:
            // The lesson is everybody's; last minutes have buttons, and dues are each one's own.
            tell_leader("meeting.step", told_of_step(to));
            in_chat = to == state::training && hears_in_chat();
            if (in_chat) tell_topic({recipient::kind::chat, room_.chat.id});
            for (std::size_t i = 0; i < room_.members.size(); ++i) {
                if (!room_.members[i].in_room) continue;
                const auto& who = room_.planned.members[i];
                if (in_chat && is_in_chat(who.id)) {
                    ask_quiz(who);  // what has an answer is asked of each alone
                } else {
                    tell_step(who, room_.members[i]);
                }
            }
            break;
        case state::closing:
            enter_closing();
            break;
        default:
            tell_room("meeting.step", told_of_step(to));
            break;
    }
    if (to == state::admissions) guests_come();
}

// The pot is the group's own, and read out. What was paid together only where all agreed.
void turn::enter_closing() {
    for (auto at = room_.held.begin(); at != room_.held.end();) {
        if (at->why != held_for::end) {
            ++at;
            continue;
        }
        const auto one = *at;
        at = room_.held.erase(at);
        if (one.by.as != role::guest) pass_on(one.by, one.during, one.text, one.media);
    }
    const auto paid = count_payments(room_);
    tell_room(
        "meeting.closing",
        {{"received", std::int64_t{paid.received}},
         {"due", std::int64_t{paid.due}}}
    );
    // A pot that was empty would tell what one member put into it; so would the total of a few.
    if (room_.planned.internal_cash.minor > 0) {
        tell_room("meeting.pot", {{"amount", room_.internal_cash}});
    }
    const auto agreed = std::ranges::all_of(room_.planned.members, [](const roster_member& one) {
        return one.agrees_totals || !one.active;
    });
    const auto payers = std::ranges::count_if(room_.members, [](const member_record& one) {
        return one.paid.minor > 0;
    });
    if (room_.planned.rules.tells_totals && agreed && payers >= payers_told_together) {
        auto total = money{0, room_.planned.currency};
        for (const auto& one : room_.members) total = total + one.paid;
        tell_room("meeting.totals", {{"amount", total}});
    }
    if (!room_.planned.next || *room_.planned.next <= at_) return;
    for (std::size_t i = 0; i < room_.members.size(); ++i) {
        if (has(room_.planned.members[i].roles, role::president) && room_.members[i].in_room) {
            tell_member(
                room_.members[i].id,
                "meeting.next_proposed",
                {{"start", *room_.planned.next}},
                {offer(verb::agree_next, "meeting.choice.agree")}
            );
        }
    }
}

// The time of a step is over. A vote that is open is counted first.
void turn::step_over() {
    if (room_.box) count_votes();
    if (room_.now == state::closing) {
        enter_review();
    } else if (room_.now == state::roll_call && !has_quorum(room_)) {
        room_.waits_for_quorum = true;
        arm_step(scaled(second_wait));
        alert_moderator(
            "meeting.quorum_missing",
            {{"present", std::int64_t{present_count(room_)}},
             {"needed", std::int64_t{quorum_needed(room_)}}}
        );
    } else {
        enter_next({});
    }
}

// ---- pause

refusal turn::pause() {
    if (!is_fit()) return refusal::unfit;
    auto lasts = did().lasts;
    if (lasts.count() <= 0 || lasts > pause_longest) lasts = pause_longest;
    pause_for("by_hand", did().text, lasts);
    return refusal::none;
}

void turn::pause_for(
    std::string_view reason, std::string_view words, std::chrono::minutes lasts
) {
    flush();
    if (room_.now == state::admissions) guests_leave();
    room_.step_left = {};
    for (const auto which : {timer_name::step_ends, timer_name::quorum_ends}) {
        const auto& due = room_.timers[static_cast<std::size_t>(which)];
        if (due) room_.step_left = std::max(milliseconds{0}, *due - at_);
    }
    for (const auto which :
         {timer_name::no_moderator,
          timer_name::step_ends,
          timer_name::quorum_ends,
          timer_name::vote_ends,
          timer_name::digest,
          timer_name::silence,
          timer_name::moderator}) {
        clear(which);
    }
    room_.paused_from = room_.now;
    room_.now = state::paused;
    const auto span = scaled(lasts);
    tell_room(
        "meeting.pause",
        {{"minutes", std::int64_t{std::chrono::floor<std::chrono::minutes>(span).count()}},
         {"reason", message_key{"meeting.pause_reason." + std::string{reason}}},
         {"text", std::string{words}}}
    );
    if (reason != "by_hand") {
        alert_officer(
            room_.moderator == room_.planned.backup.id ? room_.planned.moderator
                                                       : room_.planned.backup,
            "meeting.backup_wanted",
            {{"group", room_.planned.group_name},
             {"reason", message_key{"meeting.pause_reason." + std::string{reason}}}},
            {offer(verb::take_over, "meeting.choice.take_over")}
        );
    }
    set(timer_name::pause_ends, awake_in_room(at_ + span));
}

refusal turn::resume() {
    if (is_of_another_state()) return refusal::stale;
    using std::chrono::minutes;
    clear(timer_name::pause_ends);
    room_.now = room_.paused_from;
    room_.moderator_heard = at_;
    tell_room("meeting.resumed", {{"step", step_key(room_.now)}});
    if (room_.now == state::lobby) {
        set(timer_name::no_moderator, std::max(at_, room_.planned.start) + minutes{10});
        return refusal::none;
    }
    arm_step(std::max(milliseconds{minutes{1}}, room_.step_left));
    if (room_.box) set(timer_name::vote_ends, awake_in_room(at_ + scaled(minutes{10})));
    set(timer_name::silence, awake_in_room(at_ + scaled(minutes{10})));
    set(timer_name::moderator, awake_in_room(at_ + scaled(minutes{15})));
    if (room_.now == state::admissions) guests_come();
    quorum_may_be_here();
    return refusal::none;
}

refusal turn::adjourn() {
    if (!did().agrees) {
        reply(
            "meeting.sure_adjourn",
            {{"group", room_.planned.group_name}},
            {offer_sure(verb::adjourn, "meeting.choice.adjourn")}
        );
        return refusal::none;
    }
    if (is_of_another_state()) return refusal::stale;
    adjourn_for("by_hand");
    return refusal::none;
}

// Payments that were seen stay; nothing more is decided.
void turn::adjourn_for(std::string_view reason) {
    flush();
    if (room_.now == state::admissions) guests_leave();
    if (room_.box) {
        request_of(room_.box->request)->stands = request_state::open;
        room_.box.reset();
    }
    if (room_.opened != instant{}) note_absent();
    room_.timers = {};
    room_.now = state::adjourned;
    room_.ended = at_;
    room_.why_ended = std::string{reason};
    tell_not_passed_on();
    room_.held.clear();
    room_.queue.clear();
    room_.floor.clear();
    const std::string key = reason == "no_quorum" ? "meeting.no_quorum" : "meeting.adjourned";
    for (auto& one : room_.members) {
        const auto& who = *member_of(one.id);
        const bool was_in = one.in_room;
        one.in_room = false;
        if (one.removed || (!was_in && (!one.invited || who.opted_out || !who.active))) continue;
        arguments with{{"group", room_.planned.group_name}};
        if (room_.next) with.push_back({"next", *room_.next});
        tell_member(
            one.id,
            room_.next ? key : key + "_undated",
            std::move(with),
            {},
            was_in ? room_change::leaves : room_change::none
        );
    }
    if (room_.next) {  // the members have just read it
        alert_moderator(
            "meeting.adjourned_for_moderator",
            {{"group", room_.planned.group_name}, {"next", *room_.next}}
        );
    } else {
        alert_moderator(
            "meeting.adjourned_for_moderator_undated", {{"group", room_.planned.group_name}}
        );
    }
    outs.emplace_back(finished{state::adjourned});
}

refusal turn::take_over() {
    const auto before = room_.moderator;
    room_.moderator = heard_.by.id;
    room_.moderator_heard = at_;
    tell({recipient::kind::officer, before},
         "meeting.taken_over",
         {{"name", name_for(heard_.by)}});
    tell_room("meeting.new_moderator", {{"name", name_for(heard_.by)}});
    if (room_.now == state::paused) {
        alert_moderator(
            "meeting.you_moderate",
            {{"group", room_.planned.group_name}},
            {offer_here(verb::resume, "meeting.choice.resume")}
        );
    }
    return refusal::none;
}

}  // namespace tertulia::dialogs::meetings
