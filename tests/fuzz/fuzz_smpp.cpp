// Any bytes from an SMSC: the frame reader, the decoder, what a delivery means, and a whole session
// keep their bounds. Seeds: tests/corpus/smpp.

#include "adapters/smpp/frame_reader.hpp"
#include "adapters/smpp/session.hpp"
#include "adapters/smpp/smpp.hpp"
#include "adapters/wire/sms_parts.hpp"

#include <cstdint>
#include <cstdlib>

namespace {

using namespace tertulia;
using namespace tertulia::adapters;

void require(bool holds) {
    if (!holds) std::abort();
}

const smpp::channel_settings channel{
    .name = "sms", .system_id = "gwtest", .password = "secret1", .from = "4040"};
constexpr instant noon = std::chrono::sys_days{std::chrono::year{2026} / 11 / 23};

void read_message(const smpp::message_body& body) {
    const auto read = smpp::deliver(body, "id", noon, channel);
    if (const auto* message = std::get_if<inbound_message>(&read)) {
        require(message->from.size() == 1);
        const auto* text = std::get_if<typed_text>(&message->content);
        require(text == nullptr || text->text.size() <= text_bytes_max);
    } else if (const auto* part = std::get_if<message_part>(&read)) {
        require(part->total >= 2 && part->number >= 1 && part->number <= part->total);
        const auto whole = joined_message({.parts = {joinable(*part)}});
        require(std::holds_alternative<typed_text>(whole.content));
    } else if (const auto* status = std::get_if<status_update>(&read)) {
        require(!status->message_id.empty());
    }
}

void read_frame(std::string_view frame) {
    const auto read = smpp::decode(frame);
    if (!read) return;
    if (const auto* body = std::get_if<smpp::message_body>(&read->body)) read_message(*body);
    if (const auto* body = std::get_if<smpp::data_body>(&read->body)) {
        read_message(smpp::as_message(*body));
    }
    if (read->status != smpp::status_ok) return;  // then encode() writes no body
    const auto again = smpp::encode(*read);
    if (again) require(smpp::decode(*again).has_value());
}

void play_session(std::string_view bytes) {
    smpp::session link{channel, 1};
    require(link.on_connected(noon).size() == 1);
    const std::string_view welcome{"\0\0\0\x10\x80\0\0\x09\0\0\0\0\0\0\0\x01", 16};
    require(!link.on_bytes(welcome, noon).empty() && link.is_bound());
    require(!link.send("a", {smpp::message_body{.text = "a"}}, noon).empty());
    std::size_t answers = 0;
    const auto count = [&answers](const smpp::actions& all) {
        for (const auto& one : all) {
            if (std::holds_alternative<smpp::answered>(one)) ++answers;
        }
    };
    count(link.on_bytes(bytes.substr(0, bytes.size() / 2), noon));
    count(link.on_bytes(bytes.substr(bytes.size() / 2), noon));
    count(link.on_tick(noon + std::chrono::hours{1}));
    count(link.on_closed(noon + std::chrono::hours{1}));
    require(answers == 1);  // once, whatever the SMSC does
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes{reinterpret_cast<const char*>(data), size};
    smpp::frame_reader reader;
    reader.append(bytes);
    while (true) {
        const auto frame = reader.next();
        if (!frame || !*frame) break;
        require((*frame)->size() >= smpp::header_octets);
        require((*frame)->size() <= smpp::frame_octets_max);
        read_frame(**frame);
    }
    play_session(bytes);
    return 0;
}
