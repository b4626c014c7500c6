#include "dialogs/rehearsal/stage.hpp"

#include "dialogs/engine/choice_id.hpp"
#include "dialogs/engine/purpose.hpp"
#include "dialogs/message/numbered_text.hpp"
#include "dialogs/script/program.hpp"
#include "dialogs/understanding/answers.hpp"

#include <algorithm>
#include <variant>

namespace tertulia::dialogs {

stage::stage(std::shared_ptr<const script_set> scripts, std::string channel, identity who)
    : scripts_(std::move(scripts)), channel_(std::move(channel)), who_(std::move(who)) {}

std::string stage::place() const {
    if (session_.frames.empty()) return {};
    return session_.frames.back().dialog + "." + session_.frames.back().state;
}

std::string stage::answer(const std::string& name) const {
    const auto key = std::string{answer_prefix} + name;
    for (auto at = session_.frames.rbegin(); at != session_.frames.rend(); ++at) {
        const auto kept = at->kept.find(key);
        if (kept == at->kept.end()) continue;
        return parse_typed_answer(kept->second) ? kept->second : "none";
    }
    return "none";
}

std::string stage::name_of(const choice& one) const {
    const auto& script = scripts_->compiled();
    const auto id = read_choice_id(one.id);
    const auto state = id ? script.find_state(id->dialog, id->state) : std::nullopt;
    const bool by_title = !state || script.at(*state).answers == answer_kind::loans ||
                          script.at(*state).answers == answer_kind::points;
    return by_title ? one.title : std::string{id->pick};
}

void stage::forget() {
    said_.clear();
    effects_.clear();
    trace_ = {};
}

heard stage::message_of(inbound_content content) {
    heard what{};
    what.message.channel = channel_;
    what.message.id = "rehearsal." + std::to_string(turns_ + 1);
    what.message.sent_at = now;
    what.message.from = {who_};
    what.message.content = std::move(content);
    return what;
}

void stage::hear(inbound_content content, std::string device, std::optional<referral> came_from) {
    forget();
    auto what = message_of(std::move(content));
    what.message.came_from = std::move(came_from);
    what.message.identity_key_hash = std::move(device);
    auto* text = std::get_if<typed_text>(&what.message.content);
    if (text != nullptr && awaits_pin()) {
        if (const auto digits = six_digits(text->text)) {
            what.secret = compare ? compare(*digits) : secret_answer::none_set;
            text->text = "••••••";
        }
    }
    happen(what);
}

void stage::give_pin(secret_answer answer) {
    forget();
    auto what = message_of(typed_text{"••••••"});
    what.secret = answer;
    happen(what);
}

void stage::pass(milliseconds time) {
    forget();
    const auto until = now + time;
    for (;;) {
        const auto next = std::min_element(
            timers_.begin(),
            timers_.end(),
            [](const auto& left, const auto& right) { return left.second.due < right.second.due; }
        );
        if (next == timers_.end() || next->second.due > until) break;
        now = std::max(now, next->second.due);
        const timer_fired what{.name = next->first, .steps = next->second.steps};
        timers_.erase(next);
        happen(what);
    }
    now = until;
}

void stage::agent(std::string action) {
    forget();
    happen(agent_acted{.agent = "rehearsal", .action = std::move(action), .text = {}});
}

void stage::happens(std::string what) {
    forget();
    happen(happened{.what = std::move(what)});
}

// A text and what it is shown with are one message to whoever reads a test.
void stage::speak(const send& what) {
    const auto [key, how] = read_purpose(what.purpose);
    const auto* media = std::get_if<say_media>(&what.message.content);
    const bool goes_on =
        !said_.empty() && said_.back().key == key &&
        (media != nullptr ? how == said_as::companion && said_.back().choices.empty()
                          : said_.back().text.empty() && !said_.back().shows.empty());
    if (!goes_on) said_.push_back({.key = std::string{key}});
    auto& line = said_.back();
    if (media != nullptr) {
        line.shows.push_back(media->link.substr(media->link.rfind('/') + 1));
        if (how == said_as::caption) line.text = media->caption;
    } else if (const auto* text = std::get_if<say_text>(&what.message.content)) {
        const auto& house = scripts_->compiled().house;
        const bool by_sms = kind_of_channel(house, channel_) == channel_kind::sms;
        line.choices = text->choices;
        line.written_out = !text->choices.empty() && by_sms;
        line.text = line.written_out ? numbered_text(*text) : text->text;
    } else if (const auto* where = std::get_if<ask_location>(&what.message.content)) {
        line.text = where->text;
    } else if (const auto* form = std::get_if<say_template>(&what.message.content)) {
        line.text = form->text;
        line.by_template = form->name;
        for (const auto* part : {&form->header, &form->body}) {
            for (const auto& gap : *part) line.gaps.push_back(gap.text);
        }
        for (const auto& one : form->buttons) {
            line.choices.push_back({.id = one.payload, .title = one.title});
        }
    }
    if (line.choices.empty() || media != nullptr) return;
    earlier_ = std::move(choices_);
    choices_ = line.choices;
}

void stage::happen(const event& what) {
    auto made = step(*scripts_, session_, what, known, now, ++turns_, &trace_);
    session_ = std::move(made.next);
    for (auto& one : made.effects) {
        if (const auto* sent = std::get_if<send>(&one)) {
            speak(*sent);
        } else if (const auto* timer = std::get_if<set_timer>(&one)) {
            timers_[timer->name] = {.steps = session_.steps, .due = timer->due};
        } else if (const auto* gone = std::get_if<cancel_timer>(&one)) {
            timers_.erase(gone->name);
        }
        effects_.push_back(std::move(one));
    }
}

}  // namespace tertulia::dialogs
