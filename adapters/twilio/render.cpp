#include "adapters/twilio/fields.hpp"
#include "adapters/wire/json_writer.hpp"
#include "adapters/wire/plain_text.hpp"
#include "adapters/wire/text.hpp"
#include "adapters/wire/whatsapp_identity.hpp"
#include "dialogs/message/e164.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace tertulia::adapters::twilio {
namespace {

using writing = boost::system::error_code;  // of one part of the form; falsy: written

constexpr std::chrono::seconds validity_max = std::chrono::hours{10};
constexpr std::size_t callback_data_sent_max = 512;

// Before it is measured: "…" becomes three letters.
std::optional<sms_spelling> spelling_of(const channel_settings& channel) {
    if (channel.kind != channel_kind::sms) return std::nullopt;
    return channel.spelling;
}

writing write_body(form_writer& form, std::string_view said, const channel_settings& channel) {
    const auto spelling = spelling_of(channel);
    const auto text = spelling ? sms_spelt(said, *spelling) : std::string{said};
    if (text.find_first_not_of(" \n\t") == std::string_view::npos) return errc::empty_content;
    if (utf16_units(text) > body_units_max) return errc::too_long;
    form.add("Body", clean_text(text, text.size() * 3));
    return {};
}

// What is neither a template nor media nor a place: words, and why there are none.
writing write_words(
    form_writer& form, const outbound_content& what, const channel_settings& channel
) {
    if (const auto* link = std::get_if<say_link>(&what)) {
        if (!is_web_address(link->url)) return errc::bad_link;
    }
    const auto text = plain_text(what);
    return text ? write_body(form, *text, channel) : writing{errc::not_possible};
}

bool goes_as_media(const channel_settings& channel) {
    return channel.kind == channel_kind::whatsapp || channel.mms;
}

bool has_caption_room(media_kind kind) {
    return kind == media_kind::image || kind == media_kind::video || kind == media_kind::document;
}

writing write_media(form_writer& form, const say_media& what, const channel_settings& channel) {
    if (what.link.empty()) {
        return what.media_id.empty() ? errc::empty_content : errc::not_possible;
    }
    if (!is_web_address(what.link)) return errc::bad_link;
    if (!goes_as_media(channel)) return write_words(form, what, channel);
    if (!what.caption.empty()) {
        if (!has_caption_room(what.kind)) return errc::not_possible;
        if (const auto error = write_body(form, what.caption, channel)) return error;
    }
    form.add("MediaUrl", what.link);
    return {};
}

// A pin on WhatsApp. Its label is what is under the pin; Body is asked for beside it.
writing write_place(form_writer& form, const say_location& what, const channel_settings& channel) {
    if (!(std::abs(what.latitude) <= 90) || !(std::abs(what.longitude) <= 180)) {
        return errc::not_possible;
    }
    if (channel.kind == channel_kind::sms) return write_words(form, what, channel);
    std::array<char, 64> point{};
    const auto size =
        std::snprintf(point.data(), point.size(), "geo:%.6f,%.6f", what.latitude, what.longitude);
    std::string action{point.data(), static_cast<std::size_t>(size)};
    auto label = what.name;
    if (!what.place_address.empty()) label += (label.empty() ? "" : ", ") + what.place_address;
    std::ranges::replace(label, '|', '/');
    if (!label.empty()) action += "|" + label;
    if (const auto error = write_body(form, label.empty() ? action.substr(4) : label, channel)) {
        return error;
    }
    form.add("PersistentAction", action);
    return {};
}

// WhatsApp refuses line ends, tabs and rows of spaces inside a variable.
std::string variable_text(std::string_view from) {
    std::string text;
    for (const char byte : from) {
        const bool blank = byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t';
        if (!blank) {
            text += byte;
        } else if (!text.empty() && text.back() != ' ') {
            text += ' ';
        }
    }
    if (text.ends_with(' ')) text.pop_back();
    return text;
}

// "1", "2"… through header, body and buttons, as Twilio numbers the variables of one content; named
// ones keep their names.
result<std::string> variables_of(const say_template& what) {
    std::vector<template_parameter> all = what.header;
    all.insert(all.end(), what.body.begin(), what.body.end());
    auto buttons = what.buttons;
    std::ranges::stable_sort(buttons, {}, &template_button::index);
    const bool named = !all.empty() && !all.front().name.empty();
    for (const auto& one : all) {
        if (one.name.empty() == named) return errc::bad_parameters;
    }
    for (const auto& one : buttons) {
        auto name = named ? "button_" + std::to_string(one.index) : std::string{};
        all.push_back({.name = std::move(name), .text = one.payload});
    }
    if (all.size() > template_variables_max) return errc::bad_parameters;
    json_writer json;
    json.begin_object();
    for (std::size_t index = 0; index < all.size(); ++index) {
        const auto text = variable_text(all[index].text);
        if (text.empty()) return errc::bad_parameters;
        json.member(all[index].name.empty() ? std::to_string(index + 1) : all[index].name, text);
    }
    json.end_object();
    return all.empty() ? std::string{} : json.take();
}

writing write_template(
    form_writer& form, const say_template& what, const channel_settings& channel
) {
    if (what.name.empty()) return errc::empty_content;
    const auto found = std::ranges::find_if(channel.templates, [&](const content_template& one) {
        return one.name == what.name && one.language == what.language;
    });
    if (found == channel.templates.end()) {
        // Only where nothing needs approval may our own words stand in for it.
        if (channel.kind == channel_kind::whatsapp || what.text.empty()) return errc::no_template;
        return write_body(form, what.text, channel);
    }
    if (!what.header_media_id.empty()) return errc::not_possible;  // Twilio keeps no uploads
    const auto variables = variables_of(what);
    if (!variables) return variables.error();
    form.add("ContentSid", found->content_sid);
    if (!variables->empty()) form.add("ContentVariables", *variables);
    return {};
}

writing write_content(
    form_writer& form, const outbound_content& what, const channel_settings& channel
) {
    if (const auto* media = std::get_if<say_media>(&what))
        return write_media(form, *media, channel);
    if (const auto* place = std::get_if<say_location>(&what)) {
        return write_place(form, *place, channel);
    }
    if (const auto* approved = std::get_if<say_template>(&what)) {
        return write_template(form, *approved, channel);
    }
    return write_words(form, what, channel);
}

// By the value's shape: identities keep it whatever kind they were given.
std::optional<std::string> recipient(std::string_view value, const channel_settings& channel) {
    if (channel.kind == channel_kind::sms) {
        if (!is_e164(value)) return std::nullopt;
        return std::string{value};
    }
    const auto kind = whatsapp_identity_kind(value);
    if (!kind) return std::nullopt;
    const bool needs_sign = *kind == identity_kind::wa_id && !value.starts_with('+');
    return "whatsapp:" + std::string{needs_sign ? "+" : ""} + std::string{value};
}

writing write_sender(form_writer& form, const channel_settings& channel) {
    if (channel.from.empty() && channel.messaging_service_sid.empty()) return errc::no_sender;
    if (!channel.messaging_service_sid.empty()) {
        form.add("MessagingServiceSid", channel.messaging_service_sid);
    }
    if (!channel.from.empty()) {
        const auto* scheme = channel.kind == channel_kind::whatsapp ? "whatsapp:" : "";
        form.add("From", scheme + channel.from);
    }
    return {};
}

void write_options(form_writer& form, std::string_view outbox_id, const channel_settings& channel) {
    if (!channel.status_callback.empty()) {
        form.add(
            "StatusCallback",
            outbox_id.empty()
                ? channel.status_callback
                : with_query_value(channel.status_callback, outbox_id_parameter, outbox_id)
        );
    }
    if (channel.validity.count() > 0) {
        form.add(
            "ValidityPeriod", std::to_string(std::min(channel.validity, validity_max).count())
        );
    }
    if (channel.smart_encoded && channel.kind == channel_kind::sms) {
        form.add("SmartEncoded", "true");
    }
}

}  // namespace

