#include "dialogs/engine/step.hpp"

#include "dialogs/engine/agent_actions.hpp"
#include "dialogs/engine/hearing.hpp"
#include "dialogs/engine/migrate.hpp"
#include "dialogs/engine/purpose.hpp"
#include "dialogs/engine/script_broken.hpp"
#include "dialogs/engine/step_room.hpp"
#include "dialogs/engine/talk.hpp"
#include "dialogs/engine/waiting_state.hpp"
#include "dialogs/nudges/touches_elsewhere.hpp"

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
// A picture too small for anybody to read.
constexpr std::string_view media_poor = "media_poor";
// Core banking's copy has a payment it had not before.
constexpr std::string_view payment_received = "payment_received";
constexpr const char* common_media_poor = "common.media_poor";

// Nobody answered the question for as long as it waits.
bool nobody_answers(talk& at, const session& from, std::uint64_t set) {
    if (from.script_set != set || with_person(from)) return false;
    const auto* asked = at.question();
    if (asked == nullptr || !asked->if_silent) return false;
    at.next.misses = 0;
    // What she may still be typing is her PIN, whatever else has ended.
    at.next.pin_put_aside = asked->answers == answer_kind::pin;
    at.leave_unfinished({});
    at.go_on(asked->if_silent->then);
    return true;
}

bool on_timer(talk& at, const session& from, const timer_fired& what, std::uint64_t set) {
    if (what.steps != from.steps) return false;
    if (what.name == "undelivered") return at.undelivered_in_time();
    if (what.name.starts_with(case_timer)) {
        return at.case_is_due(std::string_view{what.name}.substr(case_timer.size()));
    }
    at.silent = from.wishes.opted_out;
    at.look_at_window();
    if (what.name == "silent") {
        at.nobody_there = true;
        return nobody_answers(at, from, set);
    }
    const auto due = at.keep_appointment(what.name);
    if (!due) return false;
    if (what.name.starts_with(quiet_timer)) return false;  // finish() sees what has changed
    if (what.name.starts_with(claim_timer)) return at.claim_is_due(*due);
    if (what.name.starts_with(promise_timer)) {
        at.unbidden = true;
        return at.promise_is_due(*due);
    }
    if (what.name == "unanswered") {
        if (from.script_set != set) at.next.frames.clear();
        return waits_for_person(from) && at.nobody_answered(*due);
    }
    at.unbidden = true;
    if (what.name.starts_with(begin_timer)) {
        at.start_where_she_wants();
        return at.begin_scheduled(*due);
    }
    return from.script_set == set && at.wait_is_over(due->what);
}

// A form of the provider's that cannot be opened: the same is asked in words.
bool opens_no_form(
    talk& at, const session& from, const delivery_outcome& what, std::uint64_t set
) {
    const auto [key, how] = read_purpose(what.purpose);
    const auto message = at.script.words->find(key);
    const bool talking = from.script_set == set && !with_person(from) && !from.wishes.opted_out;
    if (!message || !talking || how != said_as::text) return false;
    at.unbidden = true;
    at.look_at_window();
    if (at.form_failed(*message)) {
        at.effects.emplace_back(keep_record{"send_failed", what.purpose});
        return true;
    }
    at.unbidden = at.out_of_window = false;
    return false;
}

