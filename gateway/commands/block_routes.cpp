#include "gateway/commands/block_routes.hpp"

#include "adapters/whatsapp_cloud/blocking.hpp"
#include "dialogs/message/e164.hpp"
#include "gateway/accounts/account_sync.hpp"

#include <nlohmann/json.hpp>

#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace tertulia::gateway {
namespace {

using nlohmann::json;

constexpr std::size_t block_body_bytes_max = 1024;

std::optional<std::string> phone_in(std::string_view body) {
    const auto read = json::parse(body, nullptr, false);
    if (!read.is_object() || !read.contains("phone") || !read["phone"].is_string()) {
        return std::nullopt;
    }
    auto phone = read["phone"].get<std::string>();
    return is_e164(phone) ? std::optional{std::move(phone)} : std::nullopt;
}

http::response said(bool blocks, bool at_provider, const std::string& reason) {
    json body{{"blocked", blocks}, {"at_provider", at_provider}};
    if (!reason.empty()) body["reason"] = reason;
    return {.content_type = "application/json", .body = body.dump()};
}

void ask_provider(
    const block_route_parts& parts, bool blocks, const std::string& phone,
    const std::shared_ptr<http::reply>& answer
) {
    using namespace adapters::whatsapp_cloud;
    auto request = blocks ? render_block(*parts.by, phone) : render_unblock(*parts.by, phone);
    parts.client.start(call_of(std::move(request)), [answer, blocks](http::answer got) {
        if (got.result != http::call_result::answered) {
            return std::move(*answer).send(said(blocks, false, "Meta did not answer: try again later"));
        }
        const auto judged = judge_block({.status = got.status, .body = std::move(got.body)});
        auto reason = judged.reason;
        if (judged.code != 0) reason += " (" + std::to_string(judged.code) + ")";
        std::move(*answer).send(said(blocks, judged.done, reason));
    });
}

void change(const block_route_parts& parts, bool blocks, std::string phone, http::reply answer) {
    auto shared = std::make_shared<http::reply>(std::move(answer));
    parts.incoming.add(errand{[parts, blocks, phone = std::move(phone), shared](store& from) {
        auto who = from.find_party({identity_kind::phone, phone});
        if (!who) who = from.find_party({identity_kind::wa_id, phone.substr(1)});
        if (!who) {
            return std::move(*shared).send(http::problem(
                404,
                "no-such-conversation",
                "There is no such conversation",
                "Nobody has written from this number."
            ));
        }
        if (blocks) {
            parts.accounts.block(*who, parts.clock());
        } else {
            parts.accounts.unblock(*who, parts.clock());
        }
        if (parts.by == nullptr) return std::move(*shared).send(said(blocks, false, ""));
        ask_provider(parts, blocks, phone, shared);
    }});
}

}  // namespace

std::vector<http::route> block_routes(const block_route_parts& parts) {
    std::vector<http::route> routes;
    for (const bool blocks : {true, false}) {
        routes.push_back(
            {.method = "POST",
             .path = blocks ? block_path : unblock_path,
             .body_bytes_max = block_body_bytes_max,
             .handle = [parts, blocks](const http::request& request, http::reply answer) {
                 auto phone = phone_in(request.body);
                 if (!phone) {
                     std::move(answer).send(http::problem(
                         400,
                         "bad-request",
                         "This is not understood",
                         "Send {\"phone\": \"+50255551234\"}, the number with its country."
                     ));
                     return;
                 }
                 change(parts, blocks, std::move(*phone), std::move(answer));
             }}
        );
    }
    return routes;
}

}  // namespace tertulia::gateway
