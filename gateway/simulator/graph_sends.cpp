#include "gateway/simulator/graph_stand_in_inside.hpp"
#include "gateway/simulator/send_rules.hpp"

namespace tertulia::gateway::simulator {

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
    const bool to_group = body.value("recipient_type", "") == "group";
    // A group's id where a person is expected.
    if (!to_group && groups_.find(input)) return refuse(error_of(131009));
    const auto to = by_phone && !to_group ? digits_of(input) : input;
    if (to_group) {
        if (const auto closed = closed_group(to)) return refuse(*closed);
    }
    auto error = controls_.take_error(to);
    if (error && !error->later) return refuse(error_of(error->code));
    if (by_phone && to.empty()) return refuse(error_of(131009));
    const auto from_template = body.value("type", "") == "template";
    if (!error) {
        const auto wrote = wrote_at_.find(to);
        const auto closed = wrote == wrote_at_.end() || now() - wrote->second > window_open_for;
        // In Meta's order: taken first, and found impossible afterwards.
        if (!to_group && settings_.reachable && !settings_.reachable(to)) {
            error = planned_error{.code = 131026, .later = true};
        } else if (controls_.window && closed && !from_template) {
            error = planned_error{.code = 131047, .later = true};
        }
    }
    accepted_send taken{
        .id = message_id(),
        .to = to,
        .is_to_group = to_group,
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
    if (body.value("type", "") == "pin") {
        pin_in_group(body);
        return result;
    }
    accepted.push_back(taken);
    take(std::move(taken), from_template, error);
    return result;
}

void graph_stand_in::implementation::take(
    accepted_send what, bool from_template, std::optional<planned_error> fails
) {
    sent_message message{
        .to = what.to, .callback_data = what.callback_data, .from_template = from_template};
    if (!what.is_to_group) return begin(what.id, std::move(message), fails);
    message.group = what.to;
    for (const auto& member : groups_.find(what.to)->members) {
        message.to = member.wa_id;
        message.user_id = member.user_id;
        begin(what.id + '/' + member.wa_id, message, fails);
    }
}

void graph_stand_in::implementation::begin(
    const std::string& key, sent_message message, const std::optional<planned_error>& fails
) {
    messages_[key] = std::move(message);
    order_.push_back(key);
    forget_old();
    if (!fails) return plan(controls_.sent_after, key, life::sent);
    alarm_.after(controls_.sent_after.value_or(milliseconds{}), [this, key, code = fails->code] {
        const auto error = error_of(code);
        reach(key, life::failed, &error);
    });
}

void graph_stand_in::implementation::forget_old() {
    while (order_.size() > messages_max) {
        messages_.erase(order_.front());
        order_.pop_front();
    }
}

}  // namespace tertulia::gateway::simulator
