// Any bytes as a callback, an answer, an inbox and a screen of Africa's Talking. Seeds:
// tests/corpus/africas_talking.

#include "adapters/africas_talking/africas_talking.hpp"

#include <cstdint>
#include <cstdlib>

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace tertulia;
    namespace at = adapters::africas_talking;
    static const at::channel_settings channel{.name = "sms", .username = "sandbox"};
    constexpr instant noon = std::chrono::sys_days{std::chrono::year{2026} / 11 / 23};
    const std::string_view bytes{reinterpret_cast<const char*>(data), size};

    if (const auto read = at::parse(bytes, noon, channel)) {
        require(read->events.size() + read->malformed.size() == 1);
        for (const auto& event : read->events) {
            const auto* message = std::get_if<inbound_message>(&event);
            require(message == nullptr || (!message->id.empty() && message->from.size() == 1));
        }
    }
    if (const auto list = at::parse_list(bytes, channel)) {
        for (const auto& message : list->received) require(!message.id.empty());
    }
    if (const auto step = at::parse_ussd(bytes)) {
        if (const auto* one = std::get_if<at::ussd_step>(&*step)) require(!one->phone.empty());
    }
    require(!at::judge({.status = 201, .body = std::string{bytes}}).reason.empty());

    std::string rest{bytes.substr(0, 2'000)};
    for (std::size_t screens = 0; !rest.empty(); ++screens) {
        require(screens <= 8'000);  // every screen gets further
        rest = at::show_ussd(rest, at::ussd_after::close, "98. Mas").rest;
    }
    return 0;
}
