// What leaves for AT, and what its answers mean.

#include "adapters/africas_talking/africas_talking.hpp"
#include "adapters/africas_talking/reactions.hpp"
#include "adapters/wire/form.hpp"
#include "adapters/wire/json_view.hpp"
#include "adapters/wire/json_writer.hpp"
#include "adapters/wire/plain_text.hpp"
#include "adapters/wire/text.hpp"
#include "dialogs/message/e164.hpp"
#include "dialogs/message/sms/sender.hpp"
#include "dialogs/message/sms/sms_length.hpp"

#include <utility>

namespace tertulia::adapters::africas_talking {
namespace {

constexpr std::size_t sent_id_bytes_max = 128;

class category final : public boost::system::error_category {
public:
    [[nodiscard]] const char* name() const noexcept override { return "africas_talking"; }
    [[nodiscard]] std::string message(int code) const override {
        switch (static_cast<errc>(code)) {
            case errc::not_a_form:
                return "the body is not a form";
            case errc::not_ours:
                return "the form is no callback of Africa's Talking for this address";
            case errc::not_a_list:
                return "not an answer to a list request";
            case errc::bad_recipient:
                return "no telephone number to send to";
            case errc::bad_sender:
                return "the sender is no short code or name of at most 11 letters";
            case errc::empty_content:
                return "there is nothing to say in it";
            case errc::too_long:
                return "it takes more parts than the channel allows";
            case errc::not_possible:
                return "SMS has no such message";
        }
        return "unknown error";
    }
};

result<std::string> words_of(const outbound_message& what, const channel_settings& channel) {
    const auto plain = plain_text(what.content);
    if (!plain) return errc::not_possible;
    auto text = sms_spelt(*plain, channel.spelling);
    if (text.empty()) return errc::empty_content;
    if (sms_length_of(text).segments > channel.parts_max) return errc::too_long;
    return text;
}

outbound_request request_of(const channel_settings& channel) {
    outbound_request request;
    request.headers = {{"apiKey", channel.api_key}, {"Accept", "application/json"}};
    return request;
}

std::string json_body(std::string_view to, std::string_view text, const channel_settings& channel) {
    json_writer json;
    json.begin_object().member("username", channel.username);
    json.key("phoneNumbers").begin_array().text(to).end_array().member("message", text);
    if (!channel.from.empty()) json.member("senderId", channel.from);
    json.key("enqueue").number(1).end_object();
    return json.take();
}

std::string form_body(std::string_view to, std::string_view text, const channel_settings& channel) {
    form_writer form;
    form.add("username", channel.username).add("to", to).add("message", text);
    if (!channel.from.empty()) form.add("from", channel.from);
    return form.add("bulkSMSMode", "1").add("enqueue", "1").take();
}

verdict by_code(int code) {
    if (const auto* rule = rule_of(code)) return by_rule(*rule, code);
    return {.reaction = reaction::refuse, .code = code, .reason = "a status code we do not know"};
}

// Sends are not idempotent: what a 5xx did with the message nobody knows.
verdict by_status(unsigned status) {
    const auto as = [status](reaction what, std::string_view why, int tries_max) {
        return verdict{
            .reaction = what,
            .reason = std::string{why} + " (HTTP " + std::to_string(status) + ")",
            .tries_max = tries_max};
    };
    if (status == 401 || status == 403) {
        return as(reaction::stop_channel, "username or API key not accepted", 0);
    }
    if (status == 429) return as(reaction::slow_channel, "too many requests", while_it_lives);
    if (status >= 500) return as(reaction::unsure, "the provider is in trouble", 0);
    if (status >= 400) return as(reaction::refuse, "refused without a code", 0);
    return as(reaction::ask_operator, "not an answer of this API: check api_base", 0);
}

verdict judge_recipient(json_object recipient) {
    const auto number = integer_at(recipient, "statusCode");
    int code = number && std::in_range<int>(*number) ? static_cast<int>(*number) : 0;
    if (code == 0) code = code_named(text_at(recipient, "status"));
    auto judged = by_code(code);
    judged.recipient_id = clean_text(text_at(recipient, "number"), sent_id_bytes_max);
    if (judged.reaction != reaction::accepted) return judged;
    judged.code = 0;
    judged.provider_id = clean_text(text_at(recipient, "messageId"), sent_id_bytes_max);
    if (judged.provider_id.empty() || judged.provider_id == "None") {
        // Most likely sent: to send it again on a guess would be worse than to ask.
        return {
            .reaction = reaction::ask_operator, .reason = "taken, but the answer names no message"};
    }
    return judged;
}

}  // namespace

boost::system::error_code make_error_code(errc code) noexcept {
    static const category ours;
    return {static_cast<int>(code), ours};
}

result<outbound_request> render(const outbound_message& what, const channel_settings& channel) {
    const auto& to = what.to.to;
    if (to.kind != identity_kind::phone || !is_e164(to.value)) return errc::bad_recipient;
    if (!channel.from.empty() && !sms_address_kind_of(channel.from)) return errc::bad_sender;
    const auto text = words_of(what, channel);
    if (!text) return text.error();
    auto request = request_of(channel);
    const bool is_json = channel.form == send_form::json;
    request.url = channel.api_base + (is_json ? "/version1/messaging/bulk" : "/version1/messaging");
    request.headers.emplace_back(
        "Content-Type", is_json ? "application/json" : "application/x-www-form-urlencoded"
    );
    request.body =
        is_json ? json_body(to.value, *text, channel) : form_body(to.value, *text, channel);
    return request;
}

verdict judge(const provider_response& answer) {
    thread_local json_reader reader;  // scratch memory only
    const auto document = reader.read(answer.body);
    const auto root = document ? as_object(*document) : std::nullopt;
    const auto data = root ? object_at(*root, "SMSMessageData") : std::nullopt;
    const bool good = answer.status >= 200 && answer.status < 300;
    verdict judged = by_status(answer.status);
    if (good && data) {
        if (const auto recipients = array_at(*data, "Recipients")) {
            for (const json_value element : *recipients) {
                if (const auto recipient = as_object(element)) return judge_recipient(*recipient);
            }
        }
        // Without a recipient the reason stands in its place: "InvalidSenderId".
        if (const int code = code_named(text_at(*data, "Message")); code != 0) {
            return by_code(code);
        }
    }
    obey_retry_after(judged, answer.retry_after);
    return judged;
}

verdict reaction_to(int code) {
    return by_code(code);
}

outbound_request render_list_request(const channel_settings& channel, std::string_view after) {
    auto request = request_of(channel);
    request.method = "GET";
    form_writer query;
    query.add("username", channel.username).add("lastReceivedId", after.empty() ? "0" : after);
    request.url = channel.api_base + "/version1/messaging?" + query.take();
    return request;
}

}  // namespace tertulia::adapters::africas_talking
