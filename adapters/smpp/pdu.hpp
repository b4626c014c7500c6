// SMPP 3.4 on the wire: one frame, one value, both ways. Strict in what it writes, tolerant in what
// it reads: a response without its body, fields beyond the standard's length and unknown or broken
// TLVs are all sent by real SMSCs.

#pragma once

#include "adapters/smpp/errc.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace tertulia::adapters::smpp {

// Types of number, numbering plan and the flag of a user data header, SMPP 3.4 5.2.5, 5.2.6, 5.2.12.
inline constexpr std::uint8_t ton_international = 1;
inline constexpr std::uint8_t ton_national = 2;
inline constexpr std::uint8_t ton_network = 3;
inline constexpr std::uint8_t ton_name = 5;
inline constexpr std::uint8_t npi_e164 = 1;
inline constexpr std::uint8_t esm_has_header = 0x40;

inline constexpr std::size_t header_octets = 16;
inline constexpr std::size_t frame_octets_max = 64 * 1024;
inline constexpr std::uint32_t sequence_max = 0x7FFFFFFF;
inline constexpr std::size_t short_message_octets_max = 254;

enum class command : std::uint32_t {
    bind_receiver = 0x1,
    bind_transmitter = 0x2,
    submit_sm = 0x4,
    deliver_sm = 0x5,
    unbind = 0x6,
    bind_transceiver = 0x9,
    enquire_link = 0x15,
    data_sm = 0x103,
    generic_nack = 0x80000000,
    bind_receiver_resp = 0x80000001,
    bind_transmitter_resp = 0x80000002,
    submit_sm_resp = 0x80000004,
    deliver_sm_resp = 0x80000005,
    unbind_resp = 0x80000006,
    bind_transceiver_resp = 0x80000009,
    enquire_link_resp = 0x80000015,
    data_sm_resp = 0x80000103,
};

[[nodiscard]] constexpr command response_to(command request) noexcept {
    return static_cast<command>(static_cast<std::uint32_t>(request) | 0x80000000U);
}
[[nodiscard]] constexpr bool is_response(command id) noexcept {
    return (static_cast<std::uint32_t>(id) & 0x80000000U) != 0;
}

// command_status: those we write, and those the session itself must know.
inline constexpr std::uint32_t status_ok = 0x00;
inline constexpr std::uint32_t status_bad_command_length = 0x02;
inline constexpr std::uint32_t status_bad_command = 0x03;
inline constexpr std::uint32_t status_already_bound = 0x05;
inline constexpr std::uint32_t status_queue_full = 0x14;
inline constexpr std::uint32_t status_throttled = 0x58;
inline constexpr std::uint32_t status_try_again = 0x64;  // ESME_RX_T_APPN

namespace tag {
inline constexpr std::uint16_t receipted_message_id = 0x001E;
inline constexpr std::uint16_t user_message_reference = 0x0204;
inline constexpr std::uint16_t source_port = 0x020A;
inline constexpr std::uint16_t destination_port = 0x020B;
inline constexpr std::uint16_t sar_reference = 0x020C;
inline constexpr std::uint16_t sar_total = 0x020E;
inline constexpr std::uint16_t sar_number = 0x020F;
inline constexpr std::uint16_t interface_version = 0x0210;
inline constexpr std::uint16_t network_error = 0x0423;
inline constexpr std::uint16_t message_payload = 0x0424;
inline constexpr std::uint16_t message_state = 0x0427;
}  // namespace tag

struct tlv {
    std::uint16_t tag{};
    std::string value{};
    auto operator<=>(const tlv&) const = default;
};

// The value of the first of that tag.
[[nodiscard]] std::optional<std::string_view> tlv_in(
    const std::vector<tlv>& all, std::uint16_t tag
) noexcept;
// The same as a number of `octets` octets; nothing if it has another length.
[[nodiscard]] std::optional<std::uint32_t> number_in(
    const std::vector<tlv>& all, std::uint16_t tag, std::size_t octets
) noexcept;

struct wire_address {
    std::uint8_t ton{};  // 0 unknown, 1 international, 2 national, 3 network, 5 name, 6 abbreviated
    std::uint8_t npi{};  // 0 unknown, 1 E.164
    std::string text{};  // at most 20 octets
    auto operator<=>(const wire_address&) const = default;
};

struct bind_body {
    std::string system_id{};    // at most 15
    std::string password{};     // at most 8: a secret
    std::string system_type{};  // at most 12
    std::uint8_t interface_version{0x34};
    wire_address range{};  // at most 40
    auto operator<=>(const bind_body&) const = default;
};

struct bind_answer {
    std::string system_id{};
    std::vector<tlv> tlvs{};
    auto operator<=>(const bind_answer&) const = default;
};

// submit_sm and deliver_sm.
struct message_body {
    std::string service_type{};  // at most 5
    wire_address source{};
    wire_address destination{};
    std::uint8_t esm_class{};  // 40h: the text begins with a user data header
    std::uint8_t protocol_id{};
    std::uint8_t priority{};
    std::string schedule{};  // empty or 16 octets, "YYMMDDhhmmsstnnp"
    std::string validity{};  // the same, or relative: "000001000000000R" is a day
    std::uint8_t registered_delivery{};
    std::uint8_t replace_if_present{};
    std::uint8_t data_coding{};
    std::uint8_t default_message_id{};
    std::string text{};  // octets in data_coding, at most 254
    std::vector<tlv> tlvs{};
    auto operator<=>(const message_body&) const = default;
};

// data_sm: a message with everything else in TLVs.
struct data_body {
    std::string service_type{};
    wire_address source{};
    wire_address destination{};
    std::uint8_t esm_class{};
    std::uint8_t registered_delivery{};
    std::uint8_t data_coding{};
    std::vector<tlv> tlvs{};
    auto operator<=>(const data_body&) const = default;
};

// submit_sm_resp, deliver_sm_resp, data_sm_resp.
struct message_answer {
    std::string message_id{};  // empty in ours, and on error
    std::vector<tlv> tlvs{};
    auto operator<=>(const message_answer&) const = default;
};

struct pdu {
    command id{};
    std::uint32_t status{};    // 0 in requests
    std::uint32_t sequence{};  // 1 to sequence_max
    // Nothing for unbind, enquire_link, their responses and generic_nack.
    std::variant<std::monostate, bind_body, bind_answer, message_body, data_body, message_answer>
        body{};
    auto operator<=>(const pdu&) const = default;
};

struct pdu_header {
    std::uint32_t length{};
    std::uint32_t id{};
    std::uint32_t status{};
    std::uint32_t sequence{};
};

// Of the first header_octets, which must be there.
[[nodiscard]] pdu_header header_of(std::string_view frame) noexcept;

// One whole frame. bad_length, unknown_command or bad_body.
[[nodiscard]] result<pdu> decode(std::string_view frame);

// A body that does not belong to the command is our own mistake. field_too_long, or too_long for a
// text or frame beyond all bounds. With an error status no body is written, whatever there is.
[[nodiscard]] result<std::string> encode(const pdu& what);

}  // namespace tertulia::adapters::smpp
