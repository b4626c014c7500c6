// The minutes of the last meeting, and corrections and objections to these.

#include "dialogs/meetings/turn.hpp"

#include <algorithm>

namespace tertulia::dialogs::meetings {

refusal turn::approve() {
    auto& record = *record_of(heard_.by.id);
    if (record.approved) return refusal::already;
    record.approved = true;
    reply("meeting.noted");
    return refusal::none;
}

// Heard by those who keep the minutes, not by the room.
refusal turn::object() {
    const bool is_of_last = room_.now == state::minutes_reading;
    auto& all = is_of_last ? room_.last_remarks : room_.remarks;
    if (all.size() >= remarks_max) return refusal::full;
    all.push_back({.at = at_, .by = heard_.by.id, .text = did().text});
    if (is_of_last) record_of(heard_.by.id)->approved = false;
    reply("meeting.objection_taken");
    alert_moderator(
        "meeting.objection", {{"name", name_for(heard_.by)}, {"text", did().text}}
    );
    return refusal::none;
}

// What is corrected settles the objections there are, and is signed anew.
refusal turn::edit_minutes() {
    if (did().text.empty()) return refusal::no_such;
    const bool is_of_last = room_.now == state::minutes_reading;
    auto& all = is_of_last ? room_.last_remarks : room_.remarks;
    if (all.size() >= remarks_max) return refusal::full;
    for (auto& one : all) one.settled = true;
    all.push_back(
        {.at = at_, .by = heard_.by.id, .text = did().text, .settled = true, .corrects = true}
    );
    if (!is_of_last) {
        room_.signatures.clear();
        room_.objection_told = false;
        set(timer_name::review_ends, at_ + std::chrono::hours{24});
    }
    reply("meeting.minutes_corrected");
    return refusal::none;
}

void turn::decide_last_minutes() {
    const auto objected = std::ranges::count(room_.last_remarks, false, &remark::settled);
    const auto approved = std::ranges::count(room_.members, true, &member_record::approved);
    if (objected > 0) {
        room_.last_minutes = minutes_decision::objected;
    } else if (2 * approved > present_count(room_)) {
        room_.last_minutes = minutes_decision::approved;
    } else {
        room_.last_minutes = minutes_decision::by_silence;
    }
}

}  // namespace tertulia::dialogs::meetings
