// Any bytes as the query of a callback of Kannel and as an answer of its sendsms. Seeds:
// tests/corpus/kannel.

#include "adapters/kannel/kannel.hpp"

#include <cstdint>
#include <cstdlib>

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace tertulia;
    static const adapters::kannel::channel_settings channel{
        .name = "sms",
        .from = "4040",
        .callback_url = "http://127.0.0.1:8080/webhooks/sms",
        .path_secret = "c7f3"};
    const std::string_view bytes{reinterpret_cast<const char*>(data), size};

    if (const auto read = adapters::kannel::parse(bytes, channel, {})) {
        require(read->events.size() + read->malformed.size() + read->parts.size() == 1);
        for (const auto& broken : read->malformed) {
            require(!broken.reason.empty());
            require(broken.raw_json.size() <= adapters::malformed_bytes_max);
        }
        for (const auto& event : read->events) {
            if (const auto* message = std::get_if<inbound_message>(&event)) {
                require(!message->id.empty() && message->from.size() == 1);
                require(message->sent_at != instant{});
                const auto* text = std::get_if<typed_text>(&message->content);
                require(text == nullptr || text->text.size() <= text_bytes_max);
            } else if (const auto* status = std::get_if<status_update>(&event)) {
                require(!status->callback_data.empty());
            }
        }
        for (const auto& part : read->parts) {
            require(part.total >= 2 && part.number >= 1 && part.number <= part.total);
        }
    }
    require(!adapters::kannel::judge({.status = 202, .body = std::string{bytes}}).reason.empty());
    const outbound_message said{
        .to = {"sms", {identity_kind::phone, "+50212345678"}},
        .callback_data = "01HZX",
        .content = say_text{.text = std::string{bytes}}};
    if (const auto request = adapters::kannel::render(said, channel)) {
        require(request->url.find_first_of(" \r\n") == std::string::npos);
    }
    return 0;
}
