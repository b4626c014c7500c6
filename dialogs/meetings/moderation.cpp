// What the moderator does about words and people, what members say about it, and the record of
// both.

#include "dialogs/meetings/turn.hpp"

#include <algorithm>

namespace tertulia::dialogs::meetings {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::minutes mute_usual{5};
constexpr std::chrono::minutes mute_longest{24 * 60};

constexpr std::size_t flagged_lines_shown = 5;
constexpr std::size_t flagged_characters_shown = 60;

}  // namespace

// Telephone numbers are private too, but hers to give: who reads it first knows whether they are.
bool may_be_passed(incident_kind kind, std::string_view rule) noexcept {
    switch (kind) {
        case incident_kind::privacy:
            return rule == "phone_number";
        case incident_kind::naming_debt:
        case incident_kind::insult:
        case incident_kind::scam:
        case incident_kind::sensitive:
        case incident_kind::emergency:
            return false;
        case incident_kind::papers:
            return rule != "identity_paper";
        default:
            return true;
    }
}

int turn::note(
    incident_kind kind, verb done, std::string_view rule, std::string_view about,
    std::string_view by, std::string_view reason
) {
    if (room_.incidents.size() == incidents_max) room_.incidents.erase(room_.incidents.begin());
    room_.incidents.push_back(
        {.number = ++room_.last_incident,
         .at = at_,
         .kind = kind,
         .done = done,
         .rule = cut(rule, 60),
         .about = std::string{about},
         .by = std::string{by},
         .reason = cut(reason, 200)}
    );
    const auto at = static_cast<std::size_t>(kind);
    if (at < incident_kinds) ++room_.incident_counts[at];
    return room_.last_incident;
}

refusal turn::release() {
    const auto found = std::ranges::find(room_.held, did().number, &held_line::number);
    if (found == room_.held.end()) return refusal::no_such;
    if (!may_be_passed(found->kind, found->rule)) return refusal::not_passable;
    const auto one = *found;
    room_.held.erase(found);
    const auto* record = record_of(one.by.id);
    const auto* guest = guest_of(one.by.id);
    const bool is_there = (record != nullptr && !record->removed) ||
                          (guest != nullptr && guest->in_room);
    if (!is_there) return refusal::no_such;
    pass_on(one.by, one.during, one.text, one.media);
    reply("meeting.release_noted", {{"name", one.by.name}});
    return refusal::none;
}

refusal turn::reject() {
    const auto found = std::ranges::find(room_.held, did().number, &held_line::number);
    if (found == room_.held.end()) return refusal::no_such;
    const auto one = *found;
    room_.held.erase(found);
    note(one.kind, verb::reject, one.rule, one.by.id, heard_.by.id, did().text);
    reply("meeting.reject_noted", {{"name", one.by.name}});
    const bool is_guest = one.by.as == role::guest;
    if (is_guest && room_.now != state::admissions) return refusal::none;
    tell(
        {is_guest ? recipient::kind::guest : recipient::kind::member, one.by.id},
        "meeting.rejected",
        {{"reason", did().text}}
    );
    return refusal::none;
}

refusal turn::mute() {
    auto* record = record_of(did().about);
    if (record == nullptr || record->removed) return refusal::no_such;
    const auto lasts = did().lasts.count() <= 0 ? mute_usual : std::min(did().lasts, mute_longest);
    record->muted_until = at_ + lasts;
    const int number =
        note(incident_kind::by_hand, verb::mute, {}, record->id, heard_.by.id, did().text);
    tell_member(
        record->id,
        "meeting.muted_by_hand",
        {{"until", record->muted_until}, {"reason", did().text}},
        {offer(act{.what = verb::appeal, .number = number}, "meeting.choice.appeal")}
    );
    reply(
        "meeting.mute_noted", {{"name", first_name(record->id)}, {"until", record->muted_until}}
    );
    return refusal::none;
}

refusal turn::unmute() {
    auto* record = record_of(did().about);
    if (record == nullptr) return refusal::no_such;
    if (record->muted_until <= at_) return refusal::already;
    record->muted_until = {};
    tell_member(record->id, "meeting.unmuted");
    reply("meeting.unmute_noted", {{"name", first_name(record->id)}});
    return refusal::none;
}

refusal turn::warn() {
    auto* record = record_of(did().about);
    if (record == nullptr || record->removed) return refusal::no_such;
    ++record->warnings;
    const int number =
        note(incident_kind::by_hand, verb::warn, {}, record->id, heard_.by.id, did().text);
    tell_member(
        record->id,
        "meeting.warned",
        {{"reason", did().text}},
        {offer(act{.what = verb::appeal, .number = number}, "meeting.choice.appeal")}
    );
    reply("meeting.warn_noted", {{"name", first_name(record->id)}});
    return refusal::none;
}

