// Delivery receipts, in the dialects SMSCs speak: text of "key:value" in any order and case, TLVs,
// or both; ids in decimal where the answer was hexadecimal, or the other way about.
//
// Internal to this folder.

#pragma once

#include "adapters/smpp/smpp.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tertulia::adapters::smpp {

struct receipt {
    std::string id{};      // as the SMSC wrote it
    std::uint8_t state{};  // message_state, 1 to 8; 0: it said none we know
    std::string error{};   // its digits; empty: none
};

// Nothing if the message is no receipt, by its esm_class and TLVs. TLVs go before the text.
[[nodiscard]] std::optional<receipt> receipt_in(const message_body& what, std::string_view text);

// The receipt's id spelt as message_id_of() spells the answer's.
[[nodiscard]] std::string receipt_id_of(std::string_view written, receipt_ids how);

struct state_meaning {
    std::uint8_t state;
    std::string_view name;  // as in the text
    delivery_status status;
    reaction failed;  // what to do about it, of those that are failures
    std::string_view reason;
};
// Null for a state SMPP has not.
[[nodiscard]] const state_meaning* meaning_of(int state) noexcept;

}  // namespace tertulia::adapters::smpp
