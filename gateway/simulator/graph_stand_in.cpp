#include "gateway/simulator/graph_stand_in.hpp"

#include "gateway/simulator/controls.hpp"
#include "gateway/simulator/send_rules.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <deque>
#include <fstream>
#include <mutex>
#include <random>
#include <set>
#include <stdexcept>
#include <system_error>
#include <unordered_map>
#include <utility>

namespace tertulia::gateway::simulator {

namespace {

using nlohmann::json;

constexpr std::chrono::hours day{24};
constexpr std::size_t unread_max = 500;  // per recipient
constexpr std::size_t statuses_per_post = 50;
constexpr std::uint64_t reorder_spread_ms = 300;

// What a message goes through here, in rising order.
enum class life : std::uint8_t { accepted, sent, delivered, read, failed };

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

class graph_stand_in::implementation {
public:
    implementation(stand_in_settings settings, http::client& client, stand_in_observer observer)
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
    // The alarm's thread is the only other user of this object, so it ends first.
    ~implementation() { alarm_.stop(); }
    implementation(const implementation&) = delete;
    implementation& operator=(const implementation&) = delete;

    graph_answer handle(const graph_request& request);
    std::string write(
        const contact& from, std::string_view type, const json& content, std::string_view reply_to,
        std::string_view id
    );
    void open_chat(std::string_view wa_id);
    std::string control(const json& orders);
    json state() const;
    json sent(std::uint64_t since, std::size_t most) const;
    std::string message_id() { return "wamid.HBg" + random_id(32); }

    mutable std::mutex mutex_{};
    stand_in_settings settings_;
    media_shelf shelf_{};
    alarm alarm_{};

private:
    struct sent_message {
        std::string to{};
        std::string callback_data{};
        bool from_template{};
        life status{};
    };

    static webhook_settings webhook(const stand_in_settings& from) {
        auto settings = from.webhook;
        settings.app_secret = from.number.app_secret;
        return settings;
    }
    instant now() const { return settings_.clock(); }
    std::string random_id(std::size_t length);
    graph_answer refuse(const graph_error& error) {
        return answer(error.http_status, error_envelope(error, "A" + random_id(21)));
    }

    graph_answer route(const graph_request& request, std::vector<accepted_send>& accepted,
                       std::optional<std::pair<std::string, bool>>& was_read);
    [[nodiscard]] std::optional<known_template> find_template(
        std::string_view name, std::string_view language
    ) const;
    graph_answer send(const graph_request& request, std::vector<accepted_send>& accepted,
                      std::optional<std::pair<std::string, bool>>& was_read);
    graph_answer upload(const graph_request& request);
    graph_answer block(const graph_request& request);
    graph_answer about_media(const graph_request& request, std::string_view id);
    graph_answer download(std::string_view token);
    void take(accepted_send what, bool from_template, std::optional<planned_error> fails);

    void plan(std::optional<milliseconds> wait, std::string id, life status);
    void reach(const std::string& id, life status, const graph_error* error);
    void flush();
    void forget_old();

