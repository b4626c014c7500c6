#include "gateway/simulator/graph_stand_in_inside.hpp"

#include <algorithm>

namespace tertulia::gateway::simulator {

namespace {

constexpr std::size_t unread_max = 500;  // per recipient
constexpr std::size_t statuses_per_post = 50;
constexpr std::uint64_t reorder_spread_ms = 300;

}  // namespace

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
        if (controls_.lose_statuses > 0) {
            --controls_.lose_statuses;
        } else if (controls_.reorder) {
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

}  // namespace tertulia::gateway::simulator
