// Kannel, the open SMS gateway many operators' links end at: its sendsms, its sms-service callback
// and its delivery reports. Pure: it opens no connection and reads no clock.
//
// The order of a callback: verify(), then parse(); answer 200 with an empty body, for with Kannel's
// default `max-messages` any body goes to the person as a paid SMS. The order of a send: render(),
// the call, judge(). Kannel names no id for what it takes: our outbox id in the dlr-url is all that
// ties a report to its message.
//
// Kannel keeps an inbound message in memory only and drops it after its retries: accept first,
// think later. It does not decide when to send or what to do when a report never comes.

#pragma once

#include "adapters/wire/http.hpp"
#include "adapters/wire/parsed.hpp"
#include "adapters/wire/verdict.hpp"
#include "dialogs/message/outbound.hpp"
#include "dialogs/message/sms/transliteration.hpp"

#include <boost/system/result.hpp>

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

namespace tertulia::adapters::kannel {

inline constexpr unsigned dlr_delivered = 1;
inline constexpr unsigned dlr_undelivered = 2;
inline constexpr unsigned dlr_buffered = 4;
inline constexpr unsigned dlr_accepted = 8;  // by the SMSC
inline constexpr unsigned dlr_rejected = 16;
inline constexpr unsigned dlr_all = 31;

struct channel_settings {
    std::string name{};  // the channel's name in the config
    std::string sendsms_url{"http://127.0.0.1:13013/cgi-bin/sendsms"};
    std::string username{};
    std::string password{};
    std::string from{};  // a number, a short code, or a name of at most 11 letters
    std::string smsc{};  // Kannel's smsc-id to route by; empty: Kannel chooses
    // Where Kannel reaches this channel, without the secret: http://127.0.0.1:8080/webhooks/sms
    std::string callback_url{};
    std::string path_secret{};  // the last segment of the path; letters, digits and -._~ only
    unsigned dlr_mask{dlr_all};
    std::chrono::minutes validity{};  // then the SMSC drops it; 0: as long as the SMSC likes
    std::size_t parts_max{6};         // of one message; at most the sendsms-user's max-messages
    sms_spelling spelling{sms_spelling::plain};
};

enum class errc {
    not_kannel = 1,  // neither a message nor a report, or badly encoded
    bad_recipient,   // not a telephone number
    bad_sender,      // `from` is nothing a network would take
    empty_content,   // nothing to say
    too_long,        // more than parts_max parts
    not_possible,    // SMS has no such form: a reaction, a read mark, a file without an address
    bad_callback,    // the outbox id, the secret or callback_url hold what a dlr-url cannot
};

[[nodiscard]] boost::system::error_code make_error_code(errc code) noexcept;

template <class T>
using result = boost::system::result<T>;

// --- Callbacks -----------------------------------------------------------------------------------

// Whether the path ends in the channel's secret; never for an empty one. Kannel signs nothing:
// answer 404 to what does not know it, and let a PIN stand before anything personal.
[[nodiscard]] bool verify(const inbound_request& request, const channel_settings& channel);

// The get-url to paste into the `sms-service` group. What parse() reads is what stands in it.
[[nodiscard]] result<std::string> message_url(const channel_settings& channel);

// The dlr-url sent with a message: %d and its kind are filled in by Kannel.
[[nodiscard]] result<std::string> report_url(
    std::string_view callback_data, const channel_settings& channel
);

// The query of a GET to either address. One event, one malformed or one part: bearerbox joins long
// messages, and only what it could not join comes as a part. A message from a short code or a name
// is a channel_notice: nobody is there to be answered. A status has no message_id until the SMSC
// gave one. `received_at` stands in where Kannel names no time for a
// report; a message must have one, or it could not be told from its repetition.
[[nodiscard]] result<parsed> parse(
    std::string_view query, const channel_settings& channel, instant received_at
);

// --- Sending -------------------------------------------------------------------------------------

// The GET that says it. Its URL holds the password: never log it. Errors do not get better by
// trying again.
[[nodiscard]] result<outbound_request> render(
    const outbound_message& what, const channel_settings& channel
);

// What sendsms answered.
[[nodiscard]] verdict judge(const provider_response& answer);

// The same for a failed report's code: Kannel's kind of report, dlr_undelivered or dlr_rejected.
[[nodiscard]] verdict reaction_to(int code);

}  // namespace tertulia::adapters::kannel

template <>
struct boost::system::is_error_code_enum<tertulia::adapters::kannel::errc> : std::true_type {};
