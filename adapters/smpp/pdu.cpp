#include "adapters/smpp/pdu.hpp"

#include "adapters/smpp/octets.hpp"

#include <boost/assert.hpp>

#include <algorithm>

namespace tertulia::adapters::smpp {
namespace {

// Lengths of C-strings, their NUL counted.
constexpr std::size_t system_id_max = 16;
constexpr std::size_t password_max = 9;
constexpr std::size_t system_type_max = 13;
constexpr std::size_t range_max = 41;
constexpr std::size_t service_type_max = 6;
constexpr std::size_t address_max = 21;
constexpr std::size_t data_address_max = 65;
constexpr std::size_t time_max = 17;
constexpr std::size_t message_id_max = 65;

bind_body read_bind(octet_reader& from) {
    bind_body body;
    body.system_id = from.c_string();
    body.password = from.c_string();
    body.system_type = from.c_string();
    body.interface_version = from.octet();
    body.range = from.address();
    return body;
}

message_body read_message(octet_reader& from) {
    message_body body;
    body.service_type = from.c_string();
    body.source = from.address();
    body.destination = from.address();
    body.esm_class = from.octet();
    body.protocol_id = from.octet();
    body.priority = from.octet();
    body.schedule = from.c_string();
    body.validity = from.c_string();
    body.registered_delivery = from.octet();
    body.replace_if_present = from.octet();
    body.data_coding = from.octet();
    body.default_message_id = from.octet();
    body.text = from.octets(from.octet());
    body.tlvs = from.tlvs();
    return body;
}

data_body read_data(octet_reader& from) {
    data_body body;
    body.service_type = from.c_string();
    body.source = from.address();
    body.destination = from.address();
    body.esm_class = from.octet();
    body.registered_delivery = from.octet();
    body.data_coding = from.octet();
    body.tlvs = from.tlvs();
    return body;
}

message_answer read_message_answer(octet_reader& from) {
    message_answer body;
    if (from.is_at_end()) return body;
    body.message_id = from.c_string();
    body.tlvs = from.tlvs();
    return body;
}

bind_answer read_bind_answer(octet_reader& from) {
    bind_answer body;
    if (from.is_at_end()) return body;
    body.system_id = from.c_string();
    body.tlvs = from.tlvs();
    return body;
}

// False: not a command of ours.
bool read_body(octet_reader& from, pdu& into) {
    switch (into.id) {
        case command::bind_receiver:
        case command::bind_transmitter:
        case command::bind_transceiver:
            into.body = read_bind(from);
            return true;
        case command::bind_receiver_resp:
        case command::bind_transmitter_resp:
        case command::bind_transceiver_resp:
            into.body = read_bind_answer(from);
            return true;
        case command::submit_sm:
        case command::deliver_sm:
            into.body = read_message(from);
            return true;
        case command::data_sm:
            into.body = read_data(from);
            return true;
        case command::submit_sm_resp:
        case command::deliver_sm_resp:
        case command::data_sm_resp:
            into.body = read_message_answer(from);
            return true;
        case command::unbind:
        case command::unbind_resp:
        case command::enquire_link:
        case command::enquire_link_resp:
        case command::generic_nack:
            return true;
    }
    return false;
}

struct body_writer {
    octet_writer& to;

    void operator()(const std::monostate&) const {}
    void operator()(const bind_body& body) const {
        to.c_string(body.system_id, system_id_max);
        to.c_string(body.password, password_max);
        to.c_string(body.system_type, system_type_max);
        to.octet(body.interface_version);
        to.address(body.range, range_max);
    }
    void operator()(const bind_answer& body) const {
        to.c_string(body.system_id, system_id_max);
        to.tlvs(body.tlvs);
    }
    void operator()(const message_body& body) const {
        to.c_string(body.service_type, service_type_max);
        to.address(body.source, address_max);
        to.address(body.destination, address_max);
        to.octet(body.esm_class);
        to.octet(body.protocol_id);
        to.octet(body.priority);
        to.c_string(body.schedule, time_max);
        to.c_string(body.validity, time_max);
        to.octet(body.registered_delivery);
        to.octet(body.replace_if_present);
        to.octet(body.data_coding);
        to.octet(body.default_message_id);
        to.octet(static_cast<std::uint8_t>(body.text.size()));
        to.octets(body.text);
        to.tlvs(body.tlvs);
    }
    void operator()(const data_body& body) const {
        to.c_string(body.service_type, service_type_max);
        to.address(body.source, data_address_max);
        to.address(body.destination, data_address_max);
        to.octet(body.esm_class);
        to.octet(body.registered_delivery);
        to.octet(body.data_coding);
        to.tlvs(body.tlvs);
    }
    void operator()(const message_answer& body) const {
        to.c_string(body.message_id, message_id_max);
        to.tlvs(body.tlvs);
    }
};

// Whether the body is the one its command has.
bool belongs(const pdu& what) {
    octet_reader nothing{{}};
    pdu like{.id = what.id};
    return read_body(nothing, like) && like.body.index() == what.body.index();
}

}  // namespace

std::optional<std::string_view> tlv_in(const std::vector<tlv>& all, std::uint16_t tag) noexcept {
    const auto found = std::ranges::find(all, tag, &tlv::tag);
    if (found == all.end()) return std::nullopt;
    return found->value;
}

std::optional<std::uint32_t> number_in(
    const std::vector<tlv>& all, std::uint16_t tag, std::size_t octets
) noexcept {
    const auto value = tlv_in(all, tag);
    if (!value || value->size() != octets || octets > 4) return std::nullopt;
    std::uint32_t number = 0;
    for (const char octet : *value) number = number << 8U | static_cast<std::uint8_t>(octet);
    return number;
}

pdu_header header_of(std::string_view frame) noexcept {
    octet_reader from{frame};
    pdu_header header;
    header.length = from.octets_4();
    header.id = from.octets_4();
    header.status = from.octets_4();
    header.sequence = from.octets_4();
    return header;
}

result<pdu> decode(std::string_view frame) {
    if (frame.size() < header_octets || frame.size() > frame_octets_max) return errc::bad_length;
    const auto header = header_of(frame);
    if (header.length != frame.size()) return errc::bad_length;
    pdu read{
        .id = static_cast<command>(header.id),
        .status = header.status,
        .sequence = header.sequence};
    octet_reader from{frame.substr(header_octets)};
    if (!read_body(from, read)) return errc::unknown_command;
    const bool says_no = is_response(read.id) && read.status != status_ok;  // its body is nothing
    if (from.ended_early() && !says_no) return errc::bad_body;
    return read;
}

result<std::string> encode(const pdu& what) {
    BOOST_ASSERT(what.status != status_ok || belongs(what));
    if (const auto* message = std::get_if<message_body>(&what.body)) {
        if (message->text.size() > short_message_octets_max) return errc::too_long;
    }
    octet_writer to;
    to.octets_4(0);  // the length, once it is known
    to.octets_4(static_cast<std::uint32_t>(what.id));
    to.octets_4(what.status);
    to.octets_4(what.sequence);
    if (what.status == status_ok) std::visit(body_writer{to}, what.body);
    if (to.is_too_long()) return errc::field_too_long;
    auto& written = to.written();
    if (written.size() > frame_octets_max) return errc::too_long;
    const auto length = static_cast<std::uint32_t>(written.size());
    for (std::size_t at = 0; at < 4; ++at) {
        written[at] = static_cast<char>(length >> (24U - 8U * at) & 0xFFU);
    }
    return std::move(written);
}

}  // namespace tertulia::adapters::smpp
