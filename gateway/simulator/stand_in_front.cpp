#include "gateway/simulator/stand_in_front.hpp"

#include "adapters/wire/digest.hpp"

#include <nlohmann/json.hpp>

#include <charconv>

namespace tertulia::gateway::simulator {

using nlohmann::json;

namespace {

std::string text_in(const json& object, const char* name) {
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

graph_answer inbound(graph_stand_in& stand_in, std::string_view body) {
    const auto said = json::parse(body, nullptr, false);
    if (!said.is_object()) return mistake(400, "Not JSON", "a JSON object is expected");
    const auto from = digits_of(text_in(said, "from"));
    const auto user_id = text_in(said, "user_id");
    if (from.empty() && user_id.empty()) {
        return mistake(400, "Nobody", "\"from\" or \"user_id\" is needed");
    }
    auto type = text_in(said, "type");
    json content;
    if (type.empty()) {
        type = "text";
        content = {{"body", text_in(said, "text")}};
    } else if (said.contains("content")) {
        content = said["content"];
    }
    const contact who{.wa_id = from, .user_id = user_id, .name = text_in(said, "name")};
    const auto group = text_in(said, "group_id");
    const auto id =
        stand_in.write(who, type, content, text_in(said, "reply_to"), text_in(said, "id"), group);
    if (id.empty()) return mistake(409, "Not in the group", "she is not in this group");
    return json_answer({{"id", id}});
}

// {"from", "name", "link"}: she taps a group's invite link; or {"from", "group_id"}: she leaves it.
graph_answer group_step(graph_stand_in& stand_in, std::string_view path, std::string_view body) {
    const auto said = json::parse(body, nullptr, false);
    const auto from = said.is_object() ? digits_of(text_in(said, "from")) : std::string{};
    if (from.empty()) return mistake(400, "Nobody", "\"from\" is needed");
    if (path == "/group/leave") {
        const bool was_in = stand_in.leave_group(text_in(said, "group_id"), from);
        return was_in ? json_answer(json::object()) : mistake(409, "Not in the group", "");
    }
    const contact who{
        .wa_id = from, .user_id = text_in(said, "user_id"), .name = text_in(said, "name")};
    const auto joined = stand_in.join_group(text_in(said, "link"), who);
    return json_answer({{"how", word_of(joined.how)}, {"group_id", joined.group_id}});
}

// {"type": "image/jpeg", "base64": …}: the content of a message that carries it.
graph_answer shelve(graph_stand_in& stand_in, std::string_view body) {
    const auto said = json::parse(body, nullptr, false);
    if (!said.is_object()) return mistake(400, "Not JSON", "a JSON object is expected");
    auto bytes = adapters::from_base64(text_in(said, "base64"));
    if (!bytes || bytes->empty()) return mistake(400, "No file", "\"base64\" is needed");
    return json_answer(stand_in.shelve(std::move(*bytes), text_in(said, "type")));
}

}  // namespace

graph_answer json_answer(const json& what) {
    return {.body = what.dump(-1, ' ', false, json::error_handler_t::replace)};
}

graph_answer mistake(unsigned status, std::string_view title, std::string_view detail) {
    auto answer = json_answer(
        {{"type", "about:blank"}, {"status", status}, {"title", title}, {"detail", detail}});
    answer.status = status;
    answer.content_type = "application/problem+json";
    return answer;
}

std::uint64_t query_number(
    std::string_view query, std::string_view name, std::uint64_t otherwise
) {
    while (!query.empty()) {
        const auto pair = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(query.size(), pair.size() + 1));
        const auto equals = pair.find('=');
        if (equals == std::string_view::npos || pair.substr(0, equals) != name) continue;
        std::uint64_t number{};
        const auto* end = pair.data() + pair.size();
        const auto [stop, error] = std::from_chars(pair.data() + equals + 1, end, number);
        return error == std::errc{} && stop == end ? number : otherwise;
    }
    return otherwise;
}

graph_answer serve(graph_stand_in& stand_in, const graph_request& request) {
    if (request.path == "/control") {
        if (request.method == "POST") {
            const auto wrong = stand_in.control(json::parse(request.body, nullptr, false));
            if (!wrong.empty()) return mistake(400, "Not understood", wrong);
        } else if (request.method != "GET") {
            return mistake(405, "Method not allowed", "GET or POST");
        }
        return json_answer(stand_in.state());
    }
    if (request.path == "/inbound" && request.method == "POST") {
        return inbound(stand_in, request.body);
    }
    if ((request.path == "/group/join" || request.path == "/group/leave") &&
        request.method == "POST") {
        return group_step(stand_in, request.path, request.body);
    }
    if (request.path == "/shelve" && request.method == "POST") {
        return shelve(stand_in, request.body);
    }
    if (request.path == "/sent" && request.method == "GET") {
        const auto most = std::min<std::uint64_t>(query_number(request.query, "most", 1'000), 10'000);
        return json_answer(stand_in.sent(
            query_number(request.query, "since", 0), static_cast<std::size_t>(most)));
    }
    if (request.path == "/healthz") return {.content_type = "text/plain", .body = "ok\n"};
    return stand_in.handle(request);
}

}  // namespace tertulia::gateway::simulator
