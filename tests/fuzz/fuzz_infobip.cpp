// Any bytes as a callback of Infobip, as a page of its lists and as its answer to a send: all of
// them answer within their bounds. Seeds: tests/corpus/infobip.

#include "adapters/infobip/infobip.hpp"

#include <cstdint>
#include <cstdlib>

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace tertulia;
    using namespace tertulia::adapters;
    static const infobip::channel_settings channel{
        .name = "sms", .path_secret = "zK2v8Qe1wR9tYb4uN6mP3aX7", .api_base = "https://x.example"};
    constexpr instant noon{std::chrono::hours{500'000}};
    const std::string_view input{reinterpret_cast<const char*>(data), size};

    require(!infobip::verify({.path = input, .signature = input, .body = input}, channel));
    if (const auto read = infobip::parse(input, channel, noon)) {
        for (const auto& broken : read->malformed) {
            require(!broken.reason.empty() && broken.raw_json.size() <= malformed_bytes_max);
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
    if (const auto page = infobip::parse_list(input, channel, noon)) {
        require(infobip::render_list_request(noon, page->next_page, channel).has_value());
    }
    for (const unsigned status : {200U, 400U, 500U}) {
        const auto judged = infobip::judge({.status = status, .body = std::string{input}});
        require(judged.reaction == adapters::reaction::accepted || !judged.reason.empty());
        require(judged.reaction != adapters::reaction::accepted || !judged.provider_id.empty());
    }
    return 0;
}
