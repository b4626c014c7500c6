// What the group is asked to decide: a loan, a loan from the pot, a new member.

#include "dialogs/meetings/turn.hpp"

#include <algorithm>

namespace tertulia::dialogs::meetings {

refusal turn::request_internal() {
    if (is_of_money(did().amount) && did().amount.minor > room_.internal_cash.minor) {
        return refusal::not_enough_cash;
    }
    return ask_group(request_kind::internal_loan);
}

refusal turn::request_loan() { return ask_group(request_kind::loan); }

// By asking she lets the group hear the amount: it answers for it.
refusal turn::ask_group(request_kind kind) {
    if (did().amount.minor > minor_max) return refusal::too_much;
    if (!is_of_money(did().amount)) return refusal::no_amount;
    if (!is_fit()) return refusal::unfit;
    const auto waits = std::ranges::find_if(room_.requests, [&](const request& one) {
        return one.who == heard_.by.id && one.kind == kind && one.stands != request_state::agreed &&
               one.stands != request_state::refused;
    });
    if (waits != room_.requests.end()) {
        // Asked again with what it is for: that is what was missing.
        const bool adds_purpose = waits->amount == did().amount && waits->purpose.empty() &&
                                  !did().text.empty() && waits->stands != request_state::voting;
        if (!adds_purpose) return refusal::already;
        waits->purpose = did().text;
        tell_request(*waits);
        return refusal::none;
    }
    if (room_.requests.size() >= requests_max) return refusal::full;
    tell_request(room_.requests.emplace_back(request{
        .number = static_cast<int>(room_.requests.size()) + 1,
        .kind = kind,
        .who = heard_.by.id,
        .name = name_for(heard_.by),
        .amount = did().amount,
        .purpose = did().text,
        .named = did().agrees}));
    return refusal::none;
}

void turn::tell_request(const request& asked) {
    reply("meeting.request_noted", {{"number", std::int64_t{asked.number}}});
    tell_room(
        "meeting.request",
        {{"name", asked.name}, {"amount", asked.amount}, {"purpose", asked.purpose}}
    );
}

refusal turn::propose_member() {
    const auto& id = did().about;
    if (id.empty() || did().name.empty()) return refusal::no_such;
    if (characters(did().name) > 80) return refusal::too_long;
    if (!is_fit()) return refusal::unfit;
    if (member_of(id) != nullptr || guest_of(id) != nullptr) return refusal::already;
    if (room_.guests.size() >= guests_max || room_.requests.size() >= requests_max) {
        return refusal::full;
    }
    room_.guests.push_back({.id = id, .name = did().name, .sponsor = heard_.by.id});
    room_.requests.push_back(
        {.number = static_cast<int>(room_.requests.size()) + 1,
         .kind = request_kind::admission,
         .who = id,
         .name = did().name,
         .sponsor = heard_.by.id}
    );
    reply("meeting.proposal_noted", {{"name", did().name}});
    tell(
        {recipient::kind::guest, id},
        "meeting.guest_asked",
        {{"group", room_.planned.group_name}, {"sponsor", name_for(heard_.by)}},
        {offer(act{.what = verb::take_consent, .about = id}, "meeting.choice.agree"),
         offer(
             act{.what = verb::take_consent, .about = id, .choice = ballot::no},
             "meeting.choice.decline"
         )}
    );
    return refusal::none;
}

// Hers alone to give, and to take back until it is voted on. Before it nobody hears of her, and nothing
// is voted.
refusal turn::take_consent() {
    auto* guest = guest_of(did().about);
    if (guest == nullptr) return refusal::no_such;
    if (heard_.by.as == role::guest && heard_.by.id != guest->id) return refusal::not_allowed;
    const auto asked = std::ranges::find_if(room_.requests, [&](const request& one) {
        return one.kind == request_kind::admission && one.who == guest->id;
    });
    if (asked == room_.requests.end()) return refusal::no_such;
    const bool was_voted = std::ranges::find(room_.results, asked->number, &vote_result::request) !=
                           room_.results.end();
    if (did().choice == ballot::no) {
        if (was_voted || asked->stands != request_state::open) return refusal::already;
        decline(*guest, *asked);
        return refusal::none;
    }
    if (guest->consented) return refusal::already;
    guest->consented = true;
    if (!was_voted) asked->stands = request_state::open;  // she said no before, and thought again
    guests_come();
    tell_room(
        "meeting.guest_here",
        {{"name", guest->name}, {"sponsor", first_name(guest->sponsor)}}
    );
    return refusal::none;
}

// The group hears of it where it has heard of her; else who proposed her does, and nobody more.
void turn::decline(guest_record& guest, request& asked) {
    const bool was_in = guest.in_room;
    guest.consented = guest.in_room = false;
    asked.stands = request_state::refused;
    std::erase(room_.queue, guest.id);
    if (room_.floor == guest.id) room_.floor.clear();
    tell(
        {recipient::kind::guest, guest.id},
        "meeting.guest_thanked",
        {{"group", room_.planned.group_name}},
        {},
        urgency::reply,
        was_in ? room_change::leaves : room_change::none
    );
    const arguments named{{"name", guest.name}};
    if (was_in) return tell_room("meeting.guest_declined", named);
    tell_member(guest.sponsor, "meeting.guest_declined", named);
}

void turn::guests_come() {
    for (auto& one : room_.guests) {
        const bool waits = std::ranges::any_of(room_.requests, [&](const request& asked) {
            return asked.kind == request_kind::admission && asked.who == one.id &&
                   asked.stands != request_state::agreed && asked.stands != request_state::refused;
        });
        if (!one.consented || one.in_room || !waits) continue;
        one.in_room = true;
        // What was said before she came is not hers.
        one.told_to = room_.spoken;
        tell(
            {recipient::kind::guest, one.id},
            "meeting.guest_welcome",
            {{"group", room_.planned.group_name}, {"name", one.name}},
            {},
            urgency::room,
            room_change::enters
        );
    }
}

void turn::guests_leave() {
    for (auto& one : room_.guests) {
        if (!one.in_room) continue;
        one.in_room = false;
        std::erase(room_.queue, one.id);
        tell(
            {recipient::kind::guest, one.id},
            "meeting.guest_goodbye",
            {{"group", room_.planned.group_name}},
            {},
            urgency::room,
            room_change::leaves
        );
    }
}

// She presents herself: she needs no floor for it.
refusal turn::present() {
    const auto* guest = guest_of(heard_.by.id);
    if (!guest->in_room) return refusal::no_consent;
    return said_by_filter();
}

}  // namespace tertulia::dialogs::meetings
