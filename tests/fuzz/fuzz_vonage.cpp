// Any bytes as a callback of Vonage, as its token and as its answer to a send: all of them answer
// within their bounds, and nothing unsigned is accepted. Seeds: tests/corpus/vonage.

#include "adapters/vonage/vonage.hpp"

#include <cstdint>
#include <cstdlib>

namespace {

using namespace tertulia;
using namespace tertulia::adapters;

constexpr instant noon{std::chrono::hours{498'742}};

void require(bool holds) {
    if (!holds) std::abort();
}

void as_callback(const inbound_request& request, const vonage::channel_settings& channel) {
    require(!vonage::verify(request, channel, noon));
    const auto read = vonage::parse(request, channel, noon);
    if (!read) return;
    for (const auto& broken : read->malformed) {
        require(!broken.reason.empty() && broken.raw_json.size() <= malformed_bytes_max);
    }
    for (const auto& piece : read->parts) {
        require(piece.number >= 1 && piece.number <= piece.total && piece.total >= 2);
    }
    for (const auto& event : read->events) {
        if (const auto* message = std::get_if<inbound_message>(&event)) {
            require(!message->id.empty() && !message->from.empty());
            require(message->sent_at != instant{});
        } else if (const auto* status = std::get_if<status_update>(&event)) {
            require(!status->message_id.empty() && status->at != instant{});
        }
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const vonage::channel_settings channel{
        .name = "sms",
        .api_key = "abcd1234",
        .signature_secrets = {"zK2v8Qe1wR9tYb4uN6mP3aX7"},
        .freshness = std::chrono::hours{1'000'000}};
    const std::string_view input{reinterpret_cast<const char*>(data), size};
    const auto token = "Bearer " + std::string{input};
    as_callback({.method = "POST", .content_type = "application/json", .body = input}, channel);
    as_callback(
        {.method = "POST", .content_type = "x", .signature = token, .body = input}, channel
    );
    as_callback({.method = "GET", .query = input}, channel);
    for (const unsigned status : {200U, 202U, 422U, 500U}) {
        const auto judged = vonage::judge({.status = status, .body = std::string{input}});
        require(judged.reaction == adapters::reaction::accepted || !judged.reason.empty());
        require(judged.reaction != adapters::reaction::accepted || !judged.provider_id.empty());
    }
    return 0;
}
