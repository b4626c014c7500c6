#include "gateway/simulator/group_desk.hpp"

#include "gateway/simulator/desk_http.hpp"
#include "gateway/simulator/stand_in_front.hpp"

#include <nlohmann/json.hpp>

#include <utility>

namespace tertulia::gateway::simulator {

using nlohmann::json;

namespace {

constexpr std::size_t body_bytes_max = 2'048;

void refuse(http::reply to, unsigned status, std::string_view detail) {
    std::move(to).send(http::problem(status, "not-done", "Not done", detail));
}

}  // namespace

std::string group_chat(std::string_view group_id) { return "group:" + std::string{group_id}; }

void show_news(phone_desk& screens, const group_news& what) {
    screens.group_changed(group_chat(what.group_id));
    // The page draws the pins and the link itself.
    if (what.what == "pinned" || what.what == "unpinned" || what.what == "link") return;
    screens.show(
        group_chat(what.group_id),
        {.at = what.at,
         .message = {{"type", "note"}, {"note", {{"what", what.what}, {"who", what.who}}}}}
    );
}

group_desk::group_desk(
    graph_stand_in& stand_in, std::function<std::optional<contact>(std::string_view phone)> find
)
    : stand_in_{stand_in}, find_{std::move(find)} {}

void group_desk::join(std::string_view body, http::reply to) {
    const auto said = json::parse(body, nullptr, false);
    if (!said.is_object() || !is_short_text(said, "phone", 64) || !is_short_text(said, "link", 512)) {
        return refuse(std::move(to), 400, "phone and link are needed");
    }
    const auto who = find_(said["phone"].get<std::string>());
    if (!who) return refuse(std::move(to), 404, "nobody on the desk has this phone");
    const auto joined = stand_in_.join_group(said["link"].get<std::string>(), *who);
    std::move(to).send(
        plain(json_answer({{"how", word_of(joined.how)}, {"group", joined.group_id}}))
    );
}

void group_desk::leave(std::string_view body, http::reply to) {
    const auto said = json::parse(body, nullptr, false);
    if (!said.is_object() || !is_short_text(said, "phone", 64) || !is_short_text(said, "group", 512)) {
        return refuse(std::move(to), 400, "phone and group are needed");
    }
    const auto phone = digits_of(said["phone"].get<std::string>());
    if (!stand_in_.leave_group(said["group"].get<std::string>(), phone)) {
        return refuse(std::move(to), 409, "she is not in this group");
    }
    std::move(to).send(plain(json_answer(json::object())));
}

std::vector<http::route> group_desk::routes() {
    std::vector<http::route> all;
    all.push_back(
        {.method = "GET",
         .path = "/simulator/groups",
         .handle = [this](const http::request&, http::reply to) {
             std::move(to).send(plain(json_answer(stand_in_.groups())));
         }}
    );
    all.push_back(change_route(
        "/simulator/groups/join", body_bytes_max,
        [this](const http::request& request, http::reply to) {
            join(request.body, std::move(to));
        }
    ));
    all.push_back(change_route(
        "/simulator/groups/leave", body_bytes_max,
        [this](const http::request& request, http::reply to) {
            leave(request.body, std::move(to));
        }
    ));
    return all;
}

}  // namespace tertulia::gateway::simulator
