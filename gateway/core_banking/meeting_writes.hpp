// What core banking is told of a meeting that has ended: who came, and its minutes as a note of the
// group; and the collection sheet of the day, asked for as a draft and never saved from here.
//
// Pure. Each is a proposal of its own, so that a day that is not in core banking's calendar takes
// neither the note nor the draft with it. The keys are the same for the same meeting for ever:
// core_banking::propose() makes of them one write each, also after a restart.

#pragma once

#include "dialogs/meetings/minutes.hpp"
#include "gateway/core_banking/write_queue.hpp"
#include "gateway/portfolio/group_roster.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::gateway {

// "meeting/GROUP/NUMBER", at most meeting_key_max bytes: a longer group id is told by its hash.
[[nodiscard]] std::string meeting_key(std::string_view group_id, int number);
inline constexpr std::size_t meeting_key_max = 42;  // with "/sheet" behind it below Fineract's 50

enum class meeting_write : std::uint8_t { attendance, note, sheet };
// The keys of each: KEY, KEY/note, KEY/sheet; and which one a settled key was. Nothing: none of a
// meeting.
[[nodiscard]] std::string key_of(std::string_view meeting, meeting_write what);
struct settled_meeting {
    std::string meeting{};  // its key
    meeting_write what{};
};
[[nodiscard]] std::optional<settled_meeting> meeting_of_key(std::string_view key);

// `held_on`: the institution's day of its planned start, which is what core banking's calendar has.
// `note`: the minutes in words (minutes_text.hpp); longer than Fineract's 1000 characters it is cut.
// Of a cancelled meeting nothing. Without a calendar the note alone.
[[nodiscard]] std::vector<core_proposal> meeting_writes(
    const dialogs::meetings::minutes& what,
    const group_core_ids& where,
    civil_date held_on,
    std::string_view note
);

}  // namespace tertulia::gateway