// A message of ours never arrived. When she was waiting for it, a person should know; the talk
// stays where it is, since she may write again.
bool on_outcome(
    talk& at, const session& from, const delivery_outcome& what, std::uint64_t set
) {
    if (what.status != delivery_status::failed) {
        at.was_delivered(what.touch);
        return false;
    }
    if (what.error.means == failure::not_sent && at.nudge_went_nowhere(what.touch)) return false;
    if (what.error.means == failure::identity_changed) at.key_changed();
    if (what.error.means == failure::opted_out && !at.next.wishes.opted_out) {
        at.next.wishes = {.opted_out = true, .changed_at = at.next.now};
        at.effects.emplace_back(keep_record{"opt_out", "provider"});
    }
    if (opens_no_form(at, from, what, set)) return true;
    if (what.error.means == failure::unreachable && at.carried_on(what)) return false;
    if (what.error.means == failure::no_template && at.said_in_house_language(what)) return false;
    at.effects.emplace_back(keep_record{"send_failed", what.purpose});
    const auto [key, how] = read_purpose(what.purpose);
    const auto message = at.script.words->find(key);
    if (!message || with_person(from) || how == said_as::companion) return false;
    if (how == said_as::caption && !from.wishes.opted_out && at.say_again_alone(*message)) {
        return false;
    }
    if (from.frames.empty()) return false;
    const auto* client = at.who();
    const bool has_agent = client != nullptr && client->credit_agent;
    at.effects.emplace_back(hand_over{
        .queue = has_agent ? "credit_agent:" + client->credit_agent->id : "support",
        .reason = "send_failed",
        .client_id = client == nullptr ? std::string{} : client->who.id});
    return false;
}

// The provider has answered her and keeps the choice; only her wishes are ours. What was being asked
// ends with a stop, and is no answer to it.
bool on_told(talk& at, provider_choice what) {
    if (what == provider_choice::help) return false;
    const bool stops = what == provider_choice::stop;
    at.next.wishes = {.opted_out = stops, .changed_at = at.next.now};
    at.effects.emplace_back(keep_record{stops ? "opt_out" : "opt_in", "provider"});
    if (!stops) return false;
    at.next.frames.clear();
    at.next.misses = 0;
    return true;
}

// Whoever writes is answered: where a way on ended without a word, the menu is offered. A state that
// lets time pass is meant to be silent.
bool on_heard(talk& at, const session& from, const heard& what, std::uint64_t set) {
    if (const auto* told = std::get_if<told_provider>(&what.message.content)) {
        return on_told(at, told->what);
    }
    const bool moved = hear(at, from, what, set);
    const bool answered = std::ranges::any_of(at.effects, [](const effect& each) {
        // What a colleague does at her desk is answered by the conversation it is about.
        const auto* passed_on = std::get_if<tell>(&each);
        // So does a room what is done in it.
        return std::holds_alternative<send>(each) ||
               (passed_on != nullptr && (std::holds_alternative<case_act>(passed_on->what) ||
                                         std::holds_alternative<room_word>(passed_on->what)));
    });
    const bool left =
        !with_person(at.next) && !at.left_to_person && at.pausing() == nullptr;
    if (moved && !answered && left) at.menu();
    return moved;
}

// A payment that settles what she told us is news of its own, where a dialog tells it.
std::string_view news_of(talk& at, const happened& what) {
    if (what.what != payment_received) return what.what;
    at.look_for_payments();
    const auto news = at.payment_news();
    return !news.empty() && at.script.by_event.contains(news) ? news : std::string_view{what.what};
}

// She is told of it by the dialog it starts, unless that would be out of place: a person has the
// conversation, she asked for silence, she has not written for a day, or never.
bool on_happening(talk& at, const session& from, const happened& what, std::uint64_t set) {
    if (what.what == pin_set_event) at.pin_is_set();
    at.plan_surveys_after(what.what);
    const auto news = news_of(at, what);
    at.start_where_she_wants();
    const bool not_to_be_told =
        from.wishes.opted_out || from.reply_to.channel.empty() || !from.welcomed;
    if (const auto dialog = at.told_within_hours(news); dialog && !not_to_be_told) {
        at.tell_within_hours(*dialog);
        return true;
    }
    const bool out_of_place = with_person(from) || from.wishes.opted_out ||
                              from.reply_to.channel.empty() || !from.welcomed ||
                              at.out_of_window ||
                              (!from.frames.empty() && from.script_set != set);
    if (out_of_place) return false;
    if (at.tell_of(news)) return true;
    if (what.what == media_poor) {
        const auto why = at.script.words->find(common_media_poor);
        return why && at.ask_again_for_picture(*why);
    }
    const auto told = what.what == media_lost ? at.script.words->find(common_media_lost)
                                              : std::nullopt;
    if (!told) return false;
    at.say(*told);
    if (at.question() != nullptr) at.put_again();
    return true;
}

