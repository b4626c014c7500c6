// Any bytes as a callback of WhatsApp: parse() answers and keeps its bounds. Seeds:
// tests/corpus/whatsapp_cloud.

#include "adapters/whatsapp_cloud/account.hpp"
#include "adapters/whatsapp_cloud/groups.hpp"
#include "adapters/whatsapp_cloud/whatsapp_cloud.hpp"

#include <cstdint>
#include <cstdlib>

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace tertulia;
    static const adapters::whatsapp_cloud::channel_settings channel{
        .name = "whatsapp", .phone_number_id = "106540352242922"};
    const std::string_view body{reinterpret_cast<const char*>(data), size};
    const auto read = adapters::whatsapp_cloud::parse(body, channel);
    if (!read) return 0;
    for (const auto& broken : read->malformed) {
        require(!broken.reason.empty());
        require(broken.raw_json.size() <= adapters::whatsapp_cloud::malformed_bytes_max);
    }
    for (const auto& event : read->events) {
        if (const auto* message = std::get_if<inbound_message>(&event)) {
            require(!message->id.empty() && !message->from.empty());
            require(message->sent_at != instant{});
            const auto* text = std::get_if<typed_text>(&message->content);
            require(text == nullptr || text->text.size() <= text_bytes_max);
            require(text == nullptr || text->text.find('\0') == std::string::npos);
        } else if (const auto* status = std::get_if<status_update>(&event)) {
            require(!status->message_id.empty() && status->at != instant{});
        } else if (const auto* notice = std::get_if<channel_notice>(&event)) {
            const auto group = adapters::whatsapp_cloud::read_group_event(*notice);
            require(!group || !adapters::whatsapp_cloud::key_of(*group).empty());
            // What it says of the account is readable or nothing, whatever it is.
            const auto said = adapters::whatsapp_cloud::read_account_event(notice->field, notice->raw_json);
            const auto* of = std::get_if<adapters::whatsapp_cloud::template_status_change>(&said);
            require(of == nullptr || !of->name.empty());
        }
    }
    return 0;
}
