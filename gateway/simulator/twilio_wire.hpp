// Twilio's side of the wire, as sms_stand_in speaks it: signatures, the resource of a message, and
// the errors in Twilio's words. Written from Twilio's contract and not from our adapter, so that the
// two can disagree.

#pragma once

#include "adapters/wire/form.hpp"
#include "dialogs/message/time.hpp"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace tertulia::gateway::simulator {

struct sms_account {
    std::string account_sid{};  // "AC…"
    std::string auth_token{};
    std::string number{};  // E.164, a short code or a name
};

// What X-Twilio-Signature holds for a form posted to that whole address.
[[nodiscard]] std::string twilio_signature(
    std::string_view url, const adapters::form_fields& fields, std::string_view auth_token
);

// "Thu, 26 Nov 2026 21:24:20 +0000".
[[nodiscard]] std::string mail_time(instant at);

// What the page and the resource tell of a text as SMS: {"body", "alphabet": gsm7 | ucs2, "units",
// "segments", "outside": the letters that cost the alphabet}.
[[nodiscard]] nlohmann::json shown_as_sms(std::string_view text);

struct twilio_error {
    unsigned http_status{400};
    int code{};
    std::string_view message{};
};
// Codes we have no words for are 400s.
[[nodiscard]] twilio_error twilio_error_of(int code);
// Those Twilio never answers a send with: the message fails afterwards.
[[nodiscard]] bool comes_later(int code) noexcept;
[[nodiscard]] std::string error_body(const twilio_error& error);

// What a handset's word is to Twilio, which answers it by itself on long codes.
enum class stop_word : std::uint8_t { none, stop, start, help };
[[nodiscard]] stop_word stop_word_of(std::string_view text);

}  // namespace tertulia::gateway::simulator
