#include "adapters/whatsapp_cloud/identities.hpp"
#include "adapters/whatsapp_cloud/message_body.hpp"
#include "adapters/whatsapp_cloud/whatsapp_cloud.hpp"
#include "adapters/wire/json_writer.hpp"
#include "adapters/wire/text.hpp"
#include "dialogs/message/numbered_text.hpp"

#include <cmath>

namespace tertulia::adapters::whatsapp_cloud {
namespace {

using writing = boost::system::error_code;  // of one part of the body; falsy: written

// Opens the list when the dialog names no word for it: a sign no language lacks.
constexpr std::string_view list_opener_sign = "\u2630";

constexpr std::size_t name_units_max = 512;
constexpr std::size_t link_bytes_max = 2000;
constexpr std::size_t template_text_units_max = 1024;
constexpr std::size_t template_buttons_max = 10;
constexpr int template_button_index_max = 9;

bool is_web_link(std::string_view url) {
    const auto rest = url.starts_with("https://")  ? url.substr(8)
                      : url.starts_with("http://") ? url.substr(7)
                                                   : std::string_view{};
    return !rest.empty() && url.size() <= link_bytes_max &&
           url.find_first_of(" \t\r\n\"<>") == std::string_view::npos;
}

std::string_view media_name(media_kind kind) {
    switch (kind) {
        case media_kind::image:
            return "image";
        case media_kind::video:
            return "video";
        case media_kind::audio:
        case media_kind::voice_note:
            return "audio";
        case media_kind::document:
            return "document";
        case media_kind::sticker:
            return "sticker";
    }
    return {};
}

writing write_plain_text(json_writer& json, std::string_view body) {
    if (body.empty()) return errc::empty_content;
    if (utf16_units(body) > text_units_max) return errc::too_long;
    json.member("type", "text").key("text").begin_object();
    json.member("body", body).key("preview_url").boolean(false).end_object();
    return {};
}

// Everything of an interactive message before its action.
void open_interactive(
    json_writer& json, std::string_view kind, std::string_view body, std::string_view footer = {}
) {
    json.member("type", "interactive").key("interactive").begin_object().member("type", kind);
    json.key("body").begin_object().member("text", body).end_object();
    if (!footer.empty()) json.key("footer").begin_object().member("text", footer).end_object();
    json.key("action").begin_object();
}

writing close_interactive(json_writer& json) {
    json.end_object().end_object();
    return {};
}

writing write_buttons(json_writer& json, const say_text& what) {
    open_interactive(json, "button", what.text, what.footer);
    json.key("buttons").begin_array();
    for (const auto& one : what.choices) {
        json.begin_object().member("type", "reply").key("reply").begin_object();
        json.member("id", one.id).member("title", one.title).end_object().end_object();
    }
    json.end_array();
    return close_interactive(json);
}

writing write_list(json_writer& json, const say_text& what) {
    const auto opener = what.list_button.empty()
                            ? list_opener_sign
                            : cut_to_units(what.list_button, list_opener_units_max);
    open_interactive(json, "list", what.text, what.footer);
    json.member("button", opener).key("sections").begin_array().begin_object();
    json.key("rows").begin_array();
    for (const auto& one : what.choices) {
        json.begin_object().member("id", one.id).member("title", one.title);
        if (!one.description.empty()) json.member("description", one.description);
        json.end_object();
    }
    json.end_array().end_object().end_array();
    return close_interactive(json);
}

writing write_content(json_writer& json, const say_text& what) {
    if (fits_as_buttons(what)) return write_buttons(json, what);
    if (fits_as_list(what)) return write_list(json, what);
    return write_plain_text(json, numbered_text(what));
}

// Meta shows a document without a name as "Untitled".
std::string document_name(const say_media& what) {
    auto name = safe_file_name(what.file_name);
    if (name.empty()) name = safe_file_name(what.link.substr(0, what.link.find_first_of("?#")));
    return name.empty() ? "document" : name;
}

writing write_content(json_writer& json, const say_media& what) {
    if (what.media_id.empty() && what.link.empty()) return errc::empty_content;
    if (what.media_id.empty() && !is_web_link(what.link)) return errc::bad_link;
    const auto name = media_name(what.kind);
    const bool has_caption_room = name != "audio" && name != "sticker";
    if (!what.caption.empty() && !has_caption_room) return errc::not_possible;
    if (utf16_units(what.caption) > caption_units_max) return errc::too_long;

    json.member("type", name).key(name).begin_object();
    if (what.media_id.empty()) {
        json.member("link", what.link);
    } else {
        json.member("id", what.media_id);
    }
    if (!what.caption.empty()) json.member("caption", what.caption);
    if (what.kind == media_kind::document) json.member("filename", document_name(what));
    if (what.kind == media_kind::voice_note) json.key("voice").boolean(true);
    json.end_object();
    return {};
}

writing write_content(json_writer& json, const say_location& what) {
    if (!(std::abs(what.latitude) <= 90) || !(std::abs(what.longitude) <= 180)) {
        return errc::not_possible;
    }
    json.member("type", "location").key("location").begin_object();
    json.key("latitude").number(what.latitude).key("longitude").number(what.longitude);
    if (!what.name.empty()) json.member("name", what.name);
    if (!what.place_address.empty()) json.member("address", what.place_address);
    json.end_object();
    return {};
}

// She can also share a place without our button: a question too long for it goes out as text.
writing write_content(json_writer& json, const ask_location& what) {
    if (what.text.empty()) return errc::empty_content;
    if (utf16_units(what.text) > interactive_body_units_max) {
        return write_plain_text(json, what.text);
    }
    open_interactive(json, "location_request_message", what.text);
    json.member("name", "send_location");
    return close_interactive(json);
}

// She can also type her number, or share a card without our button.
writing write_content(json_writer& json, const ask_contact& what) {
    if (what.text.empty()) return errc::empty_content;
    if (utf16_units(what.text) > interactive_body_units_max) {
        return write_plain_text(json, what.text);
    }
    open_interactive(json, "request_contact_info", what.text);
    json.member("name", "request_contact_info");
    return close_interactive(json);
}

// Answers come back as an nfm_reply that bears the token.
writing write_content(json_writer& json, const say_form& what) {
    if (what.text.empty() || what.button.empty() || what.form.empty() || what.token.empty()) {
        return errc::empty_content;
    }
    if (utf16_units(what.text) > interactive_body_units_max ||
        utf16_units(what.button) > button_title_units_max) {
        return errc::too_long;
    }
    open_interactive(json, "flow", what.text);
    json.member("name", "flow").key("parameters").begin_object();
    json.member("flow_message_version", "3").member("flow_id", what.form);
    json.member("flow_cta", what.button).member("flow_token", what.token);
    json.member("mode", "published").member("flow_action", "navigate");
    if (!what.screen.empty()) {
        json.key("flow_action_payload").begin_object().member("screen", what.screen).end_object();
    }
    json.end_object();
    return close_interactive(json);
}

writing write_content(json_writer& json, const say_link& what) {
    if (!is_web_link(what.url)) return errc::bad_link;
    const bool fits = !what.text.empty() && !what.button.empty() &&
                      utf16_units(what.text) <= interactive_body_units_max &&
                      utf16_units(what.button) <= button_title_units_max;
    if (!fits) {
        std::string text = what.text;
        if (!text.empty()) text += '\n';
        if (!what.button.empty()) text += what.button + ": ";
        return write_plain_text(json, text + what.url);
    }
    open_interactive(json, "cta_url", what.text);
    json.member("name", "cta_url").key("parameters").begin_object();
    json.member("display_text", what.button).member("url", what.url).end_object();
    return close_interactive(json);
}

// Meta refuses line ends, tabs and more than four spaces in a row inside a variable (132012).
std::string template_text(std::string_view from) {
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

writing write_template_texts(
    json_writer& json,
    std::string_view component,
    const std::vector<template_parameter>& parameters
) {
    if (parameters.empty()) return {};
    json.begin_object().member("type", component).key("parameters").begin_array();
    for (const auto& one : parameters) {
        const auto text = template_text(one.text);
        if (text.empty() || one.name.empty() != parameters.front().name.empty()) {
            return errc::bad_parameters;
        }
        if (utf16_units(text) > template_text_units_max) return errc::too_long;
        json.begin_object().member("type", "text");
        if (!one.name.empty()) json.member("parameter_name", one.name);
        json.member("text", text).end_object();
    }
    json.end_array().end_object();
    return {};
}

writing write_template_buttons(json_writer& json, const std::vector<template_button>& buttons) {
    if (buttons.size() > template_buttons_max) return errc::not_possible;
    for (const auto& one : buttons) {
        if (one.payload.empty() || one.index < 0 || one.index > template_button_index_max) {
            return errc::bad_parameters;
        }
        json.begin_object().member("type", "button");
        json.member("sub_type", one.is_url ? "url" : "quick_reply");
        json.member("index", std::to_string(one.index)).key("parameters").begin_array();
        json.begin_object().member("type", one.is_url ? "text" : "payload");
        json.member(one.is_url ? "text" : "payload", one.payload);
        json.end_object().end_array().end_object();
    }
    return {};
}

writing write_content(json_writer& json, const say_template& what) {
    if (what.name.empty() || what.language.empty()) return errc::empty_content;
    if (utf16_units(what.name) > name_units_max) return errc::too_long;
    const auto header = media_name(what.header_kind);
    if (!what.header_media_id.empty() && (header == "audio" || header == "sticker")) {
        return errc::not_possible;
    }
    const bool two_headers = !what.header_media_id.empty() && !what.header.empty();
    if (two_headers || what.header.size() > 1) return errc::bad_parameters;
    json.member("type", "template").key("template").begin_object().member("name", what.name);
    json.key("language").begin_object().member("code", what.language).end_object();
    if (!what.header_media_id.empty() || !what.header.empty() || !what.body.empty() ||
        !what.buttons.empty()) {
        json.key("components").begin_array();
        if (!what.header_media_id.empty()) {
            json.begin_object().member("type", "header").key("parameters").begin_array();
            json.begin_object().member("type", header).key(header).begin_object();
            json.member("id", what.header_media_id).end_object().end_object();
            json.end_array().end_object();
        }
        if (const auto error = write_template_texts(json, "header", what.header)) return error;
        if (const auto error = write_template_texts(json, "body", what.body)) return error;
        if (const auto error = write_template_buttons(json, what.buttons)) return error;
        json.end_array();
    }
    json.end_object();
    return {};
}

writing write_content(json_writer& json, const send_reaction& what) {
    if (what.message_id.empty()) return errc::empty_content;
    json.member("type", "reaction").key("reaction").begin_object();
    json.member("message_id", what.message_id).member("emoji", what.emoji).end_object();
    return {};
}

// Not addressed to anyone: the message id says whose chat it is.
result<std::string> read_mark(const mark_read& what) {
    if (what.message_id.empty()) return errc::empty_content;
    json_writer json;
    json.begin_object().member("messaging_product", "whatsapp").member("status", "read");
    json.member("message_id", what.message_id);
    if (what.typing) {
        json.key("typing_indicator").begin_object().member("type", "text").end_object();
    }
    json.end_object();
    return json.take();
}

// By shape, not by kind: a user id given in "to" is dropped without a word.
writing write_recipient(json_writer& json, std::string_view value) {
    const auto kind = whatsapp_identity_kind(value);
    if (!kind) return errc::bad_recipient;
    json.member("recipient_type", "individual");
    if (*kind != identity_kind::wa_id) {
        json.member("recipient", value);
    } else if (value.starts_with('+')) {
        json.member("to", value);
    } else {  // without the sign Meta would put our own country code before it
        json.member("to", "+" + std::string{value});
    }
    return {};
}

}  // namespace

result<std::string> message_body(const outbound_message& what, std::string_view group_id) {
    json_writer json;
    json.begin_object().member("messaging_product", "whatsapp");
    if (!group_id.empty()) {
        json.member("recipient_type", "group").member("to", group_id);
    } else if (const auto error = write_recipient(json, what.to.to.value)) {
        return error;
    }
    const bool quotes =
        !what.reply_to_id.empty() && !std::holds_alternative<send_reaction>(what.content);
    if (quotes) {
        json.key("context").begin_object().member("message_id", what.reply_to_id).end_object();
    }
    if (!what.identity_key_hash.empty()) {
        json.member("recipient_identity_key_hash", what.identity_key_hash);
    }
    if (utf16_units(what.callback_data) > callback_data_units_max) return errc::too_long;
    if (!what.callback_data.empty()) {
        json.member("biz_opaque_callback_data", what.callback_data);
    }
    const auto write = [&json](const auto& content) -> writing {
        if constexpr (std::is_same_v<std::decay_t<decltype(content)>, mark_read>) {
            return errc::not_possible;  // render() takes another way for it
        } else {
            return write_content(json, content);
        }
    };
    if (const auto error = std::visit(write, what.content)) return error;
    json.end_object();
    return json.take();
}

outbound_request request_of_message(std::string body, const channel_settings& channel) {
    outbound_request request{.url = channel.api_base};
    while (request.url.ends_with('/')) request.url.pop_back();
    request.url += "/" + channel.api_version + "/" + channel.phone_number_id + "/messages";
    request.headers.emplace_back("Authorization", "Bearer " + channel.access_token);
    request.headers.emplace_back("Content-Type", "application/json");
    request.body = std::move(body);
    return request;
}

result<outbound_request> render(const outbound_message& what, const channel_settings& channel) {
    const auto* mark = std::get_if<mark_read>(&what.content);
    auto body = mark != nullptr ? read_mark(*mark) : message_body(what, {});
    if (!body) return body.error();
    return request_of_message(std::move(*body), channel);
}

}  // namespace tertulia::adapters::whatsapp_cloud
