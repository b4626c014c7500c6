// Vonage, SMS by its SMS API or its Messages API: bytes to meaning and back. Pure: it opens no
// connection, reads no clock and keeps nothing between calls.
//
// The order of a callback: verify(), then parse(), then 200. Callbacks of both APIs are understood,
// whichever sends. Vonage sends a callback again for 24 hours until it is answered 200, so nothing
// has to be looked up after an outage. The order of a send: render(), the call, judge(). A failed
// status that comes later is judged by reaction_to().

#pragma once

#include "adapters/wire/http.hpp"
#include "adapters/wire/parsed.hpp"
#include "adapters/wire/verdict.hpp"
#include "dialogs/message/outbound.hpp"
#include "dialogs/message/sms/transliteration.hpp"

#include <boost/system/result.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::adapters::vonage {

// What inbound_request::signature must hold: the Messages API's token. The SMS API signs a field.
inline constexpr std::string_view signature_header = "Authorization";

enum class sending_api : std::uint8_t { messages, sms };

// How the SMS API signs, as chosen in the dashboard. The first is its default and the weakest.
enum class signature_method : std::uint8_t {
    md5_hash,
    md5_hmac,
    sha1_hmac,
    sha256_hmac,
    sha512_hmac
};

struct channel_settings {
    std::string name{};  // the channel's name in the config
    sending_api api{sending_api::messages};
    std::string api_key{};
    std::string api_secret{};
    std::string from{};                            // a number or a name, without a plus sign
    std::vector<std::string> signature_secrets{};  // one, or two while it is being changed
    signature_method method{signature_method::sha256_hmac};
    std::chrono::seconds freshness{300};  // how old a signature may be
    std::string status_callback{};        // whole address; empty: the account's own
    std::chrono::seconds validity{};      // 20 s to 7 days; 0: Vonage's own
    std::string api_base{};               // empty: Vonage's of that API
    sms_spelling spelling{sms_spelling::plain};
};

enum class errc {
    not_a_form = 1,  // neither a form nor a JSON object
    not_vonage,      // a form, but neither a message nor a status of Vonage
    bad_recipient,   // not a phone number
    empty_content,   // nothing to say
    too_long,        // beyond text_units_max: split(); or an outbox id beyond 40 bytes
    not_possible,  // an SMS cannot say it: a reaction, a read mark, media by id, an empty template
};

[[nodiscard]] boost::system::error_code make_error_code(errc code) noexcept;

template <class T>
using result = boost::system::result<T>;

// --- Callbacks -----------------------------------------------------------------------------------

// Whether Vonage made this request, for this account and at most `freshness` ago: by the token over
// the body (HS256 and nothing else) or by the field "sig". Compares in constant time.
//
// A signed request may be repeated within `freshness`; it then carries the ids it had, which are
// known by then. That is why no list of used tokens is kept.
[[nodiscard]] bool verify(
    const inbound_request& request, const channel_settings& channel, instant now
);

// One message, one piece of a long one (parsed::parts) or one status. `received_at` stands in for a
// missing time. What is for another account or kind of channel, messages of short codes and names,
// and statuses of an unknown kind come back as channel_notice.
[[nodiscard]] result<parsed> parse(
    const inbound_request& request, const channel_settings& channel, instant received_at
);

// --- Sending -------------------------------------------------------------------------------------

inline constexpr std::size_t text_units_max = 1000;
inline constexpr std::size_t client_ref_bytes_max = 40;

[[nodiscard]] std::vector<outbound_message> split(
    outbound_message what, const channel_settings& channel
);

// The request that says it: choices as numbered text, everything else in words. None of the errors
// gets better by trying again.
[[nodiscard]] result<outbound_request> render(
    const outbound_message& what, const channel_settings& channel
);

// What an answer to render()'s request means, of either API; the SMS API answers 200 whatever
// happened. Sends are not idempotent: trouble of Vonage's own is `unsure`.
[[nodiscard]] verdict judge(const provider_response& answer);

// The same for the code of a failed status that came later, of either API. Unknown codes are
// refused. These are not the codes of the SMS API's answer to a send.
[[nodiscard]] verdict reaction_to(int code);

}  // namespace tertulia::adapters::vonage

template <>
struct boost::system::is_error_code_enum<tertulia::adapters::vonage::errc> : std::true_type {};
