#include "adapters/whatsapp_cloud/groups.hpp"
#include "adapters/whatsapp_cloud/message_body.hpp"
#include "adapters/wire/form.hpp"
#include "adapters/wire/json_writer.hpp"
#include "adapters/wire/plain_text.hpp"
#include "adapters/wire/text.hpp"
#include "adapters/wire/whatsapp_identity.hpp"
#include "dialogs/message/numbered_text.hpp"

#include <algorithm>
#include <type_traits>
#include <utility>

namespace tertulia::adapters::whatsapp_cloud {
namespace {

constexpr std::size_t group_id_bytes_max = 512;
constexpr std::size_t picture_bytes_max = 5U * 1024 * 1024;
constexpr std::size_t join_answers_max = 100;
constexpr std::string_view info_fields =
    "subject,description,participants,total_participant_count,suspended,creation_timestamp,"
    "join_approval_mode";

// Visible ASCII: what Meta calls a group is base64 or digits, never a space or a quote.
bool is_id(std::string_view text) {
    return !text.empty() && text.size() <= group_id_bytes_max &&
           std::ranges::all_of(text, [](char byte) { return byte > ' ' && byte < '\x7F'; }) &&
           text.find_first_of("\"<>\\") == std::string_view::npos;
}

outbound_request call(
    std::string_view method,
    std::string_view path,
    const channel_settings& channel,
    std::string body = {}
) {
    outbound_request request{.method = std::string{method}, .url = channel.api_base};
    while (request.url.ends_with('/')) request.url.pop_back();
    request.url += "/" + channel.api_version + "/" + std::string{path};
    request.headers.emplace_back("Authorization", "Bearer " + channel.access_token);
    if (!body.empty()) request.headers.emplace_back("Content-Type", "application/json");
    request.body = std::move(body);
    return request;
}

// "GROUP_ID/edge": the id may hold slashes and equals signs.
result<outbound_request> group_call(
    std::string_view method,
    std::string_view group_id,
    std::string_view edge,
    const channel_settings& channel,
    std::string body = {}
) {
    if (!is_id(group_id)) return errc::bad_recipient;
    return call(method, percent_encoded(group_id) + std::string{edge}, channel, std::move(body));
}

json_writer opened() {
    json_writer json;
    json.begin_object().member("messaging_product", "whatsapp");
    return json;
}

bool is_too_long(std::string_view subject, std::string_view description) {
    return utf16_units(subject) > group_subject_units_max ||
           utf16_units(description) > group_description_units_max;
}

result<outbound_request> pin_call(
    std::string_view type,
    std::string_view group_id,
    std::string_view message_id,
    int days,
    const channel_settings& channel
) {
    if (!is_id(group_id)) return errc::bad_recipient;
    if (!is_id(message_id)) return errc::empty_content;
    auto json = opened();
    json.member("recipient_type", "group").member("to", group_id).member("type", "pin");
    json.key("pin").begin_object().member("type", type).member("message_id", message_id);
    if (days > 0) json.key("expiration_days").number(days);
    json.end_object().end_object();
    return request_of_message(json.take(), channel);
}

// What a group can show of it; nothing: it cannot.
std::optional<outbound_content> for_group(const outbound_content& what) {
    const auto as_text = [&what]() -> std::optional<outbound_content> {
        auto text = plain_text(what);
        if (!text) return std::nullopt;
        return say_text{.text = std::move(*text)};
    };
    return std::visit(
        [&](const auto& one) -> std::optional<outbound_content> {
            using kind = std::decay_t<decltype(one)>;
            if constexpr (std::is_same_v<kind, say_text>) {
                return say_text{.text = numbered_text(one)};
            } else if constexpr (std::is_same_v<kind, say_media>) {
                return one;
            } else if constexpr (std::is_same_v<kind, say_template>) {
                if (one.buttons.empty()) return one;
                return std::nullopt;
            } else if constexpr (std::is_same_v<kind, say_location> ||
                                 std::is_same_v<kind, ask_location> ||
                                 std::is_same_v<kind, say_link>) {
                return as_text();
            } else {
                return std::nullopt;
            }
        },
        what
    );
}

}  // namespace

result<outbound_request> render_group_create(
    const group_wanted& what, const channel_settings& channel
) {
    if (what.subject.empty()) return errc::empty_content;
    if (is_too_long(what.subject, what.description)) return errc::too_long;
    auto json = opened();
    json.member("subject", what.subject);
    if (!what.description.empty()) json.member("description", what.description);
    const bool by_link = what.joining == group_joining::by_link;
    json.member("join_approval_mode", by_link ? "auto_approve" : "approval_required").end_object();
    return call("POST", channel.phone_number_id + "/groups", channel, json.take());
}

result<outbound_request> render_group_list(
    std::size_t limit, std::string_view after, const channel_settings& channel
) {
    form_writer query;
    query.add("limit", std::to_string(std::clamp<std::size_t>(limit, 1, group_page_max)));
    if (!after.empty() && !is_id(after)) return errc::bad_parameters;
    if (!after.empty()) query.add("after", after);
    return call("GET", channel.phone_number_id + "/groups?" + query.take(), channel);
}

result<outbound_request> render_group_info(
    std::string_view group_id, const channel_settings& channel
) {
    return group_call("GET", group_id, "?fields=" + std::string{info_fields}, channel);
}

result<outbound_request> render_group_settings(
    std::string_view group_id,
    std::string_view subject,
    std::string_view description,
    const channel_settings& channel
) {
    if (subject.empty() && description.empty()) return errc::empty_content;
    if (is_too_long(subject, description)) return errc::too_long;
    auto json = opened();
    if (!subject.empty()) json.member("subject", subject);
    if (!description.empty()) json.member("description", description);
    json.end_object();
    return group_call("POST", group_id, "", channel, json.take());
}

result<outbound_request> render_group_picture(
    std::string_view group_id, std::string_view jpeg, const channel_settings& channel
) {
    if (!jpeg.starts_with("\xFF\xD8\xFF")) return errc::not_possible;
    if (jpeg.size() > picture_bytes_max) return errc::too_long;
    auto request = group_call("POST", group_id, "", channel);
    if (!request) return request.error();
    // A boundary the picture does not hold, whatever it holds.
    std::string boundary{"tertulia-picture"};
    while (jpeg.find(boundary) != std::string_view::npos) boundary += 'x';
    const auto part = "--" + boundary + "\r\nContent-Disposition: form-data; name=";
    request->headers.emplace_back("Content-Type", "multipart/form-data; boundary=" + boundary);
    request->body = part + "\"messaging_product\"\r\n\r\nwhatsapp\r\n" + part +
                    "\"file\"; filename=\"group.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n";
    request->body.append(jpeg).append("\r\n--" + boundary + "--\r\n");
    return request;
}

result<outbound_request> render_group_delete(
    std::string_view group_id, const channel_settings& channel
) {
    return group_call("DELETE", group_id, "", channel);
}

result<outbound_request> render_group_link(
    std::string_view group_id, const channel_settings& channel
) {
    return group_call("GET", group_id, "/invite_link", channel);
}

result<outbound_request> render_group_link_reset(
    std::string_view group_id, const channel_settings& channel
) {
    auto json = opened();
    json.end_object();
    return group_call("POST", group_id, "/invite_link", channel, json.take());
}

result<outbound_request> render_join_requests(
    std::string_view group_id, const channel_settings& channel
) {
    return group_call("GET", group_id, "/join_requests", channel);
}

result<outbound_request> render_join_answer(
    std::string_view group_id,
    join_answer answer,
    std::span<const std::string> request_ids,
    const channel_settings& channel
) {
    if (request_ids.empty()) return errc::empty_content;
    if (request_ids.size() > join_answers_max) return errc::too_long;
    auto json = opened();
    json.key("join_requests").begin_array();
    for (const auto& one : request_ids) {
        if (!is_id(one)) return errc::bad_parameters;
        json.text(one);
    }
    json.end_array().end_object();
    const auto* method = answer == join_answer::approve ? "POST" : "DELETE";
    return group_call(method, group_id, "/join_requests", channel, json.take());
}

result<outbound_request> render_group_remove(
    std::string_view group_id, std::span<const std::string> people, const channel_settings& channel
) {
    if (people.empty()) return errc::empty_content;
    if (people.size() > group_participants_max) return errc::too_long;
    auto json = opened();
    json.key("participants").begin_array();
    for (const auto& one : people) {
        const auto kind = whatsapp_identity_kind(one);
        if (!kind) return errc::bad_recipient;
        const bool is_number = *kind == identity_kind::wa_id;
        const bool needs_sign = is_number && !one.starts_with('+');
        json.begin_object();
        json.member(is_number ? "user" : "user_id", (needs_sign ? "+" : "") + one).end_object();
    }
    json.end_array().end_object();
    return group_call("DELETE", group_id, "/participants", channel, json.take());
}

result<outbound_request> render_group_pin(
    std::string_view group_id,
    std::string_view message_id,
    int days,
    const channel_settings& channel
) {
    if (days < 1 || days > group_pin_days_max) return errc::bad_parameters;
    return pin_call("pin", group_id, message_id, days, channel);
}

result<outbound_request> render_group_unpin(
    std::string_view group_id, std::string_view message_id, const channel_settings& channel
) {
    return pin_call("unpin", group_id, message_id, 0, channel);
}

result<outbound_request> render_to_group(
    const outbound_message& what, std::string_view group_id, const channel_settings& channel
) {
    if (!is_id(group_id)) return errc::bad_recipient;
    auto content = for_group(what.content);
    if (!content) return errc::not_possible;
    // Quoting in a group is nowhere described.
    auto body = message_body(
        {.to = what.to, .callback_data = what.callback_data, .content = std::move(*content)},
        group_id
    );
    if (!body) return body.error();
    return request_of_message(std::move(*body), channel);
}

}  // namespace tertulia::adapters::whatsapp_cloud
