#include "gateway/simulator/bank_desk.hpp"

#include "gateway/http/query.hpp"
#include "gateway/simulator/desk_http.hpp"
#include "gateway/simulator/stand_in_front.hpp"
#include "gateway/simulator/web_files.hpp"

#include <nlohmann/json.hpp>

#include <memory>
#include <optional>
#include <utility>

namespace tertulia::gateway::simulator {

namespace {

using nlohmann::json;

json seats_of(const desk_bank& from) {
    json all = json::array();
    for (const auto& each : from.seats) {
        all.push_back(
            {{"name", each.name},
             {"phone", each.phone},
             {"id", digits_of(each.phone)},
             {"office", each.office}});
    }
    return all;
}

void list_banks(const desk_banks& from, http::reply to) {
    json all = json::array();
    for (const auto& each : from.list ? from.list() : std::vector<desk_bank>{}) {
        all.push_back({{"id", each.id}, {"name", each.name}});
    }
    std::move(to).send(plain(json_answer({{"banks", std::move(all)}})));
}

void show_bank(const desk_banks& from, const std::string& id, http::reply to) {
    const auto found = from.find ? from.find(id) : std::nullopt;
    if (!found) {
        return std::move(to).send(http::problem(
            404, "no-such-bank", "There is no such village bank", "GET /simulator/banks lists them."
        ));
    }
    json made{{"id", found->id}, {"name", found->name}, {"seats", seats_of(*found)}};
    std::move(to).send(plain(json_answer(made)));
}

void show_standing(const desk_banks& from, std::string id, http::reply to) {
    const auto held = std::make_shared<http::reply>(std::move(to));
    const auto tell = [held](const std::optional<desk_standing>& now) {
        json meeting;
        if (now) {
            meeting = {
                {"meeting", now->meeting}, {"state", now->state},       {"present", now->present},
                {"quorum", now->quorum},   {"received", now->received}, {"due", now->due}};
        }
        std::move(*held).send(plain(json_answer({{"meeting", std::move(meeting)}})));
    };
    if (!from.standing) return tell(std::nullopt);
    from.standing(std::move(id), tell);
}

}  // namespace

std::vector<http::route> bank_routes(const desk_banks& from) {
    std::vector<http::route> all;
    const auto get = [&all](std::string path, http::handler handle) {
        all.push_back({.method = "GET", .path = std::move(path), .handle = std::move(handle)});
    };
    const auto file = [&get](std::string path, std::string_view type, std::string_view content) {
        get(std::move(path), [type, content](const http::request&, http::reply to) {
            std::move(to).send(page_file(type, content));
        });
    };
    file("/simulator/meeting.html", "text/html; charset=utf-8", web_meeting_html());
    file("/simulator/meeting.css", "text/css; charset=utf-8", web_meeting_css());
    file("/simulator/meeting.js", "text/javascript; charset=utf-8", web_meeting_js());
    const auto value = [](const http::request& request, std::string_view name) {
        return http::query_value(request.query, name).value_or("");
    };
    get("/simulator/banks", [&from](const http::request&, http::reply to) {
        list_banks(from, std::move(to));
    });
    get("/simulator/bank", [&from, value](const http::request& request, http::reply to) {
        show_bank(from, value(request, "id"), std::move(to));
    });
    get("/simulator/standing", [&from, value](const http::request& request, http::reply to) {
        show_standing(from, value(request, "bank"), std::move(to));
    });
    return all;
}

}  // namespace tertulia::gateway::simulator
