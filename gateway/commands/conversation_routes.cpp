#include "gateway/commands/conversation_routes.hpp"

#include "dialogs/message/e164.hpp"

#include <nlohmann/json.hpp>

#include <memory>
#include <optional>

namespace tertulia::gateway {
namespace {

constexpr std::size_t conversation_body_bytes_max = 1024;

std::optional<std::string> conversation_phone_in(std::string_view body) {
    const auto read = nlohmann::json::parse(body, nullptr, false);
    if (!read.is_object() || !read.contains("phone") || !read["phone"].is_string()) {
        return std::nullopt;
    }
    auto phone = read["phone"].get<std::string>();
    return is_e164(phone) ? std::optional{std::move(phone)} : std::nullopt;
}

http::response answer_of(agent_answer how) {
    switch (how) {
        case agent_answer::done:
            return {.content_type = "application/json", .body = R"({"released":true})"};
        case agent_answer::nothing_to_do:
            return http::problem(
                409,
                "not-handed-over",
                "No person has this conversation",
                "The assistant answers her already."
            );
        case agent_answer::unknown_person:
            return http::problem(
                404,
                "no-such-conversation",
                "There is no such conversation",
                "Nobody has written from this number."
            );
        case agent_answer::failed:
            break;
    }
    return http::problem(
        500,
        "step-failed",
        "The assistant could not take it back",
        "`tertulia dead-letters` tells why; nothing was changed."
    );
}

}  // namespace

std::vector<http::route> conversation_routes(inbox& into) {
    http::route release{.method = "POST", .path = release_path, .body_bytes_max = conversation_body_bytes_max};
    release.handle = [&into](const http::request& request, http::reply answer) {
        auto phone = conversation_phone_in(request.body);
        if (!phone) {
            std::move(answer).send(http::problem(
                400,
                "bad-request",
                "This is not understood",
                "Send {\"phone\": \"+50255551234\"}, the number with its country."
            ));
            return;
        }
        auto shared = std::make_shared<http::reply>(std::move(answer));
        into.add(agent_request{
            .phone = std::move(*phone),
            .what = dialogs::agent_acted{.agent = "operator", .action = "release", .text = {}},
            .done = [shared](agent_answer how) { std::move(*shared).send(answer_of(how)); }});
    };
    std::vector<http::route> routes;
    routes.push_back(std::move(release));
    return routes;
}

}  // namespace tertulia::gateway
