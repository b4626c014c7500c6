// What parsing one callback gives, the same for every adapter.

#pragma once

#include "dialogs/message/inbound.hpp"
#include "dialogs/message/status.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace tertulia::adapters {

using inbound_event = std::variant<inbound_message, status_update, channel_notice>;

// An element we could not make sense of. It never takes the rest of its batch with it.
struct malformed {
    std::string reason{};    // ours, safe to log
    std::string raw_json{};  // at most malformed_bytes_max; holds what a person wrote: never log
};
inline constexpr std::size_t malformed_bytes_max = 4096;

// A piece of a long SMS. Pieces come in any order, now and then twice, some never; they belong
// together by sender, recipient and reference.
struct message_part {
    inbound_message message{};  // `id` is the piece's own, its content a typed_text
    std::string octets{};       // of it as they came, where half a letter may end a piece; else empty
    std::uint8_t coding{};      // of the octets, see sms_octets.hpp; 0: there are none
    std::string to{};           // our number, as the provider spells it
    std::uint16_t reference{};  // used again after a while
    std::uint8_t total{};       // 2 or more
    std::uint8_t number{};      // 1…total
};

// What the provider's own stop list made of a message, whatever its words. It has kept the choice
// and answered her already: record it, and send no confirmation of ours.
enum class stop_list_word : std::uint8_t { stop, start, help };
struct stop_list_entry {
    std::string message_id{};  // of one of `events`
    stop_list_word word{};
};

struct parsed {
    std::vector<inbound_event> events{};  // in the order of the body
    std::vector<adapters::malformed> malformed{};
    std::vector<message_part> parts{};  // of providers that hand long messages over in pieces
    std::vector<stop_list_entry> stop_list{};  // of providers that answer STOP themselves
};

// What a provider has on record, read after an outage to find what never reached us. Both halves
// are told apart from what is known by their ids; repeats are normal.
struct sent_message {
    std::string id{};             // the provider's
    std::string callback_data{};  // our outbox id where the provider keeps it, else empty
    std::optional<identity> to{};
    std::string text{};                       // to recognise a message we never got the id of
    instant at{};                             // when the provider took it
    std::optional<delivery_status> status{};  // nothing: one this version does not know
    int error_code{};
};

struct listed {
    std::vector<inbound_message> received{};
    std::vector<sent_message> sent{};
    std::vector<status_update> statuses{};  // of `sent`, as they would have come by callback
    std::vector<adapters::malformed> malformed{};
    std::string next_page{};  // for the next request; empty: this was the last
};

}  // namespace tertulia::adapters