// From this meeting only; whether she stays in the group is for people to decide.
refusal turn::remove() {
    auto* record = record_of(did().about);
    if (record == nullptr) return refusal::no_such;
    if (record->removed) return refusal::already;
    const int number =
        note(incident_kind::by_hand, verb::remove, {}, record->id, heard_.by.id, did().text);
    take_out(record->id);
    record->removed = true;
    tell_member(
        record->id,
        "meeting.removed",
        {{"reason", did().text}},
        {offer(act{.what = verb::appeal, .number = number}, "meeting.choice.appeal")}
    );
    outs.emplace_back(case_wanted{.kind = "meeting_conduct", .about = record->id});
    reply("meeting.remove_noted", {{"name", first_name(record->id)}});
    return refusal::none;
}

void turn::take_out(std::string_view id) {
    auto& record = *record_of(id);
    record.gone = true;  // to be here again she checks in again
    std::erase(room_.queue, record.id);
    if (room_.floor == record.id) room_.floor.clear();
    if (!record.in_room) return;
    record.in_room = false;
    tell_member(record.id, "meeting.left", {}, {}, room_change::leaves);
}

// Not every line has its number beside it: she is told those of the last, and the group hears nothing.
refusal turn::ask_which_line() {
    std::vector<std::string> lines;
    for (const auto& one : room_.recent) {
        if (one.speaker == heard_.by.id) continue;
        if (!did().about.empty() && one.speaker != did().about) continue;
        const auto said = one.media.id.empty() ? cut(one.text, flagged_characters_shown) : "…";
        lines.push_back(std::to_string(one.number) + ". " + one.name + ": " + said);
    }
    if (lines.empty()) return refusal::no_such;
    if (lines.size() > flagged_lines_shown) {
        lines.erase(lines.begin(), lines.end() - static_cast<std::ptrdiff_t>(flagged_lines_shown));
    }
    const auto last = room_.recent.back().number;
    reply("meeting.which_line", {{"lines", std::move(lines)}, {"number", std::int64_t{last}}});
    return refusal::none;
}

refusal turn::flag() {
    if (did().number == 0) return ask_which_line();
    const auto found = std::ranges::find(
        room_.recent, static_cast<std::uint32_t>(did().number), &spoken_line::number
    );
    if (did().number <= 0 || found == room_.recent.end() || found->speaker == heard_.by.id) {
        return refusal::no_such;
    }
    const bool is_officer = member_of(found->speaker) == nullptr &&
                            guest_of(found->speaker) == nullptr;
    note(incident_kind::flagged, verb::flag, {}, found->speaker, heard_.by.id, did().text);
    reply("meeting.flag_taken");
    const arguments with{
        {"name", found->name},
        {"text", found->text},
        {"reason", did().text},
        {"number", std::int64_t{did().number}}};
    if (is_officer) {
        alert_officer(room_.planned.supervisor, "meeting.flagged", with);
    } else {
        alert_moderator("meeting.flagged", with);
    }
    return refusal::none;
}

// Heard by another than who did it. She may not be reached: a case of hers is there all the same.
refusal turn::appeal() {
    const auto found = std::ranges::find(room_.incidents, did().number, &incident::number);
    if (found == room_.incidents.end() || found->about != heard_.by.id) return refusal::no_such;
    if (found->appealed) return refusal::already;
    found->appealed = true;
    outs.emplace_back(case_wanted{
        .kind = "meeting_conduct", .about = heard_.by.id, .words = did().text});
    reply("meeting.appeal_taken");
    const arguments with{
        {"name", name_for(heard_.by)},
        {"number", std::int64_t{found->number}},
        {"text", did().text}};
    const auto answered = [&](ballot how, std::string_view title) {
        return offer(
            act{.what = verb::answer_appeal, .number = found->number, .choice = how}, title
        );
    };
    const choices both{
        answered(ballot::yes, "meeting.choice.grant"), answered(ballot::no, "meeting.choice.deny")};
    if (found->by.empty() || room_.planned.supervisor.id.empty()) {
        alert_moderator("meeting.appeal", with, both);
    } else {
        alert_officer(room_.planned.supervisor, "meeting.appeal", with, both);
    }
    return refusal::none;
}

refusal turn::answer_appeal() {
    const auto found = std::ranges::find(room_.incidents, did().number, &incident::number);
    if (found == room_.incidents.end() || !found->appealed) return refusal::no_such;
    if (found->by == heard_.by.id && !room_.planned.supervisor.id.empty()) {
        return refusal::same_person;
    }
    if (found->taken_back) return refusal::already;
    auto* record = record_of(found->about);
    if (did().agrees) {
        found->taken_back = true;
        if (record != nullptr) record->muted_until = {};
        if (record != nullptr && found->done == verb::remove) record->removed = false;
    }
    if (record != nullptr) {
        tell_member(
            record->id,
            did().agrees ? "meeting.appeal_granted" : "meeting.appeal_denied",
            {{"reason", did().text}}
        );
    }
    reply("meeting.noted");
    return refusal::none;
}

}  // namespace tertulia::dialogs::meetings
