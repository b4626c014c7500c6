// Africa's Talking: SMS out and in, delivery reports, its inbox read after an outage, and USSD
// menus. Pure: it opens no connection, reads no clock and keeps nothing between calls.
//
// The order of a callback: verify(), then parse() or parse_ussd(); answer 200, for USSD with the
// screen. The order of a send: render(), the call, judge(). A failed report is judged by
// reaction_to(). After an outage: render_list_request(), the call, parse_list(), until there is no
// next page. Sends take no id of ours: store the answer's provider_id before answering anybody.
//
// Nothing AT calls is signed: let a PIN stand before anything personal.

#pragma once

#include "adapters/wire/http.hpp"
#include "adapters/wire/parsed.hpp"
#include "adapters/wire/verdict.hpp"
#include "dialogs/message/outbound.hpp"
#include "dialogs/message/sms/transliteration.hpp"

#include <boost/system/result.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace tertulia::adapters::africas_talking {

enum class send_form : std::uint8_t {
    json,  // /version1/messaging/bulk, live only
    form,  // /version1/messaging, the older one and the sandbox's
};

struct channel_settings {
    std::string name{};      // the channel's name in the config
    std::string username{};  // "sandbox" in the sandbox
    std::string api_key{};
    std::string from{};  // a short code, or a name: then nobody can answer. Empty: AT's own
    std::vector<std::string> short_codes{};  // what messages may come in to; empty: any
    std::string path_secret{};               // the last segment of the path
    send_form form{};
    std::string api_base{"https://api.africastalking.com"};
    std::size_t parts_max{6};
    sms_spelling spelling{sms_spelling::plain};
};

enum class errc {
    not_a_form = 1,  // badly encoded
    not_ours,        // a form, but none of the callbacks of AT
    not_a_list,      // not an answer to a list request
    bad_recipient,   // not a telephone number
    bad_sender,      // `from` is nothing a network would take
    empty_content,   // nothing to say
    too_long,        // more than parts_max parts
    not_possible,    // SMS has no such form
};

[[nodiscard]] boost::system::error_code make_error_code(errc code) noexcept;

template <class T>
using result = boost::system::result<T>;

// --- Callbacks -----------------------------------------------------------------------------------

// Whether the path ends in the channel's secret; never for an empty one. Answer 404 otherwise.
[[nodiscard]] bool verify(const inbound_request& request, const channel_settings& channel);

// An incoming message, a delivery report or an opt-out, told apart by their fields. `now` is the
// time of reports and opt-outs, which AT does not stamp. An opt-out is her "STOP", on the stop list
// of the provider, which has confirmed it. To another short code than ours: a channel_notice.
[[nodiscard]] result<parsed> parse(
    std::string_view body, instant now, const channel_settings& channel
);

// --- Sending -------------------------------------------------------------------------------------

[[nodiscard]] result<outbound_request> render(
    const outbound_message& what, const channel_settings& channel
);

// What an answer to render()'s request means: of its first recipient, for there is one.
[[nodiscard]] verdict judge(const provider_response& answer);

// The same for the code of a failed report: AT's numbers, and ours from 1000 on for what it only
// names.
[[nodiscard]] verdict reaction_to(int code);

// --- After an outage -----------------------------------------------------------------------------

// `after` is the id of the last message known, or next_page; empty: from the beginning.
[[nodiscard]] outbound_request render_list_request(
    const channel_settings& channel, std::string_view after
);
[[nodiscard]] result<listed> parse_list(std::string_view body, const channel_settings& channel);

// --- USSD ----------------------------------------------------------------------------------------

inline constexpr std::size_t ussd_septets_max = 182;
inline constexpr std::size_t ussd_units_max = 80;  // UTF-16, if a letter is not in GSM 03.38

// One key press of a session. Answer within 15 s; a session lasts about 180 s.
struct ussd_step {
    std::string session_id{};
    std::string phone{};         // E.164
    std::string service_code{};  // "*384*123#"
    std::string text{};          // all inputs so far, joined by "*": see new_input()
};
struct ussd_ended {
    std::string session_id{};
    std::string phone{};
    bool is_complete{};  // else she hung up, or it failed
};
using ussd_event = std::variant<ussd_step, ussd_ended>;

[[nodiscard]] result<ussd_event> parse_ussd(std::string_view body);

// What she typed since the step whose `text` was `before`. An input may itself hold "*", so the
// whole must not be taken apart. Nothing if it does not go on from there.
[[nodiscard]] std::optional<std::string> new_input(std::string_view text, std::string_view before);

enum class ussd_after : std::uint8_t {
    answer,  // CON: she is expected to answer
    close,   // END
};
struct ussd_screen {
    std::string body{};  // text/plain, status 200
    std::string rest{};  // did not fit: show it by show_ussd() when she asks; empty: all is said
};

// A question with its choices as numbered lines, or text. What does not fit is cut at a line's end,
// else at a blank, and `more` ("98. Más") stands below; the session then stays open.
[[nodiscard]] ussd_screen render_ussd(const say_text& what, ussd_after then, std::string_view more);
[[nodiscard]] ussd_screen show_ussd(std::string_view text, ussd_after then, std::string_view more);

}  // namespace tertulia::adapters::africas_talking

template <>
struct boost::system::is_error_code_enum<tertulia::adapters::africas_talking::errc>
    : std::true_type {};
