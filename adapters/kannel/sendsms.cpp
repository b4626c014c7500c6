// What leaves for Kannel, and what its answers mean.

#include "adapters/kannel/kannel.hpp"
#include "adapters/wire/form.hpp"
#include "adapters/wire/plain_text.hpp"
#include "adapters/wire/reaction_rule.hpp"
#include "dialogs/message/e164.hpp"
#include "dialogs/message/sms/sender.hpp"
#include "dialogs/message/sms/sms_length.hpp"

#include <array>

namespace tertulia::adapters::kannel {
namespace {

using enum adapters::reaction;

class category final : public boost::system::error_category {
public:
    [[nodiscard]] const char* name() const noexcept override { return "kannel"; }
    [[nodiscard]] std::string message(int code) const override {
        switch (static_cast<errc>(code)) {
            case errc::not_kannel:
                return "neither a message nor a delivery report of Kannel";
            case errc::bad_recipient:
                return "no telephone number to send to";
            case errc::bad_sender:
                return "the sender is no number, short code or name of at most 11 letters";
            case errc::empty_content:
                return "there is nothing to say in it";
            case errc::too_long:
                return "it takes more parts than the channel allows";
            case errc::not_possible:
                return "SMS has no such message";
            case errc::bad_callback:
                return "the callback address holds signs Kannel would read as escapes";
        }
        return "unknown error";
    }
};

struct answer_rule {
    unsigned status;
    std::string_view begins;  // of the body; empty: any
    adapters::reaction reaction;
    std::string_view reason;
    int tries_max{};
};

// First match counts. Kannel's answers are a status and a line of words.
constexpr std::array answers{
    answer_rule{202, "0:", accepted, "taken"},
    answer_rule{202, "3:", accepted, "no SMSC at the moment: kept in Kannel's store"},
    answer_rule{400, "Empty receiver number", refuse, "no receiver: a mistake of ours"},
    answer_rule{400, "Number(s) has/have been denied", refuse, "on a list of Kannel's: denied"},
    answer_rule{400, "", refuse, "refused: a mistake of ours"},
    answer_rule{401, "", stop_channel, "username or password not accepted"},
    answer_rule{403, "", stop_channel, "username, password or our address not accepted"},
    answer_rule{404, "", stop_channel, "no sendsms at that address: check sendsms_url"},
    answer_rule{429, "", slow_channel, "too many requests", while_it_lives},
    answer_rule{503, "", retry, "Kannel is in passing trouble", 5},
};

constexpr std::array reports{
    row(dlr_undelivered, unreachable, "undelivered: switched off, out of reach, or no such number"),
    row(dlr_rejected, refuse, "rejected by the SMSC"),
};
static_assert(is_ordered(reports));

struct said {
    std::string text{};
    sms_alphabet alphabet{};
};

result<said> words_of(const outbound_message& what, const channel_settings& channel) {
    const auto plain = plain_text(what.content);
    if (!plain) return errc::not_possible;
    said made{.text = sms_spelt(*plain, channel.spelling)};
    if (made.text.empty()) return errc::empty_content;  // Kannel would send it, and it would cost
    const auto length = sms_length_of(made.text);
    if (length.segments > channel.parts_max) return errc::too_long;
    made.alphabet = length.alphabet;
    return made;
}

}  // namespace

boost::system::error_code make_error_code(errc code) noexcept {
    static const category ours;
    return {static_cast<int>(code), ours};
}

result<outbound_request> render(const outbound_message& what, const channel_settings& channel) {
    const auto& to = what.to.to;
    if (to.kind != identity_kind::phone || !is_e164(to.value)) return errc::bad_recipient;
    if (!sms_address_kind_of(channel.from)) return errc::bad_sender;
    const auto words = words_of(what, channel);
    if (!words) return words.error();
    const auto reports_to = report_url(what.callback_data, channel);
    if (!reports_to) return reports_to.error();

    form_writer query;
    query.add("username", channel.username).add("password", channel.password);
    if (!channel.smsc.empty()) query.add("smsc", channel.smsc);
    query.add("from", channel.from).add("to", to.value).add("text", words->text);
    // With coding 0 Kannel writes "?" for what GSM 03.38 has not, and says nothing.
    if (words->alphabet == sms_alphabet::ucs2) query.add("coding", "2").add("charset", "UTF-8");
    if (channel.validity.count() > 0) {
        query.add("validity", std::to_string(channel.validity.count()));
    }
    query.add("dlr-mask", std::to_string(channel.dlr_mask)).add("dlr-url", *reports_to);

    outbound_request request;
    request.method = "GET";
    request.url = channel.sendsms_url + "?" + query.take();
    return request;
}

verdict judge(const provider_response& answer) {
    const auto as = [&](adapters::reaction what, std::string_view reason, int tries_max) {
        return verdict{
            .reaction = what,
            .reason = what == accepted
                          ? std::string{reason}
                          : std::string{reason} + " (HTTP " + std::to_string(answer.status) + ")",
            .tries_max = tries_max};
    };
    for (const auto& rule : answers) {
        if (rule.status != answer.status || !answer.body.starts_with(rule.begins)) continue;
        auto judged = as(rule.reaction, rule.reason, rule.tries_max);
        obey_retry_after(judged, answer.retry_after);
        return judged;
    }
    if (answer.status >= 500) return as(unsure, "Kannel is in trouble", 0);
    if (answer.status >= 400) return as(refuse, "refused", 0);
    return as(ask_operator, "not an answer of sendsms: check sendsms_url", 0);
}

verdict reaction_to(int code) {
    if (const auto* rule = find_rule(reports, code)) return by_rule(*rule, code);
    return {.reaction = refuse, .code = code, .reason = "a report of a kind we do not know"};
}

}  // namespace tertulia::adapters::kannel
