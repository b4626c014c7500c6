// What Twilio has on record and what belongs to a message but has to be fetched.

#include "adapters/twilio/fields.hpp"
#include "adapters/twilio/message.hpp"
#include "adapters/twilio/reactions.hpp"
#include "adapters/wire/json_view.hpp"
#include "adapters/wire/text.hpp"
#include "adapters/wire/timestamp.hpp"

#include <algorithm>

namespace tertulia::adapters::twilio {
namespace {

constexpr std::string_view page_size = "100";

outbound_request get(std::string url, const channel_settings& channel) {
    outbound_request request{.method = "GET", .url = std::move(url)};
    request.headers.emplace_back("Authorization", credentials(channel));
    return request;
}

std::string messages_path(const channel_settings& channel) {
    return account_path(channel) + "/Messages";
}

struct list_row {
    std::string id{};
    std::string_view direction{};
    instant at{};
};

// The first moment the row names; nothing if it names none.
std::optional<instant> time_of(json_object row) {
    for (const auto* key : {"date_sent", "date_created", "date_updated"}) {
        const auto text = text_at(row, key);
        if (auto at = read_mail_time(text)) return at;
        if (auto at = read_iso_time(text)) return at;
    }
    return std::nullopt;
}

void add_received(json_object row, list_row about, const channel_settings& channel, listed& to) {
    inbound_message message{
        .channel = channel.name, .id = std::move(about.id), .sent_at = about.at};
    const auto from = address_in(text_at(row, "from"));
    if (!is_of_kind(from, channel.kind)) return;  // another channel of the account
    add_identity(message.from, from.value, channel.kind);
    if (message.from.empty()) return;  // a short code or a name: no person
    auto text = clean_text(text_at(row, "body"), text_bytes_max);
    if (integer_at(row, "num_media").value_or(0) > 0) {
        message.content =
            unknown_content{.type = std::string{listed_media}, .raw_json = to_json(row)};
    } else {
        message.content = typed_text{std::move(text)};
    }
    to.received.push_back(std::move(message));
}

void add_sent(json_object row, list_row about, const channel_settings& channel, listed& to) {
    const auto recipient = address_in(text_at(row, "to"));
    if (!is_of_kind(recipient, channel.kind)) return;
    std::vector<identity> who;
    add_identity(who, recipient.value, channel.kind);
    sent_message sent{
        .id = about.id,
        .text = clean_text(text_at(row, "body"), text_bytes_max),
        .at = about.at,
        .status = status_named(text_at(row, "status")).status};
    const auto code = integer_at(row, "error_code").value_or(0);
    if (code > 0 && code < 1'000'000'000) sent.error_code = static_cast<int>(code);
    if (!who.empty()) sent.to = who.front();
    if (sent.status) {
        status_update status{
            .channel = channel.name,
            .message_id = sent.id,
            .status = *sent.status,
            .at = about.at,
            .recipient = who};
        if (sent.error_code != 0) {
            status.errors.push_back(
                {.code = sent.error_code,
                 .details = clean_text(text_at(row, "error_message"), 512),
                 .means = failure_of(rule_of(sent.error_code))}
            );
        }
        to.statuses.push_back(std::move(status));
    }
    to.sent.push_back(std::move(sent));
}

std::string_view read_row(json_object row, const channel_settings& channel, listed& to) {
    list_row about{
        .id = clean_text(text_at(row, "sid"), id_bytes_max),
        .direction = text_at(row, "direction")};
    const auto at = time_of(row);
    if (about.id.empty()) return "a message without an id";
    if (!at) return "a message without a time";
    about.at = *at;
    const auto account = text_at(row, "account_sid");
    if (!account.empty() && account != channel.account_sid) return "a message of another account";
    if (about.direction == "inbound") {
        add_received(row, std::move(about), channel, to);
    } else if (about.direction.starts_with("outbound")) {
        add_sent(row, std::move(about), channel, to);
    } else {
        return "a message of neither direction";
    }
    return {};
}

// A page of another list would be read with our credentials: only this one's is followed.
bool is_own_page(std::string_view page, const channel_settings& channel) {
    const auto list = messages_path(channel) + ".json?";
    return page.starts_with(list) &&
           page.find_first_of(" \r\n\t#\\\"<>", list.size()) == std::string_view::npos;
}

std::string_view host_of(std::string_view url) {
    if (!url.starts_with("https://")) return {};
    url.remove_prefix(8);
    return url.substr(0, url.find_first_of("/?#"));
}

}  // namespace

std::optional<outbound_request> fetch_media_request(
    std::string_view url, const channel_settings& channel
) {
    if (url.find_first_of(" \r\n\t\\\"<>#") != std::string_view::npos) return std::nullopt;
    const auto host = host_of(url);
    const bool is_api = url.starts_with(api_root(channel) + account_path(channel) + "/");
    const bool is_listed =
        !host.empty() && std::ranges::find(channel.media_hosts, host) != channel.media_hosts.end();
    if (!is_api && !is_listed) return std::nullopt;
    return get(std::string{url}, channel);
}

result<outbound_request> render_list_request(
    instant since, std::string_view page, const channel_settings& channel
) {
    if (page.empty()) {
        form_writer query;
        query.add("DateSent>", write_iso_time(since)).add("PageSize", page_size);
        return get(api_root(channel) + messages_path(channel) + ".json?" + query.take(), channel);
    }
    if (!is_own_page(page, channel)) return errc::bad_page;
    return get(api_root(channel) + std::string{page}, channel);
}

result<listed> parse_list(std::string_view body, const channel_settings& channel) {
    thread_local json_reader reader;  // scratch memory only
    const auto document = reader.read(body);
    const auto root = document ? as_object(*document) : std::nullopt;
    const auto rows = root ? array_at(*root, "messages") : std::nullopt;
    if (!rows) return errc::not_a_list;
    listed all;
    for (const json_value element : *rows) {
        const auto row = as_object(element);
        const auto wrong = row ? read_row(*row, channel, all) : "something that is not an object";
        if (wrong.empty()) continue;
        all.malformed.push_back(
            {.reason = std::string{wrong},
             .raw_json = clean_text(to_json(element), malformed_bytes_max)}
        );
    }
    const auto next = text_at(*root, "next_page_uri");
    if (!next.empty() && !is_own_page(next, channel)) return errc::bad_page;
    all.next_page = next;
    return all;
}

outbound_request render_media_list_request(
    std::string_view message_id, const channel_settings& channel
) {
    return get(
        api_root(channel) + messages_path(channel) + "/" + percent_encoded(message_id) +
            "/Media.json",
        channel
    );
}

result<std::vector<inbound_message>> parse_media_list(
    std::string_view body, const inbound_message& message, const channel_settings& channel
) {
    thread_local json_reader reader;  // scratch memory only
    const auto document = reader.read(body);
    const auto root = document ? as_object(*document) : std::nullopt;
    const auto rows = root ? array_at(*root, "media_list") : std::nullopt;
    if (!rows) return errc::not_a_list;
    std::string caption;
    if (const auto* raw = std::get_if<unknown_content>(&message.content)) {
        thread_local json_reader row_reader;
        const auto row = row_reader.read(raw->raw_json);
        const auto object = row ? as_object(*row) : std::nullopt;
        if (object) caption = clean_text(text_at(*object, "body"), text_bytes_max);
    }
    std::vector<inbound_message> all;
    for (const json_value element : *rows) {
        const auto row = as_object(element);
        auto path = row ? text_at(*row, "uri") : std::string_view{};
        if (!path.starts_with(messages_path(channel) + "/")) continue;
        if (path.ends_with(".json")) path.remove_suffix(5);
        auto type = clean_text(text_at(*row, "content_type"), name_bytes_max);
        auto& one = all.emplace_back(message);
        one.id = id_of_part(message.id, all.size() - 1);
        one.content = received_media{
            .kind = media_kind_of(type),
            .url = api_root(channel) + clean_text(path, url_bytes_max),
            .mime_type = std::move(type),
            .caption = all.size() == 1 ? caption : std::string{}};
    }
    return all;
}

}  // namespace tertulia::adapters::twilio
