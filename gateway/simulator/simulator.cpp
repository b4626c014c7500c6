#include "gateway/simulator/simulator.hpp"

#include "gateway/http/query.hpp"
#include "gateway/simulator/bank_desk.hpp"
#include "gateway/simulator/desk_http.hpp"
#include "gateway/simulator/group_desk.hpp"
#include "gateway/simulator/phone_desk.hpp"
#include "gateway/simulator/sms_desk.hpp"
#include "gateway/simulator/stand_in_front.hpp"
#include "gateway/simulator/web_files.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <mutex>
#include <optional>
#include <utility>

namespace tertulia::gateway::simulator {

namespace {

using nlohmann::json;

constexpr std::chrono::seconds poll_patience{25};
constexpr std::size_t picture_bytes_max = 512U * 1024;
constexpr std::string_view graph_prefix = "/simulator/graph";

std::optional<std::string> from_base64(std::string_view text) {
    if (text.empty() || text.size() % 4 != 0 || text.size() > picture_bytes_max * 4 / 3 + 4) {
        return std::nullopt;
    }
    std::string bytes(text.size() / 4 * 3, '\0');
    const auto length = EVP_DecodeBlock(
        reinterpret_cast<unsigned char*>(bytes.data()),
        reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size())
    );
    if (length < 0) return std::nullopt;
    const auto padding = text.ends_with("==") ? 2U : text.ends_with('=') ? 1U : 0U;
    bytes.resize(static_cast<std::size_t>(length) - padding);
    return bytes;
}

std::string digits_parameter(std::string_view query, std::string_view name) {
    const auto number = query_number(query, name, 0);
    return number == 0 ? std::string{} : std::to_string(number);
}

}  // namespace

class desk::implementation {
public:
    implementation(simulator_settings settings, http::client& client)
        : settings_{std::move(settings)}, stand_in_{of_stand_in(), client, observer()} {
        if (!settings_.sms) return;
        sms_ = std::make_unique<sms_desk>(
            sms_settings{
                .account = settings_.sms->account,
                .webhook_url = settings_.sms->webhook_url,
                .clock = settings_.clock},
            client, screens_, [this](std::string_view digits) { return find(digits).has_value(); }
        );
    }

    void people(http::reply to);
    void chat(std::string_view chat, http::reply to);
    void events(std::uint64_t since, http::reply to);
    void say(std::string_view body, http::reply to);
    void open_chat(std::string_view body, http::reply to);
    void picture(std::string_view id, http::reply to);
    void graph(const http::request& request, std::string_view path, http::reply to);
    std::vector<http::route> sms_routes() {
        return sms_ ? sms_->routes() : std::vector<http::route>{};
    }
    std::vector<http::route> group_routes() { return groups_.routes(); }
    std::vector<http::route> routes_of_banks() { return bank_routes(settings_.banks); }

private:
    stand_in_settings of_stand_in() const {
        return {
            .number = settings_.number,
            .webhook = {.url = settings_.webhook_url},
            .media_base = settings_.base_url + std::string{graph_prefix},
            .clock = settings_.clock,
            .approved = settings_.approved};
    }
    stand_in_observer observer() {
        return {
            .accepted =
                [this](const accepted_send& what) {
                    screens_.business_said(
                        what.is_to_group ? group_chat(what.to) : chat_called(what.to), what
                    );
                },
            .status =
                [this](std::string_view who, std::string_view id, std::string_view status) {
                    screens_.status(chat_called(who), id, status);
                },
            .read_by_business =
                [this](std::string_view id, bool typing) { screens_.read_by_business(id, typing); },
            .group_status =
                [this](
                    std::string_view group, std::string_view who, std::string_view id,
                    std::string_view status
                ) { screens_.member_status(group_chat(group), who, id, status); },
            .group = [this](const group_news& what) { show_news(screens_, what); }};
    }
    std::vector<desk_person> known() {
        return settings_.people ? settings_.people() : std::vector<desk_person>{};
    }
    std::optional<contact> find(std::string_view phone);
    // Whose chat it is that is written to: a phone's digits, or her user id.
    std::string chat_called(std::string_view to);
    // What she sends in WhatsApp's form under its type, and what the page shows of it.
    std::optional<json> content_of(const json& message, const std::string& type);

