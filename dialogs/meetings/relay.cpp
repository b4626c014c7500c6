// Passing words on: one digest each few seconds, to each what she has not had, in order, without
// her own lines; and what was said before to who comes late.

#include "dialogs/meetings/turn.hpp"

#include <algorithm>

namespace tertulia::dialogs::meetings {
namespace {

constexpr auto digest_waits = std::chrono::seconds{7};

// Oldest first out, until it is bounded again.
void keep_recent(std::vector<spoken_line>& all) {
    std::size_t kept = 0;
    std::size_t used = 0;
    while (kept < all.size() && kept < recent_max) {
        const auto& one = all[all.size() - 1 - kept];
        used += characters(one.name) + characters(one.text) + 3;
        if (used > recent_characters_max) break;
        ++kept;
    }
    all.erase(all.begin(), all.end() - static_cast<std::ptrdiff_t>(kept));
}

}  // namespace

void turn::remember(const std::vector<spoken_line>& passed_on) {
    room_.recent.insert(room_.recent.end(), passed_on.begin(), passed_on.end());
    keep_recent(room_.recent);
}

void turn::flush() {
    clear(timer_name::digest);
    const auto pending = std::move(room_.pending);
    room_.pending.clear();
    if (!pending.empty()) {
        // In a small group they hear one another; what was said with us alone is told there once.
        const bool in_chat = hears_in_chat();
        if (in_chat) say_lines({recipient::kind::chat, room_.chat.id}, pending, "meeting.digest");
        for (auto& one : room_.members) {
            if (!one.in_room) continue;
            if (!(in_chat && is_in_chat(one.id))) {
                say_lines({recipient::kind::member, one.id}, pending, "meeting.digest");
            }
            one.told_to = pending.back().number;
        }
        for (auto& one : room_.guests) {
            if (!one.in_room) continue;
            std::vector<spoken_line> hers;
            std::ranges::copy_if(pending, std::back_inserter(hers), [&](const spoken_line& it) {
                return it.during == state::admissions && it.number > one.told_to;
            });
            say_lines({recipient::kind::guest, one.id}, hers, "meeting.digest");
            one.told_to = pending.back().number;
        }
        if (!(in_chat && is_in_chat(room_.moderator))) {
            say_lines({recipient::kind::officer, room_.moderator}, pending, "meeting.digest");
        }
        remember(pending);
    }
    const auto paid = count_payments(room_);
    const bool is_told = room_.now >= state::collection && is_live(room_.now);
    if (is_told && paid.due > 0 && paid.received != room_.progress_told) {
        if (paid.received > 0) {
            tell_room(
                "meeting.progress",
                {{"received", std::int64_t{paid.received}}, {"due", std::int64_t{paid.due}}}
            );
        }
        room_.progress_told = paid.received;
    }
}

// Text together, media each by itself, all in the order they were said.
void turn::say_lines(
    const recipient& whom, const std::vector<spoken_line>& lines, std::string_view key
) {
    std::vector<digest_line> together;
    const auto send = [&] {
        if (together.empty()) return;
        tell(whom, key, {{"lines", std::move(together)}});
        together.clear();
    };
    for (const auto& one : lines) {
        if (one.speaker == whom.id) continue;
        if (one.media.id.empty()) {
            together.push_back({one.number, one.name, one.text});
            continue;
        }
        send();
        tell(
            whom,
            "meeting.media",
            {{"name", one.name},
             {"text", one.text},
             {"number", static_cast<std::int64_t>(one.number)}}
        );
        std::get<say>(outs.back()).media = one.media;
    }
    send();
}

void turn::catch_up(const recipient& whom, std::uint32_t& told_to) {
    std::vector<spoken_line> missed;
    std::ranges::copy_if(room_.recent, std::back_inserter(missed), [&](const spoken_line& one) {
        return one.number > told_to;
    });
    say_lines(whom, missed, "meeting.missed");
    if (!room_.recent.empty()) told_to = std::max(told_to, room_.recent.back().number);
}

void turn::progress_changed() {
    const bool is_told = room_.now >= state::collection && is_live(room_.now);
    if (is_told && !room_.timers[static_cast<std::size_t>(timer_name::digest)]) {
        set(timer_name::digest, awake_in_room(at_ + digest_waits));
    }
}

}  // namespace tertulia::dialogs::meetings
