#include "adapters/infobip/parts.hpp"
#include "adapters/wire/form.hpp"
#include "adapters/wire/text.hpp"
#include "adapters/wire/timestamp.hpp"

namespace tertulia::adapters::infobip {
namespace {

constexpr std::string_view rows_per_page = "1000";  // the most Infobip gives
constexpr std::string_view inbox_page = "inbox";
constexpr std::string_view logs_page = "logs";
constexpr std::string_view cursor_prefix = "logs:";
constexpr std::size_t cursor_bytes_max = 1024;

problem read_log(
    json_object row, const channel_settings& channel, instant received_at, listed& to
) {
    sent_message sent{.id = clean_text(text_at(row, "messageId"), id_bytes_max)};
    if (sent.id.empty()) return "a message without an id";
    sent.callback_data = outbox_id_in(sent.id, channel);
    const auto phone = phone_of(text_at(row, value_at(row, "destination") ? "destination" : "to"));
    if (!phone.empty()) sent.to = identity{identity_kind::phone, phone};
    const auto content = object_at(row, "content");
    sent.text =
        clean_text(content ? text_at(*content, "text") : text_at(row, "text"), text_bytes_max);
    sent.at = read_iso_time(text_at(row, "sentAt")).value_or(received_at);
    const auto status = object_at(row, "status");
    if (status) sent.status = status_in(*status);
    if (sent.status) {
        status_update update;
        if (const auto wrong = read_report(row, channel, received_at, update); !wrong.empty()) {
            return wrong;
        }
        if (!update.errors.empty()) sent.error_code = update.errors.front().code;
        to.statuses.push_back(std::move(update));
    }
    to.sent.push_back(std::move(sent));
    return {};
}

problem read_row(
    json_object row, const channel_settings& channel, instant received_at, listed& to
) {
    if (is_report(row)) return read_log(row, channel, received_at, to);
    inbound_message message;
    const auto wrong = read_message(row, channel, received_at, message);
    if (wrong.empty() && !message.from.empty()) to.received.push_back(std::move(message));
    return wrong;
}

// The inbox says how much is left in it; the logs name their next page.
std::string page_after(json_object root) {
    if (const auto left = integer_at(root, "pendingMessageCount")) {
        return std::string{*left > 0 ? inbox_page : logs_page};
    }
    const auto cursor = object_at(root, "cursor");
    const auto next = cursor ? text_at(*cursor, "nextCursor") : std::string_view{};
    if (next.empty() || next.size() > cursor_bytes_max) return {};
    return std::string{cursor_prefix} + std::string{next};
}

}  // namespace

result<outbound_request> render_list_request(
    instant since, std::string_view page, const channel_settings& channel
) {
    outbound_request request{.method = "GET", .url = channel.api_base};
    while (request.url.ends_with('/')) request.url.pop_back();
    form_writer query;
    query.add("limit", rows_per_page);
    if (page.empty() || page == inbox_page) {
        request.url += "/sms/1/inbox/reports?" + query.take();
    } else if (page == logs_page || page.starts_with(cursor_prefix)) {
        query.add("sentSince", write_iso_time(since)).add("useCursor", "true");
        if (page != logs_page) query.add("cursor", page.substr(cursor_prefix.size()));
        request.url += "/sms/3/logs?" + query.take();
    } else {
        return errc::bad_page;
    }
    request.headers.emplace_back("Authorization", "App " + channel.api_key);
    request.headers.emplace_back("Accept", "application/json");
    return request;
}

result<listed> parse_list(
    std::string_view body, const channel_settings& channel, instant received_at
) {
    thread_local json_reader reader;  // scratch memory only
    const auto document = reader.read(body);
    if (!document) return errc::not_json;
    const auto root = as_object(*document);
    const auto results = root ? array_at(*root, "results") : std::nullopt;
    if (!results) return errc::not_infobip;
    listed all;
    for (const json_value element : *results) {
        const auto row = as_object(element);
        const auto wrong = row ? read_row(*row, channel, received_at, all)
                               : problem{"something that is not an object"};
        if (wrong.empty()) continue;
        all.malformed.push_back(
            {.reason = std::string{wrong},
             .raw_json = clean_text(to_json(element), malformed_bytes_max)}
        );
    }
    all.next_page = page_after(*root);
    return all;
}

}  // namespace tertulia::adapters::infobip
