// What comes from the SMSC: messages, parts of messages, receipts.

#include "adapters/smpp/coding.hpp"
#include "adapters/smpp/receipt.hpp"
#include "adapters/smpp/smpp.hpp"
#include "adapters/wire/digest.hpp"
#include "adapters/wire/json_writer.hpp"
#include "adapters/wire/text.hpp"
#include "dialogs/message/sms/sender.hpp"
#include "dialogs/message/sms/user_data_header.hpp"

namespace tertulia::adapters::smpp {
namespace {

constexpr std::size_t id_bytes_max = 64;
constexpr std::size_t address_bytes_max = 32;

std::string_view octets_of(const message_body& what) {
    if (what.text.empty()) {
        if (const auto payload = tlv_in(what.tlvs, tag::message_payload)) return *payload;
    }
    return what.text;
}

std::optional<std::string> phone_of(const wire_address& from, const channel_settings& channel) {
    if (from.ton == ton_name) return std::nullopt;
    if (from.ton == ton_national && !channel.country_code.empty() && !from.text.starts_with('+')) {
        return sms_phone_of(channel.country_code + from.text);
    }
    return sms_phone_of(from.text);
}

std::optional<part_of_sms> sar_part(const std::vector<tlv>& tlvs) {
    const auto reference = number_in(tlvs, tag::sar_reference, 2);
    const auto total = number_in(tlvs, tag::sar_total, 1);
    const auto number = number_in(tlvs, tag::sar_number, 1);
    if (!reference || !total || !number) return std::nullopt;
    if (*number == 0 || *number > *total) return std::nullopt;
    return part_of_sms{
        .reference = static_cast<std::uint16_t>(*reference),
        .total = static_cast<std::uint8_t>(*total),
        .number = static_cast<std::uint8_t>(*number)};
}

channel_notice notice_of(
    std::string_view field,
    std::string_view summary,
    const message_body& what,
    const channel_settings& channel
) {
    json_writer raw;
    raw.begin_object().member("source", clean_text(what.source.text, address_bytes_max));
    raw.member("destination", clean_text(what.destination.text, address_bytes_max));
    raw.key("data_coding").number(what.data_coding);
    raw.member("octets", hex_of(octets_of(what).substr(0, malformed_bytes_max / 4))).end_object();
    return {
        .channel = channel.name,
        .field = std::string{field},
        .summary = std::string{summary},
        .raw_json = raw.take()};
}

delivered as_status(
    const receipt& read, const message_body& what, instant now, const channel_settings& channel
) {
    const auto* meaning = meaning_of(read.state);
    if (read.id.empty() || meaning == nullptr) {
        return notice_of("receipt", "a receipt in a dialect we do not know", what, channel);
    }
    status_update update{
        .channel = channel.name,
        .message_id = clean_text(receipt_id_of(read.id, channel.receipt_ids), id_bytes_max),
        .status = meaning->status,
        .at = now};  // the SMSC's own is in a time zone it does not name
    if (const auto phone = phone_of(what.source, channel)) {
        update.recipient.push_back({identity_kind::phone, *phone});
    }
    if (meaning->status == delivery_status::failed) {
        std::string details{meaning->name};
        if (!read.error.empty()) details += ", error " + read.error;
        update.errors.push_back(
            {.code = read.state, .details = std::move(details), .means = failure_of(meaning->failed)}
        );
    }
    return update;
}

}  // namespace

delivered deliver(
    const message_body& what, std::string_view id, instant now, const channel_settings& channel
) {
    auto octets = octets_of(what);
    user_data_header header;
    if ((what.esm_class & esm_has_header) != 0) {
        header = read_user_data_header(octets).value_or(user_data_header{});
        octets.remove_prefix(header.octets);
    }
    const auto in = alphabet_of(what.data_coding, channel.default_alphabet);
    if (const auto read = receipt_in(what, octets)) {  // its keys are ASCII in every coding but one
        if (in != octet_alphabet::ucs2) return as_status(*read, what, now, channel);
        const auto text = text_of_octets(octets, in, {});
        return as_status(receipt_in(what, text).value_or(*read), what, now, channel);
    }
    const auto phone = phone_of(what.source, channel);
    if (!phone) {
        return notice_of(
            "sender", "an SMS from no telephone number: nobody to answer", what, channel
        );
    }
    inbound_message message{
        .channel = channel.name,
        .id = std::string{id},
        .sent_at = now,
        .from = {{identity_kind::phone, *phone}}};
    if (in == octet_alphabet::binary) {
        message.content = unsupported_content{.what = "binary SMS"};
        return message;
    }
    message.content =
        typed_text{clean_text(text_of_octets(octets, in, header.tables), text_bytes_max)};
    const auto part = header.part ? header.part : sar_part(what.tlvs);
    if (part && part->total > 1) {
        return message_part{
            .message = std::move(message),
            .octets = std::string{octets},
            .coding = packed_coding(in, header.tables),
            .to = clean_text(what.destination.text, address_bytes_max),
            .reference = part->reference,
            .total = part->total,
            .number = part->number};
    }
    return message;
}

std::string fingerprint_of(const message_body& what) {
    std::string octets;
    const auto add = [&octets](std::string_view field) {
        octets += std::to_string(field.size()) + ":";
        octets += field;
    };
    add(what.source.text);
    add(what.destination.text);
    add({reinterpret_cast<const char*>(&what.esm_class), 1});
    add({reinterpret_cast<const char*>(&what.data_coding), 1});
    add(what.text);
    for (const auto& one : what.tlvs) {
        add(std::to_string(one.tag));
        add(one.value);
    }
    return hex_of(digest_of(hash_kind::sha256, octets)).substr(0, 32);
}

message_body as_message(data_body what) {
    return {
        .service_type = std::move(what.service_type),
        .source = std::move(what.source),
        .destination = std::move(what.destination),
        .esm_class = what.esm_class,
        .registered_delivery = what.registered_delivery,
        .data_coding = what.data_coding,
        .tlvs = std::move(what.tlvs)};
}

}  // namespace tertulia::adapters::smpp
