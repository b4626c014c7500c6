#include "adapters/infobip/parts.hpp"
#include "adapters/wire/json_writer.hpp"
#include "adapters/wire/plain_text.hpp"
#include "adapters/wire/text.hpp"

#include <algorithm>
#include <array>

namespace tertulia::adapters::infobip {
namespace {

using namespace std::chrono_literals;
using writing = boost::system::error_code;  // of one part of the body; falsy: written

constexpr std::chrono::minutes validity_max = 48h;
constexpr std::array<std::string_view, 7> day_names{
    "SUNDAY", "MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY"};

void write_time(json_writer& json, std::string_view key, std::chrono::minutes since_midnight) {
    json.key(key).begin_object();
    json.key("hour").number(static_cast<double>(since_midnight / 1h));
    json.key("minute").number(static_cast<double>(since_midnight % 1h / 1min));
    json.end_object();
}

writing write_window(json_writer& json, const time_window& window) {
    if (window.from < 0min || window.to >= 24h || window.to - window.from < 1h) {
        return errc::bad_window;
    }
    json.key("deliveryTimeWindow").begin_object().key("days").begin_array();
    for (unsigned day = 1; day <= day_names.size(); ++day) {  // Monday first
        const std::chrono::weekday one{day % 7};
        const bool is_named =
            window.days.empty() || std::ranges::find(window.days, one) != window.days.end();
        if (is_named) json.text(day_names[one.c_encoding()]);
    }
    json.end_array();
    write_time(json, "from", window.from);
    write_time(json, "to", window.to);
    json.end_object();
    return {};
}

writing write_options(json_writer& json, const channel_settings& channel) {
    if (channel.validity <= 0min && !channel.window) return {};
    json.key("options").begin_object();
    if (channel.validity > 0min) {
        const auto minutes = std::min(channel.validity, validity_max).count();
        json.key("validityPeriod").begin_object();
        json.key("amount").number(static_cast<double>(minutes));
        json.member("timeUnit", "MINUTES").end_object();
    }
    if (channel.window) {
        if (const auto error = write_window(json, *channel.window)) return error;
    }
    json.end_object();
    return {};
}

void write_webhooks(
    json_writer& json, std::string_view outbox_id, const channel_settings& channel
) {
    if (channel.status_callback.empty() && outbox_id.empty()) return;
    json.key("webhooks").begin_object();
    if (!channel.status_callback.empty()) {
        json.key("delivery").begin_object().member("url", channel.status_callback);
        json.key("intermediateReport").boolean(true).end_object();
        json.member("contentType", "application/json");
    }
    if (!outbox_id.empty()) json.member("callbackData", outbox_id);
    json.end_object();
}

result<std::string> body_of(const outbound_message& what, const channel_settings& channel) {
    const auto to = phone_of(what.to.to.value);
    if (to.empty()) return errc::bad_recipient;
    auto text = plain_text(what.content);
    if (!text) return errc::not_possible;
    *text = sms_spelt(*text, channel.spelling);
    if (text->find_first_not_of(" \n\t") == std::string::npos) return errc::empty_content;
    if (utf16_units(*text) > text_units_max) return errc::too_long;
    if (what.callback_data.size() > callback_data_bytes_max / 2) return errc::too_long;

    json_writer json;
    json.begin_object().key("messages").begin_array().begin_object();
    json.member("sender", channel.sender).key("destinations").begin_array().begin_object();
    json.member("to", std::string_view{to}.substr(1));
    if (!what.callback_data.empty()) {
        json.member("messageId", message_id_of(what.callback_data, channel));
    }
    json.end_object().end_array();
    json.key("content").begin_object().member("text", *text);
    if (!channel.transliteration.empty()) json.member("transliteration", channel.transliteration);
    json.end_object();
    if (const auto error = write_options(json, channel)) return error;
    write_webhooks(json, what.callback_data, channel);
    json.end_object().end_array().end_object();
    return json.take();
}

}  // namespace

std::vector<outbound_message> split(outbound_message what, const channel_settings& channel) {
    return split_text(std::move(what), text_units_max, channel.spelling);
}

result<outbound_request> render(const outbound_message& what, const channel_settings& channel) {
    auto body = body_of(what, channel);
    if (!body) return body.error();
    outbound_request request;
    request.url = channel.api_base;
    while (request.url.ends_with('/')) request.url.pop_back();
    request.url += "/sms/3/messages";
    request.headers.emplace_back("Authorization", "App " + channel.api_key);
    request.headers.emplace_back("Content-Type", "application/json");
    request.headers.emplace_back("Accept", "application/json");
    request.body = std::move(*body);
    return request;
}

}  // namespace tertulia::adapters::infobip
