#include "adapters/infobip/parts.hpp"
#include "adapters/infobip/reactions.hpp"
#include "adapters/wire/text.hpp"
#include "adapters/wire/timestamp.hpp"
#include "dialogs/message/e164.hpp"

#include <boost/system/error_category.hpp>

#include <algorithm>
#include <utility>

namespace tertulia::adapters::infobip {
namespace {

class category final : public boost::system::error_category {
public:
    [[nodiscard]] const char* name() const noexcept override { return "infobip"; }
    [[nodiscard]] std::string message(int code) const override {
        switch (static_cast<errc>(code)) {
            case errc::not_json:
                return "the body is not valid JSON in UTF-8 of bearable depth";
            case errc::not_infobip:
                return "the body has no results of Infobip";
            case errc::bad_page:
                return "the next page is none of this list";
            case errc::bad_recipient:
                return "no phone number to send to";
            case errc::empty_content:
                return "there is nothing to say in it";
            case errc::too_long:
                return "it is beyond the length of one message";
            case errc::not_possible:
                return "an SMS cannot say it";
            case errc::bad_window:
                return "the delivery window is not within a day or shorter than an hour";
        }
        return "unknown error";
    }
};

std::string clean_at(json_object in, std::string_view key, std::size_t bytes_max) {
    return clean_text(text_at(in, key), bytes_max);
}

// The first of these that is a time.
instant time_in(json_object in, std::initializer_list<std::string_view> keys, instant otherwise) {
    for (const auto key : keys) {
        if (const auto at = read_iso_time(text_at(in, key))) return *at;
    }
    return otherwise;
}

channel_notice notice(
    const channel_settings& channel, std::string_view field, std::string summary, json_object raw
) {
    return {
        .channel = channel.name,
        .field = std::string{field},
        .summary = std::move(summary),
        .raw_json = to_json(raw)};
}

problem read_element(
    json_object element, const channel_settings& channel, instant received_at, parsed& to
) {
    if (!is_report(element)) {
        inbound_message message;
        if (const auto wrong = read_message(element, channel, received_at, message);
            !wrong.empty()) {
            return wrong;
        }
        if (message.from.empty()) {
            to.events.emplace_back(
                notice(channel, "message", "from a short code or a name: no person", element)
            );
        } else {
            to.events.emplace_back(std::move(message));
        }
        return {};
    }
    const auto status = object_at(element, "status");
    if (!status) return "a status that is not an object";
    if (!status_in(*status)) {
        const auto what = "a status this version does not know: " + clean_at(*status, "name", 64);
        to.events.emplace_back(notice(channel, "status", what, element));
        return {};
    }
    status_update update;
    const auto wrong = read_report(element, channel, received_at, update);
    if (wrong.empty()) to.events.emplace_back(std::move(update));
    return wrong;
}

}  // namespace

boost::system::error_code make_error_code(errc code) noexcept {
    static const category ours;
    return {static_cast<int>(code), ours};
}

// "Delivered" to the operator alone is on its way, not there.
std::optional<delivery_status> status_in(json_object status) {
    constexpr int waiting_at_operator = 3;
    constexpr int en_route = 7;
    constexpr int at_operator = 2;
    const int code = code_in(status);
    auto group = integer_at(status, "groupId").value_or(-1);
    if (group == -1 && text_at(status, "groupName") == "ACCEPTED") group = 0;
    switch (group) {
        case 0:
            return delivery_status::accepted;
        case 1:
            return code == waiting_at_operator || code == en_route ? delivery_status::sent
                                                                   : delivery_status::accepted;
        case 3:
            return code == at_operator ? delivery_status::sent : delivery_status::delivered;
        case 2:
        case 4:
        case 5:
            return delivery_status::failed;
        default:
            return std::nullopt;
    }
}

int code_in(json_object status) {
    const auto id = integer_at(status, "id");
    return id && *id > 0 && std::in_range<int>(*id) ? static_cast<int>(*id) : 0;
}

bool is_report(json_object element) {
    return value_at(element, "status").has_value();
}

std::string phone_of(std::string_view digits) {
    if (digits.starts_with('+')) digits.remove_prefix(1);
    auto phone = "+" + std::string{digits};
    return is_e164(phone) ? phone : std::string{};
}

std::string message_id_of(std::string_view outbox_id, const channel_settings& channel) {
    return outbox_id.empty() ? std::string{} : channel.name + "-" + std::string{outbox_id};
}

std::string_view outbox_id_in(std::string_view message_id, const channel_settings& channel) {
    const auto start = channel.name + "-";
    return message_id.starts_with(start) ? message_id.substr(start.size()) : std::string_view{};
}

problem read_message(
    json_object element, const channel_settings& channel, instant received_at, inbound_message& into
) {
    into.channel = channel.name;
    into.id = clean_at(element, "messageId", id_bytes_max);
    if (into.id.empty()) return "a message without an id";
    into.sent_at = time_in(element, {"receivedAt"}, received_at);
    if (auto phone = phone_of(text_at(element, "from")); !phone.empty()) {
        into.from = {{identity_kind::phone, std::move(phone)}};
    }
    const auto text = value_at(element, "text");
    if (!text || !text->is_string()) {
        if (text && !text->is_null()) return "a message whose text is not one";
        into.content =
            unknown_content{.type = "message without text", .raw_json = to_json(element)};
        return {};
    }
    into.content = typed_text{clean_at(element, "text", text_bytes_max)};
    return {};
}

problem read_report(
    json_object element, const channel_settings& channel, instant received_at, status_update& into
) {
    into.channel = channel.name;
    into.message_id = clean_at(element, "messageId", id_bytes_max);
    if (into.message_id.empty()) return "a report without an id";
    const auto status = object_at(element, "status");
    const auto known = status ? status_in(*status) : std::nullopt;
    if (!known) return "a report without a status";
    into.status = *known;
    into.at = time_in(element, {"doneAt", "sentAt"}, received_at);
    into.callback_data = clean_at(element, "callbackData", callback_data_bytes_max);
    if (into.callback_data.empty()) into.callback_data = outbox_id_in(into.message_id, channel);
    for (const auto* key : {"to", "destination"}) {
        auto phone = phone_of(text_at(element, key));
        if (!phone.empty() && into.recipient.empty()) {
            into.recipient = {{identity_kind::phone, std::move(phone)}};
        }
    }
    if (const auto price = object_at(element, "price")) into.pricing_json = to_json(*price);
    if (into.status != delivery_status::failed) return {};
    auto details = clean_at(*status, "name", details_bytes_max);
    if (const auto error = object_at(element, "error")) {
        const auto name = clean_at(*error, "name", details_bytes_max);
        if (!name.empty() && name != "NO_ERROR") {
            details += ", " + name + (flag_at(*error, "permanent") ? " for good" : "");
        }
    }
    into.errors.push_back({.code = code_in(*status),
         .details = std::move(details),
         .means = failure_of(rule_of(code_in(*status)))});
    return {};
}

result<parsed> parse(std::string_view body, const channel_settings& channel, instant received_at) {
    thread_local json_reader reader;  // scratch memory only
    const auto document = reader.read(body);
    if (!document) return errc::not_json;
    const auto root = as_object(*document);
    const auto results = root ? array_at(*root, "results") : std::nullopt;
    if (!results) return errc::not_infobip;
    parsed all;
    for (const json_value element : *results) {
        const auto object = as_object(element);
        const auto wrong = object ? read_element(*object, channel, received_at, all)
                                  : problem{"something that is not an object"};
        if (wrong.empty()) continue;
        all.malformed.push_back(
            {.reason = std::string{wrong},
             .raw_json = clean_text(to_json(element), malformed_bytes_max)}
        );
    }
    return all;
}

}  // namespace tertulia::adapters::infobip
