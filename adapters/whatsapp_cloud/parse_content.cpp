#include "adapters/whatsapp_cloud/parts.hpp"
#include "adapters/wire/text.hpp"

#include <array>
#include <cmath>

namespace tertulia::adapters::whatsapp_cloud {
namespace {

constexpr std::size_t form_bytes_max = 65'536;    // longer cannot be cut without breaking it
constexpr std::size_t shared_contacts_max = 300;  // Meta allows 257
constexpr std::size_t shared_phones_max = 20;
constexpr std::string_view contact_request = "contact_request";
constexpr std::size_t form_answers_max = 100;

// Keeps a type we do not read, or a form of it we do not know, whole.
problem keep_unknown(std::string type, json_object raw, inbound_content& into) {
    into = unknown_content{.type = std::move(type), .raw_json = to_json(raw)};
    return {};
}

problem read_text(json_object text, inbound_content& into) {
    if (!value_at(text, "body") || !value_at(text, "body")->is_string()) {
        return "a text without a body";
    }
    into = typed_text{clean_at(text, "body", text_bytes_max)};
    return {};
}

problem read_media(json_object media, media_kind kind, inbound_content& into) {
    received_media received{
        .kind =
            kind == media_kind::audio && flag_at(media, "voice") ? media_kind::voice_note : kind,
        .id = clean_at(media, "id", id_bytes_max),
        .url = clean_at(media, "url", url_bytes_max),
        .mime_type = clean_at(media, "mime_type", name_bytes_max),
        .sha256 = clean_at(media, "sha256", id_bytes_max),
        .caption = clean_at(media, "caption", text_bytes_max),
        .file_name = safe_file_name(text_at(media, "filename"))};
    if (received.id.empty() && received.url.empty()) return "media without an id";
    into = std::move(received);
    return {};
}

problem read_location(json_object location, inbound_content& into) {
    const auto latitude = number_at(location, "latitude");
    const auto longitude = number_at(location, "longitude");
    if (!latitude || !longitude || !(std::abs(*latitude) <= 90) || !(std::abs(*longitude) <= 180)) {
        return "a location without a place on Earth";
    }
    into = shared_location{
        .latitude = *latitude,
        .longitude = *longitude,
        .name = clean_at(location, "name", text_bytes_max),
        .place_address = clean_at(location, "address", text_bytes_max)};
    return {};
}

shared_contact read_contact(json_object card) {
    shared_contact contact;
    if (const auto name = object_at(card, "name")) {
        contact.name = clean_at(*name, "formatted_name", name_bytes_max);
        if (contact.name.empty()) contact.name = clean_at(*name, "first_name", name_bytes_max);
    }
    const auto phones = array_at(card, "phones");
    if (!phones) return contact;
    for (const json_value element : *phones) {
        const auto phone = as_object(element);
        if (!phone || contact.phones.size() == shared_phones_max) continue;
        auto number = clean_at(*phone, "phone", name_bytes_max);
        if (number.empty() && whatsapp_identity_kind(text_at(*phone, "wa_id")) == identity_kind::wa_id) {
            number = "+" + std::string{text_at(*phone, "wa_id")};
        }
        if (!number.empty()) contact.phones.push_back(std::move(number));
    }
    return contact;
}

problem read_contacts(json_object message, inbound_content& into) {
    const auto cards = array_at(message, "contacts");
    if (!cards) return "contacts that are not an array";
    std::vector<shared_contact> contacts;
    for (const json_value element : *cards) {
        const auto card = as_object(element);
        if (!card || contacts.size() == shared_contacts_max) continue;
        contacts.push_back(read_contact(*card));
        // At the message or at the card: Meta's pages show both.
        contacts.back().requested = text_at(*card, "origin") == contact_request ||
                                    text_at(message, "origin") == contact_request;
    }
    if (contacts.empty()) return "contacts without one";
    into = std::move(contacts);
    return {};
}

problem read_tap(json_object reply, inbound_content& into) {
    tapped_choice tapped{
        .id = clean_at(reply, "id", name_bytes_max * 2),
        .title = clean_at(reply, "title", name_bytes_max)};
    if (tapped.id.empty()) return "a tapped choice without an id";
    into = std::move(tapped);
    return {};
}

// As she would have typed it; nothing for what nobody types.
std::string as_typed(json_value value) {
    if (const auto text = value.get_string(); !text.error()) {
        return clean_text(text.value_unsafe(), text_bytes_max);
    }
    if (value.is_number() || value.is_bool()) return to_json(value);
    std::string all;
    if (const auto list = value.get_array(); !list.error()) {
        for (const json_value one : list.value_unsafe()) {
            const auto text = one.get_string();
            if (text.error()) continue;
            if (!all.empty()) all += ", ";
            all += clean_text(text.value_unsafe(), name_bytes_max);
        }
    }
    return clean_text(all, text_bytes_max);
}

problem read_form(json_object reply, inbound_content& into) {
    const auto answers = text_at(reply, "response_json");
    if (answers.size() > form_bytes_max) return "a form with endless answers";
    form_reply made{
        .form = clean_at(reply, "name", name_bytes_max),
        .answers_json = clean_text(answers, form_bytes_max)};
    // Its own reader: the document around is still being read.
    json_reader reader;
    const auto inner = reader.read(answers);
    const auto fields = inner ? as_object(*inner) : std::nullopt;
    if (fields) {
        for (const auto field : *fields) {
            if (field.key == "flow_token") {
                made.token = clean_at(*fields, "flow_token", id_bytes_max);
            } else if (made.answers.size() < form_answers_max) {
                made.answers.push_back(
                    {.name = clean_text(field.key, name_bytes_max), .text = as_typed(field.value)}
                );
            }
        }
    }
    into = std::move(made);
    return {};
}

problem read_interactive(json_object interactive, inbound_content& into) {
    const auto type = text_at(interactive, "type");
    const auto reply = object_at(interactive, type);
    if (reply && (type == "button_reply" || type == "list_reply")) return read_tap(*reply, into);
    if (reply && type == "nfm_reply") return read_form(*reply, into);
    if (type == "button_reply" || type == "list_reply" || type == "nfm_reply") {
        return "an interactive reply without its object";
    }
    return keep_unknown("interactive:" + clean_text(type, name_bytes_max), interactive, into);
}

// A quick reply of a template. Without a payload it says no more than its words.
problem read_button(json_object button, inbound_content& into) {
    auto payload = clean_at(button, "payload", name_bytes_max * 2);
    auto text = clean_at(button, "text", name_bytes_max);
    if (payload.empty() && text.empty()) return "a button without payload or text";
    if (payload.empty()) {
        into = typed_text{std::move(text)};
    } else {
        into = tapped_choice{.id = std::move(payload), .title = std::move(text)};
    }
    return {};
}

problem read_reaction(json_object reaction, inbound_content& into) {
    auto target = clean_at(reaction, "message_id", id_bytes_max);
    if (target.empty()) return "a reaction to nothing";
    into = tertulia::reaction{
        .message_id = std::move(target), .emoji = clean_at(reaction, "emoji", name_bytes_max)};
    return {};
}

problem read_order(json_object order, inbound_content& into) {
    into = placed_order{to_json(order)};
    return {};
}

// The new words of an edited text, or the new caption of anything else.
problem read_edit(json_object edit, inbound_content& into) {
    auto target = clean_at(edit, "original_message_id", id_bytes_max);
    const auto message = object_at(edit, "message");
    if (target.empty() || !message) return "an edit without its message";
    const auto type = text_at(*message, "type");
    const auto content = object_at(*message, type);
    if (!content) return "an edit without its content";
    into = edited_text{
        .message_id = std::move(target),
        .text = clean_at(*content, type == "text" ? "body" : "caption", text_bytes_max)};
    return {};
}

problem read_revoke(json_object revoke, inbound_content& into) {
    auto target = clean_at(revoke, "original_message_id", id_bytes_max);
    if (target.empty()) return "a revocation of nothing";
    into = revoked_message{std::move(target)};
    return {};
}

struct reader_of_type {
    std::string_view type;
    problem (*read)(json_object, inbound_content&);
};

template <media_kind Kind>
problem read_media_of(json_object media, inbound_content& into) {
    return read_media(media, Kind, into);
}

// The types whose payload is an object under the type's own name.
constexpr std::array readers{
    reader_of_type{"text", read_text},
    reader_of_type{"interactive", read_interactive},
    reader_of_type{"button", read_button},
    reader_of_type{"image", read_media_of<media_kind::image>},
    reader_of_type{"audio", read_media_of<media_kind::audio>},
    reader_of_type{"voice", read_media_of<media_kind::voice_note>},
    reader_of_type{"video", read_media_of<media_kind::video>},
    reader_of_type{"document", read_media_of<media_kind::document>},
    reader_of_type{"sticker", read_media_of<media_kind::sticker>},
    reader_of_type{"location", read_location},
    reader_of_type{"reaction", read_reaction},
    reader_of_type{"order", read_order},
    reader_of_type{"edit", read_edit},
    reader_of_type{"revoke", read_revoke},
};

problem read_by_type(json_object message, std::string_view type, inbound_content& into) {
    if (type == "contacts") return read_contacts(message, into);
    for (const auto& reader : readers) {
        if (reader.type != type) continue;
        const auto payload = object_at(message, type);
        return payload ? reader.read(*payload, into) : "a message without its content";
    }
    return keep_unknown(clean_text(type, name_bytes_max), message, into);
}

}  // namespace

problem read_content(json_object message, inbound_content& into) {
    const auto type = text_at(message, "type");
    if (type == "unsupported") {
        const auto inner = object_at(message, "unsupported");
        auto what = inner ? clean_at(*inner, "type", name_bytes_max) : std::string{};
        if (what.empty()) what = "unsupported";
        into =
            unsupported_content{.what = std::move(what), .error_code = first_error_code(message)};
        return {};
    }
    const auto wrong = read_by_type(message, type, into);
    const auto code = first_error_code(message);
    if (code != 0 && !wrong.empty()) {  // announced, yet not handed over: too large, for example
        into = unsupported_content{.what = clean_text(type, name_bytes_max), .error_code = code};
        return {};
    }
    return wrong;
}

}  // namespace tertulia::adapters::whatsapp_cloud
