#include "gateway/commands/script_routes.hpp"

#include <openssl/crypto.h>

#include <memory>
#include <utility>

namespace tertulia::gateway {
namespace {

constexpr std::size_t rollback_bytes_max = 4UL * 1024;

http::response scripts_not_allowed() {
    return http::problem(
        403,
        "not-allowed",
        "Publishing is not open to you",
        "Ask from this machine, or send server.admin_token of the config as a Bearer token."
    );
}

http::response not_json() {
    return http::problem(
        415, "not-json", "The body is not said to be JSON", "Send Content-Type: application/json."
    );
}

http::response config_broken() {
    return http::problem(
        422,
        "config-broken",
        "The config has mistakes: nothing was published",
        "`tertulia check` names every one with its line. What ran goes on."
    );
}

// What the writer thread does with the desk, answered when it is done.
void on_writer(
    const script_route_parts& parts,
    http::reply answer,
    std::function<http::response(publishing_desk&)> work
) {
    auto shared = std::make_shared<http::reply>(std::move(answer));
    parts.incoming.add(errand{[shared, work = std::move(work), &desk = parts.desk](store&) {
        try {
            std::move(*shared).send(work(desk));
        } catch (const std::exception&) {
            std::move(*shared).send(http::problem(
                503, "store-unreadable", "The store cannot be read", "See the gateway's log."
            ));
        }
    }});
}

void publish(const script_route_parts& parts, const http::request& request, http::reply answer) {
    const auto now_said = parts.config_again();
    if (!now_said) {
        std::move(answer).send(config_broken());
        return;
    }
    // Loading takes its time, and is not the writer's work.
    auto prepared = prepare_publishing(request.body, now_said->institution);
    if (auto* refused = std::get_if<http::response>(&prepared)) {
        std::move(answer).send(std::move(*refused));
        return;
    }
    auto wanted = std::make_shared<publish_request>(std::get<publish_request>(std::move(prepared)));
    on_writer(
        parts,
        std::move(answer),
        [wanted, staff = now_said->staff, clock = parts.clock](publishing_desk& desk) {
            desk.staff(staff);
            return desk.publish(*wanted, clock());
        }
    );
}

void roll_back(const script_route_parts& parts, const http::request& request, http::reply answer) {
    auto prepared = prepare_rolling_back(request.body);
    if (auto* refused = std::get_if<http::response>(&prepared)) {
        std::move(answer).send(std::move(*refused));
        return;
    }
    on_writer(
        parts,
        std::move(answer),
        [wanted = std::get<roll_back_request>(std::move(prepared)),
         clock = parts.clock](publishing_desk& desk) { return desk.roll_back(wanted, clock()); }
    );
}

}  // namespace

bool may_publish(
    std::string_view token, std::string_view authorization, std::string_view remote_address
) noexcept {
    if (token.empty()) {
        return remote_address.starts_with("127.") || remote_address == "::1" ||
               remote_address.starts_with("::ffff:127.");
    }
    constexpr std::string_view scheme = "Bearer ";
    if (!authorization.starts_with(scheme)) return false;
    authorization.remove_prefix(scheme.size());
    return authorization.size() == token.size() &&
           CRYPTO_memcmp(authorization.data(), token.data(), token.size()) == 0;
}

std::vector<http::route> script_routes(const script_route_parts& parts) {
    const auto allowed = [token = parts.token](const http::request& request) {
        return may_publish(token, request.header("Authorization"), request.remote_address);
    };
    const auto changing = [allowed](auto&& work) {
        return [allowed, work](const http::request& request, http::reply answer) {
            if (!allowed(request)) return std::move(answer).send(scripts_not_allowed());
            if (!request.content_type.starts_with("application/json")) {
                return std::move(answer).send(not_json());
            }
            work(request, std::move(answer));
        };
    };
    return {
        {.method = "GET",
         .path = "/api/v1/scripts",
         .handle =
             [parts, allowed](const http::request& request, http::reply answer) {
                 if (!allowed(request)) return std::move(answer).send(scripts_not_allowed());
                 on_writer(parts, std::move(answer), [](publishing_desk& desk) {
                     return desk.list();
                 });
             }},
        {.method = "POST",
         .path = "/api/v1/scripts",
         .body_bytes_max = publishing_bytes_max,
         .handle = changing([parts](const http::request& request, http::reply answer) {
             publish(parts, request, std::move(answer));
         })},
        {.method = "POST",
         .path = "/api/v1/scripts/rollback",
         .body_bytes_max = rollback_bytes_max,
         .handle = changing([parts](const http::request& request, http::reply answer) {
             roll_back(parts, request, std::move(answer));
         })},
    };
}

}  // namespace tertulia::gateway
