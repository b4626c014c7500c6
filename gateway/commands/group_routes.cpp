#include "gateway/commands/group_routes.hpp"

#include "adapters/whatsapp_cloud/groups.hpp"
#include "gateway/commands/known_groups.hpp"
#include "gateway/commands/script_routes.hpp"
#include "gateway/http/query.hpp"

#include <nlohmann/json.hpp>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <utility>

namespace tertulia::gateway {
namespace {

namespace whatsapp = adapters::whatsapp_cloud;
using nlohmann::json;
using settings = whatsapp::channel_settings;

constexpr std::string_view group_prefix = "/api/v1/channels/";
constexpr std::size_t group_body_bytes_max = 6UL * 1024;  // of JSON
constexpr std::size_t picture_bytes_max = 5UL * 1024 * 1024;
constexpr std::size_t page = 100;

// A call to make and what its good answer becomes; nothing: it makes no sense.
struct group_call {
    boost::system::result<adapters::outbound_request> request;
    std::function<std::optional<json>(std::string_view body)> read;
    std::string rejects_in{};  // the group whose join requests it rejects; empty: it does not
};

json to_json(const std::vector<identity>& who) {
    json all = json::array();
    for (const auto& one : who) all.push_back(one.value);
    return all;
}

json to_json(const whatsapp::group_facts& from) {
    json members = json::array();
    for (const auto& one : from.members) {
        members.push_back({{"who", to_json(one.who)}, {"username", one.username}});
    }
    json all{
        {"id", from.id},
        {"subject", from.subject},
        {"description", from.description},
        {"members_count", from.members_count},
        {"suspended", from.is_suspended},
        {"created_at", to_millis(from.created_at)}};
    if (from.joining) {
        all["joining"] =
            *from.joining == whatsapp::group_joining::by_link ? "by_link" : "on_approval";
    }
    all["members"] = std::move(members);
    return all;
}

std::optional<json> nothing_more(std::string_view) { return json::object(); }

std::optional<json> request_id(std::string_view body) {
    const auto id = whatsapp::read_group_request_id(body);
    return id ? json{{"request_id", *id}} : json::object();
}

std::optional<json> link(std::string_view body) {
    const auto found = whatsapp::read_group_link(body);
    if (!found) return std::nullopt;
    return json{{"link", *found}};
}

std::optional<json> groups(std::string_view body) {
    const auto found = whatsapp::read_group_page(body);
    if (!found) return std::nullopt;
    json all = json::array();
    for (const auto& one : found->groups) all.push_back(to_json(one));
    json answer{{"next", found->next}};
    answer["groups"] = std::move(all);
    return answer;
}

std::optional<json> group_facts_in(std::string_view body) {
    const auto found = whatsapp::read_group_facts(body);
    if (!found) return std::nullopt;
    return to_json(*found);
}

std::optional<json> join_requests(std::string_view body) {
    const auto found = whatsapp::read_join_requests(body);
    if (!found) return std::nullopt;
    json all = json::array();
    for (const auto& one : *found) {
        all.push_back({{"id", one.id}, {"who", to_json(one.who)}, {"at", to_millis(one.at)}});
    }
    json answer;
    answer["join_requests"] = std::move(all);
    return answer;
}

std::optional<json> join_answers(std::string_view body) {
    const auto found = whatsapp::read_join_answers(body);
    if (!found) return std::nullopt;
    json failed = json::array();
    for (const auto& one : found->failed) {
        failed.push_back({{"id", one.id}, {"code", one.error_code}});
    }
    json answer{{"done", found->done}};
    answer["failed"] = std::move(failed);
    return answer;
}

std::string text_in(const json& body, const char* key) {
    const auto found = body.find(key);
    return found != body.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

std::vector<std::string> texts_in(const json& body, const char* key) {
    std::vector<std::string> all;
    const auto found = body.find(key);
    if (found == body.end() || !found->is_array()) return all;
    for (const auto& one : *found) all.push_back(one.is_string() ? one.get<std::string>() : "");
    return all;
}

// Of …/groups itself.
std::optional<group_call> of_all(
    std::string_view method, std::string_view query, const json& body, const settings& of
) {
    if (method == "GET") {
        std::string_view after;
        if (query.starts_with("after=")) after = query.substr(6, query.find('&') - 6);
        const auto decoded = http::percent_decode(after);
        if (!decoded) return std::nullopt;
        return group_call{whatsapp::render_group_list(page, *decoded, of), groups};
    }
    if (method != "POST") return std::nullopt;
    const auto joining = text_in(body, "joining");
    if (!joining.empty() && joining != "by_link" && joining != "on_approval") return std::nullopt;
    return group_call{
        whatsapp::render_group_create(
            {.subject = text_in(body, "subject"),
             .description = text_in(body, "description"),
             .joining = joining == "by_link" ? whatsapp::group_joining::by_link
                                             : whatsapp::group_joining::on_approval},
            of
        ),
        request_id};
}

std::optional<group_call> of_pin(
    bool pins, const std::string& id, const json& body, const settings& of
) {
    const auto message = text_in(body, "message_id");
    if (!pins) return group_call{whatsapp::render_group_unpin(id, message, of), nothing_more};
    const auto days = body.find("days");
    const bool known = days != body.end() && days->is_number_integer();
    const auto count = known ? days->get<std::int64_t>() : 0;
    const bool fits = count >= 1 && count <= whatsapp::group_pin_days_max;
    return group_call{
        whatsapp::render_group_pin(id, message, fits ? static_cast<int>(count) : 0, of),
        nothing_more};
}

// Of one group.
std::optional<group_call> of_one(
    std::string_view method, const std::string& id, std::string_view edge, const json& body,
    const settings& of
) {
    const bool get = method == "GET";
    const bool post = method == "POST";
    if (edge.empty() && get) return group_call{whatsapp::render_group_info(id, of), group_facts_in};
    if (edge.empty() && post) {
        return group_call{
            whatsapp::render_group_settings(
                id, text_in(body, "subject"), text_in(body, "description"), of
            ),
            request_id};
    }
    if (edge.empty()) return group_call{whatsapp::render_group_delete(id, of), request_id};
    if (edge == "link" && get) return group_call{whatsapp::render_group_link(id, of), link};
    if (edge == "link" && post) return group_call{whatsapp::render_group_link_reset(id, of), link};
    if (edge == "join-requests" && get) {
        return group_call{whatsapp::render_join_requests(id, of), join_requests};
    }
    if (edge == "join-requests" && post) {
        const auto answer = text_in(body, "answer");
        if (answer != "approve" && answer != "reject") return std::nullopt;
        const auto how =
            answer == "approve" ? whatsapp::join_answer::approve : whatsapp::join_answer::reject;
        return group_call{
            whatsapp::render_join_answer(id, how, texts_in(body, "ids"), of), join_answers,
            how == whatsapp::join_answer::reject ? id : std::string{}};
    }
    if (edge == "remove" && post) {
        return group_call{
            whatsapp::render_group_remove(id, texts_in(body, "people"), of), request_id};
    }
    if ((edge == "pin" || edge == "unpin") && post) return of_pin(edge == "pin", id, body, of);
    return std::nullopt;
}

http::response refused(const adapters::verdict& judged, const std::optional<json>& in_part) {
    using enum adapters::reaction;
    const bool again = judged.reaction == retry || judged.reaction == slow_channel;
    json body{
        {"type", "about:blank"},
        {"title", "WhatsApp did not do it"},
        {"status", again ? 503 : 422},
        {"detail", judged.reason},
        {"code", judged.code}};
    if (in_part) body["in_part"] = *in_part;
    return {
        .status = again ? 503U : 422U,
        .content_type = "application/problem+json",
        .body = body.dump(-1, ' ', false, json::error_handler_t::replace)};
}

http::response answer_of(const group_call& call, const http::answer& got) {
    if (got.result != http::call_result::answered) {
        const bool unsure = got.result == http::call_result::unknown;
        return http::problem(
            unsure ? 504 : 503, "no-answer", "WhatsApp did not answer",
            unsure ? "It may have been done: look before you repeat it."
                   : "Nothing was done: try again."
        );
    }
    const auto judged = whatsapp::judge_group_call(
        {.status = got.status, .body = got.body, .retry_after = got.retry_after}
    );
    if (judged.reaction != adapters::reaction::accepted) {
        constexpr unsigned partial = 206;
        return refused(judged, got.status == partial ? call.read(got.body) : std::nullopt);
    }
    const auto told = call.read(got.body);
    if (!told) {
        return http::problem(
            502, "no-sense", "WhatsApp's answer is not understood", "Compare the channel's api_base."
        );
    }
    return {
        .content_type = "application/json",
        .body = told->dump(-1, ' ', false, json::error_handler_t::replace)};
}

using channels_by_name = std::map<std::string, settings, std::less<>>;

struct place {
    const settings* channel{};
    std::string group{};  // empty: all of them
    std::string edge{};
};

// "/api/v1/channels/NAME/groups/ID/EDGE"
std::optional<place> place_of(std::string_view path, const channels_by_name& channels) {
    path.remove_prefix(group_prefix.size());
    std::vector<std::string> parts;
    while (true) {
        const auto end = path.find('/');
        auto part = http::percent_decode(path.substr(0, end));
        if (!part || part->empty() || parts.size() == 4) return std::nullopt;
        parts.push_back(std::move(*part));
        if (end == std::string_view::npos) break;
        path.remove_prefix(end + 1);
    }
    if (parts.size() < 2 || parts[1] != "groups") return std::nullopt;
    const auto found = channels.find(parts[0]);
    if (found == channels.end()) return std::nullopt;
    parts.resize(4);
    return place{.channel = &found->second, .group = parts[2], .edge = parts[3]};
}

// What our webhooks have told of one group, or without an id of all.
http::response known(const group_book* book, const std::string& id) {
    const auto json_of = [](const json& body) {
        return http::response{
            .content_type = "application/json",
            .body = body.dump(-1, ' ', false, json::error_handler_t::replace)};
    };
    json all = json::array();
    if (book != nullptr) {
        for (const auto& [name, group] : book->groups()) {
            if (name == id) return json_of(json_of_known(group));
            if (id.empty()) all.push_back(json_of_known(group));
        }
    }
    if (!id.empty()) {
        return http::problem(
            404, "not-known", "No webhook has told of such a group", "See …/groups?known."
        );
    }
    json body;
    body["groups"] = std::move(all);
    return json_of(body);
}

struct handling {
    std::shared_ptr<const channels_by_name> channels{};
    http::client* client{};
    std::string token{};
    std::function<void(std::string, std::function<void(group_book*)>)> book{};
    std::function<instant()> clock{};

    void operator()(const http::request& request, http::reply answer) const {
        const auto refuse = [&answer](unsigned status, const char* title, const char* mend) {
            std::move(answer).send(http::problem(status, "not-done", title, mend));
        };
        if (!may_publish(token, request.header("Authorization"), request.remote_address)) {
            return refuse(403, "Groups are not open to you",
                          "Ask from this machine, or send server.admin_token as a Bearer token.");
        }
        const auto at = place_of(request.path, *channels);
        if (!at) {
            return refuse(404, "There is no such thing",
                          "/api/v1/channels/NAME/groups, NAME of a whatsapp_cloud channel");
        }
        if (request.method == "GET" && request.query == "known" && at->edge.empty()) {
            const auto held = std::make_shared<http::reply>(std::move(answer));
            return book(at->channel->name, [held, id = at->group](const group_book* all) {
                std::move(*held).send(known(all, id));
            });
        }
        const bool changes = request.method == "POST";
        if (changes && at->edge == "picture") return show_picture(request, *at, std::move(answer));
        if (changes && !request.content_type.starts_with("application/json")) {
            return refuse(415, "The body is not said to be JSON", "Content-Type: application/json");
        }
        if (request.body.size() > group_body_bytes_max) {
            return refuse(413, "The body is too large", "Nothing but a picture has more than 6 KB.");
        }
        const auto body = changes ? json::parse(request.body, nullptr, false) : json::object();
        if (!body.is_object()) return refuse(400, "The body is not a JSON object", "Send {…}.");
        auto call = at->group.empty()
                        ? of_all(request.method, request.query, body, *at->channel)
                        : of_one(request.method, at->group, at->edge, body, *at->channel);
        if (!call) return refuse(400, "This is not understood", "See the list of calls.");
        if (!call->request) {
            return std::move(answer).send(http::problem(
                400, "not-possible", "This cannot be asked of WhatsApp",
                call->request.error().message()
            ));
        }
        make(std::move(*call), std::move(answer), at->channel->name);
    }

private:
    void show_picture(const http::request& request, const place& at, http::reply answer) const {
        const auto call = whatsapp::render_group_picture(at.group, request.body, *at.channel);
        if (!request.content_type.starts_with("image/jpeg") || !call) {
            return std::move(answer).send(http::problem(
                415, "not-done", "The body is no picture a group can have",
                "Send a JPEG as Content-Type: image/jpeg, square, at least 192 pixels a side and at "
                "most 5 MB."
            ));
        }
        make({.request = call, .read = request_id}, std::move(answer), at.channel->name);
    }
    void make(group_call call, http::reply answer, const std::string& channel) const {
        auto& request = *call.request;
        http::call outgoing{
            .method = std::move(request.method),
            .url = std::move(request.url),
            .headers = std::move(request.headers),
            .body = std::move(request.body)};
        const auto held = std::make_shared<http::reply>(std::move(answer));
        client->start(
            std::move(outgoing),
            [held, call = std::move(call), channel, self = *this](const http::answer& got) {
                if (!call.rejects_in.empty()) self.note_rejected(call.rejects_in, channel, got);
                std::move(*held).send(answer_of(call, got));
            }
        );
    }
    // No webhook says it, and of a call done in part the answer says which.
    void note_rejected(
        const std::string& group, const std::string& channel, const http::answer& got
    ) const {
        const auto said = whatsapp::read_join_answers(got.body);
        if (!said || said->done.empty()) return;
        book(channel, [group, done = said->done, now = clock()](group_book* all) {
            if (all != nullptr) all->rejected(group, done, now);
        });
    }
};

}  // namespace

std::vector<http::route> group_routes(const group_route_parts& parts) {
    channels_by_name named;
    for (const auto& one : parts.channels) {
        const auto* found = std::get_if<settings>(&one.provider);
        if (found != nullptr) named.emplace(one.name, *found);
    }
    std::vector<http::route> routes;
    if (named.empty()) return routes;
    const handling handle{
        .channels = std::make_shared<const channels_by_name>(std::move(named)),
        .client = &parts.client,
        .token = parts.admin_token,
        .book = parts.book,
        .clock = parts.clock};
    for (const auto* method : {"GET", "POST", "DELETE"}) {
        routes.push_back(
            {.method = method,
             .path = std::string{group_prefix} + "*",
             .body_bytes_max = method == std::string_view{"POST"} ? picture_bytes_max : group_body_bytes_max,
             .handle = handle}
        );
    }
    return routes;
}

}  // namespace tertulia::gateway