    simulator_settings settings_;
    phone_desk screens_{};
    std::mutex mutex_{};
    std::map<std::string, contact, std::less<>> contacts_{};  // by wa_id
    std::map<std::string, std::string, std::less<>> wa_ids_{};  // by user id
    graph_stand_in stand_in_;  // its threads use all of the above
    group_desk groups_{stand_in_, [this](std::string_view phone) { return find(phone); }};
    std::unique_ptr<sms_desk> sms_{};  // nullptr: no SMS
};

std::optional<contact> desk::implementation::find(std::string_view phone) {
    const auto wa_id = digits_of(phone);
    const auto look = [&]() -> std::optional<contact> {
        const std::scoped_lock lock{mutex_};
        const auto found = contacts_.find(wa_id);
        if (found == contacts_.end()) return std::nullopt;
        return found->second;
    };
    if (auto found = look()) return found;
    auto all = known();
    // Nobody of the demonstration: someone of the portfolio, or of ours.
    const auto is_hers = [&](const desk_person& each) { return digits_of(each.phone) == wa_id; };
    if (std::ranges::none_of(all, is_hers) && settings_.banks.person) {
        if (auto other = settings_.banks.person("+" + wa_id)) all.push_back(std::move(*other));
    }
    {
        const std::scoped_lock lock{mutex_};
        for (const auto& each : all) {
            auto digits = digits_of(each.phone);
            auto user_id = user_id_of(digits);
            wa_ids_.insert_or_assign(user_id, digits);
            contacts_.insert_or_assign(
                digits, contact{.wa_id = digits, .user_id = std::move(user_id), .name = each.name}
            );
        }
    }
    return look();
}

std::string desk::implementation::chat_called(std::string_view to) {
    const std::scoped_lock lock{mutex_};
    const auto found = wa_ids_.find(to);
    return found == wa_ids_.end() ? std::string{to} : found->second;
}

void desk::implementation::people(http::reply to) {
    json people = json::array();
    for (const auto& each : known()) {
        people.push_back(
            {{"name", each.name},
             {"phone", each.phone},
             {"id", digits_of(each.phone)},
             {"language", each.language},
             {"note", each.note},
             {"pin_hint", each.pin_hint}});
    }
    json places = json::array();
    for (const auto& each : settings_.places) {
        places.push_back(
            {{"name", each.name},
             {"address", each.address},
             {"latitude", each.latitude},
             {"longitude", each.longitude}});
    }
    json all = json::object();
    all["channels"] = sms_ ? json{"whatsapp", "sms"} : json::array({"whatsapp"});
    if (settings_.sms) all["sms_number"] = settings_.sms->account.number;
    all["people"] = std::move(people);
    all["places"] = std::move(places);
    std::move(to).send(plain(json_answer(all)));
}

void desk::implementation::chat(std::string_view chat, http::reply to) {
    std::move(to).send(plain(json_answer(screens_.chat(chat))));
}

void desk::implementation::events(std::uint64_t since, http::reply to) {
    const auto held = std::make_shared<http::reply>(std::move(to));
    const auto id = screens_.follow(since, [held](const json& news) {
        std::move(*held).send(plain(json_answer(news)));
    });
    if (id == 0) return;
    stand_in_.later().after(poll_patience, [this, id] { screens_.give_up(id); });
}

namespace {

// One card with one number: what the button for sharing one's own gives.
std::optional<json> shared_card(const json& cards) {
    if (!cards.is_array() || cards.size() != 1 || !cards[0].is_object()) return std::nullopt;
    const auto phones = cards[0].value("phones", json::array());
    if (!phones.is_array() || phones.size() != 1 || !phones[0].is_object() ||
        !is_short_text(phones[0], "phone", 64)) {
        return std::nullopt;
    }
    return cards;
}

}  // namespace

