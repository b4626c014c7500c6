// The provider's small group, of a meeting held there: who is in it, and what is said in it. What
// everybody is to know is told there once; money, votes and whatever has buttons stays with each
// alone. Nothing can be taken back there, and nobody silenced: what should not have been said is
// answered in private, and the moderator hears of it.

#include "dialogs/meetings/turn.hpp"

#include <algorithm>

namespace tertulia::dialogs::meetings {
namespace {

using namespace std::chrono_literals;

// The provider lets us speak for 24 h after the last word of anybody there; one hour is for delay.
constexpr auto chat_hears = 23h;

}  // namespace

bool turn::is_in_chat(std::string_view id) const noexcept {
    return std::ranges::find(room_.chat.inside, id) != room_.chat.inside.end();
}

bool turn::hears_in_chat() const noexcept {
    const auto& chat = room_.chat;
    return room_.planned.how == mode::native_small && !chat.id.empty() && !chat.inside.empty() &&
           at_ < chat.heard + chat_hears;
}

// Once she has answered: before that only an approved template reaches her, and it has no link.
void turn::give_link(recipient to) {
    const auto& chat = room_.chat;
    if (room_.planned.how != mode::native_small || chat.link.empty() || is_in_chat(to.id)) return;
    const auto* who = to.is == recipient::kind::member ? member_of(to.id) : nullptr;
    if (who != nullptr && (who->by == way::sms || !who->active || who->opted_out)) return;
    tell(
        std::move(to),
        "meeting.chat_link",
        {{"group", room_.planned.group_name}, {"link", chat.link}}
    );
}

void turn::relay_instead(std::string_view reason) {
    room_.planned.how = mode::relay;
    room_.chat = {};
    alert_moderator(
        "meeting.relay_instead",
        {{"group", room_.planned.group_name},
         {"reason", message_key{"meeting.no_chat." + std::string{reason}}}}
    );
}

void turn::relay_if_too_large() {
    if (room_.planned.how != mode::native_small || !is_too_large_for_chat(room_.planned)) return;
    relay_instead("too_many");
}

refusal turn::see_chat() {
    const auto& what = did();
    auto& chat = room_.chat;
    if (room_.planned.how != mode::native_small) return refusal::already;
    if (what.about.empty() && !what.agrees) {
        relay_instead("not_there");
        return refusal::none;
    }
    if (what.second.empty()) return refusal::no_such;
    if (what.about.empty()) {
        if (chat.id == what.second && chat.link == what.text) return refusal::already;
        if (chat.id != what.second) chat = {.id = what.second};
        chat.link = what.text;
        if (room_.now < state::announced) return refusal::none;
        for (const auto& one : room_.members) {
            if (one.coming || one.in_room) give_link({recipient::kind::member, one.id});
        }
        give_link({recipient::kind::officer, room_.moderator});
        return refusal::none;
    }
    if (chat.id != what.second) return refusal::no_such;
    if (member_of(what.about) == nullptr && what.about != room_.moderator) return refusal::no_such;
    if (what.agrees == is_in_chat(what.about)) return refusal::already;
    if (!what.agrees) {
        std::erase(chat.inside, what.about);
    } else if (chat.inside.size() < small_chat_people_max) {
        chat.inside.push_back(what.about);
    } else {
        return refusal::full;
    }
    return refusal::none;
}

refusal turn::said_in_chat() {
    const auto& what = did();
    auto& chat = room_.chat;
    if (room_.planned.how != mode::native_small || chat.id != what.second) return refusal::no_such;
    if (!is_in_chat(heard_.by.id) && chat.inside.size() < small_chat_people_max) {
        chat.inside.push_back(heard_.by.id);  // who writes there is there
    }
    chat.heard = at_;
    auto* record = heard_.by.as == role::member ? record_of(heard_.by.id) : nullptr;
    if (record != nullptr && what.agrees && !is_here(*record)) return check_in();
    if (record != nullptr && room_.now == state::collection && !what.media.id.empty() &&
        what.media.kind == media_kind::image && what.judged.what != decision::block) {
        note(incident_kind::proof_in_group, verb::said, "proof_in_chat", record->id, {}, {});
        reply("meeting.chat_proof");
        return refusal::none;
    }
    if (is_about_ballot()) {
        ask_for_ballot();
        return refusal::none;
    }
    if (what.judged.kind == incident_kind::emergency) return said_by_filter();
    if (what.judged.what != decision::relay) {
        kept_back_in_chat();
        return refusal::none;
    }
    if (record != nullptr && record->muted_until > at_) {
        reply("meeting.muted", {{"until", record->muted_until}});
        return refusal::none;
    }
    if (record != nullptr && floods_chat(*record)) return refusal::none;
    if (!may_speak_now()) ask_for_turn();
    // Who is in the room and not in the group hears it from us, after what was said before.
    if (!room_.pending.empty()) flush();
    const spoken_line line{
        .number = ++room_.spoken,
        .at = at_,
        .during = room_.now,
        .speaker = heard_.by.id,
        .name = name_for(heard_.by),
        .text = what.text,
        .media = what.media};
    for (auto& one : room_.members) {
        if (!one.in_room) continue;
        if (!is_in_chat(one.id)) {
            say_lines({recipient::kind::member, one.id}, {line}, "meeting.digest");
        }
        one.told_to = line.number;
    }
    if (!room_.moderator.empty() && !is_in_chat(room_.moderator)) {
        say_lines({recipient::kind::officer, room_.moderator}, {line}, "meeting.digest");
    }
    remember({line});
    return refusal::none;
}

// Nobody can be silenced there: she is asked once to wait, and the moderator may put her out of it.
// Who is not in the group is spared the flood.
bool turn::floods_chat(member_record& who) {
    if (!is_flood(who)) {
        who.said_at.push_back(at_);
        return false;
    }
    note(incident_kind::flood, verb::said, "flood", who.id, {}, {});
    ++who.floods;
    if (who.floods == 1) reply("meeting.too_many");
    if (who.floods == floods_before_mute) {
        alert_moderator(
            "meeting.chat_line",
            {{"name", name_for(heard_.by)},
             {"reason", message_key{"meeting.incident.flood"}},
             {"text", cut(did().text, 500)}}
        );
    }
    return true;
}

// What she wrote stands there; the next she says in her turn.
void turn::ask_for_turn() {
    auto& queue = room_.queue;
    if (std::ranges::find(queue, heard_.by.id) != queue.end()) return;
    queue.push_back(heard_.by.id);
    reply("meeting.chat_turn", {{"place", static_cast<std::int64_t>(queue.size())}});
}

// It stands there for all to read.
void turn::kept_back_in_chat() {
    const auto& judged = did().judged;
    const auto& by = heard_.by;
    auto* record = by.as == role::member ? record_of(by.id) : nullptr;
    const message_key reason{"meeting.incident." + std::string{name_of(judged.kind)}};
    note(judged.kind, verb::said, judged.rule, by.id, {}, {});
    if (record != nullptr && judged.mute.count() > 0) {
        record->muted_until = std::max(record->muted_until, instant{at_ + judged.mute});
    }
    reply("meeting.chat_not_fit", {{"reason", reason}});
    if (is_grave()) alert_moderator("meeting.urgent", {{"name", name_for(by)}, {"text", did().text}});
    alert_moderator(
        "meeting.chat_line",
        {{"name", name_for(by)}, {"reason", reason}, {"text", cut(did().text, 500)}}
    );
    if (auto kind = case_for(judged.kind); !kind.empty() || judged.what == decision::to_agent) {
        outs.emplace_back(case_wanted{
            .kind = kind.empty() ? "meeting_private" : std::move(kind),
            .about = record == nullptr ? std::string{} : by.id,
            .words = cut(did().text, text_characters_max),
            .urgent = is_grave()});
    }
    if (record == nullptr) {
        alert_officer(
            room_.planned.supervisor,
            "meeting.officer_conduct",
            {{"name", name_for(by)}, {"reason", reason}}
        );
    }
    if (judged.kind == incident_kind::scam) tell_room("meeting.scam_warning");
}

}  // namespace tertulia::dialogs::meetings
