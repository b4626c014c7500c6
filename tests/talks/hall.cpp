#include "tests/talks/hall.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace tertulia::dialogs::testing_talk {

hall::hall(std::shared_ptr<const script_set> scripts, meetings::plan plan)
    : now{plan.created}, scripts_{std::move(scripts)}, name_{room_name(plan.group_id, plan.number)} {
    meetings::event made{.at = now};
    made.what.what = meetings::verb::edit;
    made.what.planned = std::move(plan);
    act(std::move(made));
}

void hall::seat(const std::string& phone, client who) {
    auto& one = people_[phone];
    auto known = std::make_shared<client_facts>();
    known->who = std::move(who);
    one.known.clients = {known};
    one.known.phones = {phone};
    one.known.conversation = static_cast<std::int64_t>(people_.size());
}

void hall::seat(const std::string& phone, staff_person who) {
    auto& one = people_[phone];
    one.known.phones = {phone};
    one.known.conversation = static_cast<std::int64_t>(people_.size());
    staff_[who.id] = phone;
    one.known.staff = std::move(who);
}

void hall::act(meetings::event what) {
    step_of_room(told{.what = room_word{.room = name_, .what = std::move(what)}});
    carry();
}

void hall::send(const std::string& phone, inbound_content content) {
    inbound_message message{
        .channel = "whatsapp",
        .id = "m" + std::to_string(++messages_),
        .sent_at = now,
        .from = {{identity_kind::wa_id, phone.substr(1)}},
        .content = std::move(content)};
    step_person(phone, heard{.message = std::move(message)});
    carry();
}

void hall::say(const std::string& phone, const std::string& text) { send(phone, typed_text{text}); }

void hall::hear_other(const std::string& phone, room_says what) {
    step_person(phone, told{.what = std::move(what)});
    carry();
}

void hall::tap(const std::string& phone, const std::string& title) {
    const auto& all = read_by(phone);
    for (auto at = all.rbegin(); at != all.rend(); ++at) {
        for (const auto& one : at->choices) {
            if (one.title != title) continue;
            send(phone, tapped_choice{one.id, one.title});
            return;
        }
    }
    ADD_FAILURE() << phone << " was offered no '" << title << "'";
}

void hall::wait(milliseconds time) {
    const auto until = now + time;
    while (fire_next(until)) carry();
    now = until;
}

const std::vector<read_message>& hall::read_by(const std::string& phone) const {
    static const std::vector<read_message> nothing;
    const auto found = people_.find(phone);
    return found == people_.end() ? nothing : found->second.read;
}

std::string hall::last_of(const std::string& phone) const {
    const auto& all = read_by(phone);
    return all.empty() ? std::string{} : all.back().text;
}

const session& hall::of(const std::string& phone) const { return people_.at(phone).at; }

void hall::step_person(const std::string& phone, const event& what) {
    auto& one = people_.at(phone);
    auto made = step(*scripts_, one.at, what, one.known, now, 1);
    one.at = std::move(made.next);
    take(made.effects, phone);
}

void hall::step_of_room(const event& what) {
    auto made = step(*scripts_, room_, what, {}, now, 1);
    room_ = std::move(made.next);
    take(made.effects, {});
}

void hall::take(const std::vector<effect>& effects, const std::string& phone) {
    for (const auto& each : effects) {
        if (const auto* sent = std::get_if<dialogs::send>(&each)) {
            auto& into = people_.at(phone).read;
            const auto& content = sent->message.content;
            if (const auto* text = std::get_if<say_text>(&content)) {
                into.push_back({text->text, sent->purpose, text->choices, false});
            } else if (const auto* form = std::get_if<say_template>(&content)) {
                read_message shown{form->text, sent->purpose, {}, true};
                for (const auto& button : form->buttons) {
                    shown.choices.push_back({.id = button.payload, .title = button.title});
                }
                into.push_back(std::move(shown));
            } else if (const auto* media = std::get_if<say_media>(&content)) {
                into.push_back({media->caption, sent->purpose, {}, false});
            }
        } else if (const auto* said = std::get_if<tell>(&each)) {
            letters_.push_back({said->to, said->what});
        } else if (const auto* timer = std::get_if<set_timer>(&each)) {
            auto& all = phone.empty() ? room_timers_ : people_.at(phone).timers;
            const auto steps = phone.empty() ? room_.steps : people_.at(phone).at.steps;
            all[timer->name] = {timer->due, steps};
        } else if (const auto* noted = std::get_if<note_meeting>(&each)) {
            if (noted->line) log.push_back(*noted->line);
            finished = finished || noted->finished;
        } else if (const auto* opened = std::get_if<note_case>(&each)) {
            cases.push_back(*opened);
        }
    }
}

void hall::carry() {
    while (!letters_.empty()) {
        auto next = std::move(letters_.front());
        letters_.pop_front();
        if (!next.to.room.empty() && next.to.room != name_) {
            elsewhere.push_back(next.to.room);
            continue;
        }
        if (!next.to.room.empty()) {
            step_of_room(told{.what = std::move(next.what)});
            continue;
        }
        auto phone = next.to.phone;
        constexpr std::string_view person = "person:";
        if (next.to.queue.starts_with(person)) {
            const auto found = staff_.find(next.to.queue.substr(person.size()));
            if (found != staff_.end()) phone = found->second;
        }
        if (people_.contains(phone)) step_person(phone, told{.what = std::move(next.what)});
    }
}

bool hall::fire_next(instant until) {
    std::map<std::string, pending>* from = nullptr;
    std::string whose;
    auto soonest = until;
    std::string name;
    const auto look = [&](std::map<std::string, pending>& all, const std::string& phone) {
        for (const auto& [each, timer] : all) {
            if (timer.due > soonest || (from != nullptr && timer.due == soonest)) continue;
            soonest = timer.due;
            from = &all;
            whose = phone;
            name = each;
        }
    };
    look(room_timers_, {});
    for (auto& [phone, one] : people_) look(one.timers, phone);
    if (from == nullptr) return false;
    const auto steps = from->at(name).steps;
    from->erase(name);
    now = std::max(now, soonest);
    const timer_fired fired{.name = name, .steps = steps};
    if (whose.empty()) {
        if (steps == room_.steps) step_of_room(fired);
    } else if (steps == people_.at(whose).at.steps) {
        step_person(whose, fired);
    }
    return true;
}

}  // namespace tertulia::dialogs::testing_talk
