// By which channel something goes, to whom of those who share a number, and what becomes of it where
// it does not arrive.

#include "dialogs/engine/talk.hpp"
#include "dialogs/nudges/channel_of_week.hpp"
#include "dialogs/understanding/answers.hpp"
#include "dialogs/wording/marks.hpp"

#include <algorithm>
#include <set>
#include <sstream>
#include <utility>

namespace tertulia::dialogs {
namespace {

// After 24 hours of her silence a channel takes approved templates only.
constexpr milliseconds window = std::chrono::hours{24};
constexpr const char* undelivered_timer = "undelivered";

std::set<std::string> name_parts(std::string_view name) {
    std::istringstream words{keyword_key(name)};
    std::set<std::string> parts;
    for (std::string one; words >> one;) parts.insert(std::move(one));
    return parts;
}

// Every word of hers is in the client's name, and one of them in the first name.
bool is_called(const client& who, const std::set<std::string>& said) {
    const auto first = name_parts(who.first_name);
    const auto all = name_parts(who.first_name + " " + who.last_name);
    const auto among = [](const std::set<std::string>& names) {
        return [&names](const std::string& word) { return names.contains(word); };
    };
    return !said.empty() && std::ranges::all_of(said, among(all)) &&
           std::ranges::any_of(said, among(first));
}

// Where it begins with words of ours. Nobody reads an empty caption; a template's are registered.
std::string* text_of(outbound_content& content) {
    if (auto* text = std::get_if<say_text>(&content)) return &text->text;
    if (auto* where = std::get_if<ask_location>(&content)) return &where->text;
    if (auto* number = std::get_if<ask_contact>(&content)) return &number->text;
    if (auto* form = std::get_if<say_form>(&content)) return &form->text;
    if (auto* link = std::get_if<say_link>(&content)) return &link->text;
    auto* media = std::get_if<say_media>(&content);
    return media == nullptr || media->caption.empty() ? nullptr : &media->caption;
}

}  // namespace

const client_facts* who_writes(const session& at, const facts& known, instant now) noexcept {
    if (known.clients.size() == 1) return known.clients.front().get();
    if (at.writes_as.empty() || now - at.writes_as_at >= proof_idle_max) return nullptr;
    for (const auto& one : known.clients) {
        if (one->who.id == at.writes_as) return one.get();
    }
    return nullptr;
}

// ---- who of several writes

void talk::write_as(std::string_view name) {
    next.writes_as.clear();
    const client_facts* found = nullptr;
    std::size_t count = 0;
    for (const auto& one : known_.clients) {
        if (!is_called(one->who, name_parts(name))) continue;
        found = one.get();
        ++count;
    }
    read_ |= read_client;
    if (count == 1) {
        next.writes_as = found->who.id;
        next.writes_as_at = next.now;
    }
    who_ = who_writes(next, known_, next.now);
    view_.who = who_;
}

bool talk::to_several() const noexcept {
    return (unbidden || nobody_there) && known_.clients.size() > 1;
}

const client_facts* talk::meant() const noexcept {
    if (next.writes_as.empty()) return nullptr;
    const auto whom = std::ranges::find(known_.clients, next.writes_as, [](const auto& one) {
        return one->who.id;
    });
    return whom == known_.clients.end() ? nullptr : whom->get();
}

// How she is called, and nothing else of her: whoever holds the telephone reads it.
fact_view talk::seen_by_several() {
    auto seen = view();
    read_ |= read_client;
    named_ = {};
    seen.who = nullptr;
    seen.selected = nullptr;
    if (const auto* whom = meant()) {
        named_.who.id = whom->who.id;
        named_.who.first_name = whom->who.first_name;
        named_.who.courtesy = whom->who.courtesy;
        seen.who = &named_;
        seen.doubted = false;
    }
    return seen;
}

// "Para doña María: …"
std::string talk::addressed(std::string text) {
    if (!to_several() || meant() == nullptr || !script.common.addressed_to) return text;
    const auto named = seen_by_several();
    return script.words->format(*script.common.addressed_to, next.language, around(), named) + " " +
           text;
}

// ---- whether it is still her number

void talk::doubt_anew() {
    const bool one = known_.clients.size() == 1;
    const auto id = one ? std::string_view{known_.clients.front()->who.id} : std::string_view{};
    auto& proof = next.proof;
    switch (doubt_of(proof, id, next.last_inbound_at, next.now)) {
        case doubt::none:
            if (!proof.doubted && proof.owner.empty() && one) {
                proof.owner = id;
                read_ |= read_client;
            }
            return;
        case doubt::silent_long:
            effects.emplace_back(keep_record{"silent_long", proof.owner});
            break;
        case doubt::number_moved:
            effects.emplace_back(
                keep_record{"number_moved", proof.owner + " to " + std::string{id}}
            );
            break;
    }
    read_ |= read_client;
    begin_to_doubt(proof);
    next.confirmations.clear();
}

void talk::key_changed() {
    freeze(next.proof, next.now);
    next.confirmations.clear();
    next.identity_key_hash.clear();  // until her next message shows the new one
    effects.emplace_back(keep_record{"identity_key_changed", {}});
}

// ---- where it goes

const address& talk::addressee() const noexcept {
    return elsewhere_ ? *elsewhere_ : next.reply_to;
}

void talk::start_where_she_wants(std::string_view usual, std::string_view client_id) {
    read_ |= read_phones | read_client;
    const auto number = next.proof.doubted ? std::string{} : own_number(known_);
    const auto place_by = [&](std::string_view kind) {
        return where_to_start(
            {.house = script.house,
             .prefers = kind,
             .reply_to = next.reply_to,
             .channels = next.channels,
             .own_number = number},
            next.now
        );
    };
    const auto of_week = !client_id.empty() && one_channel_a_week(script.nudges)
                             ? channel_of_week(next.touches, client_id, next.now)
                             : std::string_view{};
    elsewhere_ = place_by(kind_to_take(
        {.hers = next.prefers,
         .of_week = of_week,
         .week_reaches_her = !of_week.empty() && reaches_her_by(of_week, place_by(of_week), number),
         .of_segment = usual}
    ));
    look_at_window();
}

// She has written by that kind, or it is SMS to a number that is hers; and she was not found unreachable.
bool talk::reaches_her_by(
    std::string_view kind, const address& place, std::string_view own_number
) const {
    const auto is_of_kind = [&](const address& where) {
        return !where.channel.empty() &&
               dialogs::name_of(kind_of_channel(script.house, where.channel)) == kind;
    };
    const bool wrote = is_of_kind(next.reply_to) ||
                       std::ranges::any_of(next.channels, [&](const heard_on& one) {
                           return is_of_kind(one.where);
                       });
    const bool by_number = kind == dialogs::name_of(channel_kind::sms) && !own_number.empty();
    return is_of_kind(place) && (wrote || by_number);
}

std::string_view talk::kind_in_use() const {
    const auto& to = addressee();
    return to.channel.empty() ? std::string_view{} : dialogs::name_of(kind_of_channel(script.house, to.channel));
}

// Who has never written is reached at her number, by the first channel there is.
void talk::write_to_number(std::string_view phone) {
    if (!addressee().channel.empty()) return;
    const auto& all = script.house.channels;
    const auto found = std::ranges::find(all, channel_kind::whatsapp, &known_channel::kind);
    const auto name = found != all.end() ? found->name
                      : all.empty()      ? std::string{"whatsapp"}
                                         : all.front().name;
    elsewhere_ = address{name, {identity_kind::phone, std::string{phone}}};
    look_at_window();
}

void talk::look_at_window() {
    const auto& to = addressee();
    auto heard_at = to.channel == next.reply_to.channel ? next.last_inbound_at : instant{};
    for (const auto& one : next.channels) {
        if (one.where.channel == to.channel) heard_at = one.at;
    }
    const bool sms = kind_of_channel(script.house, to.channel) == channel_kind::sms;
    out_of_window = !sms && next.now - heard_at >= window;
}

void talk::emit(send made) {
    auto& message = made.message;
    message.to = addressee();
    if (auto* text = text_of(message.content)) *text = addressed(std::move(*text));
    const auto known = std::ranges::find(script.house.channels, message.to.channel, &known_channel::name);
    if (known != script.house.channels.end() && known->checks_identity) {
        message.identity_key_hash = next.identity_key_hash;
    }
    if (unbidden || nobody_there) {
        made.touch = chance();
        watch(made);
    }
    effects.emplace_back(std::move(made));
}

// ---- what does not arrive

void talk::watch(const send& what) {
    const auto* next_one = next_rung(script.house, what.message.to.channel);
    if (next_one == nullptr || next_one->fallback_after.count() <= 0) return;
    if (!in_words(what.message.content)) return;
    if (next.under_way.size() >= under_way_max) next.under_way.erase(next.under_way.begin());
    const auto life = what.keep_for.count() > 0 ? what.keep_for : milliseconds{std::chrono::hours{24}};
    next.under_way.push_back(
        {.message = what.message,
         .urgency = what.urgency,
         .purpose = what.purpose,
         .touch = what.touch,
         .due = next.now + next_one->fallback_after,
         .expires_at = next.now + std::max(life, 2 * next_one->fallback_after)}
    );
}

void talk::wake_for_undelivered() {
    std::optional<instant> soonest;
    for (const auto& one : next.under_way) {
        if (!one.carried && (!soonest || one.due < *soonest)) soonest = one.due;
    }
    if (soonest) effects.emplace_back(set_timer{undelivered_timer, std::max(*soonest, next.now)});
}

// Her own number, by the next channel of the ladder, in words; as a part of the same touch.
bool talk::carry_on(
    const outbound_message& what, priority urgency, const std::string& key, std::uint64_t touch,
    instant expires_at
) {
    const auto* to = next_rung(script.house, what.to.channel);
    if (to == nullptr) return false;
    read_ |= read_client | read_phones;
    auto words = in_words(what.content);
    const auto number = own_number(known_);
    // Of what we began: it did not arrive, so that another channel is the first to reach her, unless
    // something else has this week.
    const auto began = touch == 0 ? next.touches.end()
                                  : std::ranges::find(next.touches, touch, &dialogs::touch::sent);
    const auto kind = dialogs::name_of(to->kind);
    bool second = false;
    if (began != next.touches.end() && one_channel_a_week(script.nudges)) {
        auto others = next.touches;
        std::erase_if(others, [&](const dialogs::touch& one) { return one.sent == touch; });
        second = by_another_channel(others, began->client_id, kind, next.now) != nullptr;
    }
    const char* why_not = next.wishes.opted_out         ? "opted out"
                          : next.now >= expires_at      ? "expired"
                          : !words                      ? "no words"
                          : known_.clients.size() > 1   ? "a number of several"
                          : number.empty()              ? "no number of her own"
                          : next.proof.doubted          ? "in doubt"
                          : second                      ? "another channel this week"
                                                        : nullptr;
    const auto way = what.to.channel + " to " + to->name + ", touch " + std::to_string(touch);
    if (why_not != nullptr) {
        effects.emplace_back(keep_record{"not_carried_on", way + ": " + why_not});
        return false;
    }
    if (began != next.touches.end()) began->channel = kind;
    send made{};
    made.message.to = {to->name, {identity_kind::phone, number}};
    // Its facts are in the text already: what WhatsApp would have printed bold is taken for a mark.
    words->text = without_marks(words->text);
    made.message.content = std::move(*words);
    made.urgency = urgency;
    made.keep_for = expires_at - next.now;
    made.purpose = key;
    made.touch = touch;
    effects.emplace_back(std::move(made));
    effects.emplace_back(keep_record{"carried_on", way});
    return true;
}

bool talk::undelivered_in_time() {
    for (auto& one : next.under_way) {
        if (one.carried || one.due > next.now) continue;
        one.carried = true;
        (void)carry_on(one.message, one.urgency, one.purpose, one.touch, one.expires_at);
    }
    std::erase_if(next.under_way, [&](const struct started& one) {
        return one.carried && next.now >= one.expires_at + unreachable_for;
    });
    wake_for_undelivered();
    return false;  // the talk stays where it is, its timers with it
}

bool talk::was_delivered(std::uint64_t touch) {
    if (touch == 0) return false;
    return std::erase_if(next.under_way, [&](const struct started& one) { return one.touch == touch; }) > 0;
}

// ---- what did not arrive

bool talk::carried_on(const delivery_outcome& what) {
    if (!what.what) return false;
    const auto& lost = what.what->message;
    for (auto& one : next.channels) {
        if (one.where.channel == lost.to.channel) one.failed_at = next.now;
    }
    const auto watched = std::ranges::find_if(next.under_way, [&](const struct started& one) {
        return what.touch != 0 && one.touch == what.touch &&
               one.message.to.channel == lost.to.channel;
    });
    if (watched != next.under_way.end()) {
        if (watched->carried) return true;  // it had been given up already
        next.under_way.erase(watched);
    }
    const auto touch =
        what.touch != 0 ? what.touch : static_cast<std::uint64_t>(what.outbox_id);
    return carry_on(
        lost, what.what->urgency, what.purpose, touch, what.what->expires_at
    );
}

}  // namespace tertulia::dialogs
