// What the parts of this folder share: the fields of a callback and the identities in them.
//
// Internal to this folder.

#pragma once

#include "adapters/twilio/twilio.hpp"
#include "adapters/wire/callback_fields.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::adapters::twilio {

// An address of Twilio, "+502…" or "whatsapp:+502…", split at its channel.
struct twilio_address {
    std::string_view scheme{};  // "whatsapp", "rcs", "messenger"…; empty: SMS
    std::string_view value{};
};
[[nodiscard]] twilio_address address_in(std::string_view text);
[[nodiscard]] bool is_of_kind(const twilio_address& address, channel_kind kind);

// Adds the identities it is on a channel of that kind, a phone on SMS, on WhatsApp a user id or, of
// a number, its wa_id and the phone, unless they are there or it is none (a short code, a name).
void add_identity(std::vector<identity>& to, std::string_view value, channel_kind kind);

// "MessageStatus" in our words; nothing for one we do not know. `is_inbound`: of a received
// message.
struct status_word {
    std::optional<delivery_status> status{};
    bool is_inbound{};
};
[[nodiscard]] status_word status_named(std::string_view name);

// An image, video… by its MIME type; a document if by none.
[[nodiscard]] media_kind media_kind_of(std::string_view mime_type);

// Digits only, at most nine of them; 0 if it is no code.
[[nodiscard]] int code_in(std::string_view text);

// "Basic …" of whoever the settings say sends.
[[nodiscard]] std::string credentials(const channel_settings& channel);
// api_base without a slash at its end.
[[nodiscard]] std::string api_root(const channel_settings& channel);
// "/2010-04-01/Accounts/AC…"
[[nodiscard]] std::string account_path(const channel_settings& channel);

inline constexpr std::size_t id_bytes_max = 64;
inline constexpr std::size_t name_bytes_max = 512;
inline constexpr std::size_t url_bytes_max = 2048;
inline constexpr std::size_t raw_bytes_max = 16'384;

}  // namespace tertulia::adapters::twilio
