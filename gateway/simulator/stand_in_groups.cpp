#include "gateway/simulator/stand_in_groups.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace tertulia::gateway::simulator {

using nlohmann::json;

namespace {

constexpr std::string_view link_prefix = "https://chat.whatsapp.com/";

graph_error invalid(std::string details) {
    auto error = error_of(100);
    error.details = std::move(details);
    return error;
}

std::optional<graph_error> broken_text(
    const json& body, const char* name, std::size_t most, bool required
) {
    const auto found = body.find(name);
    if (found == body.end()) {
        if (!required) return std::nullopt;
        return invalid("The parameter " + std::string{name} + " is required.");
    }
    if (!found->is_string()) return invalid("Param " + std::string{name} + " must be a string.");
    const auto units = utf16_units(found->get_ref<const std::string&>());
    if (units > most || (units == 0 && required)) {
        return invalid(
            "Param " + std::string{name} + " must be at most " + std::to_string(most) +
            " characters long."
        );
    }
    return std::nullopt;
}

}  // namespace

std::string_view word_of(joined_how how) {
    switch (how) {
        case joined_how::in: return "in";
        case joined_how::already_in: return "already_in";
        case joined_how::asked: return "asked";
        case joined_how::full: return "full";
        case joined_how::dead_link: return "dead_link";
        case joined_how::removed: return "removed";
    }
    return "";
}

stand_in_group* stand_in_groups::find(std::string_view id) {
    const auto found = groups_.find(id);
    return found == groups_.end() ? nullptr : &found->second;
}

const stand_in_group* stand_in_groups::find(std::string_view id) const {
    const auto found = groups_.find(id);
    return found == groups_.end() ? nullptr : &found->second;
}

void stand_in_groups::add(stand_in_group group) {
    auto id = group.id;
    groups_.insert_or_assign(std::move(id), std::move(group));
}

bool stand_in_groups::remove(std::string_view id) {
    const auto found = groups_.find(id);
    if (found == groups_.end()) return false;
    groups_.erase(found);
    return true;
}

stand_in_groups::joined stand_in_groups::join(
    std::string_view link, const contact& who, std::string request_id, instant now
) {
    link.remove_prefix(link.rfind('/') == std::string_view::npos ? 0 : link.rfind('/') + 1);
    for (auto& [id, group] : groups_) {
        if (link.empty() || group.link_id != link) continue;
        if (member_of(group, who.wa_id)) return {.how = joined_how::already_in, .group_id = id};
        if (group.removed.contains(who.wa_id)) return {.how = joined_how::removed};
        const auto asks = std::ranges::find_if(group.requests, [&who](const auto& one) {
            return one.who.wa_id == who.wa_id;
        });
        if (asks != group.requests.end()) {
            return {.how = joined_how::asked, .group_id = id, .request_id = asks->id};
        }
        if (group.members.size() >= members_max) return {.how = joined_how::full};
        if (!group.by_approval) {
            group.members.push_back(who);
            return {.how = joined_how::in, .group_id = id};
        }
        group.requests.push_back({.id = request_id, .who = who, .at = now});
        return {.how = joined_how::asked, .group_id = id, .request_id = std::move(request_id)};
    }
    return {.how = joined_how::dead_link};
}

const contact* member_of(const stand_in_group& group, std::string_view wa_id) {
    const auto found = std::ranges::find(group.members, wa_id, &contact::wa_id);
    return found == group.members.end() ? nullptr : &*found;
}

bool remove_member(stand_in_group& group, std::string_view phone_or_user_id, contact* who) {
    const auto digits = digits_of(phone_or_user_id);
    const auto found = std::ranges::find_if(group.members, [&](const contact& one) {
        return one.wa_id == digits || one.user_id == phone_or_user_id;
    });
    if (found == group.members.end()) return false;
    if (who) *who = *found;
    group.members.erase(found);
    return true;
}

void pin(stand_in_group& group, const std::string& message_id) {
    unpin(group, message_id);
    group.pins.push_back(message_id);
    if (group.pins.size() > stand_in_groups::pins_max) group.pins.pop_front();
}

void unpin(stand_in_group& group, std::string_view message_id) {
    std::erase(group.pins, message_id);
}

std::string link_of(const stand_in_group& group) {
    return std::string{link_prefix} + group.link_id;
}

std::optional<graph_error> broken_group_rule(const json& body, bool is_new) {
    if (!body.is_object()) return invalid("The body must be a JSON object.");
    if (body.value("messaging_product", json{}) != "whatsapp") {
        return invalid("The parameter messaging_product is required.");
    }
    if (auto wrong = broken_text(body, "subject", stand_in_groups::subject_units_max, is_new)) {
        return wrong;
    }
    if (auto wrong =
            broken_text(body, "description", stand_in_groups::description_units_max, false)) {
        return wrong;
    }
    if (!is_new) {
        const bool changes = body.contains("subject") || body.contains("description");
        return changes ? std::nullopt : std::optional{invalid("Nothing to change.")};
    }
    const auto mode = body.value("join_approval_mode", json("auto_approve"));
    if (mode != "auto_approve" && mode != "approval_required") {
        return invalid("Param join_approval_mode must be auto_approve or approval_required.");
    }
    return std::nullopt;
}

json participant_json(const contact& who) {
    json all = json::object();
    if (!who.wa_id.empty()) all["wa_id"] = who.wa_id;
    if (!who.user_id.empty()) all["user_id"] = who.user_id;
    return all;
}

json facts_json(const stand_in_group& group) {
    json participants = json::array();
    for (const auto& one : group.members) participants.push_back(participant_json(one));
    json all{
        {"id", group.id},
        {"subject", group.subject},
        {"description", group.description},
        {"total_participant_count", group.members.size()},
        {"suspended", group.suspended},
        {"creation_timestamp", std::to_string(to_millis(group.created_at) / 1'000)},
        {"join_approval_mode", group.by_approval ? "approval_required" : "auto_approve"}};
    all["participants"] = std::move(participants);
    return all;
}

json shown_json(const stand_in_group& group) {
    json members = json::array();
    for (const auto& one : group.members) {
        members.push_back({{"id", one.wa_id}, {"name", one.name}});
    }
    json requests = json::array();
    for (const auto& one : group.requests) {
        requests.push_back({{"id", one.who.wa_id}, {"name", one.who.name}});
    }
    json all{
        {"id", group.id},
        {"subject", group.subject},
        {"description", group.description},
        {"link", link_of(group)},
        {"by_approval", group.by_approval},
        {"picture", group.picture_id},
        {"suspended", group.suspended},
        {"pins", group.pins},
        {"members_max", stand_in_groups::members_max}};
    all["members"] = std::move(members);
    all["requests"] = std::move(requests);
    return all;
}

}  // namespace tertulia::gateway::simulator
