#include "gateway/accounts/group_book.hpp"

#include "gateway/accounts/group_facts.hpp"

#include <algorithm>

namespace tertulia::gateway {
namespace {

namespace whatsapp = adapters::whatsapp_cloud;
using whatsapp::group_change;

const std::string prefix{"group/"};

bool is_same(const known_member& one, const std::vector<identity>& who) {
    return std::ranges::any_of(who, [&one](const identity& each) {
        return std::ranges::find(one.who, each) != one.who.end();
    });
}

bool is_gone(const known_member& one) {
    return one.is != member_standing::in && one.is != member_standing::asks;
}

known_member& member_in(known_group& group, const std::vector<identity>& who) {
    const auto found = std::ranges::find_if(group.members, [&who](const known_member& one) {
        return is_same(one, who);
    });
    if (found != group.members.end()) {
        for (const auto& each : who) {
            if (std::ranges::find(found->who, each) == found->who.end()) found->who.push_back(each);
        }
        return *found;
    }
    if (group.members.size() >= group_book::members_max) {
        // The first that has gone, or else the first.
        const auto gone = std::ranges::find_if(group.members, is_gone);
        group.members.erase(gone != group.members.end() ? gone : group.members.begin());
    }
    group.members.push_back({.who = who});
    return group.members.back();
}

void set_member(
    known_group& group,
    const whatsapp::group_member& news,
    member_standing is,
    std::string request_id,
    instant at
) {
    if (news.who.empty()) return;
    auto& one = member_in(group, news.who);
    if (at < one.since) return;
    one.is = is;
    one.since = at;
    one.join_request_id = std::move(request_id);
    if (!news.username.empty()) one.username = news.username;
}

void set_standing(known_group& group, group_standing is, instant at) {
    if (group.is == group_standing::deleted || at < group.is_since) return;
    group.is = is;
    group.is_since = at;
}

void take_settings(known_group& group, const whatsapp::group_event& event, instant at) {
    using kind = whatsapp::group_setting::kind;
    for (const auto& one : event.settings) {
        if (one.error_code != 0 || one.which == kind::picture) continue;
        const bool is_subject = one.which == kind::subject;
        auto& known_at = is_subject ? group.subject_at : group.description_at;
        if (at < known_at) continue;
        known_at = at;
        (is_subject ? group.subject : group.description) = one.text;
    }
}

void create(known_group& group, const whatsapp::group_event& event, instant at) {
    group.request_id = event.request_id;
    group.invite_link = event.invite_link;
    group.joining = event.joining;
    group.created_at = at;
    if (at < group.subject_at) return;
    group.subject = event.subject;
    group.subject_at = at;
}

// A request that ended names its id, and not always her.
void withdraw(known_group& group, const whatsapp::group_event& event, instant at) {
    for (const auto& one : event.people) {
        set_member(group, one, member_standing::withdrew, {}, at);
    }
    for (auto& one : group.members) {
        if (one.is != member_standing::asks || one.join_request_id != event.join_request_id) continue;
        one.is = member_standing::withdrew;
        one.join_request_id.clear();
        one.since = at;
    }
}

}  // namespace

void group_book::restore(const std::vector<channel_fact>& kept, instant now) {
    for (const auto& fact : kept) {
        if (fact.channel != channel_ || !fact.key.starts_with(prefix)) continue;
        auto group = group_of_fact(fact.key.substr(prefix.size()), fact.value);
        if (!group) continue;
        const bool is_old =
            group->is == group_standing::deleted && group->is_since + deleted_for <= now;
        if (is_old) {
            changed_[group->id] = now;  // and not known: take_facts() forgets it
        } else {
            groups_.insert_or_assign(group->id, std::move(*group));
        }
    }
}

bool group_book::learn(const whatsapp::group_event& event, instant now) {
    if (event.group_id.empty()) return false;
    auto key = whatsapp::key_of(event).substr(event.group_id.size());
    auto& group = groups_[event.group_id];
    group.id = event.group_id;
    if (std::ranges::find(group.heard, key) != group.heard.end()) return false;
    group.heard.push_back(std::move(key));
    if (group.heard.size() > heard_max) group.heard.pop_front();
    changed_[group.id] = now;

    const auto at = event.at == instant{} ? now : event.at;
    const auto all_are = [&](member_standing is) {
        for (const auto& one : event.people) set_member(group, one, is, {}, at);
    };
    switch (event.change) {
        case group_change::created: create(group, event, at); break;
        case group_change::not_created: break;
        case group_change::deleted: set_standing(group, group_standing::deleted, at); break;
        case group_change::joined: all_are(member_standing::in); break;
        case group_change::left: all_are(member_standing::left); break;
        case group_change::removed: all_are(member_standing::removed); break;
        case group_change::join_requested:
            for (const auto& one : event.people) {
                set_member(group, one, member_standing::asks, event.join_request_id, at);
            }
            break;
        case group_change::join_revoked: withdraw(group, event, at); break;
        case group_change::settings: take_settings(group, event, at); break;
        case group_change::suspended: set_standing(group, group_standing::suspended, at); break;
        case group_change::suspension_over: set_standing(group, group_standing::open, at); break;
    }
    return true;
}

void group_book::rejected(
    std::string_view group_id, const std::vector<std::string>& request_ids, instant now
) {
    const auto found = groups_.find(group_id);
    if (found == groups_.end()) return;
    for (auto& one : found->second.members) {
        if (one.is != member_standing::asks ||
            std::ranges::find(request_ids, one.join_request_id) == request_ids.end()) {
            continue;
        }
        one.is = member_standing::rejected;
        one.join_request_id.clear();
        one.since = now;
        changed_[found->first] = now;
    }
}

std::vector<channel_fact> group_book::take_facts() {
    std::vector<channel_fact> all;
    for (const auto& [id, at] : std::exchange(changed_, {})) {
        const auto found = groups_.find(id);
        auto value = found != groups_.end() ? fact_value_of(found->second) : std::string{};
        all.push_back({channel_, prefix + id, std::move(value), at});
    }
    return all;
}

}  // namespace tertulia::gateway
