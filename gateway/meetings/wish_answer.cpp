#include "gateway/meetings/wish_answer.hpp"

#include "dialogs/understanding/answers.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace tertulia::gateway {
namespace {

using dialogs::meetings::say;

constexpr std::size_t groups_most = 10'000;
constexpr std::size_t offered_most = 10;  // rows of a list of WhatsApp
constexpr std::string_view own_queue = "officer:";

using named_groups = std::vector<std::pair<std::string, std::string>>;  // id, name

say about(std::string_view key, const std::string& group = {}) {
    say said{.key = "meeting.wish." + std::string{key}};
    if (!group.empty()) said.arguments.push_back({"group", group});
    return said;
}

group_meant one_of(const named_groups& hers) {
    if (hers.empty()) return {.instead = about("no_groups")};
    if (hers.size() == 1) return {.id = hers.front().first};
    auto which = about("which");
    for (const auto& [id, name] : hers) {
        if (which.choices.size() == offered_most) break;
        which.choices.push_back({.id = id, .title = name});
    }
    return {.instead = std::move(which)};
}

const named_groups::value_type* find_in(const named_groups& all, std::string_view written) {
    const auto key = dialogs::keyword_key(written);
    const auto found = std::ranges::find_if(all, [&](const auto& one) {
        return one.first == written || dialogs::keyword_key(one.first) == key ||
               dialogs::keyword_key(one.second) == key;
    });
    return found == all.end() ? nullptr : &*found;
}

}  // namespace

group_meant group_wished(
    const dialogs::wished_meeting& what,
    std::span<const staff_person> staff,
    group_roster_reader& groups,
    civil_date today
) {
    const std::string_view id{what.asked_by};
    const auto hers = id.starts_with(own_queue)
                          ? groups.groups_of(id.substr(own_queue.size()), groups_most)
                          : named_groups{};
    if (what.group.empty()) return one_of(hers);
    if (const auto* found = find_in(hers, what.group)) return {.id = found->first};
    const auto all = groups.groups(groups_most);
    const auto* found = find_in(all, what.group);
    if (found == nullptr) return {.instead = about("no_group")};
    const auto roster = groups.read(found->first, today, staff);
    if (roster && (roster->backup.id == id || roster->supervisor.id == id)) {
        return {.id = found->first};
    }
    return {.instead = about("not_hers", found->second)};
}

say said_of(const meeting_made& what) {
    const auto key = [&]() -> std::string_view {
        switch (what.why) {
            case meeting_trouble::none:
                return "made";
            case meeting_trouble::ahead:
                return "ahead";
            case meeting_trouble::no_group:
                return "no_group";
            case meeting_trouble::nobody:
                return "nobody";
            case meeting_trouble::no_day:
                return "no_day";
            case meeting_trouble::past:
                return "past";
            case meeting_trouble::unfit:
                break;
        }
        return "unfit";
    }();
    auto said = about(key, what.group);
    if (what.starts != instant{}) said.arguments.push_back({"start", what.starts});
    return said;
}

}  // namespace tertulia::gateway
