#include "dialogs/rehearsal/stage.hpp"

#include "dialogs/clients/one_time_code.hpp"
#include "dialogs/engine/agent_actions.hpp"
#include "dialogs/engine/choice_id.hpp"
#include "dialogs/engine/purpose.hpp"
#include "dialogs/message/numbered_text.hpp"
#include "dialogs/nudges/standing.hpp"
#include "dialogs/script/dialog_shapes.hpp"
#include "dialogs/script/program.hpp"
#include "dialogs/services/referral_codes.hpp"
#include "dialogs/understanding/answers.hpp"

#include <algorithm>
#include <variant>

namespace tertulia::dialogs {
namespace {

// Not the gateway's digits, which take a key; but the same for the same subject.
std::string made_up_code(std::string_view subject) {
    std::uint32_t mixed = 2'166'136'261U;  // FNV-1a
    for (const char one : subject) {
        mixed = (mixed ^ static_cast<unsigned char>(one)) * 16'777'619U;
    }
    auto digits = std::to_string(mixed % 1'000'000);
    return std::string(6 - digits.size(), '0') + digits;
}

// The conversations of a rehearsal.
constexpr party_id her_party{1};
constexpr party_id colleague_party{2};

}  // namespace

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
    if (id && id->dialog == desk_buttons) return std::string{id->pick};
    const bool by_title = !state || lists_records(script.at(*state).answers);
    return by_title ? one.title : std::string{id->pick};
}

void stage::forget() {
    hers_.said.clear();
    colleague_.said.clear();
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
    if (text != nullptr) meet_code(text->text);
    if (text != nullptr && awaits() == secret_kind::code) {
        if (const auto digits = six_digits(text->text)) {
            const auto& of = session_.proving;
            give_pin(
                *digits == made_up_code(code_subject(of.phone, of.nonce)) ? secret_answer::right
                                                                          : secret_answer::wrong
            );
            return;
        }
    }
    if (text != nullptr && awaits_pin()) {
        if (const auto digits = six_digits(text->text)) {
            what.secret = compare ? compare(*digits) : secret_answer::none_set;
            text->text = "••••••";
        }
    }
    happen(what);
    known.introduced.reset();
}

// As the gateway would from its record of referrers.
void stage::meet_code(std::string_view text) {
    auto code = find_referral_code(text);
    if (code.empty()) return;
    introduction whose{.code = code};
    if (const auto found = referrers.find(code); found != referrers.end()) whose = found->second;
    if (code == session_.referrals.code) whose.by = her_party;
    whose.code = std::move(code);
    known.introduced = std::move(whose);
}

