// A group's next meeting, asked for by its credit agent from her telephone: "preparar reunión Las
// Mariposas martes 10:00". Only the gateway knows her groups and their calendars: the wish is a record
// of her conversation, and what has become of it is told to the conversation, which notes that she was
// answered. So neither is lost, and nothing is prepared twice.

#pragma once

#include "dialogs/message/time.hpp"
#include "dialogs/meetings/out.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tertulia::dialogs {

// The kinds of the two records. Of the first the detail is to_text() of the wish; of the second, the
// number of the first.
inline constexpr std::string_view meeting_wanted = "meeting_wanted";
inline constexpr std::string_view meeting_answered = "meeting_answered";

struct wished_meeting {
    std::string asked_by{};         // staff_person::id
    std::string group{};            // id or name as she wrote it; empty: she did not say
    std::optional<instant> start{};  // nothing: as the group's calendar has it
    bool operator==(const wished_meeting&) const = default;
};
[[nodiscard]] std::string to_text(const wished_meeting& what);
[[nodiscard]] std::optional<wished_meeting> read_wished_meeting(std::string_view text);

// To whom asked. A choice of `what` is a group's id and its name: tapped, it is a wish for that group.
struct meeting_answer {
    std::int64_t wish{};  // the number of its record
    meetings::say what{};
};

}  // namespace tertulia::dialogs
