// WhatsApp Business Platform, Cloud API: bytes to meaning and back. Pure: it opens no connection,
// reads no clock and keeps nothing between calls except scratch memory for speed.
//
// The order of a callback: GET -> handshake(); POST -> signature_checker::accepts() over the raw
// bytes, then parse(). The order of a send: render(), the call, judge(). A failed status that comes
// later is judged by reaction_to().
//
// It does not decide when to retry, which channel comes next or whether the 24-hour window is open.

#pragma once

#include "adapters/wire/http.hpp"
#include "adapters/wire/parsed.hpp"
#include "adapters/wire/verdict.hpp"
#include "dialogs/message/inbound.hpp"
#include "dialogs/message/outbound.hpp"
#include "dialogs/message/status.hpp"

#include <boost/system/result.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::adapters::whatsapp_cloud {

// What she sees of our reading, before the answer comes.
enum class reading_shown : std::uint8_t {
    nothing,
    read,    // the ticks turn blue
    typing,  // that, and "typing…" until the answer or for 25 seconds
};

struct channel_settings {
    std::string name{};             // the channel's name in the config
    std::string phone_number_id{};  // routes inbound and addresses outbound; not a phone number
    std::string access_token{};
    std::vector<std::string> app_secrets{};  // one, or two while the secret is being changed
    std::string verify_token{};
    std::string api_base{"https://graph.facebook.com"};
    std::string api_version{"v25.0"};
    reading_shown shows{reading_shown::typing};
};

enum class errc {
    not_json = 1,    // the body is not valid JSON, not UTF-8, or nested too deeply
    not_whatsapp,    // JSON, but not a whatsapp_business_account callback
    bad_recipient,   // neither a phone number nor a business-scoped user id
    empty_content,   // nothing to say: no text, no media, no template name, no message id
    too_long,        // beyond a limit of the provider that only several messages can meet: split()
    not_possible,    // the provider has no such form (a caption on a sticker, an audio header…)
    bad_link,        // not an http or https address
    bad_parameters,  // named and positional template parameters mixed, or an empty one
};

[[nodiscard]] boost::system::error_code make_error_code(errc code) noexcept;

template <class T>
using result = boost::system::result<T>;

// --- Callbacks -----------------------------------------------------------------------------------

// The text to answer, as text/plain with status 200, to the provider's GET that checks our address;
// nothing if it does not know the verify token: answer 403.
[[nodiscard]] std::optional<std::string> handshake(
    std::string_view query, std::string_view verify_token
);

// Checks X-Hub-Signature-256 over the bytes as received. Keeps keyed digest contexts, so make one
// per thread and keep it: an instance must not be used by two threads at a time.
class signature_checker {
public:
    // Empty secrets are skipped; without any other nothing is accepted.
    explicit signature_checker(std::span<const std::string> app_secrets);
    signature_checker(signature_checker&&) noexcept;
    signature_checker& operator=(signature_checker&&) noexcept;
    ~signature_checker();

    [[nodiscard]] bool accepts(std::string_view signature, std::string_view body);

private:
    class keyed_digest;
    std::vector<keyed_digest> digests_;
};

// The same for one request, with a checker made for it: for tools and tests, not the hot path.
[[nodiscard]] bool verify(const inbound_request& request, std::span<const std::string> app_secrets);

using adapters::malformed_bytes_max;
using adapters::parsed;

// Every entry, change, message and status of one POST. Fails only if the body as a whole is not a
// callback of this provider (not_json, not_whatsapp). What belongs to another phone_number_id, to
// another webhook field or to the account comes back as channel_notice.
[[nodiscard]] result<parsed> parse(std::string_view body, const channel_settings& channel);

// --- Sending -------------------------------------------------------------------------------------

// Meta's limits, in UTF-16 units, the strictest reading of its "characters". The dialog checker
// cannot include this file and repeats those an operator can break.
inline constexpr std::size_t text_units_max = 4096;
inline constexpr std::size_t interactive_body_units_max = 1024;  // lists too: some numbers get 400
inline constexpr std::size_t caption_units_max = 1024;
inline constexpr std::size_t footer_units_max = 60;
inline constexpr std::size_t buttons_max = 3;
inline constexpr std::size_t button_title_units_max = 20;
inline constexpr std::size_t button_id_units_max = 256;
inline constexpr std::size_t list_rows_max = 10;
inline constexpr std::size_t list_title_units_max = 24;
inline constexpr std::size_t list_description_units_max = 72;
inline constexpr std::size_t list_id_units_max = 200;
inline constexpr std::size_t list_opener_units_max = 20;
inline constexpr std::size_t callback_data_units_max = 512;

// Whether Meta takes this as reply buttons, as a list. Neither: it is sent as numbered_text().
[[nodiscard]] bool fits_as_buttons(const say_text& what);
[[nodiscard]] bool fits_as_list(const say_text& what);

// One message as several, in order, when one request cannot hold it: long text in pages cut at line
// ends or spaces, a caption that is too long or impossible as a text of its own. Anything else
// comes back alone and unchanged. Call it before a message becomes an outbox row: one row, one
// request.
[[nodiscard]] std::vector<outbound_message> split(outbound_message what);

// The request that says it. Errors are those of the second half of errc; none of them gets better
// by trying again.
[[nodiscard]] result<outbound_request> render(
    const outbound_message& what, const channel_settings& channel
);

// What an answer to render()'s request means.
[[nodiscard]] verdict judge(const provider_response& answer);

// The same for the code of a failed status that came later. Unknown codes are refused.
[[nodiscard]] verdict reaction_to(int code);

}  // namespace tertulia::adapters::whatsapp_cloud

template <>
struct boost::system::is_error_code_enum<tertulia::adapters::whatsapp_cloud::errc>
    : std::true_type {};
