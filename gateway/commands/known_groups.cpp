#include "gateway/commands/known_groups.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace tertulia::gateway {

using nlohmann::json;

json json_of_known(const known_group& group) {
    json members = json::array();
    for (const auto& one : group.members) {
        json who = json::array();
        for (const auto& each : one.who) who.push_back(each.value);
        json row{
            {"username", one.username},
            {"state", word_of(one.is)},
            {"since", to_millis(one.since)}};
        row["who"] = std::move(who);
        if (!one.join_request_id.empty()) row["join_request_id"] = one.join_request_id;
        members.push_back(std::move(row));
    }
    const auto is_in = [](const known_member& one) { return one.is == member_standing::in; };
    json all{
        {"id", group.id},
        {"request_id", group.request_id},
        {"subject", group.subject},
        {"description", group.description},
        {"link", group.invite_link},
        {"state", word_of(group.is)},
        {"created_at", to_millis(group.created_at)},
        {"members_count", std::ranges::count_if(group.members, is_in)}};
    if (group.joining) {
        const bool by_link = *group.joining == adapters::whatsapp_cloud::group_joining::by_link;
        all["joining"] = by_link ? "by_link" : "on_approval";
    }
    all["members"] = std::move(members);
    return all;
}

}  // namespace tertulia::gateway
