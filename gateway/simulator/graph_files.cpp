#include "gateway/simulator/graph_stand_in_inside.hpp"

namespace tertulia::gateway::simulator {

namespace {

constexpr std::chrono::hours month{30 * 24};
constexpr std::chrono::hours week{7 * 24};

}  // namespace

graph_answer graph_stand_in::implementation::upload(const graph_request& request) {
    if (controls_.uploads_refused > 0) {
        --controls_.uploads_refused;
        return refuse({.http_status = 500, .code = 131000, .message = "Something went wrong"});
    }
    auto got = parse_upload(request.content_type, request.body);
    if (!got || got->messaging_product != "whatsapp" || got->file.mime_type.empty()) {
        return refuse(error_of(100));
    }
    const auto& type = got->file.mime_type;
    const auto is = [&type](std::string_view kind) { return type.starts_with(kind); };
    constexpr std::size_t mib = 1024U * 1024;
    const auto most = is("image/webp")   ? mib / 2
                      : is("image/")       ? 5 * mib
                      : is("application/") ? 100 * mib
                                           : 16 * mib;
    if (got->file.bytes.size() > most) return refuse(error_of(131053));
    got->file.expires_at = now() + month;
    const auto id = shelf_.put(std::move(got->file));
    if (id.empty()) return refuse(error_of(131053));
    ++uploads_;
    auto taken = answer(200, {{"id", id}});
    if (controls_.uploads_dropped > 0) {
        --controls_.uploads_dropped;
        taken.dropped = true;
    }
    return taken;
}

json graph_stand_in::implementation::shelve(std::string bytes, std::string mime_type) {
    const std::scoped_lock lock{mutex_};
    shelved_file file{
        .bytes = std::move(bytes), .mime_type = mime_type, .expires_at = now() + week};
    const auto digest = digest_base64(file.bytes);
    const auto id = shelf_.put(std::move(file));
    return {
        {"id", id},
        {"mime_type", mime_type},
        {"sha256", digest},
        {"url", settings_.media_base + "/media/" + shelf_.lend(id, now())}};
}

graph_answer graph_stand_in::implementation::about_media(
    const graph_request& request, std::string_view id
) {
    const auto* file = shelf_.find(id, now());
    if (!file) {
        return refuse(
            {.http_status = 400,
             .code = 100,
             .subcode = 33,
             .message = "Unsupported request. Object with ID '" + std::string{id.substr(0, 64)} +
                        "' does not exist"}
        );
    }
    if (request.method == "DELETE") {
        shelf_.drop(id);
        return answer(200, {{"success", true}});
    }
    return answer(
        200, {{"messaging_product", "whatsapp"},
              {"id", id},
              {"url", settings_.media_base + "/media/" + shelf_.lend(id, now())},
              {"mime_type", file->mime_type},
              {"sha256", file->sha256},
              {"file_size", file->bytes.size()}}
    );
}

graph_answer graph_stand_in::implementation::download(std::string_view token) {
    const auto* file = shelf_.borrowed(token, now());
    if (!file) return {.status = 404, .content_type = "text/plain", .body = ""};
    if (controls_.media_refused > 0) {
        --controls_.media_refused;
        return {.status = 500, .content_type = "text/plain", .body = ""};
    }
    graph_answer given{.status = 200, .content_type = file->mime_type, .body = file->bytes};
    if (controls_.media_damaged > 0) {
        --controls_.media_damaged;
        given.body.back() = static_cast<char>(given.body.back() ^ 1);
    }
    return given;
}

graph_answer graph_stand_in::implementation::block(const graph_request& request) {
    if (request.method == "GET") {
        json all = json::array();
        for (const auto& each : blocked_) {
            all.push_back({{"messaging_product", "whatsapp"}, {"wa_id", each}});
        }
        return answer(200, {{"data", std::move(all)}});
    }
    const auto body = json::parse(request.body, nullptr, false);
    if (!body.is_object() || !body.contains("block_users") || !body["block_users"].is_array()) {
        return refuse(error_of(100));
    }
    json done = json::array();
    for (const auto& each : body["block_users"]) {
        if (!each.is_object() || !each.contains("user") || !each["user"].is_string()) {
            return refuse(error_of(100));
        }
        const auto user = digits_of(each["user"].get<std::string>());
        const auto wrote = wrote_at_.find(user);
        // Only people who wrote within a day can be blocked.
        if (request.method == "DELETE") {
            blocked_.erase(user);
        } else if (wrote == wrote_at_.end() || now() - wrote->second > window_open_for) {
            return refuse({.http_status = 400, .code = 139100, .message = "Failed to block users"});
        } else {
            blocked_.insert(user);
        }
        done.push_back({{"input", each["user"]}, {"wa_id", user}});
    }
    const auto* key = request.method == "DELETE" ? "removed_users" : "added_users";
    return answer(200, {{"messaging_product", "whatsapp"}, {"block_users", {{key, done}}}});
}

}  // namespace tertulia::gateway::simulator
