// Any bytes as a callback of Twilio, as a page of its list and as its answer to a send: all of them
// answer within their bounds, and nothing unsigned is accepted. Seeds: tests/corpus/twilio.

#include "adapters/twilio/twilio.hpp"

#include <cstdint>
#include <cstdlib>

namespace {

using namespace tertulia;
using namespace tertulia::adapters;

constexpr instant noon{std::chrono::hours{500'000}};

void require(bool holds) {
    if (!holds) std::abort();
}

void check(const inbound_message& message) {
    require(!message.id.empty() && !message.from.empty() && message.sent_at != instant{});
    const auto* text = std::get_if<typed_text>(&message.content);
    require(text == nullptr || text->text.size() <= text_bytes_max);
    require(text == nullptr || text->text.find('\0') == std::string::npos);
}

void check(const std::vector<malformed>& all) {
    for (const auto& broken : all) {
        require(!broken.reason.empty() && broken.raw_json.size() <= malformed_bytes_max);
    }
}

void as_callback(const inbound_request& request, const twilio::channel_settings& channel) {
    require(!twilio::verify(request, channel));
    const auto read = twilio::parse(request, channel, noon);
    if (!read) return;
    check(read->malformed);
    for (const auto& event : read->events) {
        if (const auto* message = std::get_if<inbound_message>(&event)) check(*message);
        if (const auto* status = std::get_if<status_update>(&event)) {
            require(!status->message_id.empty() && status->at != instant{});
        }
    }
}

void as_answer(std::string_view body, const twilio::channel_settings& channel) {
    if (const auto page = twilio::parse_list(body, channel)) {
        check(page->malformed);
        for (const auto& message : page->received) {
            check(message);
            (void)twilio::parse_media_list(body, message, channel);
        }
        require(
            page->next_page.empty() || twilio::render_list_request(noon, page->next_page, channel)
        );
    }
    (void)twilio::parse_media_list(body, {.id = "SM1"}, channel);
    (void)twilio::fetch_media_request(body, channel);
    for (const unsigned status : {201U, 400U, 500U}) {
        const auto judged = twilio::judge({.status = status, .body = std::string{body}});
        require(judged.reason.size() < 256);
        require(judged.reaction == adapters::reaction::accepted || !judged.reason.empty());
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input{reinterpret_cast<const char*>(data), size};
    for (const auto kind : {channel_kind::sms, channel_kind::whatsapp}) {
        const twilio::channel_settings channel{
            .name = "t",
            .kind = kind,
            .account_sid = "AC00000000000000000000000000000001",
            .auth_tokens = {"zK2v8Qe1wR9tYb4uN6mP3aX7"},
            .from = "+15005550006",
            .public_url = "https://gw.example.org"};
        const auto signature = input.substr(0, 28);
        as_callback(
            {.method = "POST",
             .path = "/x",
             .query = "mid=1",
             .content_type = "application/x-www-form-urlencoded",
             .signature = signature,
             .body = input},
            channel
        );
        as_callback(
            {.method = "POST",
             .path = "/x",
             .content_type = "application/json",
             .signature = signature,
             .body = input},
            channel
        );
        as_callback(
            {.method = "GET", .path = "/x", .query = input, .signature = signature}, channel
        );
        as_answer(input, channel);
    }
    return 0;
}
