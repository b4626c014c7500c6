#include "gateway/commands/person_routes.hpp"

#include "dialogs/clients/preferences.hpp"
#include "dialogs/facts/iso_date.hpp"
#include "dialogs/message/e164.hpp"
#include "gateway/commands/script_routes.hpp"
#include "gateway/documents/personal_data.hpp"
#include "gateway/nudges/attention_book.hpp"
#include "gateway/nudges/feedback_book.hpp"
#include "gateway/nudges/open_plan.hpp"
#include "gateway/portfolio/portfolio_reader.hpp"
#include "gateway/portfolio/schema.hpp"
#include "gateway/turns/party_by_phone.hpp"

#include <SQLiteCpp/Database.h>
#include <nlohmann/json.hpp>

#include <array>
#include <memory>
#include <optional>
#include <utility>

namespace tertulia::gateway {
namespace {

constexpr std::size_t person_body_bytes_max = 1024;

struct person_asked {
    std::string phone{};
    std::string by{};
    std::string name{};
    std::string value{};
};

std::optional<person_asked> read_body(std::string_view body) {
    const auto read = nlohmann::json::parse(body, nullptr, false);
    if (!read.is_object()) return std::nullopt;
    person_asked out;
    for (const auto& [key, into] : {std::pair{"phone", &out.phone}, std::pair{"by", &out.by},
                                    std::pair{"name", &out.name}, std::pair{"value", &out.value}}) {
        if (!read.contains(key)) continue;
        if (!read[key].is_string()) return std::nullopt;
        *into = read[key].get<std::string>();
    }
    return is_e164(out.phone) ? std::optional{std::move(out)} : std::nullopt;
}

http::response not_understood(std::string_view mend) {
    return http::problem(400, "bad-request", "This is not understood", mend);
}

http::response nobody() {
    return http::problem(
        404, "no-such-person", "There is no such person", "Nobody has written from this number."
    );
}

bool may_ask(const person_parts& parts, const http::request& request) {
    return may_publish(parts.token, request.header("Authorization"), request.remote_address);
}

http::response not_open() {
    return http::problem(
        403,
        "not-open",
        "This is not open to you",
        "Ask from this machine, or send server.admin_token of the config as a Bearer token."
    );
}

http::response exported(const person_parts& parts, const std::string& phone) {
    personal_data out;
    const auto portfolio = open_portfolio(parts.database);
    portfolio_reader reader{*portfolio};
    out.as_of = reader.stamp().as_of;
    const std::array phones{phone};
    for (const auto& id : reader.clients_with(phones)) out.clients.push_back(reader.client(id));
    const auto party = party_by_phone(parts.store, {&phone, 1});
    if (!party && out.clients.empty()) return nobody();
    if (party) {
        for (auto& each : parts.store.records_of(*party)) {
            out.records.push_back({each.at, std::move(each.kind), std::move(each.detail)});
        }
    }
    return {
        .content_type = "application/json",
        .body = json_of(out),
        .headers = {{"Cache-Control", "no-store"}}};
}

http::route on_writer(
    const person_parts& parts,
    const char* path,
    std::function<http::response(const person_parts&, const person_asked&)> does
) {
    http::route out{.method = "POST", .path = path, .body_bytes_max = person_body_bytes_max};
    out.handle = [parts, does = std::move(does)](const http::request& request, http::reply answer) {
        if (!may_ask(parts, request)) return std::move(answer).send(not_open());
        auto what = read_body(request.body);
        if (!what) {
            std::move(answer).send(not_understood(
                "Send {\"phone\": \"+50255551234\"}, the number with its country."
            ));
            return;
        }
        auto shared = std::make_shared<http::reply>(std::move(answer));
        parts.incoming.add(errand{[parts, does, shared, what = std::move(*what)](store&) {
            std::move(*shared).send(does(parts, what));
        }});
    };
    return out;
}

http::route prefer_route(const person_parts& parts) {
    http::route out{.method = "POST", .path = prefer_path, .body_bytes_max = person_body_bytes_max};
    out.handle = [parts](const http::request& request, http::reply answer) {
        if (!may_ask(parts, request)) return std::move(answer).send(not_open());
        auto what = read_body(request.body);
        if (!what || !dialogs::is_preference(what->name, what->value)) {
            std::move(answer).send(not_understood(
                "name is address, form, hour, reminders or pause, value one of its words; of hour also "
                "\"14:00\", of pause the day it is over, \"2027-01-01\", or any."
            ));
            return;
        }
        const auto today = civil_date{std::chrono::floor<std::chrono::days>(parts.clock())};
        const auto until = what->name == "pause" ? parse_iso_date(what->value) : std::nullopt;
        if (until && (*until <= today || days_between(today, *until) > dialogs::pause_days_max)) {
            std::move(answer).send(not_understood(
                "A pause is over on a day after today, and at most three months away."
            ));
            return;
        }
        auto shared = std::make_shared<http::reply>(std::move(answer));
        parts.incoming.add(agent_request{
            .phone = what->phone,
            .what = dialogs::agent_acted{
                .agent = "operator", .action = "prefer", .text = what->name + "=" + what->value},
            .done = [shared](agent_answer how) {
                std::move(*shared).send(
                    how == agent_answer::done || how == agent_answer::nothing_to_do
                        ? http::response{
                              .content_type = "application/json", .body = R"({"noted":true})"}
                        : nobody()
                );
            }});
    };
    return out;
}

}  // namespace

std::vector<http::route> person_routes(const person_parts& parts) {
    std::vector<http::route> routes;
    routes.push_back(on_writer(parts, export_path, [](const person_parts& of, const person_asked& what) {
        return exported(of, what.phone);
    }));
    routes.push_back(on_writer(parts, erase_path, [](const person_parts& of, const person_asked& what) {
        if (what.by.empty()) return not_understood("Say in \"by\" who erases her.");
        const auto party = party_by_phone(of.store, {&what.phone, 1});
        if (!party) return nobody();
        const auto plan = open_plan(of.database);
        attention_book{*plan}.erase_words(*party);
        feedback_book{*plan}.erase(*party);
        of.store.erase_person(*party, of.clock(), what.by);
        return http::response{.content_type = "application/json", .body = R"({"erased":true})"};
    }));
    routes.push_back(prefer_route(parts));
    return routes;
}

}  // namespace tertulia::gateway
