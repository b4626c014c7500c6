#include "gateway/simulator/phone_desk.hpp"

#include <algorithm>
#include <utility>

namespace tertulia::gateway::simulator {

using nlohmann::json;

phone_desk::conversation& phone_desk::chat_of(std::string_view wa_id) {
    auto found = chats_.find(wa_id);
    if (found == chats_.end()) {
        if (chats_.size() >= chats_max) {
            chats_.erase(std::min_element(chats_.begin(), chats_.end(), [](const auto& one,
                                                                           const auto& other) {
                return one.second.touched < other.second.touched;
            }));
        }
        found = chats_.emplace(std::string{wa_id}, conversation{}).first;
    }
    found->second.touched = ++touches_;
    return found->second;
}

void phone_desk::add(std::string_view wa_id, line what, told& out) {
    auto& chat = chat_of(wa_id);
    json event{{"kind", "message"}, {"phone", wa_id}};
    event["message"] = what.shown;
    chat.lines.push_back(std::move(what));
    if (chat.lines.size() > lines_max) chat.lines.pop_front();
    note(std::move(event), out);
}

void phone_desk::note(json event, told& out) {
    const auto before = first_ + events_.size();
    events_.push_back(std::move(event));
    if (events_.size() > events_max) {
        events_.pop_front();
        ++first_;
    }
    for (auto& each : waiting_) out.emplace_back(std::move(each.tell), since(before));
    waiting_.clear();
}

json phone_desk::since(std::uint64_t from) const {
    const auto end = first_ + events_.size();
    json all{{"next", end}};
    if (from < first_ || from > end) {
        all["reset"] = true;
        return all;
    }
    json events = json::array();
    for (auto at = from; at < end; ++at) {
        events.push_back(events_[static_cast<std::size_t>(at - first_)]);
    }
    all["events"] = std::move(events);
    return all;
}

void phone_desk::tell_all(const told& out) {
    for (const auto& [tell, news] : out) tell(news);
}

void phone_desk::business_said(std::string_view chat, const accepted_send& what) {
    auto message = json::parse(what.body_json, nullptr, false);
    if (!message.is_object()) return;
    const auto quoted = message.value("context", json::object());
    for (const auto* ours : {"messaging_product", "recipient_type", "to", "recipient",
                             "biz_opaque_callback_data", "context"}) {
        message.erase(ours);
    }
    if (!what.shown_json.empty()) {
        message["template"]["shown"] = json::parse(what.shown_json, nullptr, false);
    }
    show(
        chat, {.id = what.id,
               .status = "accepted",
               .at = what.at,
               .message = std::move(message),
               .reply_to = quoted.value("message_id", "")}
    );
}

void phone_desk::person_wrote(
    std::string_view wa_id, std::string_view id, json message, std::string_view reply_to, instant at
) {
    show(
        wa_id, {.id = std::string{id},
                .mine = true,
                .status = "sent",
                .at = at,
                .message = std::move(message),
                .reply_to = std::string{reply_to}}
    );
}

void phone_desk::show(std::string_view chat, desk_line what) {
    line one{
        .id = what.id,
        .shown = {
            {"id", what.id},
            {"mine", what.mine},
            {"at", to_millis(what.at)},
            {"status", what.status},
            {"reply_to", what.reply_to}}};
    one.shown["message"] = std::move(what.message);
    if (!what.from.empty()) one.shown["from"] = std::move(what.from);
    if (!what.from_name.empty()) one.shown["from_name"] = std::move(what.from_name);
    told out;
    {
        const std::scoped_lock lock{mutex_};
        if (one.id.empty()) one.shown["id"] = one.id = "note-" + std::to_string(++notes_);
        add(chat, std::move(one), out);
    }
    tell_all(out);
}

void phone_desk::status(
    std::string_view wa_id, std::string_view id, std::string_view status, int code
) {
    told out;
    {
        const std::scoped_lock lock{mutex_};
        auto* found = find(wa_id, id);
        if (!found) return;
        found->shown["status"] = status;
        json event{{"kind", "status"}, {"phone", wa_id}, {"id", id}, {"status", status}};
        if (code != 0) found->shown["code"] = event["code"] = code;
        note(std::move(event), out);
    }
    tell_all(out);
}

phone_desk::line* phone_desk::find(std::string_view chat, std::string_view id) {
    const auto known = chats_.find(chat);
    if (known == chats_.end()) return nullptr;
    auto& lines = known->second.lines;
    const auto found = std::find_if(lines.rbegin(), lines.rend(), [id](const line& each) {
        return each.id == id;
    });
    return found == lines.rend() ? nullptr : &*found;
}

void phone_desk::member_status(
    std::string_view chat, std::string_view wa_id, std::string_view id, std::string_view status
) {
    told out;
    {
        const std::scoped_lock lock{mutex_};
        auto* found = find(chat, id);
        if (!found) return;
        found->shown["statuses"][std::string{wa_id}] = status;
        note(
            {{"kind", "status"}, {"phone", chat}, {"id", id}, {"member", wa_id}, {"status", status}},
            out
        );
    }
    tell_all(out);
}

void phone_desk::group_changed(std::string_view chat) {
    told out;
    {
        const std::scoped_lock lock{mutex_};
        note({{"kind", "group"}, {"phone", chat}}, out);
    }
    tell_all(out);
}

void phone_desk::read_by_business(std::string_view message_id, bool typing) {
    told out;
    {
        const std::scoped_lock lock{mutex_};
        for (auto& [wa_id, chat] : chats_) {
            auto found = std::find_if(
                chat.lines.rbegin(), chat.lines.rend(),
                [message_id](const line& each) { return each.id == message_id; }
            );
            if (found == chat.lines.rend()) continue;
            // A read mark is for everything she wrote before it, too.
            for (; found != chat.lines.rend(); ++found) {
                if (!found->shown["mine"].get<bool>() || found->shown["status"] == "read") continue;
                found->shown["status"] = "read";
                note(
                    {{"kind", "status"}, {"phone", wa_id}, {"id", found->id}, {"status", "read"}},
                    out
                );
            }
            if (typing) note({{"kind", "typing"}, {"phone", wa_id}}, out);
            break;
        }
    }
    tell_all(out);
}

json phone_desk::chat(std::string_view wa_id) const {
    const std::scoped_lock lock{mutex_};
    json messages = json::array();
    const auto found = chats_.find(wa_id);
    if (found != chats_.end()) {
        for (const auto& each : found->second.lines) messages.push_back(each.shown);
    }
    json all{{"next", first_ + events_.size()}};
    all["messages"] = std::move(messages);
    return all;
}

std::uint64_t phone_desk::follow(std::uint64_t from, listener tell) {
    told out;
    std::uint64_t id = 0;
    {
        const std::scoped_lock lock{mutex_};
        if (from != first_ + events_.size()) {
            out.emplace_back(std::move(tell), since(from));
        } else {
            id = next_waiting_++;
            waiting_.push_back({.id = id, .tell = std::move(tell)});
            if (waiting_.size() > waiting_max) {
                out.emplace_back(std::move(waiting_.front().tell), since(from));
                waiting_.pop_front();
            }
        }
    }
    tell_all(out);
    return id;
}

void phone_desk::give_up(std::uint64_t waiting_id) {
    told out;
    {
        const std::scoped_lock lock{mutex_};
        const auto found = std::find_if(
            waiting_.begin(), waiting_.end(),
            [waiting_id](const waiting& each) { return each.id == waiting_id; }
        );
        if (found == waiting_.end()) return;
        out.emplace_back(std::move(found->tell), since(first_ + events_.size()));
        waiting_.erase(found);
    }
    tell_all(out);
}

}  // namespace tertulia::gateway::simulator
