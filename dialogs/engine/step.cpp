#include "dialogs/engine/step.hpp"

#include "dialogs/engine/hearing.hpp"
#include "dialogs/engine/migrate.hpp"
#include "dialogs/engine/purpose.hpp"
#include "dialogs/engine/script_broken.hpp"
#include "dialogs/engine/talk.hpp"
#include "dialogs/engine/waiting_state.hpp"

#include <algorithm>

namespace tertulia::dialogs {
namespace {

template <class... Cases>
struct overloaded : Cases... {
    using Cases::operator()...;
};
template <class... Cases>
overloaded(Cases...) -> overloaded<Cases...>;  // clang 14 does not deduce it by itself

// A file she sent that cannot be had.
constexpr std::string_view media_lost = "media_lost";

// After 24 hours of her silence a channel takes approved templates only.
constexpr milliseconds window = std::chrono::hours{24};

bool by_sms(const talk& at, const session& from) {
    return kind_of_channel(at.script.house, from.reply_to.channel) == channel_kind::sms;
}

// Nobody answered the question for as long as it waits.
bool nobody_answers(talk& at, const session& from, std::uint64_t set) {
    if (from.script_set != set || !from.queue.empty()) return false;
    const auto* asked = at.question();
    if (asked == nullptr || !asked->if_silent) return false;
    at.next.misses = 0;
    at.leave_unfinished({});
    at.go_on(asked->if_silent->then);
    return true;
}

bool on_timer(talk& at, const session& from, const timer_fired& what, std::uint64_t set) {
    if (what.steps != from.steps) return false;
    at.silent = from.wishes.opted_out;
    at.out_of_window = at.next.now - from.last_inbound_at >= window && !by_sms(at, from);
    if (what.name == "silent") {
        at.nobody_there = true;
        return nobody_answers(at, from, set);
    }
    const auto due = at.keep_appointment(what.name);
    if (!due) return false;
    if (what.name == "unanswered") {
        at.nobody_there = true;
        return !from.queue.empty() && at.nobody_answered(due->what);
    }
    at.unbidden = true;
    if (what.name.starts_with(begin_timer)) return at.begin_scheduled(*due);
    return from.script_set == set && at.wait_is_over(due->what);
}

// A message of ours never arrived. When she was waiting for it, a person should know; the talk
// stays where it is, since she may write again.
void on_outcome(talk& at, const session& from, const delivery_outcome& what) {
    if (what.status != delivery_status::failed) return;
    at.effects.emplace_back(keep_record{"send_failed", what.purpose});
    const auto [key, how] = read_purpose(what.purpose);
    const auto message = at.script.words->find(key);
    if (!message || !from.queue.empty() || how == said_as::companion) return;
    if (how == said_as::caption && !from.wishes.opted_out && at.say_again_alone(*message)) return;
    if (from.frames.empty()) return;
    const auto* client = at.who();
    const bool has_agent = client != nullptr && client->credit_agent;
    at.effects.emplace_back(hand_over{
        .queue = has_agent ? "credit_agent:" + client->credit_agent->id : "support",
        .reason = "send_failed",
        .client_id = client == nullptr ? std::string{} : client->who.id});
}

// Whoever writes is answered: where a way on ended without a word, the menu is offered. A state that
// lets time pass is meant to be silent.
bool on_heard(talk& at, const session& from, const heard& what, std::uint64_t set) {
    const bool moved = hear(at, from, what, set);
    const bool answered = std::ranges::any_of(at.effects, [](const effect& each) {
        return std::holds_alternative<send>(each);
    });
    const bool left = at.next.queue.empty() && at.pausing() == nullptr;
    if (moved && !answered && left) at.menu();
    return moved;
}

// She is told of it by the dialog it starts, unless that would be out of place: a person has the
// conversation, she asked for silence, she has not written for a day, or never.
bool on_happening(talk& at, const session& from, const happened& what, std::uint64_t set) {
    const bool out_of_place = !from.queue.empty() || from.wishes.opted_out ||
                              from.reply_to.channel.empty() || !from.welcomed ||
                              (at.next.now - from.last_inbound_at >= window && !by_sms(at, from)) ||
                              (!from.frames.empty() && from.script_set != set);
    if (out_of_place) return false;
    if (at.tell_of(what.what)) return true;
    const auto told = what.what == media_lost ? at.script.words->find(common_media_lost)
                                              : std::nullopt;
    if (!told) return false;
    at.say(*told);
    if (at.question() != nullptr) at.put_again();
    return true;
}

bool on_agent(talk& at, const session& from, const agent_acted& what) {
    if (what.action == "take") {
        at.stop_waiting_for_a_person();
        at.next.queue = "agent:" + what.agent;
        at.next.handed_over_at = at.next.now;
        at.next.frames.clear();
        at.next.misses = 0;
        return true;
    }
    if (what.action == "release") {
        if (from.queue.empty()) return false;
        at.stop_waiting_for_a_person();
        at.next.queue.clear();
        at.next.frames.clear();
        at.next.misses = 0;
        if (from.reply_to.channel.empty() || from.wishes.opted_out) return true;
        at.say(at.script.common.returned_by_person);
        at.menu();
        return true;
    }
    if (what.action == "open_pin") {
        open_again(at.next.proof);
        at.effects.emplace_back(keep_record{"pin_opened", what.agent});
        return true;
    }
    return false;
}

}  // namespace

outcome step(
    const script_set& scripts,
    const session& before,
    const event& what,
    const facts& known,
    instant now,
    std::uint64_t seed,
    step_trace* trace
) {
    const auto moved_over = moved_to(scripts, before);
    const session& from = moved_over ? *moved_over : before;
    talk at(scripts, from, known, std::max(from.now, now));
    at.trace = trace;
    at.seed = seed;
    const bool moved = std::visit(
        overloaded{
            [&](const heard& one) { return on_heard(at, from, one, scripts.short_version()); },
            [&](const timer_fired& one) {
                return on_timer(at, from, one, scripts.short_version());
            },
            [&](const delivery_outcome& one) {
                on_outcome(at, from, one);
                return false;
            },
            [&](const agent_acted& one) { return on_agent(at, from, one); },
            [&](const happened& one) {
                return on_happening(at, from, one, scripts.short_version());
            }},
        what
    );
    return std::move(at).finish(from, moved);
}

bool awaits_secret(const script_set& scripts, const session& at) {
    if (!at.queue.empty()) return false;
    const auto moved_over = moved_to(scripts, at);
    const auto* asked = waiting_state(scripts, moved_over ? *moved_over : at);
    return asked != nullptr && asked->does == verb::ask && asked->answers == answer_kind::pin;
}

}  // namespace tertulia::dialogs
