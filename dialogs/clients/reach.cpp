#include "dialogs/clients/reach.hpp"

#include <algorithm>

namespace tertulia::dialogs {
namespace {

const heard_on* heard_at(std::span<const heard_on> all, std::string_view channel) noexcept {
    const auto found =
        std::ranges::find_if(all, [&](const heard_on& one) { return one.where.channel == channel; });
    return found == all.end() ? nullptr : &*found;
}

// The newest place of that kind she wrote from, else her own number on the first channel of it.
std::optional<address> of_kind(const ways_to_her& of, channel_kind kind) {
    const heard_on* newest = nullptr;
    for (const auto& one : of.channels) {
        const bool fits = kind_of_channel(of.house, one.where.channel) == kind;
        if (fits && (newest == nullptr || one.at > newest->at)) newest = &one;
    }
    if (newest != nullptr) return newest->where;
    const auto found = std::ranges::find(of.house.channels, kind, &known_channel::kind);
    if (found == of.house.channels.end() || of.own_number.empty()) return std::nullopt;
    return address{found->name, {identity_kind::phone, std::string{of.own_number}}};
}

bool fails_there(const ways_to_her& of, std::string_view channel, instant now) {
    const auto* known = heard_at(of.channels, channel);
    return known != nullptr && known->failed_at != instant{} && known->failed_at >= known->at &&
           now - known->failed_at < unreachable_for;
}

say_text words(std::string text, std::vector<choice> choices = {}) {
    say_text made{};
    made.text = std::move(text);
    made.choices = std::move(choices);
    return made;
}

}  // namespace

bool operator==(const started& left, const started& right) noexcept {
    return left.touch == right.touch && left.due == right.due && left.carried == right.carried;
}

std::string_view name_of(channel_kind kind) noexcept {
    switch (kind) {
        case channel_kind::whatsapp:
            return "whatsapp";
        case channel_kind::sms:
            return "sms";
    }
    return {};
}

std::optional<channel_kind> parse_channel_kind(std::string_view name) noexcept {
    for (const auto kind : {channel_kind::whatsapp, channel_kind::sms}) {
        if (name_of(kind) == name) return kind;
    }
    return std::nullopt;
}

const known_channel* next_rung(const institution& of, std::string_view channel) noexcept {
    const auto found = std::ranges::find_if(of.channels, [&](const known_channel& one) {
        return std::ranges::find(one.fallback_for, channel) != one.fallback_for.end();
    });
    return found == of.channels.end() ? nullptr : &*found;
}

std::string own_number(const facts& known) {
    if (known.clients.size() > 1) return {};
    if (known.clients.empty()) return known.phones.size() == 1 ? known.phones.front() : std::string{};
    // The newest, or none: one she had before may be another person's by now.
    if (known.phones.empty()) return {};
    const auto& on_file = known.clients.front()->who.phones;
    const auto& newest = known.phones.back();
    return std::ranges::find(on_file, newest) == on_file.end() ? std::string{} : newest;
}

address where_to_start(const ways_to_her& of, instant now) {
    auto chosen = of.reply_to;
    if (const auto kind = parse_channel_kind(of.prefers)) {
        chosen = of_kind(of, *kind).value_or(of.reply_to);
    }
    if (of.own_number.empty() || !fails_there(of, chosen.channel, now)) return chosen;
    const auto* next = next_rung(of.house, chosen.channel);
    if (next == nullptr) return chosen;
    return {next->name, {identity_kind::phone, std::string{of.own_number}}};
}

std::optional<say_text> in_words(const outbound_content& content) {
    std::optional<say_text> made;
    if (const auto* text = std::get_if<say_text>(&content)) {
        made = *text;
    } else if (const auto* form = std::get_if<say_template>(&content)) {
        std::vector<choice> choices;
        for (const auto& one : form->buttons) {
            if (!one.is_url) choices.push_back({.id = one.payload, .title = one.title});
        }
        made = words(form->text, std::move(choices));
    } else if (const auto* media = std::get_if<say_media>(&content)) {
        made = words(media->caption);
    } else if (const auto* where = std::get_if<ask_location>(&content)) {
        made = words(where->text);
    } else if (const auto* link = std::get_if<say_link>(&content)) {
        made = words(link->text + "\n" + link->url);
    } else if (const auto* place = std::get_if<say_location>(&content)) {
        made = words(
            place->name + (place->place_address.empty() ? "" : ", " + place->place_address)
        );
    }
    if (!made || made->text.empty()) return std::nullopt;
    return made;
}

}  // namespace tertulia::dialogs
