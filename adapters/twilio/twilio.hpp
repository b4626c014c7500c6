// Twilio Programmable Messaging, SMS and WhatsApp: bytes to meaning and back. Pure: it opens no
// connection, reads no clock and keeps nothing between calls.
//
// The order of a callback: verify() over the request as received, then parse(), then answer
// callback_answer. Replies go by REST like any message, never in that answer: so they have an id of
// ours and pass the same gates. The order of a send: render(), the call, judge(). A failed status
// that comes later is judged by reaction_to(). After an outage: render_list_request(), the call,
// parse_list(), until there is no next page, because Twilio does not deliver late.
//
// Twilio stamps no callback with a time, so parse() is told when it came.

#pragma once

#include "adapters/wire/http.hpp"
#include "adapters/wire/parsed.hpp"
#include "adapters/wire/verdict.hpp"
#include "dialogs/message/channel_kind.hpp"
#include "dialogs/message/outbound.hpp"
#include "dialogs/message/sms/transliteration.hpp"

#include <boost/system/result.hpp>

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::adapters::twilio {

// What inbound_request::signature must hold.
inline constexpr std::string_view signature_header = "X-Twilio-Signature";

// The answer to every callback: no reply in line. Another content type is Twilio's error 12300.
inline constexpr std::string_view callback_answer =
    R"(<?xml version="1.0" encoding="UTF-8"?><Response/>)";
inline constexpr std::string_view callback_answer_type = "text/xml";

// A template as the dialogs name it and Twilio's id of its content in that language.
struct content_template {
    std::string name{};
    std::string language{};
    std::string content_sid{};  // "HX" and 32 hex digits
};

struct channel_settings {
    std::string name{};  // the channel's name in the config
    channel_kind kind{channel_kind::sms};
    std::string account_sid{};               // "AC…"
    std::vector<std::string> auth_tokens{};  // the primary; the secondary too while rotating
    std::string api_key{};                   // "SK…" to send with; empty: account and first token
    std::string api_key_secret{};
    std::string from{};                   // "+1500…", a short code or a name, without "whatsapp:"
    std::string messaging_service_sid{};  // "MG…"; with `from`, that one of its senders
    std::string public_url{};             // "https://host[:port]": path and query are appended
    std::string status_callback{};        // whole address of our callback; empty: no statuses
    std::chrono::seconds validity{};      // 1 s to 10 h in Twilio's queue; 0: Twilio's 10 h
    sms_spelling spelling{sms_spelling::plain};  // of SMS
    bool smart_encoded{};                 // look-alikes of the GSM alphabet instead of UCS-2
    bool mms{};                           // SMS only: media as such, not as an address in text
    bool answers_stop{true};  // SMS: Twilio answers STOP for long codes unless asked not to
    std::vector<content_template> templates{};
    std::vector<std::string> media_hosts{"api.twilio.com"};  // get our secret
    std::string api_base{"https://api.twilio.com"};
};

enum class errc {
    not_a_form = 1,  // neither a form nor a JSON object of short values
    not_twilio,      // a form, but neither a message nor a status nor an alarm of Twilio
    not_a_list,      // not a page of the message list
    bad_page,        // a next page outside this account's list
    bad_recipient,   // no address of this channel's kind
    no_sender,       // neither `from` nor a messaging service
    empty_content,   // nothing to say
    too_long,        // beyond 1,600 characters: split()
    not_possible,    // Twilio has no such message: a reaction, a read mark, media by id
    bad_link,        // not an http or https address
    no_template,     // no content_sid for that name and language, and no words of ours to send
    bad_parameters,  // a template parameter is empty or half of them are named
};

[[nodiscard]] boost::system::error_code make_error_code(errc code) noexcept;

template <class T>
using result = boost::system::result<T>;

// --- Callbacks -----------------------------------------------------------------------------------

// Whether Twilio made this request of this account: the signature under any of the addresses Twilio
// may have signed (with and without the port, the query re-encoded) and any of the tokens, the hash
// of a JSON body, and the AccountSid. Compares in constant time. Refuse with 403.
[[nodiscard]] bool verify(const inbound_request& request, const channel_settings& channel);

// One message, one status or one alarm; a message with several media becomes several, the first
// under the message's own id and the others under "id/1", "id/2"… What belongs to another account,
// number or kind of channel, and a status of an unknown kind, comes back as channel_notice.
[[nodiscard]] result<parsed> parse(
    const inbound_request& request, const channel_settings& channel, instant received_at
);

// The request for a medium of a message; nothing if its host is not one of media_hosts: our
// credentials go nowhere else. Twilio answers with a redirection to a signed address: follow it
// without the Authorization header.
[[nodiscard]] std::optional<outbound_request> fetch_media_request(
    std::string_view url, const channel_settings& channel
);

// --- Sending -------------------------------------------------------------------------------------

inline constexpr std::size_t body_units_max = 1600;
inline constexpr std::size_t template_variables_max = 100;
inline constexpr std::string_view outbox_id_parameter = "mid";  // in the status callback's query

// One message as several, in order, when one request cannot hold it. See whatsapp_cloud::split().
[[nodiscard]] std::vector<outbound_message> split(
    outbound_message what, const channel_settings& channel
);

// The request that says it. Choices go as numbered text. A template's variables are numbered
// through header, body and buttons unless they are named; on SMS without a content_sid its own
// words go. None of the errors gets better by trying again.
[[nodiscard]] result<outbound_request> render(
    const outbound_message& what, const channel_settings& channel
);

// What an answer to render()'s request means. Sends are not idempotent: trouble of Twilio's own is
// `unsure`, a 429 was never processed and is safe to repeat.
[[nodiscard]] verdict judge(const provider_response& answer);

// The same for the code of a failed status that came later. Unknown codes are refused.
[[nodiscard]] verdict reaction_to(int code);

// --- Looking up what we missed -------------------------------------------------------------------

// A page of everything sent and received since; `page` is empty or listed::next_page.
[[nodiscard]] result<outbound_request> render_list_request(
    instant since, std::string_view page, const channel_settings& channel
);

// A received message with media is listed without them: its content is an unknown_content of type
// listed_media, to be completed by the media list below.
[[nodiscard]] result<listed> parse_list(std::string_view body, const channel_settings& channel);
inline constexpr std::string_view listed_media = "media to be looked up";

[[nodiscard]] outbound_request render_media_list_request(
    std::string_view message_id, const channel_settings& channel
);
// The message once for each medium, as parse() would have given it.
[[nodiscard]] result<std::vector<inbound_message>> parse_media_list(
    std::string_view body, const inbound_message& message, const channel_settings& channel
);

}  // namespace tertulia::adapters::twilio

template <>
struct boost::system::is_error_code_enum<tertulia::adapters::twilio::errc> : std::true_type {};