void stage::give_pin(secret_answer answer) {
    forget();
    auto what = message_of(typed_text{"••••••"});
    what.secret = answer;
    // As the gateway would: from the right code on the number is hers.
    const auto& proof = session_.proving;
    const bool proves = awaits() == secret_kind::code && answer == secret_answer::right;
    if (proves && proof.tries_left > 0 && now < proof.until) known.phones.push_back(proof.phone);
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

bool stage::nudge(std::string_view dialog) {
    forget();
    const auto& rules = scripts_->compiled().nudges;
    for (const auto& policy : rules.policies) {
        for (const auto& segment : policy.segments) {
            for (const auto& step : segment.steps) {
                if (step.begins != dialog && step.task != dialog) continue;
                if (policy.counts_from == nudge_anchor::feedback) {
                    happen(agent_acted{
                        .agent = "rehearsal", .action = std::string{idea_answered}, .text = "1 ✓"});
                    forget();
                }
                happen(nudge_due{planned(policy, segment, step)});
                return true;
            }
        }
    }
    return false;
}

planned_nudge stage::planned(
    const nudge_policy& policy, const nudge_segment& segment, const nudge_step& step
) const {
    const auto today = scripts_->compiled().calendar->date_of(now);
    planned_nudge made{
        .id = static_cast<std::int64_t>(turns_ + 1),
        .policy = policy.name,
        .segment = segment.name,
        .day = step.day,
        .anchor = today,
        .due = now};
    if (known.clients.empty()) return made;
    const auto& client = *known.clients.front();
    made.client_id = client.who.id;
    const bool of_loan = policy.counts_from != nudge_anchor::contact &&
                         policy.counts_from != nudge_anchor::survey &&
                         policy.counts_from != nudge_anchor::campaign &&
                         policy.counts_from != nudge_anchor::feedback;
    if (policy.counts_from == nudge_anchor::feedback) made.instalment = 1;
    if (!of_loan || client.loans.empty()) return made;
    const auto& about = client.loans.front();
    made.loan_id = about.id;
    if (policy.counts_from == nudge_anchor::loan_end) made.anchor = about.matures_on;
    if (policy.counts_from == nudge_anchor::promise) {
        for (const auto& one : session_.promises) made.anchor = one.on;
    }
    if (policy.counts_from == nudge_anchor::instalment) {
        if (const auto stands = standing_of(client.loans, about, today)) {
            made.anchor = stands->due;
            made.instalment = stands->instalment;
        }
    }
    return made;
}

void stage::move_to(std::string channel) {
    forget();
    channel_ = std::move(channel);
}

bool stage::lose(failure means) {
    std::vector<send> lost;
    for (const auto& one : effects_) {
        if (const auto* sent = std::get_if<send>(&one)) lost.push_back(*sent);
    }
    forget();
    for (const auto& one : lost) {
        delivery_outcome what{
            .outbox_id = static_cast<std::int64_t>(turns_ + 1),
            .purpose = one.purpose,
            .status = delivery_status::failed,
            .error = {.means = means},
            .touch = one.touch};
        if (means == failure::unreachable || means == failure::no_template) {
            const auto life = one.keep_for.count() > 0 ? one.keep_for
                                                       : milliseconds{std::chrono::hours{6}};
            what.what = undelivered{
                .message = one.message, .urgency = one.urgency, .expires_at = now + life};
        }
        happen(what);
    }
    return !lost.empty();
}

void stage::seat(staff_person who, language_tag speaks) {
    seated_ = std::move(who);
    colleague_session_.language = std::move(speaks);
    colleague_session_.language_chosen = true;
    colleague_session_.welcomed = true;
    colleague_session_.reply_to = {channel_, {identity_kind::phone, seated_->phone}};
    colleague_session_.last_inbound_at = now;
    colleague_session_.now = now;
}

void stage::colleague(inbound_content content) {
    forget();
    if (!seated_) return;
    auto what = message_of(std::move(content));
    what.message.from = {{identity_kind::phone, seated_->phone}};
    step_colleagues(what);
    tell_one_another();
}

// A text and what it is shown with are one message to whoever reads a test.
void stage::speak(const send& what, screen& on) {
    auto& said = on.said;
    const auto [key, how] = read_purpose(what.purpose);
    const auto* media = std::get_if<say_media>(&what.message.content);
    // A pin on a map stands by itself, before what it belongs to.
    if (const auto* map = std::get_if<say_location>(&what.message.content)) {
        said.push_back({.key = std::string{key}, .by = what.message.to.channel});
        said.back().shows.push_back("map of " + map->name);
        return;
    }
    const bool goes_on =
        !said.empty() && said.back().key == key &&
        (media != nullptr ? how == said_as::companion && said.back().choices.empty()
                          : said.back().text.empty() && !said.back().shows.empty());
    if (!goes_on) said.push_back({.key = std::string{key}, .by = what.message.to.channel});
    auto& line = said.back();
    if (media != nullptr) {
        line.shows.push_back(
            media->made.what != document_kind::none
                ? document_words().at(static_cast<std::size_t>(media->made.what) - 1)
                : media->link.substr(media->link.rfind('/') + 1)
        );
        if (how == said_as::caption) line.text = media->caption;
    } else if (const auto* text = std::get_if<say_text>(&what.message.content)) {
        const auto& house = scripts_->compiled().house;
        const bool by_sms = kind_of_channel(house, line.by) == channel_kind::sms;
        line.choices = text->choices;
        if (!text->link.client_id.empty()) line.shows.emplace_back("pin_link");
        line.written_out = !text->choices.empty() && by_sms;
        line.text = with_codes(
            line.written_out ? numbered_text(*text) : text->text, made_up_code
        );
    } else if (const auto* where = std::get_if<ask_location>(&what.message.content)) {
        line.text = where->text;
    } else if (const auto* number = std::get_if<ask_contact>(&what.message.content)) {
        line.text = number->text;
    } else if (const auto* opened = std::get_if<say_form>(&what.message.content)) {
        line.text = opened->text;
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
    on.earlier = std::move(on.choices);
    on.choices = line.choices;
}

void stage::happen(const event& what) {
    step_hers(what);
    tell_one_another();
}

// Each conversation hears what the other has to tell it before anything else happens.
void stage::tell_one_another() {
    while (!telling_.empty()) {
        const auto [to, next] = std::move(telling_.front());
        telling_.pop_front();
        if (to == her_party) {
            step_hers(next);
        } else {
            step_colleagues(next);
        }
    }
}

void stage::deliver(const tell& what, party_id by) {
    if (!seated_) return;
    auto to = what.to.party;
    if (!what.to.queue.empty()) {
        const std::vector<staff_person> all{*seated_};
        const auto found = people_of(what.to.queue, what.to.excluded, all);
        if (found.empty() || what.to.but == colleague_party) return;
        to = colleague_party;
    }
    telling_.emplace_back(to, told{.by = by, .what = what.what});
}

void stage::step_colleagues(const event& what) {
    facts hers{};
    hers.core = known.core;
    hers.conversation = colleague_party.value;
    hers.phones = {seated_->phone};
    hers.staff = seated_;
    auto made = step(*scripts_, colleague_session_, what, hers, now, ++turns_);
    colleague_session_ = std::move(made.next);
    for (const auto& one : made.effects) {
        if (const auto* sent = std::get_if<send>(&one)) speak(*sent, colleague_);
        if (const auto* said = std::get_if<tell>(&one)) deliver(*said, colleague_party);
    }
}

void stage::step_hers(const event& what) {
    known.conversation = her_party.value;
    auto made = step(*scripts_, session_, what, known, now, ++turns_, &trace_);
    session_ = std::move(made.next);
    for (auto& one : made.effects) {
        if (const auto* sent = std::get_if<send>(&one)) {
            speak(*sent, hers_);
        } else if (const auto* said = std::get_if<tell>(&one)) {
            deliver(*said, her_party);
        } else if (const auto* timer = std::get_if<set_timer>(&one)) {
            timers_[timer->name] = {.steps = session_.steps, .due = timer->due};
        } else if (const auto* gone = std::get_if<cancel_timer>(&one)) {
            timers_.erase(gone->name);
        }
        effects_.push_back(std::move(one));
    }
}

}  // namespace tertulia::dialogs
