#include "gateway/commands/nudge_routes.hpp"

#include "dialogs/facts/iso_date.hpp"
#include "dialogs/script/program.hpp"
#include "dialogs/wording/calendar.hpp"
#include "gateway/commands/nudge_prices.hpp"
#include "gateway/commands/plan_page.hpp"
#include "gateway/commands/script_routes.hpp"
#include "gateway/http/query.hpp"
#include "gateway/nudges/attention_book.hpp"
#include "gateway/nudges/open_plan.hpp"
#include "gateway/nudges/preview.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>

#include <charconv>
#include <optional>
#include <utility>

namespace tertulia::gateway {
namespace {

constexpr int nudge_days_asked_most = 366;
constexpr std::size_t attention_body_bytes_max = 4UL * 1024;

std::optional<int> days_in(const http::request& asked, int otherwise) {
    const auto text = http::query_value(asked.query, "days");
    if (!text) return otherwise;
    int days = 0;
    const auto* end = text->data() + text->size();
    const auto [stopped, error] = std::from_chars(text->data(), end, days);
    if (error != std::errc{} || stopped != end || days < 1 || days > nudge_days_asked_most) {
        return std::nullopt;
    }
    return days;
}

http::response bad_days() {
    return http::problem(400, "bad-query", "'days' is from 1 to 366", "?days=30");
}

http::response decided_for(const nudge_route_parts& parts, const http::request& asked) {
    const auto client = http::query_value(asked.query, "client");
    if (!client || client->empty()) {
        return http::problem(
            400, "bad-query", "'client' is missing", "?client=ID, as core banking has it."
        );
    }
    const auto days = days_in(asked, 60);
    if (!days) return bad_days();
    const auto calendar = dialogs::local_calendar::make(parts.time_zone);
    const auto scripts = parts.scripts();
    const auto database = open_plan(parts.database);
    SQLite::Statement known{*database, "SELECT 1 FROM clients WHERE id = ?"};
    known.bind(1, *client);
    if (!known.executeStep()) {
        return http::problem(404, "no-client", "There is no such client", "Write core banking's id.");
    }
    auto asked_for = nlohmann::json::array();
    for (const auto& one : attention_book{*database}.all_of(*client, *calendar)) {
        asked_for.push_back(
            {{"wants", dialogs::name_of(one.wanted)},
             {"until", iso_date(one.until)},
             {"by", one.who},
             {"why", one.why},
             {"at", to_millis(one.at)}}
        );
    }
    auto rows = nlohmann::json::array();
    const auto all = plan_of(
        *database, scripts->compiled().nudges, *client, calendar->date_of(parts.clock()), *days
    );
    for (const auto& one : all) {
        nlohmann::json row{
            {"policy", one.what.policy},
            {"segment", one.what.segment},
            {"day", one.what.day},
            {"counted_from", iso_date(one.what.anchor)},
            {"due", to_millis(one.what.due)},
            {"said", one.said}};
        if (!one.why.empty()) row["why"] = one.why;
        if (!one.what.loan_id.empty()) row["loan"] = one.what.loan_id;
        if (!one.dialog.empty()) row["dialog"] = one.dialog;
        if (one.decided != instant{}) row["decided"] = to_millis(one.decided);
        rows.push_back(std::move(row));
    }
    return {
        .content_type = "application/json",
        .body = nlohmann::json{
            {"client", *client}, {"asked_for", std::move(asked_for)}, {"nudges", std::move(rows)}}.dump(
            -1, ' ', false, nlohmann::json::error_handler_t::replace
        ),
        .headers = {{"Cache-Control", "private, no-store"}}};
}

http::response page_of(const nudge_route_parts& parts, const http::request& asked) {
    const auto days = days_in(asked, 30);
    if (!days) return bad_days();
    const auto calendar = dialogs::local_calendar::make(parts.time_zone);
    const auto scripts = parts.scripts();
    const auto& program = scripts->compiled();
    if (program.nudges.policies.empty()) {
        return http::problem(
            404, "no-policies", "There is no policy", "Nothing is ever sent first: see nudges/."
        );
    }
    const dialogs::contact_calendar when{
        *program.nudges.law, *program.nudges.ours, program.house.holidays, *calendar};
    const auto now = parts.clock();
    const plan_rules by{
        .rules = program.nudges,
        .when = when,
        .version = program.nudges.version,
        .today = calendar->date_of(now),
        .now = now,
        .broken_within = program.relief.promise.broken_within,
        .steps = {},
        .claim_days = program.relief.claim_days};
    const auto database = open_plan(parts.database);
    return {
        .content_type = "text/html; charset=utf-8",
        .body = plan_page(preview_of(
            *database, by, *days, "", reached_as::it_is, {},
            parts.settings == nullptr ? price_of_message{} : nudge_prices(*parts.settings, *scripts)
        )),
        .headers = {{"Cache-Control", "private, no-store"}}};
}

http::response ask_attention(const nudge_route_parts& parts, const http::request& asked) {
    const auto body = nlohmann::json::parse(asked.body, nullptr, false);
    const auto text_of = [&body](const char* key) {
        return body.is_object() && body.contains(key) && body[key].is_string()
                   ? body[key].get<std::string>()
                   : std::string{};
    };
    const auto bad = [](std::string_view why) {
        return http::problem(400, "bad-request", "This is not understood", why);
    };
    const auto wanted = dialogs::parse_attention(text_of("wants"));
    if (!wanted) return bad("\"wants\" is less, none, more or usual.");
    const auto until = parse_iso_date(text_of("until"));
    if (!until) return bad("\"until\" is the last day it holds: \"2026-12-31\".");
    const auto calendar = dialogs::local_calendar::make(parts.time_zone);
    const attention_note what{
        .client_id = text_of("client"),
        .wanted = *wanted,
        .until = *until,
        .who = text_of("by"),
        .why = text_of("why"),
        .at = parts.clock()};
    const auto scripts = parts.scripts();
    const auto database = open_plan(parts.database);
    attention_book book{*database};
    const auto wrong = book.set(what, scripts->compiled().nudges, *calendar);
    if (!wrong.empty()) return http::problem(409, "not-noted", "Nothing was noted", wrong);
    return {
        .content_type = "application/json",
        .body = nlohmann::json{{"text", in_words(what, *calendar)}}.dump(
            -1, ' ', false, nlohmann::json::error_handler_t::replace
        ),
        .headers = {{"Cache-Control", "private, no-store"}}};
}

using answered = http::response (*)(const nudge_route_parts&, const http::request&);

http::route route_to(
    const nudge_route_parts& parts, const char* method, const char* path, answered by
) {
    const auto handle = [parts, by](const http::request& asked, http::reply answer) {
        if (!may_publish(parts.token, asked.header("Authorization"), asked.remote_address)) {
            std::move(answer).send(http::problem(
                403,
                "not-allowed",
                "The plan is not open to you",
                "Ask from this machine, or send server.admin_token of the config as a Bearer token."
            ));
            return;
        }
        try {
            std::move(answer).send(by(parts, asked));
        } catch (const std::exception& trouble) {
            spdlog::error("the plan cannot be read: {}", trouble.what());
            std::move(answer).send(http::problem(
                500, "store", "The plan cannot be read", "The gateway's log says more."
            ));
        }
    };
    return {.method = method, .path = path, .body_bytes_max = attention_body_bytes_max, .handle = handle};
}

}  // namespace

std::vector<http::route> nudge_routes(const nudge_route_parts& parts) {
    return {
        route_to(parts, "GET", nudges_path, decided_for),
        route_to(parts, "GET", nudge_plan_path, page_of),
        route_to(parts, "POST", nudge_attention_path, ask_attention)};
}

}  // namespace tertulia::gateway
