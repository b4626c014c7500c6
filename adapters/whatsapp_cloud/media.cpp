#include "adapters/whatsapp_cloud/media.hpp"

#include "adapters/whatsapp_cloud/parts.hpp"
#include "adapters/wire/json_view.hpp"
#include "adapters/wire/text.hpp"

#include <algorithm>

namespace tertulia::adapters::whatsapp_cloud {
namespace {

const std::vector<std::string_view>& meta_hosts() {
    static const std::vector<std::string_view> hosts{
        "fbsbx.com", "fbcdn.net", "whatsapp.net", "whatsapp.com", "facebook.com"};
    return hosts;
}

constexpr int no_such_object = 100;
constexpr int subcode_no_such_id = 33;
constexpr int value_invalid = 131009;
constexpr int file_not_taken = 131053;

std::string base_of(const channel_settings& channel) {
    std::string url = channel.api_base;
    while (url.ends_with('/')) url.pop_back();
    return url + "/" + channel.api_version + "/";
}

// Meta's are digits; whatever it is becomes a part of an address.
bool is_media_id(std::string_view id) {
    return !id.empty() && std::ranges::all_of(id, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               c == '_' || c == '-';
    });
}

outbound_request get(std::string url, const channel_settings* channel) {
    outbound_request request{.method = "GET", .url = std::move(url)};
    if (channel != nullptr) {
        request.headers.emplace_back("Authorization", "Bearer " + channel->access_token);
    }
    return request;
}

media_step refused(const media_answer& answer) {
    if (answer.status == 400) {
        json_reader reader;
        const auto read = reader.read(answer.body);
        const auto body = read ? as_object(*read) : std::nullopt;
        const auto error = body ? object_at(*body, "error") : std::nullopt;
        if (error && integer_at(*error, "code") == no_such_object &&
            integer_at(*error, "error_subcode") == subcode_no_such_id) {
            return media_lost("Meta has no such file any more");
        }
        if (error) return media_again("Meta refused to say where the file is");
    }
    return media_refused(answer.status);
}

media_step to_the_file(const media_answer& answer, const channel_settings& channel) {
    json_reader reader;
    const auto read = reader.read(answer.body);
    const auto body = read ? as_object(*read) : std::nullopt;
    if (!body) return media_again("Meta's words about the file cannot be read");
    const auto url = text_at(*body, "url");
    if (!is_host_allowed(url, channel.api_base, meta_hosts())) {
        return media_lost("the file's address is not one of Meta's");
    }
    return {
        .next = media_next::call,
        .call = get(std::string{url}, &channel),
        .file = true,
        .hops = 1,
        .mime_type = clean_text(text_at(*body, "mime_type"), name_bytes_max),
        .sha256 = clean_text(text_at(*body, "sha256"), id_bytes_max),
        .bytes = std::max<std::int64_t>(0, integer_at(*body, "file_size").value_or(0))};
}

// A line that stands nowhere in the file.
std::string boundary_beside(std::string_view bytes) {
    for (unsigned number = 0;; ++number) {
        auto line = "tertulia-" + std::to_string(number) + "-file";
        if (bytes.find(line) == std::string_view::npos) return line;
    }
}

}  // namespace

outbound_request render_upload(
    std::string_view bytes,
    std::string_view mime_type,
    std::string_view name,
    const channel_settings& channel
) {
    const auto boundary = boundary_beside(bytes);
    const auto part = [&](std::string_view head) {
        return "--" + boundary + "\r\nContent-Disposition: form-data; " + std::string{head};
    };
    auto shown = safe_file_name(name);
    if (shown.empty()) shown = "file";
    outbound_request request{.url = base_of(channel) + channel.phone_number_id + "/media"};
    request.headers.emplace_back("Authorization", "Bearer " + channel.access_token);
    request.headers.emplace_back("Content-Type", "multipart/form-data; boundary=" + boundary);
    auto& body = request.body;
    body.reserve(bytes.size() + 512);
    body = part("name=\"messaging_product\"\r\n\r\nwhatsapp\r\n");
    body += part("name=\"type\"\r\n\r\n") + std::string{mime_type} + "\r\n";
    body += part("name=\"file\"; filename=\"") + shown + "\"\r\nContent-Type: " +
            std::string{mime_type} + "\r\n\r\n";
    body += bytes;
    body += "\r\n--" + boundary + "--\r\n";
    return request;
}

verdict judge_upload(const provider_response& answer) {
    json_reader reader;
    const auto read = reader.read(answer.body);
    const auto body = read ? as_object(*read) : std::nullopt;
    if (answer.status / 100 == 2 && body) {
        auto id = clean_text(text_at(*body, "id"), id_bytes_max);
        if (is_media_id(id)) {
            return {.reaction = reaction::accepted, .provider_id = std::move(id)};
        }
    }
    auto judged = judge(answer);
    if (judged.reaction == reaction::accepted || judged.reaction == reaction::ask_operator) {
        judged.reaction = reaction::refuse;
        judged.provider_id.clear();
        judged.reason = "a file was taken, but the answer does not name it";
    }
    return judged;
}

bool blames_file(int code) noexcept {
    return code == no_such_object || code == value_invalid || code == file_not_taken;
}

media_step begin_media(const received_media& what, const channel_settings& channel) {
    if (!is_media_id(what.id)) return media_lost("the file has no id");
    return {
        .next = media_next::call,
        .call = get(
            base_of(channel) + what.id + "?phone_number_id=" + channel.phone_number_id, &channel
        )};
}

media_step go_on_with_media(
    const media_step& before, const media_answer& answer, const channel_settings& channel
) {
    if (answer.status == 200 && !before.file) return to_the_file(answer, channel);
    auto next = before;
    next.call = {};
    ++next.hops;
    if (answer.status == 200) {
        next.next = media_next::whole;
        return next;
    }
    if (before.file && answer.status / 100 == 3) {
        if (next.hops > media_hops_max) return media_again("too many redirections");
        if (!is_host_allowed(answer.location, channel.api_base, meta_hosts())) {
            return media_lost("the file's address leads away from Meta");
        }
        next.call = get(std::string{answer.location}, nullptr);
        return next;
    }
    return refused(answer);
}

}  // namespace tertulia::adapters::whatsapp_cloud
