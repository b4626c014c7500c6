#include "gateway/simulator/desk_http.hpp"

#include <nlohmann/json.hpp>

#include <memory>
#include <utility>

namespace tertulia::gateway::simulator {

using nlohmann::json;

namespace {

constexpr std::chrono::seconds dropped_for{30};

}  // namespace

http::response plain(const graph_answer& from) {
    return {.status = from.status,
            .content_type = from.content_type,
            .body = from.body,
            .headers = {{"Cache-Control", "no-store"}}};
}

http::response page_file(std::string_view type, std::string_view content) {
    return {
        .content_type = std::string{type},
        .body = std::string{content},
        .headers = {
            {"Cache-Control", "no-cache"},
            {"X-Content-Type-Options", "nosniff"},
            {"Referrer-Policy", "no-referrer"},
            {"Content-Security-Policy",
             "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; "
             "form-action 'none'"}}};
}

std::optional<http::response> foreign(const http::request& request) {
    const auto origin = request.header ? request.header("origin") : std::string_view{};
    const auto host = request.header ? request.header("host") : std::string_view{};
    const auto scheme_end = origin.find("://");
    const auto ours = origin.empty() || (scheme_end != std::string_view::npos &&
                                         origin.substr(scheme_end + 3) == host);
    if (!ours) return http::problem(403, "foreign", "Forbidden", "from another site");
    if (!request.content_type.starts_with("application/json")) {
        return http::problem(415, "not-json", "Unsupported media type", "application/json");
    }
    return std::nullopt;
}

bool is_short_text(const json& object, const char* key, std::size_t most) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() &&
           found->get_ref<const std::string&>().size() <= most;
}

http::route change_route(std::string path, std::size_t bytes_max, change_handler handle) {
    return {
        .method = "POST",
        .path = std::move(path),
        .body_bytes_max = bytes_max,
        .handle = [handle = std::move(handle)](const http::request& request, http::reply to) {
            if (auto no = foreign(request)) return std::move(to).send(std::move(*no));
            handle(request, std::move(to));
        }};
}

graph_request as_stand_in_sees(const http::request& request, std::string_view path) {
    const auto header = [&request](std::string_view name) {
        return request.header ? request.header(name) : std::string_view{};
    };
    return {
        .method = request.method,
        .path = path,
        .query = request.query,
        .authorization = header("authorization"),
        .content_type = request.content_type,
        .body = request.body};
}

void answer_in_time(const graph_answer& answer, http::reply to, alarm& later) {
    const auto wait = answer.dropped ? std::chrono::milliseconds{dropped_for} : answer.delay;
    if (wait.count() == 0) return std::move(to).send(plain(answer));
    const auto held = std::make_shared<http::reply>(std::move(to));
    later.after(wait, [held, answer] {
        if (!answer.dropped) std::move(*held).send(plain(answer));
    });
}

}  // namespace tertulia::gateway::simulator
