#include "adapters/vonage/vonage.hpp"
#include "adapters/wire/digest.hpp"
#include "adapters/wire/form.hpp"
#include "adapters/wire/json_writer.hpp"
#include "adapters/wire/plain_text.hpp"
#include "adapters/wire/text.hpp"
#include "dialogs/message/e164.hpp"
#include "dialogs/message/sms/sms_length.hpp"

#include <algorithm>

namespace tertulia::adapters::vonage {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view sms_base = "https://rest.nexmo.com";
constexpr std::string_view messages_base = "https://api.nexmo.com";
constexpr std::chrono::seconds validity_min = 20s;
constexpr std::chrono::seconds validity_max = 7 * 24h;

// Vonage has to be told when a text goes beyond the GSM alphabet.
bool is_gsm(std::string_view text) {
    return sms_length_of(text).alphabet == sms_alphabet::gsm7;
}

struct sms {
    std::string to{};  // digits
    std::string text{};
    std::string_view outbox_id{};
};

result<sms> sms_of(const outbound_message& what, const channel_settings& channel) {
    const std::string_view value = what.to.to.value;
    if (!is_e164(value)) return errc::bad_recipient;
    auto text = plain_text(what.content);
    if (!text) return errc::not_possible;
    *text = sms_spelt(clean_text(*text, text->size() * 3), channel.spelling);
    if (text->find_first_not_of(" \n\t") == std::string::npos) return errc::empty_content;
    if (utf16_units(*text) > text_units_max) return errc::too_long;
    if (what.callback_data.size() > client_ref_bytes_max) return errc::too_long;
    return sms{
        .to = std::string{value.substr(1)},
        .text = std::move(*text),
        .outbox_id = what.callback_data};
}

std::chrono::seconds validity_of(const channel_settings& channel) {
    return std::clamp(channel.validity, validity_min, validity_max);
}

std::string url_of(const channel_settings& channel, std::string_view usual, std::string_view path) {
    std::string url{channel.api_base.empty() ? usual : std::string_view{channel.api_base}};
    while (url.ends_with('/')) url.pop_back();
    return url + std::string{path};
}

outbound_request by_sms_api(const sms& what, const channel_settings& channel) {
    form_writer form;
    form.add("api_key", channel.api_key).add("api_secret", channel.api_secret);
    form.add("from", channel.from).add("to", what.to).add("text", what.text);
    if (!is_gsm(what.text)) form.add("type", "unicode");
    if (channel.validity > 0s) {
        const std::chrono::milliseconds lives = validity_of(channel);
        form.add("ttl", std::to_string(lives.count()));
    }
    if (!channel.status_callback.empty()) form.add("callback", channel.status_callback);
    if (!what.outbox_id.empty()) form.add("client-ref", what.outbox_id);
    outbound_request request{.url = url_of(channel, sms_base, "/sms/json")};
    request.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
    request.body = form.take();
    return request;
}

outbound_request by_messages_api(const sms& what, const channel_settings& channel) {
    json_writer json;
    json.begin_object().member("message_type", "text").member("text", what.text);
    json.member("to", what.to).member("from", channel.from).member("channel", "sms");
    if (!what.outbox_id.empty()) json.member("client_ref", what.outbox_id);
    if (channel.validity > 0s) {
        json.key("ttl").number(static_cast<double>(validity_of(channel).count()));
    }
    if (!channel.status_callback.empty()) {
        json.member("webhook_url", channel.status_callback).member("webhook_version", "v1");
    }
    json.end_object();
    outbound_request request{.url = url_of(channel, messages_base, "/v1/messages")};
    request.headers.emplace_back(
        "Authorization", basic_credentials(channel.api_key, channel.api_secret)
    );
    request.headers.emplace_back("Content-Type", "application/json");
    request.headers.emplace_back("Accept", "application/json");
    request.body = json.take();
    return request;
}

}  // namespace

std::vector<outbound_message> split(outbound_message what, const channel_settings& channel) {
    return split_text(std::move(what), text_units_max, channel.spelling);
}

result<outbound_request> render(const outbound_message& what, const channel_settings& channel) {
    const auto said = sms_of(what, channel);
    if (!said) return said.error();
    return channel.api == sending_api::sms ? by_sms_api(*said, channel)
                                           : by_messages_api(*said, channel);
}

}  // namespace tertulia::adapters::vonage
