#include "adapters/twilio/message.hpp"

#include "adapters/wire/digest.hpp"
#include "adapters/wire/text.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace tertulia::adapters::twilio {
namespace {

constexpr std::size_t media_max = 10;
constexpr std::size_t coded_text_bytes_min = 60;

std::optional<double> degrees(std::string_view text, double most) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    if (!(std::abs(value) <= most)) return std::nullopt;
    return value;
}

// A long SMS now and then arrives as an MMS whose text is base64. No one types sixty letters of it
// without a blank, and what is no clean text when decoded stays as it is.
std::string decoded_if_coded(std::string text) {
    if (text.size() < coded_text_bytes_min) return text;
    const auto plain = from_base64(text);
    if (!plain || plain->empty() || clean_text(*plain, plain->size() * 3) != *plain) return text;
    const bool has_controls = std::ranges::any_of(*plain, [](char byte) {
        return static_cast<unsigned char>(byte) < 0x20 && byte != '\n' && byte != '\r' &&
               byte != '\t';
    });
    return has_controls ? text : *plain;
}

std::string text_of(const form_fields& fields, channel_kind kind) {
    auto text = clean_text(value_in(fields, "Body"), text_bytes_max);
    return kind == channel_kind::sms ? decoded_if_coded(std::move(text)) : text;
}

std::vector<received_media> media_of(const form_fields& fields, std::string_view caption) {
    std::vector<received_media> all;
    const auto count = std::min<std::size_t>(
        static_cast<std::size_t>(code_in(value_in(fields, "NumMedia"))), media_max
    );
    for (std::size_t index = 0; index < count; ++index) {
        const auto number = std::to_string(index);
        auto type = clean_text(value_in(fields, "MediaContentType" + number), name_bytes_max);
        received_media one{
            .kind = media_kind_of(type),
            .url = clean_text(value_in(fields, "MediaUrl" + number), url_bytes_max),
            .mime_type = std::move(type),
            .caption = all.empty() ? std::string{caption} : std::string{}};
        if (!one.url.empty()) all.push_back(std::move(one));
    }
    return all;
}

// A tap on a quick reply, a template's button or a row of a list.
std::optional<inbound_content> tap_of(const form_fields& fields) {
    for (const auto& [id, title] :
         {std::pair{"ButtonPayload", "ButtonText"}, std::pair{"ListId", "ListTitle"}}) {
        tapped_choice tapped{
            .id = clean_text(value_in(fields, id), name_bytes_max),
            .title = clean_text(value_in(fields, title), name_bytes_max)};
        if (!tapped.id.empty()) return tapped;
        if (!tapped.title.empty()) return typed_text{std::move(tapped.title)};
    }
    return std::nullopt;
}

struct place {
    std::optional<inbound_content> content{};
    bool is_wrong{};
};

place place_of(const form_fields& fields) {
    if (!has_field(fields, "Latitude") && !has_field(fields, "Longitude")) return {};
    const auto latitude = degrees(value_in(fields, "Latitude"), 90);
    const auto longitude = degrees(value_in(fields, "Longitude"), 180);
    if (!latitude || !longitude) return {.is_wrong = true};
    auto name = clean_text(value_in(fields, "Label"), text_bytes_max);
    return {
        .content = shared_location{
            .latitude = *latitude,
            .longitude = *longitude,
            .name = std::move(name),
            .place_address = clean_text(value_in(fields, "Address"), text_bytes_max)}};
}

// Types whose whole meaning stands in Body or in fields read here. "interactive" without one of
// those fields (a form that came back…) is kept whole, as is any type we do not know.
bool is_plain_type(std::string_view type) {
    return type.empty() || type == "text" || type == "button";
}

std::optional<referral> referral_of(const form_fields& fields) {
    referral from{
        .source_type = clean_text(value_in(fields, "ReferralSourceType"), name_bytes_max),
        .source_id = clean_text(value_in(fields, "ReferralSourceId"), name_bytes_max),
        .source_url = clean_text(value_in(fields, "ReferralSourceUrl"), url_bytes_max),
        .headline = clean_text(value_in(fields, "ReferralHeadline"), name_bytes_max),
        .click_id = clean_text(value_in(fields, "ReferralCtwaClid"), name_bytes_max)};
    if (from.source_type.empty() && from.source_id.empty() && from.source_url.empty()) {
        return std::nullopt;
    }
    return from;
}

// On WhatsApp best first: the number's id, then the user id. Each field may hold either.
std::vector<identity> senders(const form_fields& fields, channel_kind kind) {
    std::vector<identity> all;
    if (kind == channel_kind::whatsapp) add_identity(all, value_in(fields, "WaId"), kind);
    for (const auto* name : {"From", "ExternalUserId"}) {
        const auto address = address_in(value_in(fields, name));
        if (is_of_kind(address, kind)) add_identity(all, address.value, kind);
    }
    std::ranges::stable_sort(all, {}, &identity::kind);
    return all;
}

}  // namespace

std::string message_id_in(const form_fields& fields) {
    for (const auto* name : {"MessageSid", "SmsMessageSid", "SmsSid"}) {
        const auto id = value_in(fields, name);
        if (!id.empty() && id.size() <= id_bytes_max) return clean_text(id, id_bytes_max);
    }
    return {};
}

std::string id_of_part(std::string_view id, std::size_t index) {
    return index == 0 ? std::string{id} : std::string{id} + "/" + std::to_string(index);
}

read_messages read_message(
    const form_fields& fields, const channel_settings& channel, instant received_at
) {
    const auto is_true = [&](std::string_view name) { return value_in(fields, name) == "true"; };
    inbound_message message{
        .channel = channel.name,
        .id = message_id_in(fields),
        .sent_at = received_at,
        .from = senders(fields, channel.kind),
        .profile_name = clean_text(value_in(fields, "ProfileName"), name_bytes_max),
        .reply_to_id = clean_text(value_in(fields, "OriginalRepliedMessageSid"), id_bytes_max),
        .forwarded = is_true("Forwarded") || is_true("FrequentlyForwarded"),
        .came_from = referral_of(fields)};
    if (message.id.empty()) return {.wrong = "a message without an id"};

    const auto text = text_of(fields, channel.kind);
    auto spot = place_of(fields);
    if (spot.is_wrong) return {.wrong = "a location without a place on Earth"};
    const auto media = media_of(fields, text);
    const auto type = value_in(fields, "MessageType");
    read_messages read;
    if (auto tapped = tap_of(fields)) {
        message.content = std::move(*tapped);
    } else if (spot.content) {
        message.content = std::move(*spot.content);
    } else if (!media.empty()) {
        for (std::size_t index = 0; index < media.size(); ++index) {
            auto& one = read.messages.emplace_back(message);
            one.id = id_of_part(message.id, index);
            one.content = media[index];
        }
        return read;
    } else if (code_in(value_in(fields, "NumMedia")) > 0) {
        message.content = unsupported_content{.what = "media without an address"};
    } else if (is_plain_type(type) || !text.empty()) {
        message.content = typed_text{text};
    } else {
        message.content = unknown_content{
            .type = clean_text(type, name_bytes_max), .raw_json = to_json(fields, raw_bytes_max)};
    }
    read.messages.push_back(std::move(message));
    return read;
}

}  // namespace tertulia::adapters::twilio