bool on_agent(talk& at, const session& from, const agent_acted& what, std::uint64_t set) {
    const bool elsewhere = !from.frames.empty() && from.script_set != set;
    if (elsewhere && (what.action == "take" || what.action == "release")) at.next.frames.clear();
    const case_person by{.id = what.agent, .name = {}, .party = {}};
    if (what.action == "take") {
        at.case_taken_over(by);
        at.stop_waiting_for_a_person();
        at.put_aside();
        at.next.queue = std::string{taken_by} + what.agent;
        at.next.handed_over_at = at.next.now;
        return true;
    }
    if (what.action == "release") {
        if (from.queue.empty()) return false;
        at.case_given_back(by);
        const bool goes_on = at.answer_again();
        if (from.reply_to.channel.empty() || from.wishes.opted_out) return true;
        at.say(at.script.common.returned_by_person);
        if (goes_on) {
            at.put_again();
        } else {
            at.menu();
        }
        return true;
    }
    if (what.action == "prefer") {
        at.prefers_by_staff(what.text);
        return false;
    }
    if (what.action == idea_answered) {
        at.idea_is_answered(what.agent, what.text);
        return false;
    }
    if (what.action == touched_elsewhere) {
        count_elsewhere(at.next.touches, read_touches(what.text));
        return false;
    }
    if (what.action == "open_pin") {
        open_again(at.next.proof);
        at.effects.emplace_back(keep_record{"pin_opened", what.agent});
        return true;
    }
    return false;
}

// Another conversation has something to say to this one: a colleague about a case of hers, or a
// client's about a case this colleague may take.
bool on_told_by(talk& at, const session& from, const told& what, std::uint64_t set) {
    if (const auto* room = std::get_if<room_says>(&what.what)) {
        return at.told_by_room(*room);
    }
    if (const auto* answer = std::get_if<meeting_answer>(&what.what)) {
        at.answered_wish(*answer);
        return false;
    }
    if (!from.frames.empty() && from.script_set != set) at.next.frames.clear();
    if (const auto* news = std::get_if<case_news>(&what.what)) {
        return at.told_of_case(*news, what.by);
    }
    return at.acted_on(std::get<case_act>(what.what), what.by);
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
    if (is_for_room(before, what)) return step_room(scripts, before, what, now);
    const auto moved_over = moved_to(scripts, before);
    const session& from = moved_over ? *moved_over : before;
    talk at(scripts, from, known, std::max(from.now, now));
    at.trace = trace;
    at.seed = seed;
    if (!std::holds_alternative<delivery_outcome>(what)) at.doubt_anew();
    const bool moved = std::visit(
        overloaded{
            [&](const heard& one) { return on_heard(at, from, one, scripts.short_version()); },
            [&](const timer_fired& one) {
                return on_timer(at, from, one, scripts.short_version());
            },
            [&](const delivery_outcome& one) {
                return on_outcome(at, from, one, scripts.short_version());
            },
            [&](const agent_acted& one) {
                return on_agent(at, from, one, scripts.short_version());
            },
            [&](const happened& one) {
                return on_happening(at, from, one, scripts.short_version());
            },
            [&](const nudge_due& one) {
                const bool elsewhere =
                    !from.frames.empty() && from.script_set != scripts.short_version();
                return at.nudge(one.what, elsewhere);
            },
            [&](const told& one) { return on_told_by(at, from, one, scripts.short_version()); }},
        what
    );
    return std::move(at).finish(from, moved);
}

secret_kind awaited_secret(const script_set& scripts, const session& at) {
    const auto late = at.pin_put_aside ? secret_kind::pin : secret_kind::none;
    if (with_person(at)) return late;
    const auto moved_over = moved_to(scripts, at);
    const auto* asked = waiting_state(scripts, moved_over ? *moved_over : at);
    if (asked == nullptr) return late;
    if (asked->does != verb::ask) return secret_kind::none;
    return asked->answers == answer_kind::pin    ? secret_kind::pin
           : asked->answers == answer_kind::code ? secret_kind::code
                                                 : secret_kind::none;
}

}  // namespace tertulia::dialogs