    controls controls_{};
    stand_in_observer observer_;
    std::mt19937_64 random_;
    std::unique_ptr<webhook_post> post_;
    std::ofstream log_{};
    std::unordered_map<std::string, sent_message> messages_{};
    std::deque<std::string> order_{};
    std::unordered_map<std::string, std::vector<std::string>> off_{};     // sent, phone off
    std::unordered_map<std::string, std::vector<std::string>> unread_{};  // delivered, not opened
    std::unordered_map<std::string, instant> wrote_at_{};
    std::set<std::string> blocked_{};
    std::vector<json> due_{};  // statuses for the next POST
    bool flush_planned_{};
    std::deque<json> sent_{};
    std::uint64_t sent_dropped_{};
    std::uint64_t requests_{}, refused_{}, dropped_{};
};

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

graph_answer graph_stand_in::implementation::send(
    const graph_request& request, std::vector<accepted_send>& accepted,
    std::optional<std::pair<std::string, bool>>& was_read
) {
    const auto body = json::parse(request.body, nullptr, false);
    const send_context context{
        .has_media = [this](std::string_view id) { return shelf_.find(id, now()) != nullptr; },
        .has_template =
            [this](std::string_view name, std::string_view language) {
                return controls_.has_template(name, language);
            },
        .find_template = [this](std::string_view name, std::string_view language) {
            return find_template(name, language);
        }};
    if (const auto broken = broken_rule(body, context)) return refuse(*broken);
    if (body.contains("status") && body["status"] == "read") {
        was_read = {body["message_id"].get<std::string>(), body.contains("typing_indicator")};
        return answer(200, {{"success", true}});
    }
    const auto by_phone = body.contains("to") && body["to"].is_string();
    const auto input = body[by_phone ? "to" : "recipient"].get<std::string>();
    const auto to = by_phone ? digits_of(input) : input;
    auto error = controls_.take_error(to);
    if (error && !error->later) return refuse(error_of(error->code));
    if (by_phone && to.empty()) return refuse(error_of(131009));
    const auto from_template = body.value("type", "") == "template";
    if (!error) {
        const auto wrote = wrote_at_.find(to);
        const auto closed = wrote == wrote_at_.end() || now() - wrote->second > day;
        // In Meta's order: taken first, and found impossible afterwards.
        if (settings_.reachable && !settings_.reachable(to)) {
            error = planned_error{.code = 131026, .later = true};
        } else if (controls_.window && closed && !from_template) {
            error = planned_error{.code = 131047, .later = true};
        }
    }
    accepted_send taken{
        .id = message_id(),
        .to = to,
        .callback_data = body.value("biz_opaque_callback_data", ""),
        .body_json = std::string{request.body},
        .at = now()};
    if (from_template) {
        const auto& used = body["template"];
        const auto known = find_template(
            used["name"].get<std::string>(), used["language"]["code"].get<std::string>()
        );
        if (known && !known->body.empty()) taken.shown_json = filled(*known, used).dump();
    }
    json who{{"input", input}};
    who[by_phone ? "wa_id" : "user_id"] = to;
    json message{{"id", taken.id}};
    if (from_template) message["message_status"] = "accepted";
    json said{{"messaging_product", "whatsapp"}};
    said["contacts"] = json::array({std::move(who)});
    said["messages"] = json::array({std::move(message)});
    auto result = answer(200, said);
    if (controls_.drop_responses > 0) {
        --controls_.drop_responses;
        result.dropped = true;
    }
    json line{
        {"at", to_millis(taken.at)}, {"id", taken.id}, {"to", to},
        {"callback", taken.callback_data}, {"dropped", result.dropped}, {"body", body}};
    if (log_.is_open()) {
        log_ << line.dump(-1, ' ', true, json::error_handler_t::replace) << '\n';
        log_.flush();  // a test that is about to kill somebody reads it at once
    }
    sent_.push_back(std::move(line));
    if (sent_.size() > sent_max) {
        sent_.pop_front();
        ++sent_dropped_;
    }
    accepted.push_back(taken);
    take(std::move(taken), from_template, error);
    return result;
}

graph_answer graph_stand_in::implementation::upload(const graph_request& request) {
    auto got = parse_upload(request.content_type, request.body);
    if (!got || got->messaging_product != "whatsapp" || got->file.mime_type.empty()) {
        return refuse(error_of(100));
    }
    const auto& type = got->file.mime_type;
    const auto is = [&type](std::string_view kind) { return type.starts_with(kind); };
    constexpr std::size_t mib = 1024U * 1024;
    const auto most = is("image/webp") ? mib / 2 : is("image/") ? 5 * mib : 16 * mib;
    if (got->file.bytes.size() > most) return refuse(error_of(131053));
    got->file.expires_at = now() + 30 * day;
    const auto id = shelf_.put(std::move(got->file));
    if (id.empty()) return refuse(error_of(131053));
    return answer(200, {{"id", id}});
}

graph_answer graph_stand_in::implementation::about_media(
    const graph_request& request, std::string_view id
) {
    const auto* file = shelf_.find(id, now());
    if (!file) {
        return refuse(
            {.http_status = 400,
             .code = 100,
             .subcode = 33,
             .message = "Unsupported request. Object with ID '" + std::string{id.substr(0, 64)} +
                        "' does not exist"}
        );
    }
    if (request.method == "DELETE") {
        shelf_.drop(id);
        return answer(200, {{"success", true}});
    }
    return answer(
        200, {{"messaging_product", "whatsapp"},
              {"id", id},
              {"url", settings_.media_base + "/media/" + shelf_.lend(id, now())},
              {"mime_type", file->mime_type},
              {"sha256", file->sha256},
              {"file_size", file->bytes.size()}}
    );
}

graph_answer graph_stand_in::implementation::download(std::string_view token) {
    const auto* file = shelf_.borrowed(token, now());
    if (!file) return {.status = 404, .content_type = "text/plain", .body = ""};
    return {.status = 200, .content_type = file->mime_type, .body = file->bytes};
}

graph_answer graph_stand_in::implementation::block(const graph_request& request) {
    if (request.method == "GET") {
        json all = json::array();
        for (const auto& each : blocked_) {
            all.push_back({{"messaging_product", "whatsapp"}, {"wa_id", each}});
        }
        return answer(200, {{"data", std::move(all)}});
    }
    const auto body = json::parse(request.body, nullptr, false);
    if (!body.is_object() || !body.contains("block_users") || !body["block_users"].is_array()) {
        return refuse(error_of(100));
    }
    json done = json::array();
    for (const auto& each : body["block_users"]) {
        if (!each.is_object() || !each.contains("user") || !each["user"].is_string()) {
            return refuse(error_of(100));
        }
        const auto user = digits_of(each["user"].get<std::string>());
        const auto wrote = wrote_at_.find(user);
        // Only people who wrote within a day can be blocked.
        if (request.method == "DELETE") {
            blocked_.erase(user);
        } else if (wrote == wrote_at_.end() || now() - wrote->second > day) {
            return refuse({.http_status = 400, .code = 139100, .message = "Failed to block users"});
        } else {
            blocked_.insert(user);
        }
        done.push_back({{"input", each["user"]}, {"wa_id", user}});
    }
    const auto* key = request.method == "DELETE" ? "removed_users" : "added_users";
    return answer(200, {{"messaging_product", "whatsapp"}, {"block_users", {{key, done}}}});
}

void graph_stand_in::implementation::take(
    accepted_send what, bool from_template, std::optional<planned_error> fails
) {
    messages_[what.id] = {
        .to = what.to, .callback_data = what.callback_data, .from_template = from_template};
    order_.push_back(what.id);
    forget_old();
    if (!fails) return plan(controls_.sent_after, what.id, life::sent);
    alarm_.after(
        controls_.sent_after.value_or(milliseconds{}), [this, id = what.id, code = fails->code] {
            const auto error = error_of(code);
            reach(id, life::failed, &error);
        }
    );
}

void graph_stand_in::implementation::forget_old() {
    while (order_.size() > messages_max) {
        messages_.erase(order_.front());
        order_.pop_front();
    }
}

void graph_stand_in::implementation::plan(
    std::optional<milliseconds> wait, std::string id, life status
) {
    if (!wait) return;
    alarm_.after(*wait, [this, id = std::move(id), status] { reach(id, status, nullptr); });
}

// One step of a message's life, on the alarm's thread (or the caller's for an opened chat).
void graph_stand_in::implementation::reach(
    const std::string& id, life status, const graph_error* error
) {
    std::string to;
    {
        const std::scoped_lock lock{mutex_};
        const auto found = messages_.find(id);
        if (found == messages_.end() || found->second.status >= status) return;
        auto& which = found->second;
        if (status == life::delivered && controls_.is_off(which.to)) {
            auto& waiting = off_[which.to];
            if (waiting.size() < unread_max) waiting.push_back(id);
            return;
        }
        which.status = status;
        to = which.to;
        json report{
            {"id", id},
            {"status", text_of(status)},
            {"timestamp", std::to_string(to_millis(now()) / 1'000)}};
        report[to.find('.') == std::string::npos ? "recipient_id" : "recipient_user_id"] = to;
        if (!which.callback_data.empty()) {
            report["biz_opaque_callback_data"] = which.callback_data;
        }
        if (error) report["errors"] = json::array({status_error(*error)});
        if (status == life::sent || status == life::delivered) {
            report["pricing"] = {
                {"billable", true},
                {"pricing_model", "PMP"},
                {"type", "regular"},
                {"category", which.from_template ? "utility" : "service"}};
        }
        auto wait = controls_.batch;
        if (controls_.reorder) {
            wait += milliseconds{static_cast<std::int64_t>(random_() % reorder_spread_ms)};
            alarm_.after(wait, [this, report = std::move(report)]() mutable {
                {
                    const std::scoped_lock inner{mutex_};
                    due_.push_back(std::move(report));
                }
                flush();
            });
        } else {
            due_.push_back(std::move(report));
            if (!std::exchange(flush_planned_, true)) alarm_.after(wait, [this] { flush(); });
        }
        if (status == life::sent) plan(controls_.delivered_after, id, life::delivered);
        if (status == life::delivered) {
            auto& unread = unread_[to];
            if (unread.size() < unread_max) unread.push_back(id);
            plan(controls_.read_after, id, life::read);
        }
    }
    if (observer_.status) observer_.status(to, id, text_of(status));
}

void graph_stand_in::implementation::flush() {
    std::vector<json> all;
    milliseconds delay{};
    int copies{};
    {
        const std::scoped_lock lock{mutex_};
        flush_planned_ = false;
        all.swap(due_);
        delay = controls_.webhook_delay;
        copies = 1 + controls_.duplicates;
        if (controls_.reorder) std::shuffle(all.begin(), all.end(), random_);
    }
    for (std::size_t first = 0; first < all.size(); first += statuses_per_post) {
        const auto last = std::min(all.size(), first + statuses_per_post);
        json statuses = json::array();
        for (auto i = first; i < last; ++i) statuses.push_back(std::move(all[i]));
        post_->post(escaped(callback(settings_.number, nullptr, nullptr, statuses)), delay, copies);
    }
}

std::string graph_stand_in::implementation::write(
    const contact& from, std::string_view type, const json& content, std::string_view reply_to,
    std::string_view given_id
) {
    std::string id{given_id};
    std::string body;
    milliseconds delay{};
    int copies{};
    {
        const std::scoped_lock lock{mutex_};
        if (id.empty()) id = message_id();
        if (blocked_.contains(from.wa_id)) return id;  // as if she had never written
        auto message = inbound_json(from, id, now(), type);
        if (!type.empty()) message[std::string{type}] = content;
        if (!reply_to.empty()) {
            message["context"] = {
                {"from", settings_.number.display_phone_number}, {"id", reply_to}};
        }
        auto& wrote = wrote_at_[from.wa_id];
        wrote = std::max(wrote, now());
        body = escaped(callback(
            settings_.number, json::array({contact_json(from)}), json::array({std::move(message)}),
            nullptr
        ));
        delay = controls_.webhook_delay;
        copies = 1 + controls_.duplicates;
    }
    post_->post(std::move(body), delay, copies);
    return id;
}

void graph_stand_in::implementation::open_chat(std::string_view wa_id) {
    std::vector<std::string> unread;
    {
        const std::scoped_lock lock{mutex_};
        const auto found = unread_.find(std::string{wa_id});
        if (found == unread_.end()) return;
        unread.swap(found->second);
    }
    for (const auto& each : unread) reach(each, life::read, nullptr);
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
    const std::scoped_lock lock{self_->mutex_};
    const auto now = self_->settings_.clock();
    shelved_file file{
        .bytes = std::move(bytes), .mime_type = mime_type, .expires_at = now + 7 * day};
    const auto digest = digest_base64(file.bytes);
    const auto id = self_->shelf_.put(std::move(file));
    return {
        {"id", id},
        {"mime_type", mime_type},
        {"sha256", digest},
        {"url", self_->settings_.media_base + "/media/" + self_->shelf_.lend(id, now)}};
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
