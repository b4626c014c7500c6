#include "adapters/vonage/vonage.hpp"
#include "adapters/vonage/reactions.hpp"
#include "adapters/wire/callback_fields.hpp"
#include "adapters/wire/json_view.hpp"
#include "adapters/wire/text.hpp"
#include "adapters/wire/timestamp.hpp"
#include "dialogs/message/e164.hpp"

#include <boost/system/error_category.hpp>

#include <charconv>
#include <optional>

namespace tertulia::adapters::vonage {
namespace {

constexpr std::size_t id_bytes_max = 128;
constexpr std::size_t details_bytes_max = 512;
constexpr std::size_t raw_bytes_max = 16'384;
constexpr std::size_t url_bytes_max = 2048;
constexpr int parts_max = 255;

class category final : public boost::system::error_category {
public:
    [[nodiscard]] const char* name() const noexcept override { return "vonage"; }
    [[nodiscard]] std::string message(int code) const override {
        switch (static_cast<errc>(code)) {
            case errc::not_a_form:
                return "the body is neither a form nor a JSON object";
            case errc::not_vonage:
                return "the body is no message or status of Vonage";
            case errc::bad_recipient:
                return "no phone number to send to";
            case errc::empty_content:
                return "there is nothing to say in it";
            case errc::too_long:
                return "it is beyond the length of one message";
            case errc::not_possible:
                return "an SMS cannot say it";
        }
        return "unknown error";
    }
};

// What every reader below needs.
struct callback {
    const form_fields& fields;
    const channel_settings& channel;
    instant received_at{};

