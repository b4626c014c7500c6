#include "adapters/whatsapp_cloud/group_parts.hpp"
#include "adapters/wire/text.hpp"

#include <array>
#include <utility>

namespace tertulia::adapters::whatsapp_cloud {
namespace {

struct named_change {
    std::string_view field;
    std::string_view type;
    group_change change;
};
constexpr std::array changes{
    named_change{"group_lifecycle_update", "group_create", group_change::created},
    named_change{"group_lifecycle_update", "group_delete", group_change::deleted},
    named_change{"group_participants_update", "group_participants_add", group_change::joined},
    named_change{"group_participants_update", "group_participants_remove", group_change::left},
    named_change{
        "group_participants_update", "group_join_request_created", group_change::join_requested},
    named_change{
        "group_participants_update", "group_join_request_revoked", group_change::join_revoked},
    named_change{"group_settings_update", "group_settings_update", group_change::settings},
    named_change{"group_status_update", "group_suspend", group_change::suspended},
    named_change{"group_status_update", "group_suspend_cleared", group_change::suspension_over}};

std::optional<group_change> change_named(std::string_view field, std::string_view type) {
    for (const auto& one : changes) {
        if (one.field == field && (one.type == type || one.change == group_change::settings)) {
            return one.change;
        }
    }
    return std::nullopt;
}

std::vector<group_setting> read_settings(json_object from) {
    constexpr std::array names{
        std::pair{"group_subject", group_setting::kind::subject},
        std::pair{"group_description", group_setting::kind::description},
        std::pair{"profile_picture", group_setting::kind::picture}};
    std::vector<group_setting> all;
    for (const auto& [name, kind] : names) {
        const auto object = object_at(from, name);
        if (!object) continue;
        const auto* key = kind == group_setting::kind::picture ? "sha256" : "text";
        group_setting one{
            .which = kind,
            .text = clean_at(*object, key, group_text_bytes_max),
            .error_code = first_error_code(*object)};
        // Without a reason it failed all the same.
        constexpr int unknown_error = 131000;
        const bool told = value_at(*object, "update_successful").has_value();
        if (told && !flag_at(*object, "update_successful") && one.error_code == 0) {
            one.error_code = unknown_error;
        }
        all.push_back(std::move(one));
    }
    return all;
}

// Who a join request is of: beside its id, not in an array.
void read_asker(json_object from, group_event& into) {
    into.join_request_id = clean_at(from, "join_request_id", id_bytes_max);
    auto who = read_group_member(from);
    if (!who.who.empty()) into.people.push_back(std::move(who));
}

}  // namespace

std::optional<group_event> read_group_event(const channel_notice& notice) {
    thread_local json_reader reader;  // scratch memory only
    const auto document = reader.read(notice.raw_json);
    const auto root = document ? as_object(*document) : std::nullopt;
    if (!root) return std::nullopt;
    const auto change = change_named(notice.field, text_at(*root, "type"));
    if (!change) return std::nullopt;
    group_event event{
        .change = *change,
        .group_id = clean_at(*root, "group_id", id_bytes_max),
        .request_id = clean_at(*root, "request_id", id_bytes_max),
        .at = instant_at(*root, "timestamp"),
        .subject = clean_at(*root, "subject", group_text_bytes_max),
        .invite_link = clean_at(*root, "invite_link", url_bytes_max),
        .joining = joining_at(*root),
        .error_code = first_error_code(*root)};
    switch (event.change) {
        case group_change::created:
            if (event.error_code != 0) event.change = group_change::not_created;
            break;
        case group_change::joined:
            event.people = group_members_at(*root, "added_participants");
            break;
        case group_change::left:
            event.people = group_members_at(*root, "removed_participants");
            event.not_removed = group_members_at(*root, "failed_participants");
            if (text_at(*root, "initiated_by") == "business" || !event.not_removed.empty()) {
                event.change = group_change::removed;
            }
            break;
        case group_change::join_requested:
        case group_change::join_revoked:
            read_asker(*root, event);
            break;
        case group_change::settings:
            event.settings = read_settings(*root);
            break;
        default:
            break;
    }
    const bool is_about_one = !event.group_id.empty() || event.change == group_change::not_created;
    if (!is_about_one) return std::nullopt;
    return event;
}

std::string key_of(const group_event& event) {
    std::string key = event.group_id + '/' + std::to_string(static_cast<int>(event.change)) + '/' +
                      std::to_string(to_millis(event.at)) + '/' + event.request_id + '/' +
                      event.join_request_id;
    for (const auto* people : {&event.people, &event.not_removed}) {
        for (const auto& one : *people) {
            key += '/' + (one.who.empty() ? one.given : one.who.front().value);
        }
    }
    for (const auto& one : event.settings) {
        key += '/' + std::to_string(static_cast<int>(one.which)) + std::to_string(one.error_code);
    }
    return key;
}

}  // namespace tertulia::adapters::whatsapp_cloud
