// Words in the room: what the filter thought of them, who has the floor, too many at once.

#include "dialogs/meetings/ballot_words.hpp"
#include "dialogs/meetings/turn.hpp"

#include <algorithm>

namespace tertulia::dialogs::meetings {
namespace {

using namespace std::chrono_literals;

constexpr auto fragment_lasts = 20s;
constexpr int off_topic_told = 2;
constexpr int member_voice_seconds = 60;
constexpr auto flood_mute = 5min;

bool is_voice(const media_ref& what) {
    return !what.id.empty() &&
           (what.kind == media_kind::voice_note || what.kind == media_kind::audio);
}

message_key incident_key(incident_kind kind) {
    return {"meeting.incident." + std::string{name_of(kind)}};
}

}  // namespace

std::string case_for(incident_kind kind) {
    switch (kind) {
        case incident_kind::privacy:
        case incident_kind::naming_debt:
        case incident_kind::papers:
            return "meeting_privacy";
        case incident_kind::scam:
            return "meeting_security";
        case incident_kind::insult:
            return "meeting_conduct";
        case incident_kind::sensitive:
            return "meeting_private";
        case incident_kind::emergency:
            return "meeting_emergency";
        default:
            return {};
    }
}

refusal turn::said() {
    const auto& what = did();
    if (what.text.empty() && what.media.id.empty()) return refusal::no_such;
    if (heard_.by.as == role::guest && !guest_of(heard_.by.id)->in_room) {
        return refusal::no_consent;
    }
    auto* record = heard_.by.as == role::member ? record_of(heard_.by.id) : nullptr;
    if (!what.second.empty()) return said_in_chat();
    if (is_about_ballot()) {
        ask_for_ballot();
        return refusal::none;
    }
    if (record == nullptr || what.judged.kind == incident_kind::emergency) {
        return said_by_filter();
    }
    // A proof of payment is hers and ours, wherever she meant it to go.
    if (room_.now == state::collection && what.media.kind == media_kind::image &&
        !what.media.id.empty() && what.judged.what != decision::block) {
        return report_payment();
    }
    if (record->muted_until > at_) {
        why.push_back({"until", record->muted_until});
        return refusal::muted;
    }
    // Asked once to be shorter; the next is passed on, for those who cannot read.
    if (is_voice(what.media) && what.seconds > member_voice_seconds &&
        record->long_voice_notes++ == 0) {
        note(incident_kind::voice_note, verb::said, "voice_note", record->id, {}, {});
        reply("meeting.voice_shorter", {{"seconds", std::int64_t{member_voice_seconds}}});
        return refusal::none;
    }
    return said_by_filter();
}

// To call her at once is for who may be in danger, or suffers. Of the rest the moderator hears calmly,
// by the card where there is something to decide.
bool turn::is_grave() const {
    const auto& judged = did().judged;
    return judged.kind == incident_kind::emergency || judged.kind == incident_kind::sensitive ||
           (judged.kind == incident_kind::insult && judged.rule == "threat");
}

void turn::alert_if_grave() {
    const auto& judged = did().judged;
    const auto& by = heard_.by;
    if (is_grave()) {
        alert_moderator("meeting.urgent", {{"name", name_for(by)}, {"text", did().text}});
    } else if (judged.kind == incident_kind::insult && by.id != room_.moderator) {
        alert_moderator(
            "meeting.kept_back",
            {{"name", name_for(by)}, {"reason", incident_key(judged.kind)}, {"text", did().text}}
        );
    }
}

refusal turn::said_by_filter() {
    const auto& judged = did().judged;
    const auto& by = heard_.by;
    auto* record = by.as == role::member ? record_of(by.id) : nullptr;
    alert_if_grave();
    if (judged.kind == incident_kind::emergency) {
        note(judged.kind, verb::said, judged.rule, by.id, {}, {});
        outs.emplace_back(case_wanted{
            .kind = "meeting_emergency", .about = by.id, .words = did().text, .urgent = true});
        reply("meeting.emergency");
        pause_for("emergency", {}, std::chrono::minutes{30});
        return refusal::none;
    }
    if (record != nullptr && judged.mute.count() > 0) {
        record->muted_until = std::max(record->muted_until, instant{at_ + judged.mute});
    }
    if (judged.what != decision::relay) {
        // Ours are under the same rules, and judged by another.
        const bool is_officer = record == nullptr && by.as != role::guest;
        note(judged.kind, verb::said, judged.rule, by.id, {}, {});
        const auto kind = case_for(judged.kind);
        const bool is_held = judged.what == decision::hold && !is_officer;
        auto text = take_back_fragments();
        if (is_held) {
            if (!hold(held_for::filter, judged.rule, judged.kind, text, did().media)) {
                return refusal::full;
            }
            reply("meeting.held", {{"reason", incident_key(judged.kind)}});
        } else {
            reply(
                judged.what == decision::to_agent ? "meeting.private" : "meeting.blocked",
                {{"reason", incident_key(judged.kind)}}
            );
        }
        if (!kind.empty() || judged.what == decision::to_agent) {
            outs.emplace_back(case_wanted{
                .kind = kind.empty() ? "meeting_private" : kind,
                .about = is_officer ? std::string{} : by.id,
                .words = std::move(text),
                .urgent = is_grave()});
        }
        if (is_officer) {
            alert_officer(
                room_.planned.supervisor,
                "meeting.officer_conduct",
                {{"name", name_for(by)}, {"reason", incident_key(judged.kind)}}
            );
        }
        if (judged.kind == incident_kind::scam) tell_room("meeting.scam_warning");
        if (record != nullptr && record->muted_until > at_) {
            reply("meeting.muted", {{"until", record->muted_until}});
        }
        return refusal::none;
    }
    if (record != nullptr) {
        if (is_flood(*record)) {
            note(incident_kind::flood, verb::said, "flood", by.id, {}, {});
            if (++record->floods >= floods_before_mute) {
                record->muted_until = at_ + flood_mute;
                reply("meeting.muted", {{"until", record->muted_until}});
                return refusal::none;
            }
            if (!hold(held_for::flood, "flood", incident_kind::flood, did().text, did().media)) {
                return refusal::full;
            }
            reply("meeting.too_many");
            return refusal::none;
        }
    }
    if (!may_speak_now() && did().what != verb::present) {
        if (!hold(held_for::turn, "turn", incident_kind::none, did().text, did().media)) {
            return refusal::full;
        }
        auto& queue = room_.queue;
        if (std::ranges::find(queue, by.id) == queue.end()) queue.push_back(by.id);
        const auto place = std::ranges::find(queue, by.id) - queue.begin() + 1;
        reply("meeting.in_queue", {{"place", std::int64_t{place}}});
        return refusal::none;
    }
    // Greetings and prayers are welcome at the beginning and at the end.
    const bool is_agenda = room_.now > state::roll_call && room_.now < state::closing;
    if (record != nullptr && is_agenda && judged.kind == incident_kind::off_topic) {
        note(judged.kind, verb::said, judged.rule, by.id, {}, {});
        if (++record->off_topic > off_topic_told) {
            if (!hold(held_for::end, judged.rule, judged.kind, did().text, did().media)) {
                return refusal::full;
            }
            reply("meeting.parked");
            return refusal::none;
        }
        reply("meeting.off_topic");
    }
    hear(did().text, did().media);
    if (room_.planned.lasts == window::day && is_quiet(at_)) {
        reply("meeting.quiet", {{"until", awake(at_)}});
    }
    return refusal::none;
}

// Whether one more would be too many within a minute.
bool turn::is_flood(member_record& who) const {
    std::erase_if(who.said_at, [&](instant one) { return one <= at_ - 1min; });
    if (who.said_at.empty()) who.floods = 0;
    return who.said_at.size() >= static_cast<std::size_t>(said_a_minute);
}

void turn::hear(std::string text, const media_ref& media) {
    if (auto* record = record_of(heard_.by.id); record != nullptr) {
        record->said_at.push_back(at_);
        auto& pieces = record->fragments;
        std::erase_if(pieces, [&](const fragment& one) { return one.at < at_ - fragment_lasts; });
        if (pieces.size() == fragments_max) pieces.erase(pieces.begin());
        if (!text.empty()) pieces.push_back({at_, text});
        count_answer(*record);
    }
    pass_on(heard_.by, room_.now, std::move(text), media);
}

// What a speaker sends in pieces is one line, while it has not left.
void turn::pass_on(
    const actor& by, state during, std::string text, const media_ref& media
) {
    // They heard it where they sit; what is said in a small group comes by said_in_chat().
    if (room_.planned.how == mode::companion) return;
    const auto room_for = [&] {
        std::size_t used = 0;
        for (const auto& one : room_.pending) {
            used += characters(one.name) + characters(one.text) + 3;
        }
        return used + characters(text) + 100 <= digest_characters_max;
    };
    if (!room_for()) flush();
    for (auto& one : room_.pending) {
        const bool joins = one.speaker == by.id && one.media.id.empty() && media.id.empty() &&
                           one.at >= at_ - fragment_lasts && one.during == during &&
                           &one == &room_.pending.back();
        if (!joins || characters(one.text) + characters(text) >= text_characters_max) continue;
        one.text += " " + text;
        return;
    }
    room_.pending.push_back(
        {.number = ++room_.spoken,
         .at = at_,
         .during = during,
         .speaker = by.id,
         .name = name_for(by),
         .text = std::move(text),
         .media = media}
    );
    if (!room_.timers[static_cast<std::size_t>(timer_name::digest)]) {
        set(timer_name::digest, awake_in_room(at_ + 7s));
    }
}

// What she began with, and has not left, together with what she says now.
std::string turn::take_back_fragments() {
    std::string whole;
    std::erase_if(room_.pending, [&](const spoken_line& one) {
        if (one.speaker != heard_.by.id || !one.media.id.empty() ||
            one.at < at_ - fragment_lasts) {
            return false;
        }
        whole += one.text + " ";
        return true;
    });
    return cut(whole + did().text, 2 * text_characters_max);
}

bool turn::hold(
    held_for why_held, std::string_view rule, incident_kind kind, std::string text,
    const media_ref& media
) {
    if (room_.held.size() >= held_max) return false;
    room_.held.push_back(
        {.number = ++room_.last_held,
         .why = why_held,
         .rule = std::string{rule},
         .kind = kind,
         .by = {heard_.by.as, heard_.by.id, name_for(heard_.by)},
         .at = at_,
         .during = room_.now,
         .text = cut(text, text_characters_max),
         .media = media}
    );
    if (why_held == held_for::filter) {
        if (!media.id.empty()) {  // who decides sees it first; a card with buttons shows nothing
            alert_moderator(
                "meeting.media",
                {{"name", name_for(heard_.by)},
                 {"text", room_.held.back().text},
                 {"number", std::int64_t{room_.last_held}}},
                {}
            );
            std::get<say>(outs.back()).media = media;
        }
        const auto number = room_.last_held;
        const auto reject = offer(act{.what = verb::reject, .number = number}, "meeting.choice.reject");
        const bool may = may_be_passed(kind, rule);
        alert_moderator(
            may ? "meeting.to_decide" : "meeting.not_for_group",
            {{"name", name_for(heard_.by)},
             {"number", std::int64_t{number}},
             {"reason", incident_key(kind)},
             {"text", room_.held.back().text}},
            may ? choices{offer(act{.what = verb::release, .number = number}, "meeting.choice.release"), reject}
                : choices{reject}
        );
    }
    return true;
}

// ---- the floor

bool turn::may_speak_now() const noexcept {
    if (has(roles_, role::agent)) return true;
    if (!room_.floor.empty()) return room_.floor == heard_.by.id;
    if (heard_.by.as == role::guest) return false;
    const auto* step = step_of(room_.now);
    if (step == nullptr || step->how == talk::open) return true;
    return has(roles_, step->leader);
}

refusal turn::hand_up() {
    auto& queue = room_.queue;
    if (heard_.by.as == role::guest && !guest_of(heard_.by.id)->in_room) {
        return refusal::no_consent;
    }
    if (std::ranges::find(queue, heard_.by.id) != queue.end() || room_.floor == heard_.by.id) {
        return refusal::already;
    }
    queue.push_back(heard_.by.id);
    reply("meeting.in_queue", {{"place", static_cast<std::int64_t>(queue.size())}});
    return refusal::none;
}

refusal turn::grant_floor() {
    const auto& to = did().about;
    if (to.empty()) {
        if (room_.floor.empty()) return refusal::already;
        room_.floor.clear();
        reply("meeting.floor_free");
        return refusal::none;
    }
    const auto* record = record_of(to);
    const auto* guest = guest_of(to);
    const bool is_there = (record != nullptr && record->in_room) ||
                          (guest != nullptr && guest->in_room);
    if (!is_there) return refusal::no_such;
    if (room_.floor == to) return refusal::already;
    room_.floor = to;
    std::erase(room_.queue, to);
    tell(
        {record != nullptr ? recipient::kind::member : recipient::kind::guest, to},
        "meeting.you_have_floor"
    );
    reply("meeting.floor_given", {{"name", first_name(to)}});
    for (auto at = room_.held.begin(); at != room_.held.end();) {
        if (at->why != held_for::turn || at->by.id != to) {
            ++at;
            continue;
        }
        const auto one = *at;
        at = room_.held.erase(at);
        pass_on(one.by, one.during, one.text, one.media);
    }
    return refusal::none;
}

}  // namespace tertulia::dialogs::meetings