    [[nodiscard]] std::string_view at(std::string_view name) const {
        return value_in(fields, name);
    }
    [[nodiscard]] std::string clean(std::string_view name, std::size_t bytes_max) const {
        return clean_text(at(name), bytes_max);
    }
    [[nodiscard]] instant time(std::string_view name) const {
        return read_iso_time(at(name)).value_or(received_at);
    }
};

void notice(const callback& from, std::string_view field, std::string summary, parsed& to) {
    to.events.emplace_back(channel_notice{
        .channel = from.channel.name,
        .field = std::string{field},
        .summary = std::move(summary),
        .raw_json = to_json(from.fields, raw_bytes_max)});
}

void report(const callback& from, std::string_view reason, parsed& to) {
    to.malformed.push_back(
        {.reason = std::string{reason}, .raw_json = to_json(from.fields, malformed_bytes_max)}
    );
}

std::vector<identity> person(std::string_view digits) {
    if (digits.starts_with('+')) digits.remove_prefix(1);
    auto phone = "+" + std::string{digits};
    if (!is_e164(phone)) return {};
    return {{identity_kind::phone, std::move(phone)}};
}

std::optional<int> number_in(std::string_view text) {
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

// Both APIs' words.
std::optional<delivery_status> status_named(std::string_view name) {
    if (name == "submitted" || name == "accepted" || name == "buffered") {
        return delivery_status::sent;
    }
    if (name == "delivered") return delivery_status::delivered;
    if (name == "read") return delivery_status::read;
    if (name == "expired" || name == "failed" || name == "rejected" || name == "undeliverable") {
        return delivery_status::failed;
    }
    return std::nullopt;
}

void unknown_status(const callback& from, parsed& to) {
    notice(from, "status", "a status this version does not know: " + from.clean("status", 64), to);
}

// --- SMS API -------------------------------------------------------------------------------------

void read_sms_status(const callback& from, parsed& to) {
    const auto known = status_named(from.at("status"));
    if (!known) return unknown_status(from, to);
    status_update status{
        .channel = from.channel.name,
        .message_id = from.clean("messageId", id_bytes_max),
        .status = *known,
        .at = from.time("message-timestamp"),
        .callback_data = from.clean("client-ref", client_ref_bytes_max),
        .recipient = person(from.at("msisdn"))};
    if (status.message_id.empty()) return report(from, "a status without an id", to);
    if (status.status == delivery_status::failed) {
        status.errors.push_back(
            {.code = number_in(from.at("err-code")).value_or(0),
             .details = from.clean("status", 64)}
        );
        status.errors.back().means = failure_of(rule_of_status(status.errors.back().code));
    }
    to.events.emplace_back(std::move(status));
}

void read_piece(const callback& from, inbound_message message, parsed& to) {
    const auto reference = number_in(from.at("concat-ref"));
    const auto total = number_in(from.at("concat-total"));
    const auto number = number_in(from.at("concat-part"));
    const bool good = reference && total && number && *reference >= 0 && *reference <= 0xFFFF &&
                      *total >= 2 && *total <= parts_max && *number >= 1 && *number <= *total;
    if (!good) return report(from, "a piece of a long message without its place in it", to);
    to.parts.push_back(
        {.message = std::move(message),
         .to = from.clean("to", id_bytes_max),
         .reference = static_cast<std::uint16_t>(*reference),
         .total = static_cast<std::uint8_t>(*total),
         .number = static_cast<std::uint8_t>(*number)}
    );
}

void read_sms_message(const callback& from, parsed& to) {
    inbound_message message{
        .channel = from.channel.name,
        .id = from.clean("messageId", id_bytes_max),
        .sent_at = from.time("message-timestamp"),
        .from = person(from.at("msisdn"))};
    if (message.id.empty()) return report(from, "a message without an id", to);
    if (message.from.empty()) {
        return notice(from, "message", "from a short code or a name: no person", to);
    }
    if (from.at("type") == "binary") {
        message.content = unsupported_content{.what = "a binary SMS"};
    } else {
        message.content = typed_text{from.clean("text", text_bytes_max)};
    }
    if (from.at("concat") == "true") return read_piece(from, std::move(message), to);
    to.events.emplace_back(std::move(message));
}

// --- Messages API --------------------------------------------------------------------------------

// "https://…/api-errors/messages#1120": the number is also the title of older ones.
int code_of_error(json_object error) {
    const auto type = text_at(error, "type");
    const auto mark = type.rfind('#');
    if (mark != std::string_view::npos) {
        if (const auto code = number_in(type.substr(mark + 1))) return *code;
    }
    return number_in(text_at(error, "title")).value_or(0);
}

void read_status(const callback& from, json_object root, parsed& to) {
    const auto known = status_named(from.at("status"));
    if (!known) return unknown_status(from, to);
    status_update status{
        .channel = from.channel.name,
        .message_id = from.clean("message_uuid", id_bytes_max),
        .status = *known,
        .at = from.time("timestamp"),
        .callback_data = from.clean("client_ref", client_ref_bytes_max),
        .recipient = person(from.at("to"))};
    if (status.message_id.empty()) return report(from, "a status without an id", to);
    if (const auto usage = object_at(root, "usage")) status.pricing_json = to_json(*usage);
    if (status.status == delivery_status::failed) {
        const auto error = object_at(root, "error");
        status.errors.push_back(
            {.code = error ? code_of_error(*error) : 0,
             .details = error ? clean_text(text_at(*error, "detail"), details_bytes_max)
                              : from.clean("status", 64)}
        );
        status.errors.back().means = failure_of(rule_of_status(status.errors.back().code));
    }
    to.events.emplace_back(std::move(status));
}

std::optional<media_kind> media_named(std::string_view type) {
    if (type == "image") return media_kind::image;
    if (type == "video") return media_kind::video;
    if (type == "audio") return media_kind::audio;
    if (type == "file" || type == "vcard") return media_kind::document;
    return std::nullopt;
}

inbound_content content_of(const callback& from, json_object root) {
    const auto type = from.clean("message_type", 64);
    if (type == "text") return typed_text{from.clean("text", text_bytes_max)};
    if (const auto kind = media_named(type)) {
        const auto media = object_at(root, type);
        auto url = clean_text(media ? text_at(*media, "url") : "", url_bytes_max);
        if (url.empty()) return unsupported_content{.what = "media without an address"};
        return received_media{
            .kind = *kind,
            .url = std::move(url),
            .caption = clean_text(text_at(*media, "caption"), text_bytes_max),
            .file_name = safe_file_name(text_at(*media, "name"))};
    }
    return unknown_content{.type = type, .raw_json = to_json(root)};
}

void read_message(const callback& from, json_object root, parsed& to) {
    inbound_message message{
        .channel = from.channel.name,
        .id = from.clean("message_uuid", id_bytes_max),
        .sent_at = from.time("timestamp"),
        .from = person(from.at("from"))};
    if (message.id.empty()) return report(from, "a message without an id", to);
    if (message.from.empty()) {
        return notice(from, "message", "from a short code or a name: no person", to);
    }
    message.content = content_of(from, root);
    to.events.emplace_back(std::move(message));
}

void read_messages_api(const callback& from, std::string_view body, parsed& to) {
    thread_local json_reader reader;  // scratch memory only
    const auto document = reader.read(body);
    const auto root = document ? as_object(*document) : std::nullopt;
    if (!root) return report(from, "not a JSON object", to);
    const auto kind = from.at("channel");
    if (!kind.empty() && kind != "sms" && kind != "mms") {
        return notice(from, "message", "for another kind of channel", to);
    }
    if (has_field(from.fields, "status")) return read_status(from, *root, to);
    read_message(from, *root, to);
}

}  // namespace

boost::system::error_code make_error_code(errc code) noexcept {
    static const category ours;
    return {static_cast<int>(code), ours};
}

result<parsed> parse(
    const inbound_request& request, const channel_settings& channel, instant received_at
) {
    const auto fields = callback_fields(request);
    if (!fields) return errc::not_a_form;
    const callback from{.fields = *fields, .channel = channel, .received_at = received_at};
    parsed all;
    const auto key = from.at("api-key");
    if (!key.empty() && key != channel.api_key) {
        notice(from, "message", "for an account this channel does not have", all);
    } else if (has_field(*fields, "message_uuid")) {
        read_messages_api(from, request.body, all);
    } else if (has_field(*fields, "msisdn") && has_field(*fields, "status")) {
        read_sms_status(from, all);
    } else if (has_field(*fields, "msisdn")) {
        read_sms_message(from, all);
    } else {
        return errc::not_vonage;
    }
    return all;
}

}  // namespace tertulia::adapters::vonage
