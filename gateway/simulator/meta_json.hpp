// What Meta's platform writes, byte for byte where it matters: webhook bodies with everything
// outside ASCII escaped as \uXXXX in lower case, their signature, and the error envelope.
// Pure: ids and times come from the caller.

#pragma once

#include "dialogs/message/time.hpp"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>

namespace tertulia::gateway::simulator {

// The account the stand-in plays: one WhatsApp business number.
struct account {
    std::string phone_number_id{};
    std::string display_phone_number{"15550783881"};
    std::string business_account_id{"102290129340398"};
    std::string access_token{};
    std::string app_secret{};
};

// Someone with a phone, as Meta names her. Empty fields are left out of webhooks, as Meta does.
struct contact {
    std::string wa_id{};    // digits
    std::string user_id{};  // business-scoped: "GT.1349…"
    std::string name{};
};

// UTF-8 that is not valid is replaced, never thrown over.
[[nodiscard]] std::string escaped(const nlohmann::json& what);

// "sha256=" and 64 lower-case hex digits: the value of X-Hub-Signature-256.
[[nodiscard]] std::string signature(std::string_view secret, std::string_view body);

// One POST's body around `messages` or `statuses` (arrays; null: left out).
[[nodiscard]] nlohmann::json callback(
    const account& of, const nlohmann::json& contacts, const nlohmann::json& messages,
    const nlohmann::json& statuses
);
// The same around one of a group's events, whose field is "group_lifecycle_update" or its like.
[[nodiscard]] nlohmann::json group_callback(
    const account& of, std::string_view field, const nlohmann::json& event, instant at
);
[[nodiscard]] nlohmann::json contact_json(const contact& who);

// The common part of an inbound message; the caller adds what its type needs.
[[nodiscard]] nlohmann::json inbound_json(
    const contact& from, std::string_view id, instant at, std::string_view type
);

struct graph_error {
    unsigned http_status{400};
    int code{100};
    int subcode{};
    std::string message{};
    std::string details{};  // error_data.details; empty: none
};

// The synchronous form and the one inside statuses[].errors[].
[[nodiscard]] nlohmann::json error_envelope(const graph_error& error, std::string_view trace_id);
[[nodiscard]] nlohmann::json status_error(const graph_error& error);

// What Meta answers for a code a test asks for, with the code's own status and words.
[[nodiscard]] graph_error error_of(int code);

// A length as Meta's documentation is read strictest: UTF-16 units.
[[nodiscard]] std::size_t utf16_units(std::string_view utf8);

// Only the digits of a phone number: how Meta spells wa_id.
[[nodiscard]] std::string digits_of(std::string_view phone);

// The business-scoped user id the stand-in gives a phone: "GT.8127…", always the same.
[[nodiscard]] std::string user_id_of(std::string_view wa_id);

}  // namespace tertulia::gateway::simulator
