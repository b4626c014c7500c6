#include "gateway/simulator/graph_stand_in.hpp"

#include "gateway/simulator/graph_stand_in_inside.hpp"

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
    return result;
}

graph_answer graph_stand_in::implementation::route(
    const graph_request& request, std::vector<accepted_send>& accepted,
    std::optional<std::pair<std::string, bool>>& was_read
) {
    if (request.authorization != "Bearer " + settings_.number.access_token) {
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
    if (object == settings_.number.phone_number_id) {
        if (edge == "messages" && post) return send(request, accepted, was_read);
        if (edge == "media" && post) return upload(request);
        if (edge == "block_users") return block(request);
        if ((edge == "register" || edge == "deregister" || edge == "settings") && post) {
            return answer(200, {{"success", true}});
        }
        if (edge.empty() && request.method == "GET") {
            return answer(
                200, {{"id", object},
                      {"display_phone_number", settings_.number.display_phone_number},
                      {"verified_name", "Tertulia"},
                      {"quality_rating", "GREEN"},
                      {"whatsapp_business_manager_messaging_limit", "TIER_UNLIMITED"}}
            );
        }
    }
    if (object == settings_.number.business_account_id) {
        if (edge == "subscribed_apps") return answer(200, {{"success", true}});
        if (edge == "message_templates" && request.method == "GET") {
            json all = json::array();
            for (const auto& each : controls_.templates.value_or(std::vector<known_template>{})) {
                json one{{"name", each.name}, {"status", "APPROVED"}};
                if (!each.language.empty()) one["language"] = each.language;
                all.push_back(std::move(one));
            }
            return answer(200, {{"data", std::move(all)}});
        }
    }
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

std::optional<known_template> graph_stand_in::implementation::find_template(
    std::string_view name, std::string_view language
) const {
    if (const auto* named = controls_.find_template(name, language)) return *named;
    return settings_.approved ? settings_.approved(name, language) : std::nullopt;
}

std::string graph_stand_in::implementation::control(const json& orders) {
    std::vector<std::string> back;  // whose phone is on again
    {
        const std::scoped_lock lock{mutex_};
        auto wrong = obey(orders, controls_);
        if (!wrong.empty()) return wrong;
        if (controls_.webhook_url) post_->set_url(*controls_.webhook_url);
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
    return {};
}

json graph_stand_in::implementation::state() const {
    const auto webhooks = post_->counters();
    const std::scoped_lock lock{mutex_};
    auto all = to_json(controls_);
    all["counters"] = {
        {"requests", requests_},
        {"reads", reads_},
        {"accepted", sent_dropped_ + sent_.size()},
        {"refused", refused_},
        {"dropped", dropped_},
        {"webhooks_posted", webhooks.posted},
        {"webhooks_acknowledged", webhooks.acknowledged},
        {"webhooks_repeated", webhooks.repeated},
        {"webhooks_given_up", webhooks.given_up},
        {"webhooks_waiting", webhooks.waiting}};
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
    std::string_view id
) {
    return self_->write(from, type, content, reply_to, id);
}

json graph_stand_in::shelve(std::string bytes, std::string mime_type) {
    return self_->shelve(std::move(bytes), std::move(mime_type));
}

std::optional<shelved_file> graph_stand_in::file(std::string_view media_id) const {
    const std::scoped_lock lock{self_->mutex_};
    const auto* found = self_->shelf_.find(media_id, self_->settings_.clock());
    if (!found) return std::nullopt;
    return *found;
}

void graph_stand_in::open_chat(std::string_view wa_id) { self_->open_chat(wa_id); }
std::string graph_stand_in::control(const json& orders) { return self_->control(orders); }
json graph_stand_in::state() const { return self_->state(); }
json graph_stand_in::sent(std::uint64_t since, std::size_t most) const {
    return self_->sent(since, most);
}
alarm& graph_stand_in::later() noexcept { return self_->alarm_; }

}  // namespace tertulia::gateway::simulator
