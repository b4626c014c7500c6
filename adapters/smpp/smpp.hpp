// SMPP 3.4 straight to an operator: a message into submit_sm, a deliver_sm into a message, a part
// or a receipt. Pure, as the rest of the folder: pdu.hpp is the wire, session.hpp what a connection
// does when; the socket is the gateway's.
//
// The order of a callback: session says `received`, deliver() says what it is, the gateway stores
// it, then session::acknowledge(). The order of a send: render(), session::send(), and its
// `answered`.
//
// Set TCP_NODELAY on the socket: without it a window of one sends a thirtieth as fast.

#pragma once

#include "adapters/smpp/errc.hpp"
#include "adapters/smpp/pdu.hpp"
#include "adapters/wire/parsed.hpp"
#include "adapters/wire/verdict.hpp"
#include "dialogs/message/outbound.hpp"
#include "dialogs/message/sms/transliteration.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace tertulia::adapters::smpp {

// Ask the operator for each of these; the defaults are the usual answers.
enum class bind_kind : std::uint8_t { transceiver, transmitter, receiver };
enum class transport : std::uint8_t { plain, tls };  // plain: the password is read by who listens
enum class default_alphabet : std::uint8_t {         // of data_coding 0
    gsm7,                                            // a septet an octet
    latin1,
};
enum class long_form : std::uint8_t {  // of a message of several parts
    header_8_bit,                      // 153 septets a part
    header_16_bit,                     // 152
    sar,                               // TLVs, 152
    payload,                           // one PDU, message_payload: the SMSC cuts it
};
enum class receipts : std::uint8_t { none, last_part, every_part };
enum class receipt_ids : std::uint8_t {  // how a receipt spells the id of submit_sm_resp
    same,
    decimal,  // there hexadecimal, here decimal
    hex,      // there decimal, here hexadecimal
};

struct channel_settings {
    std::string name{};  // the channel's name in the config
    std::string host{};
    std::uint16_t port{2775};  // 3550 is usual for TLS
    smpp::transport transport{};
    std::string certificate_authorities{};  // of TLS, a PEM file; empty: the system's
    std::string system_id{};
    std::string password{};
    std::string system_type{};
    bind_kind bind{};
    std::string from{};                        // a number, a short code, or a name
    std::optional<std::uint8_t> source_ton{};  // else 1 for a number, 3 for a short code, 5
    std::optional<std::uint8_t> source_npi{};  // else 1 for a number, 0
    std::string service_type{};
    std::string country_code{};  // digits, before what comes in as a national number (TON 2)
    smpp::default_alphabet default_alphabet{};
    smpp::long_form long_form{};
    smpp::receipts receipts{smpp::receipts::last_part};
    smpp::receipt_ids receipt_ids{};
    std::chrono::minutes validity{};  // then the SMSC drops it; 0: as long as the SMSC likes
    std::size_t parts_max{6};
    sms_spelling spelling{sms_spelling::plain};

    std::size_t window{10};  // submits without their answer
    double per_second{};     // the contracted rate; 0: none
    std::chrono::milliseconds answer_within{std::chrono::seconds{30}};
    std::chrono::milliseconds enquire_after{std::chrono::seconds{30}};  // of silence
    std::chrono::milliseconds enquire_within{std::chrono::seconds{15}};
};

// The bind our settings ask for.
[[nodiscard]] pdu bind_of(const channel_settings& channel);

// --- Sending -------------------------------------------------------------------------------------

// The submit_sm of each part, in order. `reference` tells the parts of one message from those of
// the next: count it up.
[[nodiscard]] result<std::vector<message_body>> render(
    const outbound_message& what, const channel_settings& channel, std::uint16_t reference
);

// What a command_status means. Throttling is a state of the channel and comes from the session only
// when a message is given up.
[[nodiscard]] verdict judge(std::uint32_t status);

// The same for a failed receipt's code, its message_state.
[[nodiscard]] verdict reaction_to(int message_state);

// The id of submit_sm_resp as verdicts and receipts both spell it: no leading zeros, capital
// digits.
[[nodiscard]] std::string message_id_of(std::string_view answered);

// --- Receiving -----------------------------------------------------------------------------------

// What a deliver_sm is. A part has its octets as they came, for half a letter may stand at its end.
using delivered = std::variant<inbound_message, status_update, message_part, channel_notice>;

// `id` is the session's for this delivery: SMPP has none. `now` stands for the time it was sent,
// which SMPP does not say.
[[nodiscard]] delivered deliver(
    const message_body& what, std::string_view id, instant now, const channel_settings& channel
);

// What an SMSC would send again if we did not acknowledge it: equal for the same deliver_sm,
// whatever its sequence number.
[[nodiscard]] std::string fingerprint_of(const message_body& what);

// data_sm as the deliver_sm it stands for.
[[nodiscard]] message_body as_message(data_body what);

}  // namespace tertulia::adapters::smpp
