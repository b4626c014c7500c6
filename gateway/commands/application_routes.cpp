#include "gateway/commands/application_routes.hpp"

#include "gateway/applications/application_export.hpp"
#include "gateway/commands/script_routes.hpp"
#include "gateway/portfolio/meeting_book.hpp"
#include "gateway/portfolio/schema.hpp"

#include <SQLiteCpp/Database.h>

#include <charconv>
#include <memory>
#include <optional>
#include <utility>

namespace tertulia::gateway {
namespace {

// "after=17"; nothing: it is no number.
std::optional<std::int64_t> after_of(std::string_view query) {
    constexpr std::string_view key = "after=";
    if (query.empty()) return 0;
    if (!query.starts_with(key)) return std::nullopt;
    query.remove_prefix(key.size());
    std::int64_t id = 0;
    const auto* end = query.data() + query.size();
    const auto [stopped, error] = std::from_chars(query.data(), end, id);
    if (error != std::errc{} || stopped != end || id < 0) return std::nullopt;
    return id;
}

http::route route_of(const application_route_parts& parts, const char* path) {
    const auto list = [parts, path](const http::request& asked, http::reply answer) {
        if (!may_publish(parts.token, asked.header("Authorization"), asked.remote_address)) {
            std::move(answer).send(http::problem(
                403,
                "not-allowed",
                "What people sent is not open to you",
                "Ask from this machine, or send server.admin_token of the config as a Bearer token."
            ));
            return;
        }
        const auto after = after_of(asked.query);
        if (!after) {
            std::move(answer).send(http::problem(
                400, "bad-query", "'after' is the id of the last one you have", "?after=0 gives all."
            ));
            return;
        }
        auto shared = std::make_shared<http::reply>(std::move(answer));
        parts.incoming.add(errand{[shared, after = *after, path, &from = parts.store,
                                   database = parts.database](store&) {
            try {
                std::move(*shared).send(
                    {.content_type = "text/csv; charset=utf-8",
                     .body = exported(from, database, path, after),
                     .headers = {{"Cache-Control", "private, no-store"}}}
                );
            } catch (const std::exception&) {
                std::move(*shared).send(http::problem(
                    500, "store", "The store cannot be read", "The gateway's log says more."
                ));
            }
        }});
    };
    return {.method = "GET", .path = path, .handle = list};
}

}  // namespace

std::string exported(
    sqlite_store& from, const std::string& database, std::string_view path, std::int64_t after
) {
    if (path == attendance_path) {
        const auto portfolio = open_portfolio(database);
        return csv_of(meeting_book{*portfolio}.after(after, applications_at_once));
    }
    if (path == claims_path) {
        return csv_of_claims(from.records_named("payment_claim", after, applications_at_once));
    }
    if (path == promises_path) {
        return csv_of_promises(from.records_named("payment_promise", after, applications_at_once));
    }
    return csv_of(from.applications().after(after, applications_at_once));
}

std::vector<http::route> application_routes(const application_route_parts& parts) {
    return {
        route_of(parts, applications_path), route_of(parts, claims_path),
        route_of(parts, promises_path), route_of(parts, attendance_path)};
}

}  // namespace tertulia::gateway
