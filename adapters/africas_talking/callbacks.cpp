// What AT calls us with, and its inbox.

#include "adapters/africas_talking/africas_talking.hpp"
#include "adapters/africas_talking/reactions.hpp"
#include "adapters/wire/digest.hpp"
#include "adapters/wire/form.hpp"
#include "adapters/wire/json_view.hpp"
#include "adapters/wire/text.hpp"
#include "adapters/wire/timestamp.hpp"
#include "dialogs/message/sms/sender.hpp"

#include <algorithm>

namespace tertulia::adapters::africas_talking {
namespace {

constexpr std::size_t id_bytes_max = 128;
constexpr std::size_t word_bytes_max = 64;

parsed broken(std::string reason, const form_fields& fields) {
    parsed read;
    read.malformed.push_back(
        {.reason = std::move(reason), .raw_json = to_json(fields, malformed_bytes_max)}
    );
    return read;
}

parsed told(
    std::string_view field,
    std::string_view summary,
    const form_fields& fields,
    const channel_settings& channel
) {
    parsed read;
    read.events.emplace_back(channel_notice{
        .channel = channel.name,
        .field = std::string{field},
        .summary = std::string{summary},
        .raw_json = to_json(fields, malformed_bytes_max)});
    return read;
}

bool is_ours(std::string_view to, const channel_settings& channel) {
    return channel.short_codes.empty() ||
           std::ranges::find(channel.short_codes, to) != channel.short_codes.end();
}

parsed read_message(const form_fields& fields, const channel_settings& channel) {
    const auto id = clean_text(value_in(fields, "id"), id_bytes_max);
    if (id.empty()) return broken("a message without an id", fields);
    const auto at = read_iso_time(value_in(fields, "date"));
    if (!at) return broken("a message without a date we can read", fields);
    if (!is_ours(value_in(fields, "to"), channel)) {
        return told("recipient", "a message to a short code that is not ours", fields, channel);
    }
    const auto phone = sms_phone_of(value_in(fields, "from"));
    if (!phone) {
        return told("sender", "a message from no telephone number", fields, channel);
    }
    parsed read;
    read.events.emplace_back(inbound_message{
        .channel = channel.name,
        .id = id,
        .sent_at = *at,
        .from = {{identity_kind::phone, *phone}},
        .content = typed_text{clean_text(value_in(fields, "text"), text_bytes_max)}});
    return read;
}

// Letters only: nothing of hers can stand in it.
std::string plain_word(std::string_view from) {
    std::string word;
    for (const char letter : from.substr(0, word_bytes_max)) {
        if ((letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z')) word += letter;
    }
    return word;
}

parsed read_report(const form_fields& fields, instant now, const channel_settings& channel) {
    const auto id = clean_text(value_in(fields, "id"), id_bytes_max);
    if (id.empty()) return broken("a report without an id", fields);
    const auto* word = report_word_of(value_in(fields, "status"));
    if (word == nullptr) {
        return told("status", "a delivery status this version does not know", fields, channel);
    }
    status_update update{
        .channel = channel.name, .message_id = id, .status = word->status, .at = now};
    if (const auto phone = sms_phone_of(value_in(fields, "phoneNumber"))) {
        update.recipient.push_back({identity_kind::phone, *phone});
    }
    if (word->status == delivery_status::failed) {
        const auto reason = value_in(fields, "failureReason");
        const int named = code_named(reason);
        std::string details{word->word};
        if (const auto why = plain_word(reason); !why.empty()) details += ": " + why;
        const int code = named == 0 ? word->code : named;
        update.errors.push_back(
            {.code = code, .details = std::move(details), .means = failure_of(rule_of(code))}
        );
    }
    parsed read;
    read.events.emplace_back(std::move(update));
    return read;
}

parsed read_opt_out(const form_fields& fields, instant now, const channel_settings& channel) {
    const auto phone = sms_phone_of(value_in(fields, "phoneNumber"));
    if (!phone) return broken("an opt-out of no telephone number", fields);
    const auto id = "optout-" + *phone + "-" + std::to_string(to_millis(now));
    parsed read;
    read.events.emplace_back(inbound_message{
        .channel = channel.name,
        .id = id,
        .sent_at = now,
        .from = {{identity_kind::phone, *phone}},
        .content = typed_text{"STOP"}});
    read.stop_list.push_back({.message_id = id, .word = stop_list_word::stop});
    return read;
}

// An element of the inbox as the form it would have come as.
form_fields as_fields(json_object in) {
    form_fields fields;
    for (const auto* key : {"text", "to", "date", "from", "linkId"}) {
        fields.push_back({.name = key, .value = std::string{text_at(in, key)}});
    }
    const auto id = integer_at(in, "id");  // a number here, text in the callback
    fields.push_back(
        {.name = "id", .value = id ? std::to_string(*id) : std::string{text_at(in, "id")}}
    );
    return fields;
}

}  // namespace

bool verify(const inbound_request& request, const channel_settings& channel) {
    if (channel.path_secret.empty()) return false;
    const auto slash = request.path.rfind('/');
    if (slash == std::string_view::npos) return false;
    return same_secret(request.path.substr(slash + 1), channel.path_secret);
}

result<parsed> parse(std::string_view body, instant now, const channel_settings& channel) {
    const auto fields = read_form(body);
    if (!fields) return errc::not_a_form;
    if (has_field(*fields, "from") && has_field(*fields, "text")) {
        return read_message(*fields, channel);
    }
    if (has_field(*fields, "sessionId")) return errc::not_ours;  // USSD on the address of SMS
    if (has_field(*fields, "status")) return read_report(*fields, now, channel);
    if (has_field(*fields, "senderId") && has_field(*fields, "phoneNumber")) {
        return read_opt_out(*fields, now, channel);
    }
    return errc::not_ours;
}

result<listed> parse_list(std::string_view body, const channel_settings& channel) {
    thread_local json_reader reader;  // scratch memory only
    const auto document = reader.read(body);
    const auto root = document ? as_object(*document) : std::nullopt;
    const auto data = root ? object_at(*root, "SMSMessageData") : std::nullopt;
    const auto messages = data ? array_at(*data, "Messages") : std::nullopt;
    if (!messages) return errc::not_a_list;
    listed list;
    std::int64_t last = -1;
    for (const json_value element : *messages) {
        const auto object = as_object(element);
        if (!object) {
            list.malformed.push_back({.reason = "an element of the inbox that is no object"});
            continue;
        }
        last = std::max(last, integer_at(*object, "id").value_or(-1));
        auto read = read_message(as_fields(*object), channel);
        std::ranges::move(read.malformed, std::back_inserter(list.malformed));
        for (auto& event : read.events) {
            if (auto* one = std::get_if<inbound_message>(&event)) {
                list.received.push_back(std::move(*one));
            }
        }
    }
    if (last >= 0) list.next_page = std::to_string(last);  // until a page is empty
    return list;
}

result<ussd_event> parse_ussd(std::string_view body) {
    const auto fields = read_form(body);
    if (!fields) return errc::not_a_form;
    const auto session = clean_text(value_in(*fields, "sessionId"), id_bytes_max);
    const auto phone = sms_phone_of(value_in(*fields, "phoneNumber"));
    if (session.empty() || !phone) return errc::not_ours;
    if (has_field(*fields, "text")) {
        return ussd_event{ussd_step{
            .session_id = session,
            .phone = *phone,
            .service_code = clean_text(value_in(*fields, "serviceCode"), word_bytes_max),
            .text = clean_text(value_in(*fields, "text"), text_bytes_max)}};
    }
    if (has_field(*fields, "status")) {
        const bool is_complete = value_in(*fields, "status") == "Success";
        return ussd_event{
            ussd_ended{.session_id = session, .phone = *phone, .is_complete = is_complete}};
    }
    return errc::not_ours;
}

std::optional<std::string> new_input(std::string_view text, std::string_view before) {
    if (before.empty()) return std::string{text};
    if (!text.starts_with(before)) return std::nullopt;
    text.remove_prefix(before.size());
    if (!text.starts_with('*')) return std::nullopt;
    return std::string{text.substr(1)};
}

}  // namespace tertulia::adapters::africas_talking