std::optional<json> desk::implementation::content_of(const json& message, const std::string& type) {
    const auto found = message.find(type);
    if (type == "contacts" && found != message.end()) return shared_card(*found);
    if (found == message.end() || !found->is_object()) return std::nullopt;
    const auto& given = *found;
    if (type == "text") {
        if (!is_short_text(given, "body", 16'384) || given["body"] == "") return std::nullopt;
        return json{{"body", given["body"]}};
    }
    if (type == "interactive") {
        const auto kind = given.value("type", json{});
        for (const auto* reply : {"button_reply", "list_reply"}) {
            if (kind != reply || !given.contains(reply) || !given[reply].is_object() ||
                !is_short_text(given[reply], "id", 1'024) ||
                !is_short_text(given[reply], "title", 1'024)) {
                continue;
            }
            return given;
        }
        constexpr const char* filled = "nfm_reply";
        const bool form = kind == filled && given.contains(filled) && given[filled].is_object() &&
                          is_short_text(given[filled], "response_json", 16'384);
        return form ? std::optional{given} : std::nullopt;
    }
    if (type == "button") {
        if (!is_short_text(given, "payload", 1'024) || !is_short_text(given, "text", 1'024)) {
            return std::nullopt;
        }
        return given;
    }
    if (type == "location") {
        const auto number = [&given](const char* key) {
            return given.contains(key) && given[key].is_number();
        };
        if (!number("latitude") || !number("longitude")) return std::nullopt;
        return given;
    }
    if (type == "image") {
        if (!is_short_text(given, "data", picture_bytes_max * 2)) return std::nullopt;
        auto bytes = from_base64(given["data"].get_ref<const std::string&>());
        if (!bytes || bytes->size() > picture_bytes_max) return std::nullopt;
        auto image = stand_in_.shelve(std::move(*bytes), "image/png");
        if (is_short_text(given, "caption", 4'096) && given["caption"] != "") {
            image["caption"] = given["caption"];
        }
        return image;
    }
    return std::nullopt;
}

void desk::implementation::say(std::string_view body, http::reply to) {
    const auto said = json::parse(body, nullptr, false);
    const auto refuse = [&to](unsigned status, std::string_view detail) {
        std::move(to).send(http::problem(status, "not-sent", "Not sent", detail));
    };
    if (!said.is_object() || !is_short_text(said, "phone", 64) || !said.contains("message") ||
        !said["message"].is_object() || !is_short_text(said["message"], "type", 32)) {
        return refuse(400, "phone and message.type are needed");
    }
    const auto who = find(said["phone"].get<std::string>());
    if (!who) return refuse(404, "nobody on the desk has this phone");
    auto writes = *who;
    if (said.value("number_hidden", json{}) == true) writes.wa_id.clear();
    const auto type = said["message"]["type"].get<std::string>();
    const auto content = content_of(said["message"], type);
    if (!content) return refuse(400, "no such message, or too large");
    const auto reply_to =
        is_short_text(said, "reply_to", 512) ? said["reply_to"].get<std::string>() : std::string{};
    const auto group =
        is_short_text(said, "group", 512) ? said["group"].get<std::string>() : std::string{};
    const auto id = stand_in_.new_message_id();
    json shown{{"type", type}};
    shown[type] = *content;
    const auto at = settings_.clock ? settings_.clock()
                                    : std::chrono::floor<std::chrono::milliseconds>(
                                          std::chrono::system_clock::now());
    if (!group.empty()) {
        if (stand_in_.write(*who, type, *content, reply_to, id, group).empty()) {
            return refuse(409, "she is not in this group");
        }
        screens_.show(
            group_chat(group), {.id = id,
                                .status = "sent",
                                .at = at,
                                .message = std::move(shown),
                                .reply_to = reply_to,
                                .from = who->wa_id,
                                .from_name = who->name}
        );
        return std::move(to).send(plain(json_answer({{"id", id}})));
    }
    // On her screen first: the answer must not be there before the question.
    screens_.person_wrote(who->wa_id, id, std::move(shown), reply_to, at);
    stand_in_.write(writes, type, *content, reply_to, id);
    std::move(to).send(plain(json_answer({{"id", id}})));
}

void desk::implementation::open_chat(std::string_view body, http::reply to) {
    const auto said = json::parse(body, nullptr, false);
    if (!said.is_object() || !is_short_text(said, "phone", 64)) {
        return std::move(to).send(http::problem(400, "not-read", "Not understood", "phone"));
    }
    const auto group =
        is_short_text(said, "group", 512) ? said["group"].get<std::string>() : std::string{};
    const auto wa_id = digits_of(said["phone"].get<std::string>());
    stand_in_.open_chat(wa_id, group);
    if (group.empty()) stand_in_.open_chat(user_id_of(wa_id));  // what came while it was hidden
    std::move(to).send(plain(json_answer(json::object())));
}

void desk::implementation::picture(std::string_view id, http::reply to) {
    const auto file = stand_in_.file(id);
    const auto is = [&](std::string_view kind) { return file->mime_type.starts_with(kind); };
    if (!file || !(is("image/") || is("audio/") || is("application/pdf"))) {
        return std::move(to).send(http::problem(404, "no-picture", "Not found", ""));
    }
    auto answer = page_file(file->mime_type, file->bytes);
    std::move(to).send(std::move(answer));
}

void desk::implementation::graph(
    const http::request& request, std::string_view path, http::reply to
) {
    answer_in_time(
        serve(stand_in_, as_stand_in_sees(request, path)), std::move(to), stand_in_.later()
    );
}

desk::desk(simulator_settings settings, http::client& client)
    : self_{std::make_unique<implementation>(std::move(settings), client)} {}
desk::~desk() = default;

std::vector<http::route> desk::routes() {
    auto* self = self_.get();
    std::vector<http::route> all;
    const auto get = [&all](std::string path, http::handler handle) {
        all.push_back({.method = "GET", .path = std::move(path), .handle = std::move(handle)});
    };
    const auto change = [&all](std::string path, std::size_t bytes_max, change_handler handle) {
        all.push_back(change_route(std::move(path), bytes_max, std::move(handle)));
    };
    const auto file = [&get](std::string path, std::string_view type, std::string_view content) {
        get(std::move(path), [type, content](const http::request&, http::reply to) {
            std::move(to).send(page_file(type, content));
        });
    };
    get("/simulator", [](const http::request&, http::reply to) {
        std::move(to).send({.status = 308, .headers = {{"Location", "/simulator/"}}});
    });
    file("/simulator/", "text/html; charset=utf-8", web_index_html());
    file("/simulator/phone.css", "text/css; charset=utf-8", web_phone_css());
    for (const auto& [name, content] :
         {std::pair{"words.js", web_words_js()}, std::pair{"sms.js", web_sms_js()},
          std::pair{"drawing.js", web_drawing_js()}, std::pair{"groups.js", web_groups_js()},
          std::pair{"phone.js", web_phone_js()}}) {
        file("/simulator/" + std::string{name}, "text/javascript; charset=utf-8", content);
    }
    get("/simulator/people",
        [self](const http::request&, http::reply to) { self->people(std::move(to)); });
    get("/simulator/chat", [self](const http::request& request, http::reply to) {
        if (const auto group = http::query_value(request.query, "group")) {
            return self->chat(group_chat(*group), std::move(to));
        }
        const auto phone = digits_parameter(request.query, "phone");
        const bool by_sms = request.query.find("channel=sms") != std::string_view::npos;
        self->chat(by_sms ? sms_chat(phone) : phone, std::move(to));
    });
    get("/simulator/events", [self](const http::request& request, http::reply to) {
        self->events(query_number(request.query, "since", 0), std::move(to));
    });
    get("/simulator/picture/*", [self](const http::request& request, http::reply to) {
        const auto path = request.path;
        self->picture(path.substr(path.rfind('/') + 1), std::move(to));
    });
    change("/simulator/say", 1024U * 1024, [self](const http::request& request, http::reply to) {
        self->say(request.body, std::move(to));
    });
    change("/simulator/open", 2'048, [self](const http::request& request, http::reply to) {
        self->open_chat(request.body, std::move(to));
    });
    get("/simulator/control", [self](const http::request& request, http::reply to) {
        self->graph(request, "/control", std::move(to));
    });
    change("/simulator/control", 16'384, [self](const http::request& request, http::reply to) {
        self->graph(request, "/control", std::move(to));
    });
    for (const auto* method : {"GET", "POST", "DELETE"}) {
        all.push_back(
            {.method = method,
             .path = std::string{graph_prefix} + "/*",
             .body_bytes_max = 17U * 1024 * 1024,  // a recording, uploaded
             .handle = [self](const http::request& request, http::reply to) {
                 self->graph(request, request.path.substr(graph_prefix.size()), std::move(to));
             }});
    }
    std::ranges::move(self->sms_routes(), std::back_inserter(all));
    std::ranges::move(self->group_routes(), std::back_inserter(all));
    std::ranges::move(self->routes_of_banks(), std::back_inserter(all));
    return all;
}

}  // namespace tertulia::gateway::simulator
