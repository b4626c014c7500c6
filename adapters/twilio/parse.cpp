#include "adapters/twilio/fields.hpp"
#include "adapters/twilio/message.hpp"
#include "adapters/twilio/twilio.hpp"
#include "adapters/twilio/reactions.hpp"
#include "adapters/wire/json_view.hpp"
#include "adapters/wire/query.hpp"
#include "adapters/wire/text.hpp"
#include "dialogs/message/e164.hpp"

#include <algorithm>
#include <array>

namespace tertulia::adapters::twilio {
namespace {

constexpr std::size_t callback_data_bytes_max = 512;
constexpr std::size_t details_bytes_max = 512;

// What every reader below needs.
struct callback {
    const form_fields& fields;
    const channel_settings& channel;
    std::string_view query{};
    instant received_at{};

    [[nodiscard]] std::string_view at(std::string_view name) const {
        return value_in(fields, name);
    }
    [[nodiscard]] std::string clean(std::string_view name, std::size_t bytes_max) const {
        return clean_text(at(name), bytes_max);
    }
    [[nodiscard]] std::string message_id() const { return message_id_in(fields); }
};

void notice(const callback& from, std::string_view field, std::string summary, parsed& to) {
    to.events.emplace_back(channel_notice{
        .channel = from.channel.name,
        .field = std::string{field},
        .summary = std::move(summary),
        .raw_json = to_json(from.fields, raw_bytes_max)});
}

void report(const callback& from, std::string reason, parsed& to) {
    to.malformed.push_back(
        {.reason = std::move(reason), .raw_json = to_json(from.fields, malformed_bytes_max)}
    );
}

// Why this callback is not this channel's, if it is not: one address may serve several.
std::string_view stranger(const callback& from, std::string_view ours) {
    const auto account = from.at("AccountSid");
    if (!account.empty() && account != from.channel.account_sid) {
        return "for an account this channel does not have";
    }
    const auto number = address_in(ours);
    if (!is_of_kind(number, from.channel.kind)) return "for another kind of channel";
    const bool checks = !from.channel.from.empty() && from.channel.messaging_service_sid.empty();
    if (checks && number.value != from.channel.from) {
        return "for a number this channel does not have";
    }
    return {};
}

void read_status(const callback& from, std::string_view word, parsed& to) {
    const auto named = status_named(word);
    if (!named.status) {
        const auto what = "a status this version does not know: " + clean_text(word, 64);
        return notice(from, "status", what, to);
    }
    status_update status{
        .channel = from.channel.name,
        .message_id = from.message_id(),
        .status = *named.status,
        .at = from.received_at};
    if (status.message_id.empty()) return report(from, "a status without a message id", to);
    if (const auto ours = query_value(from.query, outbox_id_parameter)) {
        status.callback_data = clean_text(*ours, callback_data_bytes_max);
    }
    add_identity(status.recipient, address_in(from.at("To")).value, from.channel.kind);
    if (const int code = code_in(from.at("ErrorCode")); code != 0) {
        auto details = from.clean("ErrorMessage", details_bytes_max);
        if (details.empty()) details = from.clean("ChannelStatusMessage", details_bytes_max);
        status.errors.push_back({.code = code, .details = std::move(details), .means = failure_of(rule_of(code))});
    }
    to.events.emplace_back(std::move(status));
}

// Twilio's debugger, when its address is set to ours: the alarm when we answer wrongly.
void read_alarm(const callback& from, parsed& to) {
    thread_local json_reader reader;  // scratch memory only
    const auto payload = reader.read(from.at("Payload"));
    const auto root = payload ? as_object(*payload) : std::nullopt;
    const auto code = root ? integer_at(*root, "error_code") : std::nullopt;
    std::string summary = from.clean("Level", 32);
    if (code) summary += " " + std::to_string(*code);
    const bool is_int = code && *code > 0 && *code < 1'000'000'000;
    if (is_int) summary += ": " + reaction_to(static_cast<int>(*code)).reason;
    notice(from, "debugger", std::move(summary), to);
}

// The words Twilio answers itself for a long code when nothing else was agreed. Its words for
// coming back are not among them: "YES" is an answer to us, and Twilio is silent unless she had
// stopped.
struct default_word {
    std::string_view text{};
    stop_list_word word{};
};
constexpr std::array default_words{
    default_word{"STOP", stop_list_word::stop},
    default_word{"STOPALL", stop_list_word::stop},
    default_word{"UNSUBSCRIBE", stop_list_word::stop},
    default_word{"CANCEL", stop_list_word::stop},
    default_word{"END", stop_list_word::stop},
    default_word{"QUIT", stop_list_word::stop},
    default_word{"REVOKE", stop_list_word::stop},
    default_word{"OPTOUT", stop_list_word::stop},
    default_word{"HELP", stop_list_word::help},
    default_word{"INFO", stop_list_word::help},
};

// With Advanced Opt-Out the provider says so; else it is the default for long codes.
std::optional<stop_list_word> stop_word_of(const callback& from) {
    const auto type = from.at("OptOutType");
    if (type == "STOP") return stop_list_word::stop;
    if (type == "START") return stop_list_word::start;
    if (type == "HELP") return stop_list_word::help;
    const bool is_default = from.channel.kind == channel_kind::sms && from.channel.answers_stop &&
                            is_e164(from.at("To"));
    if (!is_default) return std::nullopt;
    std::string said;
    for (const char byte : from.at("Body")) {
        said += byte >= 'a' && byte <= 'z' ? static_cast<char>(byte - 'a' + 'A') : byte;
    }
    const auto first = said.find_first_not_of(" \r\n\t");
    if (first == std::string::npos) return std::nullopt;
    const auto last = said.find_last_not_of(" \r\n\t");
    const auto word = std::string_view{said}.substr(first, last - first + 1);
    const auto found = std::ranges::find(default_words, word, &default_word::text);
    return found == default_words.end() ? std::nullopt : std::optional{found->word};
}

void read_inbound(const callback& from, parsed& to) {
    if (const auto why = stranger(from, from.at("To")); !why.empty()) {
        return notice(from, "message", std::string{why}, to);
    }
    auto read = read_message(from.fields, from.channel, from.received_at);
    if (!read) return report(from, std::string{read.wrong}, to);
    if (read.messages.front().from.empty()) {
        return notice(from, "message", "from a short code or a name: no person", to);
    }
    if (const auto word = stop_word_of(from)) {
        to.stop_list.push_back({.message_id = read.messages.front().id, .word = *word});
    }
    for (auto& message : read.messages) to.events.emplace_back(std::move(message));
}

}  // namespace

result<parsed> parse(
    const inbound_request& request, const channel_settings& channel, instant received_at
) {
    const auto fields = callback_fields(request);
    if (!fields) return errc::not_a_form;
    const callback from{
        .fields = *fields, .channel = channel, .query = request.query, .received_at = received_at};
    parsed all;
    auto word = from.at("MessageStatus");
    if (word.empty()) word = from.at("SmsStatus");
    if (!word.empty() && !status_named(word).is_inbound) {
        if (const auto why = from.at("AccountSid"); !why.empty() && why != channel.account_sid) {
            notice(from, "status", "for an account this channel does not have", all);
        } else {
            read_status(from, word, all);
        }
    } else if (!from.message_id().empty() || has_field(*fields, "From")) {
        read_inbound(from, all);
    } else if (has_field(*fields, "Level") && has_field(*fields, "Payload")) {
        read_alarm(from, all);
    } else {
        return errc::not_twilio;
    }
    return all;
}

}  // namespace tertulia::adapters::twilio
