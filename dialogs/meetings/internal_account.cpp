// The group's own pot, kept by its treasurer; core banking does not know it.

#include "dialogs/meetings/turn.hpp"

namespace tertulia::dialogs::meetings {

// What she says she brings is shown to the treasurer, who counts it.
refusal turn::internal_repay() {
    if (!is_of_money(did().amount)) return refusal::no_amount;
    reply("meeting.noted");
    for (std::size_t i = 0; i < room_.members.size(); ++i) {
        if (has(room_.planned.members[i].roles, role::treasurer) && room_.members[i].in_room) {
            tell_member(
                room_.members[i].id,
                "meeting.internal_announced",
                {{"name", name_for(heard_.by)}, {"amount", did().amount}}
            );
        }
    }
    return refusal::none;
}

refusal turn::record_internal() {
    if (member_of(did().about) == nullptr) return refusal::no_such;
    if (!is_of_money(did().amount)) return refusal::no_amount;
    if (room_.internal_cash.minor > minor_max - did().amount.minor ||
        room_.internal_repaid.minor > minor_max - did().amount.minor) {
        return refusal::full;
    }
    room_.internal_cash = room_.internal_cash + did().amount;
    room_.internal_repaid = room_.internal_repaid + did().amount;
    tell_member(did().about, "meeting.internal_recorded", {{"amount", did().amount}});
    reply("meeting.savings_noted", {{"name", first_name(did().about)}});
    return refusal::none;
}

}  // namespace tertulia::dialogs::meetings
