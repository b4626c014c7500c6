// What the answers about groups and the webhooks of groups have in common.
//
// Internal to this folder.

#pragma once

#include "adapters/whatsapp_cloud/groups.hpp"
#include "adapters/whatsapp_cloud/parts.hpp"

namespace tertulia::adapters::whatsapp_cloud {

inline constexpr std::size_t group_text_bytes_max = 8192;
// Beyond any group: a bound for what we keep of one answer.
inline constexpr std::size_t group_people_kept_max = 64;

[[nodiscard]] group_member read_group_member(json_object from);
// Of an array under that name; empty if there is none.
[[nodiscard]] std::vector<group_member> group_members_at(json_object in, std::string_view key);
[[nodiscard]] std::optional<group_joining> joining_at(json_object in);

}  // namespace tertulia::adapters::whatsapp_cloud
