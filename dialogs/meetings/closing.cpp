// Agreements, the next date, who takes the money to the bank, and the minutes with their
// signatures.

#include "dialogs/meetings/look.hpp"
#include "dialogs/meetings/turn.hpp"

#include <algorithm>

namespace tertulia::dialogs::meetings {
namespace {

constexpr auto review_lasts = std::chrono::hours{24};

bool stand_unsettled(const std::vector<remark>& all) {
    return std::ranges::find(all, false, &remark::settled) != all.end();
}

bool somebody_acts(const meeting& room, role office) {
    for (std::size_t i = 0; i < room.members.size(); ++i) {
        const auto all = room.planned.members[i].roles;
        if (!is_here(room.members[i]) || !room.planned.members[i].active) continue;
        if (has(all, office) || has(all, role::deputy)) return true;
    }
    return false;
}

}  // namespace

std::vector<role> signing_roles(const meeting& room) {
    std::vector<role> all;
    for (const auto office : offices) {
        if (somebody_acts(room, office)) all.push_back(office);
    }
    all.push_back(role::agent);
    return all;
}

refusal turn::note_agreement() {
    if (did().text.empty()) return refusal::no_such;
    if (!is_fit()) return refusal::unfit;
    if (room_.agreements.size() >= agreements_max) return refusal::full;
    if (!did().about.empty() && member_of(did().about) == nullptr) return refusal::no_such;
    room_.agreements.push_back({did().text, first_name(did().about), did().when});
    tell_room(
        "meeting.agreement", {{"text", did().text}, {"name", first_name(did().about)}}
    );
    return refusal::none;
}

// Without a day it is the one that was proposed, as long as no other has been named since.
refusal turn::agree_next() {
    if (did().when == instant{} && room_.next != room_.planned.next) return refusal::stale;
    const auto when = did().when == instant{} ? room_.planned.next : std::optional{did().when};
    if (!when || *when <= at_) return refusal::no_such;
    room_.next = when;
    reply("meeting.next_agreed", {{"start", *when}});
    return refusal::none;
}

// Never one alone.
refusal turn::set_banker() {
    if (member_of(did().about) == nullptr || member_of(did().second) == nullptr) {
        return refusal::no_such;
    }
    if (did().about == did().second) return refusal::same_person;
    room_.banker = did().about;
    room_.banker_second = did().second;
    tell_room(
        "meeting.banker",
        {{"name", first_name(did().about)}, {"second", first_name(did().second)}}
    );
    return refusal::none;
}

refusal turn::close() {
    if (is_of_another_state()) return refusal::stale;
    enter_review();
    return refusal::none;
}

// Once each, of what still could have been.
void turn::tell_not_passed_on() {
    std::vector<std::string_view> told;
    for (const auto& one : room_.held) {
        if (one.by.as != role::member || !may_be_passed(one.kind, one.rule)) continue;
        if (std::ranges::find(told, one.by.id) != told.end()) continue;
        told.push_back(one.by.id);
        tell_member(one.by.id, "meeting.not_passed_on");
    }
}

void turn::enter_review() {
    leave_step();
    tell_not_passed_on();
    room_.held.clear();
    room_.queue.clear();
    room_.timers = {};
    note_absent();
    room_.now = state::minutes_review;
    room_.ended = at_;
    const auto offices_wanted = signing_roles(room_);
    const auto paid = count_payments(room_);
    for (std::size_t i = 0; i < room_.members.size(); ++i) {
        const auto& who = room_.planned.members[i];
        auto& record = room_.members[i];
        const bool was_in = record.in_room;
        record.in_room = false;
        const bool reaches = was_in || (record.invited && !who.opted_out && who.active);
        if (!reaches || record.removed) continue;
        if (!came(record.attends)) {
            tell_absent(who);
            continue;
        }
        tell_minutes({recipient::kind::member, who.id}, urgency::room);
        choices offered{offer(verb::object, "meeting.choice.object")};
        const auto hers = roles_of(room_, {role::member, who.id, {}});
        const bool signs =
            std::ranges::any_of(offices_wanted, [&](role one) { return has(hers, one); });
        if (signs) {
            offered.push_back(offer(verb::sign, "meeting.choice.sign"));
        }
        arguments with{
            {"group", room_.planned.group_name},
            {"received", std::int64_t{paid.received}},
            {"due", std::int64_t{paid.due}}};
        if (room_.next) with.push_back({"next", *room_.next});
        tell_member(
            who.id,
            room_.next ? "meeting.close" : "meeting.close_undated",
            std::move(with),
            std::move(offered),
            was_in ? room_change::leaves : room_change::none
        );
        if (was_in && !signs) ask_how_it_was(who.id);
    }
    if (hears_in_chat()) {
        arguments with{
            {"group", room_.planned.group_name},
            {"received", std::int64_t{paid.received}},
            {"due", std::int64_t{paid.due}}};
        if (room_.next) with.push_back({"next", *room_.next});
        tell(
            {recipient::kind::chat, room_.chat.id},
            room_.next ? "meeting.chat_minutes" : "meeting.chat_minutes_undated",
            std::move(with)
        );
    }
    tell_minutes({recipient::kind::officer, room_.moderator}, urgency::alert);
    alert_moderator(
        "meeting.minutes_ready",
        {{"group", room_.planned.group_name}},
        {offer(verb::sign, "meeting.choice.sign")}
    );
    // A day whatever the meeting lasts.
    set(timer_name::review_ends, at_ + review_lasts);
}

// What she is to agree with, or to sign.
void turn::tell_minutes(recipient to, urgency how) {
    auto made = minutes_in_short(room_);
    tell(std::move(to), made.key, std::move(made.arguments), {}, how);
}

// Of who was there, once, when the rest is done: who signs is asked after she has signed.
void turn::ask_how_it_was(std::string_view id) {
    const auto* record = record_of(id);
    if (room_.planned.feedback.empty() || record == nullptr || !came(record->attends)) return;
    if (record->removed || record->rated != 0 || member_of(id)->opted_out) return;
    const auto rating = [](int number, std::string_view title) {
        return offer(act{.what = verb::rate, .number = number}, title);
    };
    tell_member(
        id,
        room_.planned.feedback,
        {},
        {rating(rated_best, "meeting.choice.liked"),
         rating(2, "meeting.choice.so_so"),
         rating(1, "meeting.choice.not_liked")}
    );
}

// First how it was; then, if she likes, why. Heard by people of ours, without her name.
refusal turn::rate() {
    auto& record = *record_of(heard_.by.id);
    if (!came(record.attends)) return refusal::not_in_room;
    if (!did().text.empty()) {
        if (record.rated == 0) return refusal::no_such;
        if (room_.comments.size() >= comments_max) return refusal::full;
        room_.comments.push_back(cut(did().text, comment_characters_max));
        reply("meeting.noted");
        return refusal::none;
    }
    if (record.rated != 0) return refusal::already;
    if (did().number < 1 || did().number > rated_best) return refusal::no_such;
    record.rated = did().number;
    reply(
        "meeting.feedback_thanks",
        {},
        {offer(act{.what = verb::rate, .about = std::string{rate_in_words}}, "meeting.choice.comment")}
    );
    return refusal::none;
}

// What was agreed before all, and when the next is; nothing of who paid or asked for what.
void turn::tell_absent(const roster_member& who) {
    std::vector<std::string> agreed;
    for (const auto& one : room_.agreements) agreed.push_back(one.text);
    arguments with{{"group", room_.planned.group_name}, {"agreed", std::move(agreed)}};
    if (room_.next) with.push_back({"next", *room_.next});
    tell_member(
        who.id,
        room_.next ? "meeting.close_absent" : "meeting.close_absent_undated",
        std::move(with),
        {offer(verb::object, "meeting.choice.object")}
    );
}

refusal turn::sign() {
    if (stand_unsettled(room_.remarks)) return refusal::not_answered;
    const auto wanted = signing_roles(room_);
    bool signs = false;
    for (const auto as : wanted) {
        // Nobody signs for an office by standing in for it from our side.
        const bool hers = heard_.by.as == role::member ? as != role::agent && has(roles_, as)
                                                       : as == role::agent && has(roles_, as);
        if (!hers || std::ranges::find(room_.signatures, as, &signature::as) !=
                         room_.signatures.end()) {
            continue;
        }
        signs = true;
        room_.signatures.push_back(
            {as, heard_.by.id, name_for(heard_.by), at_, heard_.message_id, room_.chain}
        );
    }
    if (!signs) {
        return heard_.by.as == role::member && (roles_ & ~only(role::member)) == 0
                   ? refusal::not_allowed
                   : refusal::already;
    }
    reply("meeting.signed", {{"group", room_.planned.group_name}});
    if (heard_.by.as == role::member) ask_how_it_was(heard_.by.id);
    if (room_.signatures.size() >= wanted.size()) close_for_good();
    return refusal::none;
}

void turn::review_over() {
    if (!stand_unsettled(room_.remarks)) {
        close_for_good();
        return;
    }
    if (!room_.objection_told) {
        room_.objection_told = true;
        outs.emplace_back(case_wanted{.kind = "meeting_objection"});
        alert_moderator("meeting.objections_stand", {{"group", room_.planned.group_name}});
    }
    set(timer_name::review_ends, at_ + review_lasts);
}

void turn::close_for_good() {
    room_.timers = {};
    room_.now = state::closed;
    outs.emplace_back(finished{state::closed});
    tell(
        {recipient::kind::officer, room_.moderator},
        "meeting.closed",
        {{"group", room_.planned.group_name}}
    );
}

}  // namespace tertulia::dialogs::meetings
