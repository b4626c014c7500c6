#include "gateway/commands/channel_routes.hpp"

#include "gateway/accounts/usage.hpp"
#include <nlohmann/json.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace tertulia::gateway {
namespace {

using nlohmann::json;

constexpr std::size_t notices_shown = 50;
constexpr std::string_view channel_prefix = "/api/v1/channels/";

http::response json_of(const json& body) {
    return {
        .content_type = "application/json",
        .body = body.dump(-1, ' ', false, json::error_handler_t::replace)};
}

json of_account(const account& known) {
    json templates = json::array();
    for (const auto& [key, one] : known.templates()) {
        templates.push_back(
            {{"name", key.first},
             {"language", key.second},
             {"status", one.word},
             {"category", one.category},
             {"next_category", one.next_category},
             {"quality", one.quality},
             {"reason", one.reason},
             {"sent", meta::may_be_sent(one.status)}}
        );
    }
    json differences = json::array();
    for (const auto& one : known.differences()) {
        differences.push_back(
            {{"name", one.name},
             {"language", one.language},
             {"fails", one.fails},
             {"what", one.sentence}}
        );
    }
    json out{{"quality", known.quality()}, {"templates", std::move(templates)}};
    out["template_differences"] = std::move(differences);
    if (const auto limit = known.limit()) {
        out["people_limit"] = *limit == meta::unlimited_people ? json("unlimited") : json(*limit);
    }
    return out;
}

json all_of(const channel_route_parts& parts, store& from) {
    json channels = json::array();
    for (const auto& one : parts.plan.states()) {
        json row{
            {"name", one.channel},
            {"queued", one.queued},
            {"in_flight", one.in_flight},
            {"unknown", one.unknown},
            {"stopped", one.paused},
            {"why", one.reason},
            {"breaker_open", one.breaker_open},
            {"people_started", one.people_started},
            {"bulk_paused", one.bulk_paused_until > parts.clock()},
            {"marketing_stopped", one.marketing_stopped}};
        if (const auto* known = parts.accounts.find(one.channel)) row["account"] = of_account(*known);
        channels.push_back(std::move(row));
    }
    json notices = json::array();
    for (const auto& one : from.notices(notices_shown)) {
        notices.push_back(
            {{"channel", one.channel}, {"field", one.field}, {"summary", one.summary}}
        );
    }
    return {{"channels", std::move(channels)}, {"notices", std::move(notices)}};
}

// "12.345678".
std::string decimal(std::int64_t micros) {
    auto rest = std::to_string(micros % 1'000'000);
    return std::to_string(micros / 1'000'000) + '.' + std::string(6 - rest.size(), '0') + rest;
}

http::response usage_of(const channel_config& channel, store& from) {
    json months = json::array();
    for (const auto& month : usage_by_month(from.usage(channel.name), channel.prices)) {
        json lines = json::array();
        for (const auto& line : month.lines) {
            json row{
                {"category", line.category},
                {"type", line.type},
                {"count", line.count},
                {"billed", line.billed}};
            if (line.cost_micros) row["cost"] = decimal(*line.cost_micros);
            lines.push_back(std::move(row));
        }
        months.push_back(
            {{"month", month.month},
             {"lines", std::move(lines)},
             {"service_free_left", month.service_free_left},
             {"cost", decimal(month.cost_micros)},
             {"cost_complete", month.cost_complete}}
        );
    }
    return json_of({{"currency", channel.prices.currency}, {"months", std::move(months)}});
}

}  // namespace

std::vector<http::route> channel_routes(const channel_route_parts& parts) {
    const auto on_writer = [&into = parts.incoming](
                               http::reply answer, std::function<http::response(store&)> work
                           ) {
        auto shared = std::make_shared<http::reply>(std::move(answer));
        into.add(errand{[shared, work = std::move(work)](store& from) {
            try {
                std::move(*shared).send(work(from));
            } catch (const std::exception&) {
                std::move(*shared).send(http::problem(
                    503, "store-unreadable", "The store cannot be read", "See the gateway's log."
                ));
            }
        }});
    };
    std::vector<http::route> routes;
    routes.push_back(
        {.method = "GET",
         .path = "/api/v1/channels",
         .handle = [parts, on_writer](const http::request&, http::reply answer) {
             on_writer(std::move(answer), [parts](store& from) {
                 return json_of(all_of(parts, from));
             });
         }}
    );
    // Each channel's own paths: what else lies below a channel is others'.
    for (const auto& channel : parts.channels) {
        const auto path = std::string{channel_prefix} + channel.name;
        routes.push_back(
            {.method = "GET",
             .path = path + "/usage",
             .handle = [on_writer, &channel](const http::request&, http::reply answer) {
                 on_writer(std::move(answer), [&channel](store& from) {
                     return usage_of(channel, from);
                 });
             }}
        );
        routes.push_back(
            {.method = "POST",
             .path = path + "/resume",
             .body_bytes_max = 1024,
             .handle = [parts, on_writer, &channel](const http::request&, http::reply answer) {
                 on_writer(std::move(answer), [parts, &channel](store&) {
                     (void)parts.accounts.resume(channel.name, parts.clock());
                     return json_of({{"resumed", true}});
                 });
             }}
        );
    }
    return routes;
}

}  // namespace tertulia::gateway
