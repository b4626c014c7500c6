#include "gateway/core_banking/meeting_writes.hpp"

#include "adapters/wire/digest.hpp"

#include <array>

namespace tertulia::gateway {
namespace {

namespace meetings = dialogs::meetings;
using adapters::fineract::presence;

constexpr std::string_view meeting_prefix = "meeting/";
constexpr std::array<std::string_view, 3> endings{"", "/note", "/sheet"};

}  // namespace

std::string meeting_key(std::string_view group_id, int number) {
    const auto behind = "/" + std::to_string(number);
    auto out = std::string{meeting_prefix} + std::string{group_id} + behind;
    if (out.size() <= meeting_key_max) return out;
    constexpr std::size_t digits = 20;  // of a hash: 80 bits
    const auto hash = adapters::hex_of(adapters::digest_of(adapters::hash_kind::sha256, group_id));
    return std::string{meeting_prefix} + "#" + hash.substr(0, digits) + behind;
}

std::string key_of(std::string_view meeting, meeting_write what) {
    return std::string{meeting} + std::string{endings[static_cast<std::size_t>(what)]};
}

std::optional<settled_meeting> meeting_of_key(std::string_view key) {
    if (!key.starts_with(meeting_prefix)) return std::nullopt;
    for (const auto what : {meeting_write::note, meeting_write::sheet}) {
        const auto ending = endings[static_cast<std::size_t>(what)];
        if (key.ends_with(ending)) {
            return settled_meeting{std::string{key.substr(0, key.size() - ending.size())}, what};
        }
    }
    return settled_meeting{std::string{key}, meeting_write::attendance};
}

std::vector<core_proposal> meeting_writes(
    const meetings::minutes& what,
    const group_core_ids& where,
    civil_date held_on,
    std::string_view note
) {
    std::vector<core_proposal> out;
    if (what.ended_as == meetings::state::cancelled) return out;
    const auto key = meeting_key(what.group_id, what.number);
    if (!where.calendar_id.empty() && !what.attended.empty()) {
        adapters::fineract::attendance came{
            .group_id = where.group_id, .calendar_id = where.calendar_id, .on = held_on};
        for (const auto& each : what.attended) {
            came.clients.emplace_back(each.client_id, static_cast<presence>(meetings::core_attendance(each.attends)));
        }
        out.push_back({key_of(key, meeting_write::attendance), std::move(came)});
    }
    if (!note.empty()) {
        out.push_back(
            {key_of(key, meeting_write::note),
             core_note{adapters::fineract::note_owner::group, where.group_id, std::string{note}}}
        );
    }
    if (!where.calendar_id.empty()) {
        out.push_back(
            {key_of(key, meeting_write::sheet),
             core_sheet{
                 where.group_id, where.calendar_id, held_on, what.instalments.due.currency}}
        );
    }
    return out;
}

}  // namespace tertulia::gateway
