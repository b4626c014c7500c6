#include "gateway/simulator/graph_stand_in_inside.hpp"

#include <algorithm>
#include <map>

namespace tertulia::gateway::simulator {

namespace {

constexpr std::size_t unread_max = 500;  // per recipient
constexpr std::size_t statuses_per_post = 50;
constexpr std::uint64_t reorder_spread_ms = 300;

// Where what she has not opened waits.
std::string chat_of(std::string_view wa_id, std::string_view group_id) {
    return group_id.empty() ? std::string{wa_id}
                            : std::string{group_id} + '/' + std::string{wa_id};
}

}  // namespace

void graph_stand_in::implementation::plan(
    std::optional<milliseconds> wait, std::string key, life status
) {
    if (!wait) return;
    alarm_.after(*wait, [this, key = std::move(key), status] { reach(key, status, nullptr); });
}

// One step of a message's life, on the alarm's thread (or the caller's for an opened chat).
void graph_stand_in::implementation::reach(
    const std::string& key, life status, const graph_error* error
) {
    std::string to;
    std::string group;
    const auto id = key.substr(0, key.find('/'));
    {
        const std::scoped_lock lock{mutex_};
        const auto found = messages_.find(key);
        if (found == messages_.end() || found->second.status >= status) return;
        auto& which = found->second;
        if (!which.group.empty()) {
            const auto* in = groups_.find(which.group);
            if (!in || !member_of(*in, which.to)) return;  // she is out of it, or it is gone
        }
        if (status == life::delivered && controls_.is_off(which.to)) {
            auto& waiting = off_[which.to];
            if (waiting.size() < unread_max) waiting.push_back(key);
            return;
        }
        which.status = status;
        to = which.to;
        group = which.group;
        json report{
            {"id", id},
            {"status", text_of(status)},
            {"timestamp", std::to_string(to_millis(now()) / 1'000)}};
        if (group.empty()) {
            report[to.find('.') == std::string::npos ? "recipient_id" : "recipient_user_id"] = to;
        } else {
            report["recipient_id"] = group;
            report["recipient_type"] = "group";
            report["recipient_participant_id"] = to;
            if (!which.user_id.empty()) report["recipient_participant_user_id"] = which.user_id;
        }
        if (!which.callback_data.empty()) {
            report["biz_opaque_callback_data"] = which.callback_data;
        }
        if (error) report["errors"] = json::array({status_error(*error)});
        if (status == life::sent || status == life::delivered) {
            const std::string category{which.from_template ? "utility" : "service"};
            report["pricing"] = {
                {"billable", true},
                {"pricing_model", "PMP"},
                {"type", "regular"},
                {"category", (group.empty() ? "" : "group_") + category}};
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
        if (status == life::sent) plan(controls_.delivered_after, key, life::delivered);
        if (status == life::delivered) {
            auto& unread = unread_[chat_of(to, group)];
            if (unread.size() < unread_max) unread.push_back(key);
            plan(controls_.read_after, key, life::read);
        }
    }
    if (!group.empty()) {
        if (observer_.group_status) observer_.group_status(group, to, id, text_of(status));
    } else if (observer_.status) {
        observer_.status(to, id, text_of(status));
    }
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
    post_statuses(std::move(all), delay, copies);
}

// Of people many at once; of a group's members one message and one status a webhook, as Meta does.
void graph_stand_in::implementation::post_statuses(
    std::vector<json> all, milliseconds delay, int copies
) {
    const auto post = [&](const json& statuses) {
        post_->post(escaped(callback(settings_.number, nullptr, nullptr, statuses)), delay, copies);
    };
    std::map<std::pair<std::string, std::string>, json> of_groups;
    json of_people = json::array();
    for (auto& each : all) {
        if (each.contains("recipient_type")) {
            auto& same = of_groups[{each["id"].get<std::string>(), each["status"].get<std::string>()}];
            same.push_back(std::move(each));
            continue;
        }
        of_people.push_back(std::move(each));
        if (of_people.size() < statuses_per_post) continue;
        post(of_people);
        of_people = json::array();
    }
    if (!of_people.empty()) post(of_people);
    for (const auto& [which, statuses] : of_groups) post(statuses);
}

std::string graph_stand_in::implementation::write(
    const contact& from, std::string_view type, const json& content, std::string_view reply_to,
    std::string_view given_id, std::string_view group_id
) {
    std::string id{given_id};
    std::string body;
    milliseconds delay{};
    int copies{};
    {
        const std::scoped_lock lock{mutex_};
        if (id.empty()) id = message_id();
        if (!group_id.empty()) {
            const auto* in = groups_.find(group_id);
            if (!in || in->suspended || !member_of(*in, from.wa_id)) return {};
        }
        const auto& known_as = from.wa_id.empty() ? from.user_id : from.wa_id;
        if (blocked_.contains(known_as)) return id;  // as if she had never written
        auto message = inbound_json(from, id, now(), type);
        if (!type.empty()) message[std::string{type}] = content;
        if (!group_id.empty()) message["group_id"] = group_id;
        if (!reply_to.empty()) {
            message["context"] = {
                {"from", settings_.number.display_phone_number}, {"id", reply_to}};
        }
        // Any member's message opens the window for her whole group, and for nothing else.
        auto& wrote = wrote_at_[group_id.empty() ? known_as : std::string{group_id}];
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

void graph_stand_in::implementation::open_chat(
    std::string_view wa_id, std::string_view group_id
) {
    std::vector<std::string> unread;
    {
        const std::scoped_lock lock{mutex_};
        const auto found = unread_.find(chat_of(wa_id, group_id));
        if (found == unread_.end()) return;
        unread.swap(found->second);
    }
    for (const auto& each : unread) reach(each, life::read, nullptr);
}

}  // namespace tertulia::gateway::simulator
