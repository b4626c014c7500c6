// Infobip, SMS: bytes to meaning and back. Pure: it opens no connection, reads no clock and keeps
// nothing between calls.
//
// The order of a callback: verify(), then parse(), then 200. The order of a send: render(), the
// call, judge(). A failed status that comes later is judged by reaction_to(). After an outage:
// render_list_request(), the call, parse_list(), until there is no next page.
//
// The id of a message is ours: a second send of the same is refused as a duplicate, which judge()
// reads as "taken". So trouble of the provider's is safe to try again here.

#pragma once

#include "adapters/wire/http.hpp"
#include "adapters/wire/parsed.hpp"
#include "adapters/wire/verdict.hpp"
#include "dialogs/message/outbound.hpp"
#include "dialogs/message/sms/transliteration.hpp"

#include <boost/system/result.hpp>

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::adapters::infobip {

// What inbound_request::signature must hold. Infobip signs nothing: this is the user and password
// its notification profile was given for us.
inline constexpr std::string_view signature_header = "Authorization";

// Hours outside which Infobip holds messages back, replies too. A second net under our own rules.
struct time_window {
    std::vector<std::chrono::weekday> days{};  // none: every day
    std::chrono::minutes from{};               // since midnight, of the recipient's country
    std::chrono::minutes to{};                 // at least an hour later
};

struct channel_settings {
    std::string name{};  // the channel's name in the config; begins every message's id
    std::string api_key{};
    std::string sender{};        // a number, a short code or a name, as registered
    std::string webhook_user{};  // with the password, or without either
    std::string webhook_password{};
    std::string path_secret{};        // the last part of the callback's path; empty: none
    std::string status_callback{};    // whole address of our callback; empty: the account's own
    sms_spelling spelling{sms_spelling::plain};
    std::string transliteration{};    // "NON_UNICODE", "COLOMBIAN"…; empty: none
    std::chrono::minutes validity{};  // at most 48 h; 0: Infobip's 48 h
    std::optional<time_window> window{};
    std::string api_base{};  // "https://xxxxx.api.infobip.com", each account's own
};

enum class errc {
    not_json = 1,   // the body is not valid JSON, not UTF-8, or nested too deeply
    not_infobip,    // JSON, but without results
    bad_page,       // a next page that is none of ours
    bad_recipient,  // not a phone number
    empty_content,  // nothing to say
    too_long,       // beyond text_units_max: split()
    not_possible,   // an SMS cannot say it: a reaction, a read mark, media by id, an empty template
    bad_window,     // hours that do not fit in a day or are less than one hour
};

[[nodiscard]] boost::system::error_code make_error_code(errc code) noexcept;

template <class T>
using result = boost::system::result<T>;

// --- Callbacks -----------------------------------------------------------------------------------

// Whether the request carries what we told Infobip to send: the user and password, the secret of
// the path, or both if both are set. With neither set nothing is accepted. Compares in constant
// time.
[[nodiscard]] bool verify(const inbound_request& request, const channel_settings& channel);

// Every element of one POST: messages received and delivery reports. `received_at` stands in for a
// missing time. Messages of short codes and names and reports of an unknown group come back as
// channel_notice.
[[nodiscard]] result<parsed> parse(
    std::string_view body, const channel_settings& channel, instant received_at
);

// --- Sending -------------------------------------------------------------------------------------

// Infobip refuses 4,000 bytes or 25 parts; no text of so many UTF-16 units has either.
inline constexpr std::size_t text_units_max = 1300;

[[nodiscard]] std::vector<outbound_message> split(
    outbound_message what, const channel_settings& channel
);

// The request that says it: choices as numbered text, everything else in words. None of the errors
// gets better by trying again.
[[nodiscard]] result<outbound_request> render(
    const outbound_message& what, const channel_settings& channel
);

// What an answer to render()'s request means.
[[nodiscard]] verdict judge(const provider_response& answer);

// The same for the code of a failed status that came later. Unknown codes are refused.
[[nodiscard]] verdict reaction_to(int code);

// --- Looking up what we missed -------------------------------------------------------------------

// First what was received, page by page, then what was sent since; `page` is empty or
// listed::next_page. Infobip keeps 48 hours, and hands each received message out once: keep the
// answer before asking for the next.
[[nodiscard]] result<outbound_request> render_list_request(
    instant since, std::string_view page, const channel_settings& channel
);
[[nodiscard]] result<listed> parse_list(
    std::string_view body, const channel_settings& channel, instant received_at
);

}  // namespace tertulia::adapters::infobip

template <>
struct boost::system::is_error_code_enum<tertulia::adapters::infobip::errc> : std::true_type {};
