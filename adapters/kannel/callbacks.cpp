// The addresses Kannel calls, and what it says there.

#include "adapters/kannel/kannel.hpp"
#include "adapters/kannel/receipt_words.hpp"
#include "adapters/wire/digest.hpp"
#include "adapters/wire/form.hpp"
#include "adapters/wire/text.hpp"
#include "dialogs/message/sms/sender.hpp"
#include "dialogs/message/sms/ucs2.hpp"
#include "dialogs/message/sms/user_data_header.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace tertulia::adapters::kannel {
namespace {

constexpr std::size_t id_bytes_max = 128;
constexpr std::size_t address_bytes_max = 32;
constexpr std::int64_t seconds_max = 253'402'300'799;  // the end of the year 9999

constexpr std::string_view message_escapes =
    "?from=%p&to=%P&ts=%T&id=%I&smsc=%i&coding=%c&charset=%C&udh=%u&text=%b";
constexpr std::string_view report_escapes = "&type=%d&fid=%F&ts=%T&smsc=%i&reply=%A";

// Kannel reads "%" in an address as the start of an escape of its own ("%C3" is its charset and a
// 3), so nothing that would have to be encoded may stand in one.
bool is_plain(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char letter) {
        return (letter >= '0' && letter <= '9') || (letter >= 'A' && letter <= 'Z') ||
               (letter >= 'a' && letter <= 'z') ||
               std::string_view{"-._~"}.find(letter) != std::string_view::npos;
    });
}

result<std::string> own_address(const channel_settings& channel) {
    const std::string_view base = channel.callback_url;
    const bool is_web = base.starts_with("http://") || base.starts_with("https://");
    if (!is_web || base.find_first_of("%?# \t\r\n\"") != std::string_view::npos) {
        return errc::bad_callback;
    }
    if (!is_plain(channel.path_secret)) return errc::bad_callback;
    const auto last = base.find_last_not_of('/');
    return std::string{base.substr(0, last + 1)} + "/" + channel.path_secret;
}

std::optional<std::int64_t> number_in(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::optional<instant> time_in(const form_fields& fields) {
    const auto seconds = number_in(value_in(fields, "ts"));
    if (!seconds || *seconds <= 0 || *seconds > seconds_max) return std::nullopt;
    return from_millis(*seconds * 1000);
}

// With `mo-recode` it is UTF-8; without, what the network sent.
std::string text_in(const form_fields& fields) {
    const auto raw = value_in(fields, "text");
    const auto charset = value_in(fields, "charset");
    for (const auto* name : {"UTF-16BE", "UTF-16", "UCS-2", "UCS2", "ISO-10646-UCS-2"}) {
        if (charset == name) return clean_text(ucs2_decoded(raw), text_bytes_max);
    }
    for (const auto* name : {"ISO-8859-1", "WINDOWS-1252", "CP1252", "LATIN1"}) {
        if (charset == name) return clean_text(latin1_decoded(raw), text_bytes_max);
    }
    return clean_text(raw, text_bytes_max);
}

std::string short_clean(std::string_view text) {
    return clean_text(text, address_bytes_max);
}

parsed broken(std::string reason, const form_fields& fields) {
    parsed read;
    read.malformed.push_back(
        {.reason = std::move(reason), .raw_json = to_json(fields, malformed_bytes_max)}
    );
    return read;
}

parsed from_nobody(const form_fields& fields, const channel_settings& channel) {
    parsed read;
    read.events.emplace_back(channel_notice{
        .channel = channel.name,
        .field = "sender",
        .summary = "an SMS from no telephone number: nobody to answer",
        .raw_json = to_json(fields, malformed_bytes_max)});
    return read;
}

parsed read_message(const form_fields& fields, const channel_settings& channel) {
    const auto id = clean_text(value_in(fields, "id"), id_bytes_max);
    if (id.empty()) return broken("a message without an id: the get-url needs id=%I", fields);
    const auto at = time_in(fields);
    if (!at) return broken("a message without a time: the get-url needs ts=%T", fields);
    const auto phone = sms_phone_of(value_in(fields, "from"));
    if (!phone) return from_nobody(fields, channel);

    inbound_message message{
        .channel = channel.name,
        .id = id,
        .sent_at = *at,
        .from = {{identity_kind::phone, *phone}}};
    parsed read;
    if (value_in(fields, "coding") == "1") {
        message.content = unsupported_content{.what = "binary SMS"};
        read.events.emplace_back(std::move(message));
        return read;
    }
    message.content = typed_text{text_in(fields)};
    const auto header = read_user_data_header(value_in(fields, "udh"));
    if (header && header->part && header->part->total > 1) {
        read.parts.push_back(
            {.message = std::move(message),
             .to = short_clean(value_in(fields, "to")),
             .reference = header->part->reference,
             .total = header->part->total,
             .number = header->part->number}
        );
    } else {
        read.events.emplace_back(std::move(message));
    }
    return read;
}

parsed read_report(const form_fields& fields, const channel_settings& channel) {
    const auto kind = number_in(value_in(fields, "type"));
    const auto status = kind ? status_of(*kind) : std::nullopt;
    if (!status) return broken("a report of a kind we do not know", fields);
    const auto mid = clean_text(value_in(fields, "mid"), id_bytes_max);
    if (mid.empty()) return broken("a report without our id: the dlr-url was not ours", fields);
    status_update update{
        .channel = channel.name,
        .message_id = clean_text(value_in(fields, "fid"), id_bytes_max),
        .status = *status,
        .at = time_in(fields).value_or(instant{}),
        .callback_data = mid};
    if (*status == delivery_status::failed) {
        update.errors.push_back(
            {.code = static_cast<int>(*kind),
             .details = failure_words(*kind, value_in(fields, "reply")),
             .means = failure_of(reaction_to(static_cast<int>(*kind)).reaction)}
        );
    }
    parsed read;
    read.events.emplace_back(std::move(update));
    return read;
}

}  // namespace

bool verify(const inbound_request& request, const channel_settings& channel) {
    if (channel.path_secret.empty()) return false;
    const auto slash = request.path.rfind('/');
    if (slash == std::string_view::npos) return false;
    return same_secret(request.path.substr(slash + 1), channel.path_secret);
}

result<std::string> message_url(const channel_settings& channel) {
    auto url = own_address(channel);
    if (!url) return url.error();
    return *url + std::string{message_escapes};
}

result<std::string> report_url(std::string_view callback_data, const channel_settings& channel) {
    auto url = own_address(channel);
    if (!url) return url.error();
    if (!is_plain(callback_data) || callback_data.size() > id_bytes_max) return errc::bad_callback;
    return *url + "?mid=" + std::string{callback_data} + std::string{report_escapes};
}

result<parsed> parse(std::string_view query, const channel_settings& channel) {
    const auto fields = read_form(query);
    if (!fields) return errc::not_kannel;
    if (has_field(*fields, "type")) return read_report(*fields, channel);
    if (has_field(*fields, "from") && has_field(*fields, "text")) {
        return read_message(*fields, channel);
    }
    return errc::not_kannel;
}

}  // namespace tertulia::adapters::kannel
