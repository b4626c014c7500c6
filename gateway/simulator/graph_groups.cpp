#include "gateway/http/query.hpp"
#include "gateway/simulator/graph_stand_in_inside.hpp"
#include "gateway/simulator/stand_in_front.hpp"

#include <algorithm>

namespace tertulia::gateway::simulator {

namespace {

constexpr std::string_view lifecycle = "group_lifecycle_update";
constexpr std::string_view participants = "group_participants_update";
constexpr std::string_view id_prefix = "Y2FwaV9ncm91cDox";  // "capi_group:1", as Meta's begin
constexpr std::size_t page_default = 25;
constexpr std::size_t page_max = 1'024;

json event_of(std::string_view type, std::string request_id = {}) {
    json event{{"type", type}};
    if (!request_id.empty()) event["request_id"] = std::move(request_id);
    return event;
}

graph_answer promised(const json& event) {
    return answer(200, {{"messaging_product", "whatsapp"}, {"request_id", event["request_id"]}});
}

std::vector<std::string> texts_at(const json& body, const char* key) {
    std::vector<std::string> all;
    const auto found = body.is_object() ? body.find(key) : body.end();
    if (!body.is_object() || found == body.end() || !found->is_array()) return all;
    for (const auto& each : *found) {
        if (each.is_string()) all.push_back(each.get<std::string>());
    }
    return all;
}

// As a call names somebody: {"user": "+221…"} or {"user_id": …}.
std::vector<std::string> people_at(const json& body) {
    std::vector<std::string> all;
    if (!body.is_object()) return all;
    for (const auto& each : body.value("participants", json::array())) {
        if (!each.is_object()) continue;
        for (const auto* key : {"user", "user_id"}) {
            const auto found = each.find(key);
            if (found == each.end() || !found->is_string()) continue;
            all.push_back(found->get<std::string>());
            break;
        }
    }
    return all;
}

json joined_event(const contact& who) {
    auto event = event_of("group_participants_add");
    event["reason"] = "invite_link";
    event["added_participants"] = json::array({participant_json(who)});
    return event;
}

json left_event(const contact& who) {
    auto event = event_of("group_participants_remove");
    event["initiated_by"] = "participant";
    event["removed_participants"] = json::array({participant_json(who)});
    return event;
}

json request_event(std::string_view type, const stand_in_join_request& of) {
    auto event = event_of(type);
    event.update(participant_json(of.who));
    event["join_request_id"] = of.id;
    if (type == "group_join_request_created") event["reason"] = "invite_link";
    return event;
}

}  // namespace

// Nothing: the path is of something else.
std::optional<graph_answer> graph_stand_in::implementation::route_group(
    const graph_request& request, std::string_view object, std::string_view edge
) {
    if (object == settings_.number.phone_number_id) {
        if (edge != "groups") return std::nullopt;
        if (request.method == "POST") return make_group(request);
        if (request.method == "GET") return list_groups(request.query);
        return std::nullopt;
    }
    const auto id = http::percent_decode(object);
    if (!id || !id->starts_with(id_prefix)) return std::nullopt;
    if (auto* group = groups_.find(*id)) return about_group(request, *group, edge);
    return refuse(error_of(131041));
}

graph_answer graph_stand_in::implementation::make_group(const graph_request& request) {
    const auto body = json::parse(request.body, nullptr, false);
    if (const auto wrong = broken_group_rule(body, true)) return refuse(*wrong);
    auto event = event_of("group_create", "r" + random_id(15));
    event["subject"] = body["subject"];
    event["join_approval_mode"] = body.value("join_approval_mode", "auto_approve");
    stand_in_group group{
        .id = std::string{id_prefix} + random_id(16) + "==",
        .subject = body["subject"].get<std::string>(),
        .description = body.value("description", ""),
        .link_id = random_id(22),
        .by_approval = event["join_approval_mode"] == "approval_required",
        .created_at = now()};
    if (groups_.all().size() >= stand_in_groups::groups_max) {
        // Promised all the same; the webhook says that it is not.
        group.id.clear();
        event["errors"] = json::array({status_error(error_of(131211))});
        tell_group(lifecycle, group, event);
        return promised(event);
    }
    event["invite_link"] = link_of(group);
    tell_group(lifecycle, group, event);
    note_group(group, "created", group.subject);
    groups_.add(std::move(group));
    return promised(event);
}

graph_answer graph_stand_in::implementation::list_groups(std::string_view query) const {
    const auto limit = std::clamp<std::uint64_t>(
        query_number(query, "limit", page_default), 1, page_max
    );
    const auto after = http::query_value(query, "after").value_or("");
    json listed = json::array();
    auto at = after.empty() ? groups_.all().begin() : groups_.all().upper_bound(after);
    std::string last;
    for (; at != groups_.all().end() && listed.size() < limit; ++at) {
        const auto& group = at->second;
        last = group.id;
        listed.push_back(
            {{"id", group.id},
             {"subject", group.subject},
             {"created_at", std::to_string(to_millis(group.created_at) / 1'000)}});
    }
    json paging{{"cursors", {{"before", after}, {"after", last}}}};
    if (at != groups_.all().end()) paging["next"] = "https://graph.facebook.com/next";
    json said;
    said["data"]["groups"] = std::move(listed);
    said["paging"] = std::move(paging);
    return answer(200, said);
}

graph_answer graph_stand_in::implementation::about_group(
    const graph_request& request, stand_in_group& group, std::string_view edge
) {
    const auto& method = request.method;
    if (group.suspended && method != "GET" && !(edge.empty() && method == "DELETE")) {
        return refuse(error_of(131207));
    }
    if (edge.empty() && method == "POST" && request.content_type.starts_with("multipart/")) {
        return change_picture(request, group);
    }
    const auto body = json::parse(request.body, nullptr, false);
    if (edge.empty()) {
        if (method == "GET") return answer(200, facts_json(group));
        if (method == "POST") return change_group(body, group);
        if (method == "DELETE") return delete_group(group);
    }
    if (edge == "invite_link" && method != "DELETE") {
        if (method == "POST") {
            group.link_id = random_id(22);
            note_group(group, "link");
        }
        return answer(
            200, {{"messaging_product", "whatsapp"}, {"invite_link", link_of(group)}}
        );
    }
    if (edge == "join_requests" && method == "GET") {
        json data = json::array();
        for (const auto& one : group.requests) {
            auto row = participant_json(one.who);
            row["join_request_id"] = one.id;
            row["creation_timestamp"] = std::to_string(to_millis(one.at) / 1'000);
            data.push_back(std::move(row));
        }
        json said;
        said["data"] = std::move(data);
        return answer(200, said);
    }
    if (edge == "join_requests") return answer_requests(body, group, method == "POST");
    if (edge == "participants" && method == "DELETE") return remove_people(body, group);
    return refuse(error_of(100));
}

graph_answer graph_stand_in::implementation::change_group(
    const json& body, stand_in_group& group
) {
    if (const auto wrong = broken_group_rule(body, false)) return refuse(*wrong);
    auto event = event_of("group_settings_update", "r" + random_id(15));
    const auto change = [&](const char* key, const char* told, std::string& to) {
        if (!body.contains(key)) return;
        to = body[key].get<std::string>();
        event[told] = {{"text", to}, {"update_successful", true}};
        note_group(group, key, to);
    };
    change("subject", "group_subject", group.subject);
    change("description", "group_description", group.description);
    tell_group("group_settings_update", group, event);
    return promised(event);
}

// Promised whatever it shows; the webhook says what became of it. Whether it is square Meta sees when
// it reads it: here `picture_error` says so.
graph_answer graph_stand_in::implementation::change_picture(
    const graph_request& request, stand_in_group& group
) {
    constexpr std::size_t picture_bytes_max = 5U * 1024 * 1024;
    auto got = parse_upload(request.content_type, request.body);
    const bool is_ours = got && got->messaging_product == "whatsapp";
    if (!is_ours || got->file.mime_type != "image/jpeg" || got->file.bytes.empty()) {
        return refuse(error_of(100));
    }
    auto event = event_of("group_settings_update", "r" + random_id(15));
    json told{{"mime_type", got->file.mime_type}, {"sha256", digest_base64(got->file.bytes)}};
    const bool fits = got->file.bytes.size() <= picture_bytes_max;
    const auto code = fits ? controls_.picture_error.value_or(0) : 131210;
    told["update_successful"] = code == 0;
    if (code != 0) {
        told["errors"] = json::array({status_error(error_of(code))});
    } else {
        got->file.expires_at = instant::max();  // as long as the group has it
        group.picture_id = shelf_.put(std::move(got->file));
        note_group(group, "picture");
    }
    event["profile_picture"] = std::move(told);
    tell_group("group_settings_update", group, event);
    return promised(event);
}

// Those whose standing the orders have changed.
void graph_stand_in::implementation::suspend_groups() {
    for (const auto& [id, known] : groups_.all()) {
        auto& group = *groups_.find(id);
        const bool now_so = controls_.suspended_groups.contains(id);
        if (std::exchange(group.suspended, now_so) == now_so) continue;
        tell_group(
            "group_status_update", group, event_of(now_so ? "group_suspend" : "group_suspend_cleared")
        );
        note_group(group, now_so ? "suspended" : "resumed");
    }
}

graph_answer graph_stand_in::implementation::delete_group(const stand_in_group& group) {
    const auto event = event_of("group_delete", "r" + random_id(15));
    tell_group(lifecycle, group, event);
    note_group(group, "deleted", group.subject);
    groups_.remove(std::string{group.id});
    return promised(event);
}

// The approved come by webhook, the rejected by none.
graph_answer graph_stand_in::implementation::answer_requests(
    const json& body, stand_in_group& group, bool let_in
) {
    const auto ids = texts_at(body, "join_requests");
    if (ids.empty()) return refuse(error_of(131008));
    json done = json::array();
    json failed = json::array();
    for (const auto& id : ids) {
        const auto asks = std::ranges::find(group.requests, id, &stand_in_join_request::id);
        const bool is_full = let_in && group.members.size() >= stand_in_groups::members_max;
        if (asks == group.requests.end() || is_full) {
            const auto code = asks == group.requests.end() ? 131213 : 131204;
            json one{{"join_request_id", id}};
            one["errors"] = json::array({status_error(error_of(code))});
            failed.push_back(std::move(one));
            continue;
        }
        const auto who = asks->who;
        group.requests.erase(asks);
        done.push_back(id);
        note_group(group, let_in ? "joined" : "rejected", who.name);
        if (!let_in) continue;
        group.members.push_back(who);
        tell_group(participants, group, joined_event(who));
    }
    json said{{"messaging_product", "whatsapp"}};
    const bool in_part = !failed.empty();
    said[let_in ? "approved_join_requests" : "rejected_join_requests"] = std::move(done);
    if (in_part) said["failed_join_requests"] = std::move(failed);
    return answer(in_part ? 206 : 200, said);
}

graph_answer graph_stand_in::implementation::remove_people(
    const json& body, stand_in_group& group
) {
    const auto people = people_at(body);
    if (people.empty()) return refuse(error_of(131008));
    if (people.size() > stand_in_groups::members_max) return refuse(error_of(131204));
    json removed = json::array();
    json failed = json::array();
    for (const auto& input : people) {
        contact who;
        if (!remove_member(group, input, &who)) {
            json one{{"input", input}};
            one["errors"] = json::array({status_error(error_of(131212))});
            failed.push_back(std::move(one));
            continue;
        }
        group.removed.insert(who.wa_id);
        auto one = participant_json(who);
        one["input"] = input;
        removed.push_back(std::move(one));
        note_group(group, "removed", who.name);
    }
    auto event = event_of("group_participants_remove", "r" + random_id(15));
    event["initiated_by"] = "business";
    event["removed_participants"] = std::move(removed);
    if (!failed.empty()) event["failed_participants"] = std::move(failed);
    tell_group(participants, group, event);
    return promised(event);
}

std::optional<graph_error> graph_stand_in::implementation::closed_group(std::string_view id) const {
    const auto* group = groups_.find(id);
    if (!group) return error_of(131041);
    if (group->suspended) return error_of(131207);
    if (group->members.empty()) return error_of(131020);  // nobody but us is in it
    return std::nullopt;
}

void graph_stand_in::implementation::pin_in_group(const json& body) {
    auto& group = *groups_.find(body["to"].get<std::string>());
    const auto& what = body["pin"];
    const auto id = what["message_id"].get<std::string>();
    const bool stays = what["type"] == "pin";
    if (stays) {
        pin(group, id);
    } else {
        unpin(group, id);
    }
    note_group(group, stays ? "pinned" : "unpinned");
}

stand_in_groups::joined graph_stand_in::implementation::join_group(
    std::string_view link, const contact& who
) {
    stand_in_groups::joined result;
    {
        const std::scoped_lock lock{mutex_};
        auto request_id = "jr" + random_id(14);
        result = groups_.join(link, who, request_id, now());
        const bool is_new = result.request_id == request_id;
        if (result.how == joined_how::in) {
            const auto& group = *groups_.find(result.group_id);
            tell_group(participants, group, joined_event(who));
            note_group(group, "joined", who.name);
        } else if (is_new) {
            const auto& group = *groups_.find(result.group_id);
            tell_group(
                participants, group, request_event("group_join_request_created", group.requests.back())
            );
            note_group(group, "asked", who.name);
        }
    }
    tell_news();
    return result;
}

bool graph_stand_in::implementation::leave_group(
    std::string_view group_id, std::string_view wa_id
) {
    {
        const std::scoped_lock lock{mutex_};
        auto* group = groups_.find(group_id);
        if (!group) return false;
        contact who;
        const auto asks = std::ranges::find_if(group->requests, [wa_id](const auto& one) {
            return one.who.wa_id == wa_id;
        });
        if (remove_member(*group, wa_id, &who)) {
            tell_group(participants, *group, left_event(who));
            note_group(*group, "left", who.name);
        } else if (asks != group->requests.end()) {
            tell_group(participants, *group, request_event("group_join_request_revoked", *asks));
            note_group(*group, "withdrew", asks->who.name);
            group->requests.erase(asks);
        } else {
            return false;
        }
    }
    tell_news();
    return true;
}

json graph_stand_in::implementation::groups() const {
    const std::scoped_lock lock{mutex_};
    json all = json::array();
    for (const auto& [id, group] : groups_.all()) all.push_back(shown_json(group));
    json said;
    said["groups"] = std::move(all);
    return said;
}

void graph_stand_in::implementation::tell_group(
    std::string_view field, const stand_in_group& group, json event
) {
    event["timestamp"] = std::to_string(to_millis(now()) / 1'000);
    if (!group.id.empty()) event["group_id"] = group.id;
    auto body = escaped(group_callback(settings_.number, field, event, now()));
    alarm_.after(
        controls_.sent_after.value_or(milliseconds{}),
        [this, body = std::move(body), delay = controls_.webhook_delay,
         copies = 1 + controls_.duplicates] { post_->post(body, delay, copies); }
    );
}

void graph_stand_in::implementation::note_group(
    const stand_in_group& group, std::string what, std::string who
) {
    news_.push_back(
        {.group_id = group.id, .what = std::move(what), .who = std::move(who), .at = now()}
    );
}

void graph_stand_in::implementation::tell_news() {
    std::vector<group_news> news;
    {
        const std::scoped_lock lock{mutex_};
        news.swap(news_);
    }
    for (const auto& each : news) {
        if (observer_.group) observer_.group(each);
    }
}

}  // namespace tertulia::gateway::simulator