std::vector<outbound_message> split(outbound_message what, const channel_settings& channel) {
    const auto* media = std::get_if<say_media>(&what.content);
    const bool as_media = media != nullptr && goes_as_media(channel);
    if (as_media) {
        const bool stays =
            media->caption.empty() ||
            (has_caption_room(media->kind) && utf16_units(media->caption) <= body_units_max);
        if (stays) return {std::move(what)};
        auto words = what;
        words.content = say_text{.text = media->caption};
        words.reply_to_id.clear();
        auto parts = split_text(std::move(words), body_units_max, spelling_of(channel));
        std::get<say_media>(what.content).caption.clear();
        parts.insert(parts.begin(), std::move(what));
        return parts;
    }
    // A template Twilio fills in has its own limit; on SMS our words may stand in for it.
    const bool is_whole = std::holds_alternative<say_location>(what.content) ||
                          (std::holds_alternative<say_template>(what.content) &&
                           channel.kind == channel_kind::whatsapp);
    if (is_whole) return {std::move(what)};
    if (const auto* approved = std::get_if<say_template>(&what.content)) {
        const bool is_known =
            std::ranges::any_of(channel.templates, [&](const content_template& one) {
                return one.name == approved->name && one.language == approved->language;
            });
        if (is_known) return {std::move(what)};
    }
    return split_text(std::move(what), body_units_max, spelling_of(channel));
}

result<outbound_request> render(const outbound_message& what, const channel_settings& channel) {
    form_writer form;
    const auto to = recipient(what.to.to.value, channel);
    if (!to) return errc::bad_recipient;
    if (what.callback_data.size() > callback_data_sent_max) return errc::too_long;
    form.add("To", *to);
    if (const auto error = write_sender(form, channel)) return error;
    if (const auto error = write_content(form, what.content, channel)) return error;
    write_options(form, what.callback_data, channel);

    outbound_request request;
    request.url = api_root(channel) + account_path(channel) + "/Messages.json";
    request.headers.emplace_back("Authorization", credentials(channel));
    request.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
    request.body = form.take();
    return request;
}

}  // namespace tertulia::adapters::twilio
