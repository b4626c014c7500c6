// The parts of parse(): one function per kind of element. Each fills a value in and answers what is
// wrong with the element, or nothing; then the value is not to be used.
//
// Internal to this folder.

#pragma once

#include "adapters/whatsapp_cloud/identities.hpp"
#include "adapters/wire/json_view.hpp"
#include "adapters/whatsapp_cloud/whatsapp_cloud.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::adapters::whatsapp_cloud {

using problem = std::string_view;  // ours, a literal; empty: none

// One row of value.contacts[]: who the people of this change are.
struct known_person {
    identities who{};
    std::string profile_name{};
    std::string identity_key_hash{};
};

// What surrounds an element.
struct surroundings {
    const channel_settings& channel;
    instant entry_time{};  // stands in for a missing timestamp; the epoch if missing too
    std::span<const known_person> people{};
};

[[nodiscard]] std::vector<known_person> read_people(json_object change_value);
// Never by position: the arrays are not parallel. Null if none of them is this person.
[[nodiscard]] const known_person* find_person(
    std::span<const known_person> people, const identities& who
);

[[nodiscard]] problem read_message(
    json_object message, const surroundings& around, inbound_message& into
);
[[nodiscard]] problem read_content(json_object message, inbound_content& into);

// A status this adapter does not know is a problem too: there is nothing to merge it with.
[[nodiscard]] problem read_status(
    json_object status, const surroundings& around, status_update& into
);

// One of the field user_preferences: she told the provider.
[[nodiscard]] problem read_preference(
    json_object preference, const surroundings& around, inbound_message& into
);

// A webhook field other than messages, as one notice or one per person or group it speaks of.
void read_notices(
    std::string_view field,
    json_object value,
    const channel_settings& channel,
    std::vector<inbound_event>& into
);
// "131051: Message type unknown": the first of errors[]; empty if there is none.
[[nodiscard]] std::string summary_of_error(json_object error);

// A timestamp as seconds or milliseconds, as text or number. The epoch: missing or senseless.
[[nodiscard]] instant instant_at(json_object in, std::string_view key);
// Cleaned text of at most that many bytes.
[[nodiscard]] std::string clean_at(json_object in, std::string_view key, std::size_t bytes_max);
// The code of errors[0]; 0 if none.
[[nodiscard]] int first_error_code(json_object in);

inline constexpr std::size_t id_bytes_max = 512;
inline constexpr std::size_t word_bytes_max = 120;  // a status, a category, a reason
inline constexpr std::size_t name_bytes_max = 512;
inline constexpr std::size_t url_bytes_max = 4096;
inline constexpr std::size_t details_bytes_max = 512;

}  // namespace tertulia::adapters::whatsapp_cloud
