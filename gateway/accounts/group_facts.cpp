#include "gateway/accounts/group_facts.hpp"

#include <nlohmann/json.hpp>

#include <array>

namespace tertulia::gateway {
namespace {

using nlohmann::json;
using joining = adapters::whatsapp_cloud::group_joining;

std::string words_in(const json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

std::int64_t number_in(const json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
}

const json& array_in(const json& object, const char* key) {
    static const json none = json::array();
    const auto found = object.find(key);
    return found != object.end() && found->is_array() ? *found : none;
}

template <class Standing, std::size_t Count>
Standing standing_named(const std::string& word, const std::array<Standing, Count>& all) {
    for (const auto one : all) {
        if (word_of(one) == word) return one;
    }
    return all.front();
}

known_member member_of(const json& from) {
    using enum member_standing;
    known_member one{
        .username = words_in(from, "username"),
        .is = standing_named(
            words_in(from, "is"), std::array{in, asks, withdrew, rejected, left, removed}
        ),
        .join_request_id = words_in(from, "request"),
        .since = from_millis(number_in(from, "since"))};
    for (const auto& each : array_in(from, "who")) {
        if (!each.is_object()) continue;
        const auto kind = number_in(each, "kind");
        if (kind < 0 || kind > static_cast<int>(identity_kind::parent_bsuid)) continue;
        one.who.push_back({static_cast<identity_kind>(kind), words_in(each, "value")});
    }
    return one;
}

json of_member(const known_member& one) {
    json who = json::array();
    for (const auto& each : one.who) {
        who.push_back({{"kind", static_cast<int>(each.kind)}, {"value", each.value}});
    }
    json all{{"is", word_of(one.is)}, {"since", to_millis(one.since)}};
    if (!one.username.empty()) all["username"] = one.username;
    if (!one.join_request_id.empty()) all["request"] = one.join_request_id;
    all["who"] = std::move(who);
    return all;
}

}  // namespace

std::string_view word_of(group_standing standing) noexcept {
    switch (standing) {
        case group_standing::open: return "open";
        case group_standing::suspended: return "suspended";
        case group_standing::deleted: return "deleted";
    }
    return "";
}

std::string_view word_of(member_standing standing) noexcept {
    switch (standing) {
        case member_standing::in: return "in";
        case member_standing::asks: return "asks";
        case member_standing::withdrew: return "withdrew";
        case member_standing::rejected: return "rejected";
        case member_standing::left: return "left";
        case member_standing::removed: return "removed";
    }
    return "";
}

std::string fact_value_of(const known_group& group) {
    json members = json::array();
    for (const auto& one : group.members) members.push_back(of_member(one));
    json all{
        {"request", group.request_id},
        {"subject", group.subject},
        {"subject_at", to_millis(group.subject_at)},
        {"description", group.description},
        {"description_at", to_millis(group.description_at)},
        {"link", group.invite_link},
        {"is", word_of(group.is)},
        {"is_since", to_millis(group.is_since)},
        {"created_at", to_millis(group.created_at)},
        {"heard", group.heard}};
    if (group.joining) all["by_link"] = *group.joining == joining::by_link;
    all["members"] = std::move(members);
    return all.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::optional<known_group> group_of_fact(std::string id, const std::string& value) {
    using enum group_standing;
    const auto from = json::parse(value, nullptr, false);
    if (id.empty() || !from.is_object()) return std::nullopt;
    known_group group{
        .id = std::move(id),
        .request_id = words_in(from, "request"),
        .subject = words_in(from, "subject"),
        .subject_at = from_millis(number_in(from, "subject_at")),
        .description = words_in(from, "description"),
        .description_at = from_millis(number_in(from, "description_at")),
        .invite_link = words_in(from, "link"),
        .is = standing_named(words_in(from, "is"), std::array{open, suspended, deleted}),
        .is_since = from_millis(number_in(from, "is_since")),
        .created_at = from_millis(number_in(from, "created_at"))};
    const auto by_link = from.find("by_link");
    if (by_link != from.end() && by_link->is_boolean()) {
        group.joining = by_link->get<bool>() ? joining::by_link : joining::on_approval;
    }
    for (const auto& each : array_in(from, "members")) {
        if (each.is_object()) group.members.push_back(member_of(each));
    }
    for (const auto& each : array_in(from, "heard")) {
        if (each.is_string()) group.heard.push_back(each.get<std::string>());
    }
    return group;
}

}  // namespace tertulia::gateway
