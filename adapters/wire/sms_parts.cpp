#include "adapters/wire/sms_parts.hpp"

#include "adapters/wire/sms_octets.hpp"
#include "adapters/wire/text.hpp"

#include <boost/assert.hpp>

namespace tertulia::adapters {

sms_part joinable(const message_part& part) {
    const auto* said = std::get_if<typed_text>(&part.message.content);
    return {
        .link = part.message.channel,
        .from = part.message.from.empty() ? std::string{} : part.message.from.front().value,
        .to = part.to,
        .reference = part.reference,
        .total = part.total,
        .number = part.number,
        .coding = part.coding,
        .id = part.message.id,
        .sent_at = part.message.sent_at,
        .payload = part.coding != 0 ? part.octets
                   : said == nullptr ? std::string{}
                                     : said->text};
}

inbound_message joined_message(const joined_sms& whole) {
    BOOST_ASSERT(!whole.parts.empty());
    const auto& first = whole.parts.front();
    std::string text;
    for (const auto& run : runs_of(whole)) {
        if (run.is_behind_gap) text += sms_gap_mark;
        text += run.coding == 0 ? run.payload : text_of_octets(run.payload, run.coding);
    }
    if (!whole.is_complete && whole.parts.back().number < first.total) text += sms_gap_mark;
    return {
        .channel = first.link,
        .id = first.id,
        .sent_at = first.sent_at,
        .from = {{identity_kind::phone, first.from}},
        .content = typed_text{clean_text(text, text_bytes_max)}};
}

}  // namespace tertulia::adapters
