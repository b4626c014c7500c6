#include "gateway/commands/campaign_routes.hpp"

#include "dialogs/facts/iso_date.hpp"
#include "dialogs/script/program.hpp"
#include "dialogs/wording/calendar.hpp"
#include "gateway/commands/script_routes.hpp"
#include "gateway/nudges/known_staff.hpp"
#include "gateway/nudges/open_plan.hpp"

#include <SQLiteCpp/Database.h>
#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>

#include <span>
#include <utility>
#include <vector>

namespace tertulia::gateway {
namespace {

using nlohmann::json;

constexpr std::size_t body_bytes_max = 4UL * 1024;

http::response answer_in_json(unsigned status, const json& body) {
    return {
        .status = status,
        .content_type = "application/json",
        .body = body.dump(-1, ' ', false, json::error_handler_t::replace),
        .headers = {{"Cache-Control", "private, no-store"}}};
}

http::response bad_request(std::string_view why) {
    return http::problem(400, "bad-request", "This is not understood", why);
}

json json_of(const campaign_view& of) {
    json made{
        {"name", of.name},       {"says", of.says},
        {"to", of.to},           {"a_minute", of.a_minute},
        {"until", iso_date(of.until)}, {"state", name_of(of.state)},
        {"people", of.people},   {"to_come", of.to_come},
        {"waiting", of.waiting}, {"sent", of.sent},
        {"kept_back", of.kept}};
    for (const auto& one : of.history) {
        made["history"].push_back(
            {{"at", to_millis(one.at)}, {"who", one.who}, {"what", one.what}}
        );
    }
    return made;
}

http::response told(const campaign_result& how) {
    switch (how.answer) {
        case campaign_answer::done: return answer_in_json(200, {{"text", how.words}});
        case campaign_answer::bad: return bad_request(how.words);
        case campaign_answer::refused:
            return http::problem(409, "not-done", "Nothing was done", how.words);
        case campaign_answer::unknown: break;
    }
    return http::problem(404, "no-such-campaign", "There is no such campaign", how.words);
}

std::string text_in(const json& of, const char* key) {
    const auto found = of.find(key);
    return found != of.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

class campaign_request {
public:
    explicit campaign_request(const nudge_route_parts& parts)
        : parts_{parts}, database_{open_plan(parts.database)}, book_{*database_} {
        const auto* settings = parts.settings;
        staff_ = staff_in(
            *database_, settings == nullptr ? std::span<const staff_person>{} : settings->colleagues
        );
    }

    http::response list() {
        auto each = json::array();
        for (const auto& one : book_.all()) each.push_back(json_of(one));
        return answer_in_json(200, {{"campaigns", std::move(each)}});
    }

    http::response show(std::string_view name) {
        const auto one = book_.find(name);
        if (!one) return told({campaign_answer::unknown, "GET /api/v1/campaigns lists them."});
        return answer_in_json(200, json_of(*one));
    }

    http::response prepare(const json& body) {
        campaign_draft draft{.name = text_in(body, "name"), .says = text_in(body, "says")};
        const auto to = body.find("to");
        if (to != body.end() && to->is_object()) {
            draft.to = {
                .everybody = false,
                .branch = text_in(*to, "branch"),
                .group = text_in(*to, "group"),
                .officer = text_in(*to, "officer"),
                .product = text_in(*to, "product"),
                .segment = text_in(*to, "segment")};
            for (const auto& [key, value] : to->items()) {
                const bool known = key == "branch" || key == "group" || key == "officer" ||
                                   key == "product" || key == "segment";
                if (known && value.is_string()) continue;
                return bad_request(
                    "\"to\" has \"branch\", \"group\", \"officer\", \"product\" and \"segment\", each a text."
                );
            }
        } else {
            draft.to.everybody = text_in(body, "to") == "everybody";
        }
        if (const auto number = body.find("a_minute"); number != body.end()) {
            if (!number->is_number_integer()) return bad_request("\"a_minute\" is a whole number.");
            const auto given = number->get<std::int64_t>();
            draft.a_minute =
                given < 1 || given > campaign_a_minute_most ? 0 : static_cast<int>(given);
        }
        const auto until = parse_iso_date(text_in(body, "until"));
        if (!until) return bad_request("\"until\" is the last day: \"2026-12-20\".");
        draft.until = *until;
        const auto scripts = parts_.scripts();
        return told(book_.prepare(draft, act_of(body), scripts->compiled().nudges));
    }

    http::response act(std::string_view name, std::string_view what, const json& body) {
        const auto how = act_of(body);
        if (how.by.empty() || how.by.size() > campaign_who_bytes_max) {
            return bad_request("Send {\"by\": who does it}, up to 80 bytes.");
        }
        if (what == "approve") return told(book_.approve(name, how));
        if (what == "pause") return told(book_.pause(name, how));
        if (what == "resume") return told(book_.resume(name, how));
        if (what == "end") return told(book_.end(name, how));
        return http::problem(
            404, "no-such-act", "That cannot be done with a campaign",
            "POST …/NAME/approve, pause, resume or end."
        );
    }

private:
    campaign_act act_of(const json& body) const {
        const auto now = parts_.clock();
        return {
            .by = text_in(body, "by"),
            .at = now,
            .today = dialogs::local_calendar::make(parts_.time_zone)->date_of(now),
            .staff = staff_};
    }

    const nudge_route_parts& parts_;
    std::unique_ptr<SQLite::Database> database_;
    campaign_book book_;
    std::vector<staff_person> staff_{};
};

http::response answered_for(const nudge_route_parts& parts, const http::request& asked) {
    constexpr std::string_view all = campaigns_path;
    const auto rest = asked.path.size() > all.size() ? asked.path.substr(all.size() + 1)
                                                     : std::string_view{};
    if (asked.method != "POST") {
        campaign_request from{parts};
        return rest.empty() ? from.list() : from.show(rest);
    }
    const auto body = json::parse(asked.body, nullptr, false);
    if (!body.is_object()) return bad_request("The body is a JSON object.");
    campaign_request to{parts};
    if (rest.empty()) return to.prepare(body);
    const auto slash = rest.find('/');
    if (slash == std::string_view::npos) return to.act(rest, {}, body);
    return to.act(rest.substr(0, slash), rest.substr(slash + 1), body);
}

}  // namespace

std::vector<http::route> campaign_routes(const nudge_route_parts& parts) {
    const auto handle = [parts](const http::request& asked, http::reply answer) {
        if (!may_publish(parts.token, asked.header("Authorization"), asked.remote_address)) {
            std::move(answer).send(http::problem(
                403, "not-allowed", "Campaigns are not open to you",
                "Ask from this machine, or send server.admin_token of the config as a Bearer token."
            ));
            return;
        }
        try {
            std::move(answer).send(answered_for(parts, asked));
        } catch (const std::exception& trouble) {
            spdlog::error("campaigns cannot be read: {}", trouble.what());
            std::move(answer).send(http::problem(
                500, "store", "Campaigns cannot be read", "The gateway's log says more."
            ));
        }
    };
    const auto below = std::string{campaigns_path} + "/*";
    return {
        {.method = "GET", .path = campaigns_path, .handle = handle},
        {.method = "GET", .path = below, .handle = handle},
        {.method = "POST", .path = campaigns_path, .body_bytes_max = body_bytes_max, .handle = handle},
        {.method = "POST", .path = below, .body_bytes_max = body_bytes_max, .handle = handle}};
}

}  // namespace tertulia::gateway
