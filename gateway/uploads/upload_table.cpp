#include "gateway/uploads/upload_table.hpp"

#include <nlohmann/json.hpp>

namespace tertulia::gateway {
namespace {

constexpr std::string_view prefix = "media/";

}  // namespace

std::optional<std::string> upload_table::id_of(const upload_key& file, instant now) const {
    const auto found = known_.find(file);
    if (found == known_.end() || now + spare >= found->second.until) return std::nullopt;
    return found->second.id;
}

channel_fact upload_table::keep(
    const upload_key& file, std::string id, instant at, std::chrono::hours lives
) {
    const auto until = at + lives;
    const nlohmann::json value{{"id", id}, {"until", to_millis(until)}};
    known_.insert_or_assign(file, upload{.id = std::move(id), .until = until});
    return {
        .channel = file.channel,
        .key = std::string{prefix} + file.hash,
        .value = value.dump(),
        .at = at};
}

std::optional<channel_fact> upload_table::forget(
    const upload_key& file, std::string_view id, instant at
) {
    const auto found = known_.find(file);
    if (found == known_.end() || found->second.id != id) return std::nullopt;
    known_.erase(found);
    return channel_fact{
        .channel = file.channel, .key = std::string{prefix} + file.hash, .value = {}, .at = at};
}

std::vector<channel_fact> upload_table::restore(
    std::span<const channel_fact> kept, instant now
) {
    std::vector<channel_fact> gone;
    for (const auto& fact : kept) {
        if (!fact.key.starts_with(prefix)) continue;
        const auto value = nlohmann::json::parse(fact.value, nullptr, false);
        const bool whole = value.is_object() && value.contains("id") && value["id"].is_string() &&
                           value.contains("until") && value["until"].is_number_integer();
        const auto until = whole ? from_millis(value["until"].get<std::int64_t>()) : instant{};
        if (now + spare >= until) {
            gone.push_back({.channel = fact.channel, .key = fact.key, .value = {}, .at = now});
            continue;
        }
        known_.insert_or_assign(
            {.channel = fact.channel, .hash = fact.key.substr(prefix.size())},
            upload{.id = value["id"].get<std::string>(), .until = until}
        );
    }
    return gone;
}

}  // namespace tertulia::gateway
