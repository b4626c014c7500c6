#include "gateway/simulator/graph_stand_in.hpp"

#include "gateway/simulator/graph_stand_in_inside.hpp"
#include "gateway/simulator/stand_in_front.hpp"

#include <algorithm>
#include <cerrno>
#include <stdexcept>
#include <system_error>

namespace tertulia::gateway::simulator {

namespace {

// "/v25.0/1065/messages" -> {"1065", "messages"}; nullopt without a version in front.
std::optional<std::vector<std::string_view>> parts_after_version(std::string_view path) {
    std::vector<std::string_view> parts;
    while (!path.empty()) {
        if (path.front() == '/') {
            path.remove_prefix(1);
            continue;
        }
        const auto part = path.substr(0, path.find('/'));
        parts.push_back(part);
        path.remove_prefix(part.size());
    }
    if (parts.empty() || parts[0].size() < 4 || parts[0][0] != 'v' ||
        parts[0].find('.') == std::string_view::npos) {
        return std::nullopt;
    }
    parts.erase(parts.begin());
    return parts;
}

instant system_now() {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

constexpr std::string_view app_id = "900800700600500";

graph_answer healthy(std::string_view object) {
    return answer(200, {{"id", object}, {"health_status", {{"can_send_message", "AVAILABLE"}}}});
}

graph_answer about_token() {
    json data{{"app_id", app_id}, {"type", "SYSTEM_USER"}, {"is_valid", true}, {"expires_at", 0}};
    data["scopes"] = {"whatsapp_business_management", "whatsapp_business_messaging"};
    return answer(200, {{"data", std::move(data)}});
}

graph_answer subscriptions(const std::string& url) {
    json fields = json::array();
    for (const auto* name :
         {"messages", "message_template_status_update", "message_template_quality_update",
          "template_category_update", "phone_number_quality_update", "account_update",
          "account_alerts", "business_capability_update", "user_preferences",
          "group_lifecycle_update", "group_participants_update", "group_settings_update",
          "group_status_update"}) {
        fields.push_back({{"name", name}, {"version", "v25.0"}});
    }
    json one{{"object", "whatsapp_business_account"}, {"callback_url", url}, {"active", true}};
    one["fields"] = std::move(fields);
    json said;
    said["data"] = json::array({std::move(one)});
    return answer(200, said);
}

}  // namespace

std::string_view text_of(life status) {
    switch (status) {
        case life::accepted: return "accepted";
        case life::sent: return "sent";
        case life::delivered: return "delivered";
        case life::read: return "read";
        case life::failed: return "failed";
    }
    return "";
}

graph_answer answer(unsigned status, const json& body) {
    return {.status = status, .body = escaped(body)};
}

graph_stand_in::implementation::implementation(
    stand_in_settings settings, http::client& client, stand_in_observer observer
)
    : settings_{std::move(settings)},
      observer_{std::move(observer)},
      random_{std::random_device{}()},
      post_{std::make_unique<webhook_post>(webhook(settings_), client, alarm_)} {
    if (!settings_.clock) settings_.clock = system_now;
    if (!settings_.log_file.empty()) {
        log_.open(settings_.log_file, std::ios::app);
        if (!log_) throw std::system_error{errno, std::generic_category(), settings_.log_file};
    }
    if (!settings_.controls.empty()) {
        const auto orders = json::parse(settings_.controls, nullptr, false);
        const auto wrong = control(orders);
        if (!wrong.empty()) throw std::invalid_argument{"stand-in controls: " + wrong};
    }
}

std::string graph_stand_in::implementation::random_id(std::size_t length) {
    std::string id;
    for (std::size_t i = 0; i < length; ++i) id += "0123456789ABCDEF"[random_() % 16];
    return id;
}

graph_answer graph_stand_in::implementation::handle(const graph_request& request) {
    std::vector<accepted_send> accepted;
    std::optional<std::pair<std::string, bool>> was_read;
    graph_answer result;
    {
        const std::scoped_lock lock{mutex_};
        ++requests_;
        result = route(request, accepted, was_read);
        result.delay = controls_.latency;
        if (result.status >= 400) ++refused_;
        if (result.dropped) ++dropped_;
        if (was_read) ++reads_;
    }
    for (const auto& each : accepted) {
        if (observer_.accepted) observer_.accepted(each);
    }
    if (was_read && observer_.read_by_business) {
        observer_.read_by_business(was_read->first, was_read->second);
    }
    tell_news();
    return result;
}

graph_answer graph_stand_in::implementation::route(
    const graph_request& request, std::vector<accepted_send>& accepted,
    std::optional<std::pair<std::string, bool>>& was_read
) {
    // The app asks for its own subscriptions with a token made of its id and secret.
    const auto app_token = "Bearer " + std::string{app_id} + '|' + settings_.number.app_secret;
    const bool as_app = request.authorization == app_token && request.path.ends_with("/subscriptions");
    if (!as_app && request.authorization != "Bearer " + settings_.number.access_token) {
        auto error = error_of(190);
        error.message = request.authorization.empty()
                            ? "An access token is required to request this resource."
                            : "Invalid OAuth access token - Cannot parse access token";
        return refuse(error);
    }
    if (request.path.starts_with("/media/")) return download(request.path.substr(7));
    const auto parts = parts_after_version(request.path);
    if (!parts || parts->empty() || parts->size() > 2) {
        return refuse({.http_status = 400, .code = 2500, .message = "Unknown path components"});
    }
    const auto& object = parts->front();
    const auto edge = parts->size() == 2 ? parts->back() : std::string_view{};
    const auto post = request.method == "POST";
    if (request.method == "GET") {
        const auto path = std::string{object} + (edge.empty() ? "" : "/" + std::string{edge});
        const auto planned = controls_.graph.find(path);
        if (planned != controls_.graph.end()) {
            return {.status = planned->second.status, .body = planned->second.body};
        }
    }
    if (auto about = route_group(request, object, edge)) return *about;
    if (object == settings_.number.phone_number_id) {
        if (edge == "messages" && post) return send(request, accepted, was_read);
        if (edge == "media" && post) return upload(request);
        if (edge == "block_users") return block(request);
        if (edge == "settings" && !post) {
            return answer(200, {{"user_identity_change", {{"enable_identity_key_check", true}}}});
        }
        if ((edge == "register" || edge == "deregister" || edge == "settings") && post) {
            return answer(200, {{"success", true}});
        }
        if (edge.empty() && request.method == "GET") {
            if (request.query.find("health_status") != std::string_view::npos) return healthy(object);
            return answer(
                200, {{"id", object},
                      {"display_phone_number", settings_.number.display_phone_number},
                      {"verified_name", "Tertulia"},
                      {"status", "CONNECTED"},
                      {"name_status", "APPROVED"},
                      {"quality_rating", "GREEN"},
                      {"whatsapp_business_manager_messaging_limit", "TIER_UNLIMITED"}}
            );
        }
    }
    if (object == settings_.number.business_account_id) {
        if (edge == "subscribed_apps" && post) return answer(200, {{"success", true}});
        if (edge == "subscribed_apps") {
            json app{{"whatsapp_business_api_data", {{"id", app_id}, {"name", "Tertulia"}}}};
            json said;
            said["data"] = json::array({std::move(app)});
            return answer(200, said);
        }
        if (edge.empty() && request.method == "GET") return healthy(object);
        if (edge == "message_templates" && request.method == "GET") {
            return list_templates(request.query);
        }
    }
    if (object == "debug_token") return about_token();
    if (object == app_id && edge == "subscriptions") return subscriptions(settings_.webhook.url);
    if (edge.empty() && (request.method == "GET" || request.method == "DELETE")) {
        // Meta asks for the number a file belongs to where one has several.
        const auto asked_for = request.query.find("phone_number_id=");
        if (asked_for != std::string_view::npos &&
            request.query.substr(asked_for + 16) != settings_.number.phone_number_id) {
            return refuse(error_of(100));
        }
        return about_media(request, object);
    }
    return refuse(
        {.http_status = 400,
         .code = 100,
         .subcode = 33,
         .message = "Unsupported " + std::string{request.method} + " request. Object with ID '" +
                    std::string{object.substr(0, 64)} +
                    "' does not exist or does not support this operation"}
    );
}

// A page of at most ten, however many are asked for: who reads one page only is found out.
graph_answer graph_stand_in::implementation::list_templates(std::string_view query) {
    constexpr std::size_t page = 10;
    const auto all = controls_.templates.value_or(std::vector<known_template>{});
    const auto first = static_cast<std::size_t>(
        std::min<std::uint64_t>(query_number(query, "after", 0), all.size())
    );
    const auto last = std::min(all.size(), first + page);
    json data = json::array();
    for (auto i = first; i < last; ++i) data.push_back(listed(all[i]));
    json paging{{"cursors", {{"before", std::to_string(first)}, {"after", std::to_string(last)}}}};
    if (last < all.size()) paging["next"] = "https://graph.facebook.com/next";
    json said{{"data", std::move(data)}};
    said["paging"] = std::move(paging);
    return answer(200, said);
}

std::optional<known_template> graph_stand_in::implementation::find_template(
    std::string_view name, std::string_view language
) const {
    if (const auto* named = controls_.find_template(name, language)) return *named;
    return settings_.approved ? settings_.approved(name, language) : std::nullopt;
}

std::string graph_stand_in::implementation::control(const json& orders) {
    std::vector<std::string> back;  // to whose phone that is on again
    {
        const std::scoped_lock lock{mutex_};
        auto wrong = obey(orders, controls_);
        if (!wrong.empty()) return wrong;
        if (controls_.webhook_url) post_->set_url(*controls_.webhook_url);
        suspend_groups();
        for (auto each = off_.begin(); each != off_.end();) {
            if (controls_.is_off(each->first)) {
                ++each;
                continue;
            }
            back.insert(back.end(), each->second.begin(), each->second.end());
            each = off_.erase(each);
        }
    }
    for (const auto& each : back) reach(each, life::delivered, nullptr);
    tell_news();
    return {};
}

json graph_stand_in::implementation::state() const {
    const auto webhooks = to_json(post_->counters());
    const std::scoped_lock lock{mutex_};
    auto all = to_json(controls_);
    all["counters"] = {
        {"requests", requests_},
        {"reads", reads_},
        {"uploads", uploads_},
        {"accepted", sent_dropped_ + sent_.size()},
        {"refused", refused_},
        {"dropped", dropped_}};
    all["counters"].update(webhooks);
    return all;
}

json graph_stand_in::implementation::sent(std::uint64_t since, std::size_t most) const {
    const std::scoped_lock lock{mutex_};
    json list = json::array();
    auto at = std::max(since, sent_dropped_);
    const auto end = sent_dropped_ + sent_.size();
    for (; at < end && list.size() < most; ++at) {
        list.push_back(sent_[static_cast<std::size_t>(at - sent_dropped_)]);
    }
    json all{{"next", std::min(at, end)}};
    all["sent"] = std::move(list);
    return all;
}

graph_stand_in::graph_stand_in(
    stand_in_settings settings, http::client& client, stand_in_observer observer
)
    : self_{std::make_unique<implementation>(std::move(settings), client, std::move(observer))} {}
graph_stand_in::~graph_stand_in() = default;

graph_answer graph_stand_in::handle(const graph_request& request) { return self_->handle(request); }

std::string graph_stand_in::new_message_id() {
    const std::scoped_lock lock{self_->mutex_};
    return self_->message_id();
}

std::string graph_stand_in::write(
    const contact& from, std::string_view type, const json& content, std::string_view reply_to,
    std::string_view id, std::string_view group_id
) {
    return self_->write(from, type, content, reply_to, id, group_id);
}

stand_in_groups::joined graph_stand_in::join_group(std::string_view link, const contact& who) {
    return self_->join_group(link, who);
}
bool graph_stand_in::leave_group(std::string_view group_id, std::string_view wa_id) {
    return self_->leave_group(group_id, wa_id);
}
json graph_stand_in::groups() const { return self_->groups(); }

json graph_stand_in::shelve(std::string bytes, std::string mime_type) {
    return self_->shelve(std::move(bytes), std::move(mime_type));
}

std::optional<shelved_file> graph_stand_in::file(std::string_view media_id) const {
    const std::scoped_lock lock{self_->mutex_};
    const auto* found = self_->shelf_.find(media_id, self_->settings_.clock());
    if (!found) return std::nullopt;
    return *found;
}

void graph_stand_in::open_chat(std::string_view wa_id, std::string_view group_id) {
    self_->open_chat(wa_id, group_id);
}
std::string graph_stand_in::control(const json& orders) { return self_->control(orders); }
json graph_stand_in::state() const { return self_->state(); }
json graph_stand_in::sent(std::uint64_t since, std::size_t most) const {
    return self_->sent(since, most);
}
alarm& graph_stand_in::later() noexcept { return self_->alarm_; }

}  // namespace tertulia::gateway::simulator
