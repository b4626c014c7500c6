// What leaves for the SMSC.

#include "adapters/smpp/smpp.hpp"
#include "adapters/wire/plain_text.hpp"
#include "dialogs/message/e164.hpp"
#include "dialogs/message/sms/gsm7.hpp"
#include "dialogs/message/sms/sender.hpp"
#include "dialogs/message/sms/sms_length.hpp"
#include "dialogs/message/sms/ucs2.hpp"
#include "dialogs/message/sms/user_data_header.hpp"

#include <algorithm>

namespace tertulia::adapters::smpp {
namespace {

constexpr std::uint8_t coding_ucs2 = 0x08;

std::string without_plus(std::string_view phone) {
    return std::string{phone.substr(phone.starts_with('+') ? 1 : 0)};
}

result<wire_address> source_of(const channel_settings& channel) {
    const auto kind = sms_address_kind_of(channel.from);
    if (!kind) return errc::bad_sender;
    wire_address source{.text = channel.from};
    switch (*kind) {
        case sms_address_kind::e164:
            source = {ton_international, npi_e164, without_plus(channel.from)};
            break;
        case sms_address_kind::short_code:
            source.ton = ton_network;
            break;
        case sms_address_kind::name:
            source.ton = ton_name;
            break;
    }
    source.ton = channel.source_ton.value_or(source.ton);
    source.npi = channel.source_npi.value_or(source.npi);
    return source;
}

// "000001000000000R" of a day; at most 99 days.
std::string relative_time(std::chrono::minutes span) {
    if (span.count() <= 0) return {};
    const auto minutes = std::min<std::int64_t>(span.count(), 99LL * 24 * 60);
    const auto two = [](std::int64_t number) {
        return std::string{
            static_cast<char>('0' + number / 10), static_cast<char>('0' + number % 10)};
    };
    return "0000" + two(minutes / 1440) + two(minutes / 60 % 24) + two(minutes % 60) + "00000R";
}

std::size_t header_octets_of(long_form form) {
    return form == long_form::header_8_bit ? header_8_bit_octets : header_16_bit_octets;
}

struct coded {
    std::uint8_t data_coding{};
    std::string octets{};
};

// Where data_coding 0 is Latin-1, a letter must be in both: a septet of GSM 03.38 would be read as
// something else, and what only one of them has goes as UCS-2, all of it.
bool is_latin1(std::string_view text) {
    const auto units = ucs2_encoded(text);
    for (std::size_t at = 0; at < units.size(); at += 2) {
        if (units[at] != '\0') return false;
    }
    return true;
}

// The alphabet is known to fit.
coded coded_as(std::string_view text, sms_alphabet in, default_alphabet of_zero) {
    if (in == sms_alphabet::ucs2) return {coding_ucs2, ucs2_encoded(text)};
    if (of_zero == default_alphabet::gsm7) return {0, gsm7_encoded(text).value_or(std::string{})};
    const auto units = ucs2_encoded(text);
    std::string octets;
    for (std::size_t at = 1; at < units.size(); at += 2) octets += units[at];
    return {0, octets};
}

bool wants_receipt(const channel_settings& channel, std::size_t number, std::size_t total) {
    return channel.receipts == receipts::every_part ||
           (channel.receipts == receipts::last_part && number == total);
}

std::string octets_2(std::uint16_t value) {
    return {static_cast<char>(value >> 8U), static_cast<char>(value & 0xFFU)};
}

void mark_part(message_body& body, const part_of_sms& part, long_form form) {
    if (form == long_form::sar) {
        body.tlvs.push_back({tag::sar_reference, octets_2(part.reference)});
        body.tlvs.push_back({tag::sar_total, std::string(1, static_cast<char>(part.total))});
        body.tlvs.push_back({tag::sar_number, std::string(1, static_cast<char>(part.number))});
        return;
    }
    body.esm_class = esm_has_header;
    body.text.insert(0, header_of_part(part, header_octets_of(form)));
}

}  // namespace

pdu bind_of(const channel_settings& channel) {
    const auto id = [&] {
        switch (channel.bind) {
            case bind_kind::transmitter:
                return command::bind_transmitter;
            case bind_kind::receiver:
                return command::bind_receiver;
            case bind_kind::transceiver:
                break;
        }
        return command::bind_transceiver;
    }();
    return {
        .id = id,
        .body = bind_body{
            .system_id = channel.system_id,
            .password = channel.password,
            .system_type = channel.system_type}};
}

result<std::vector<message_body>> render(
    const outbound_message& what, const channel_settings& channel, std::uint16_t reference
) {
    const auto& to = what.to.to;
    if (to.kind != identity_kind::phone || !is_e164(to.value)) return errc::bad_recipient;
    const auto source = source_of(channel);
    if (!source) return source.error();
    const auto plain = plain_text(what.content);
    if (!plain) return errc::not_possible;
    const auto text = sms_spelt(*plain, channel.spelling);
    if (text.empty()) return errc::empty_content;
    const bool needs_ucs2 =
        channel.default_alphabet == default_alphabet::latin1 && !is_latin1(text);
    const auto cut = sms_cut_of(
        text,
        header_octets_of(channel.long_form),
        needs_ucs2 ? sms_alphabet::ucs2 : sms_alphabet::gsm7
    );
    const auto total = cut.parts.size();
    if (total > channel.parts_max || total > sms_parts_max) return errc::too_long;

    message_body like{
        .service_type = channel.service_type,
        .source = *source,
        .destination = {ton_international, npi_e164, without_plus(to.value)},
        .validity = relative_time(channel.validity)};
    std::vector<message_body> bodies;
    if (total > 1 && channel.long_form == long_form::payload) {
        auto [coding, octets] = coded_as(text, cut.alphabet, channel.default_alphabet);
        like.data_coding = coding;
        like.registered_delivery = wants_receipt(channel, 1, 1) ? 1 : 0;
        like.tlvs.push_back({tag::message_payload, std::move(octets)});
        bodies.push_back(std::move(like));
        return bodies;
    }
    for (std::size_t number = 1; number <= total; ++number) {
        auto body = like;
        auto [coding, octets] =
            coded_as(cut.parts[number - 1], cut.alphabet, channel.default_alphabet);
        body.data_coding = coding;
        body.text = std::move(octets);
        body.registered_delivery = wants_receipt(channel, number, total) ? 1 : 0;
        if (total > 1) {
            const part_of_sms part{
                .reference = reference,
                .total = static_cast<std::uint8_t>(total),
                .number = static_cast<std::uint8_t>(number)};
            mark_part(body, part, channel.long_form);
        }
        bodies.push_back(std::move(body));
    }
    return bodies;
}

}  // namespace tertulia::adapters::smpp
