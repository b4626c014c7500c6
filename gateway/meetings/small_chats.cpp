#include "gateway/meetings/small_chats.hpp"

#include "dialogs/engine/room.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

namespace tertulia::gateway {
namespace {

namespace meta = adapters::whatsapp_cloud;
namespace rooms = dialogs::meetings;
using rooms::verb;

constexpr auto again_after = std::chrono::minutes{1};
// A group that no webhook told of until then was not made.
constexpr auto made_within = std::chrono::minutes{10};
constexpr std::size_t asked_max = 10'000;
constexpr std::size_t name_bytes_max = 80;

std::string digits_of(std::string_view number) {
    std::string all;
    std::ranges::copy_if(number, std::back_inserter(all), [](char c) { return c >= '0' && c <= '9'; });
    return all;
}

std::string mark_of(std::string_view group_id) { return " · " + std::string{group_id}; }

// Whole characters only.
std::string_view shortened(std::string_view name) {
    if (name.size() <= name_bytes_max) return name;
    auto end = name_bytes_max;
    while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0U) == 0x80U) --end;
    return name.substr(0, end);
}

const known_group* group_of(const rooms::plan& plan, const chats_known& known) {
    const auto mark = mark_of(plan.group_id);
    const known_group* found = nullptr;
    for (const auto& [id, one] : known) {
        if (one.is != group_standing::open || !one.subject.ends_with(mark)) continue;
        if (found == nullptr || found->created_at < one.created_at) found = &one;
    }
    return found;
}

bool has_number(const known_member& who, std::string_view digits) {
    return std::ranges::any_of(who.who, [&](const identity& one) {
        const bool is_number = one.kind == identity_kind::phone || one.kind == identity_kind::wa_id;
        return is_number && digits_of(one.value) == digits;
    });
}

// Who sits in a meeting, by her number.
struct person {
    std::string id{};
    std::string number{};
    bool welcome{};
};

std::vector<person> people_of(
    const rooms::meeting& room, std::span<const staff_person> staff
) {
    std::vector<person> all;
    for (const auto& one : room.planned.members) {
        if (one.phone.empty()) continue;
        const auto* record = rooms::find_record(room, one.id);
        const bool put_out = record != nullptr && record->removed;
        all.push_back({one.id, one.phone, one.active && !put_out});
    }
    const auto moderator = std::ranges::find(staff, room.moderator, &staff_person::id);
    if (moderator != staff.end() && !moderator->phone.empty()) {
        all.push_back({moderator->id, moderator->phone, true});
    }
    return all;
}

rooms::act seen(std::string chat, std::string about, bool agrees, std::string link = {}) {
    rooms::act made{.what = verb::see_chat};
    made.about = std::move(about);
    made.second = std::move(chat);
    made.text = std::move(link);
    made.agrees = agrees;
    return made;
}

// Whether it was refused for good: what may be tried again is.
bool is_refused(const http::answer& got) {
    if (got.result != http::call_result::answered) return false;
    const auto judged = meta::judge_group_call(
        {.status = got.status, .body = got.body, .retry_after = got.retry_after}
    );
    using enum adapters::reaction;
    const bool waits = judged.reaction == accepted || judged.reaction == retry ||
                       judged.reaction == slow_channel;
    if (!waits) {
        spdlog::warn("WhatsApp did not do it for a small group ({}): {}", judged.code, judged.reason);
    }
    return !waits;
}

void note_refusal(const http::answer& got) { (void)is_refused(got); }

}  // namespace

std::string chat_subject(const rooms::plan& of) {
    return std::string{shortened(of.group_name)} + mark_of(of.group_id);
}

chat_moves moves_of_chat(
    const rooms::meeting& room, std::string_view channel, const chats_known& known,
    std::span<const staff_person> staff
) {
    chat_moves all;
    const bool runs = room.now == rooms::state::scheduled || room.now == rooms::state::announced ||
                      room.now == rooms::state::paused || rooms::is_room_open(room.now);
    if (!runs || room.planned.how != rooms::mode::native_small) return all;
    if (channel.empty()) {
        all.to_tell.push_back(seen({}, {}, false));
        return all;
    }
    const auto* group = group_of(room.planned, known);
    if (group == nullptr) {
        all.make = chat_subject(room.planned);
        return all;
    }
    all.id = group->id;
    const auto chat = std::string{channel} + "/" + group->id;
    if (room.chat.id != chat || room.chat.link != group->invite_link) {
        all.to_tell.push_back(seen(chat, {}, true, group->invite_link));
    }
    for (const auto& who : people_of(room, staff)) {
        const auto digits = digits_of(who.number);
        const auto is = [&](const known_member& one) { return has_number(one, digits); };
        const auto found = std::ranges::find_if(group->members, is);
        const bool inside = found != group->members.end() && found->is == member_standing::in;
        const bool asks = found != group->members.end() && found->is == member_standing::asks;
        if (asks && who.welcome && !found->join_request_id.empty()) {
            all.let_in.push_back(found->join_request_id);
        }
        if (inside && !who.welcome) all.take_out.push_back(who.number);
        const bool known_inside =
            std::ranges::find(room.chat.inside, who.id) != room.chat.inside.end();
        // Of who is not there by any webhook her own words may have told: only going is told then.
        const bool gone = known_inside && found != group->members.end() && !inside && !asks;
        if (inside && who.welcome && !known_inside) all.to_tell.push_back(seen(chat, who.id, true));
        if (gone || (known_inside && !who.welcome)) {
            all.to_tell.push_back(seen(chat, who.id, false));
        }
    }
    return all;
}

small_chats::small_chats(
    const std::vector<channel_config>& channels, http::client& client,
    std::function<instant()> clock
)
    : client_{client}, clock_{std::move(clock)} {
    for (const auto& one : channels) {
        const auto* found = std::get_if<meta::channel_settings>(&one.provider);
        if (found == nullptr) continue;
        channel_ = one.name;
        settings_ = *found;
        return;
    }
}

bool small_chats::may_ask(const std::string& what) {
    const auto now = clock_();
    const std::scoped_lock lock{mutex_};
    if (asked_.size() > asked_max) asked_.clear();
    const auto [found, fresh] = asked_.try_emplace(what, now);
    if (fresh) return true;
    if (found->second + again_after > now) return false;
    found->second = now;
    return true;
}

void small_chats::call(adapters::outbound_request request, heard then) {
    client_.start(
        {.method = std::move(request.method),
         .url = std::move(request.url),
         .headers = std::move(request.headers),
         .body = std::move(request.body)},
        [then = std::move(then)](const http::answer& got) {
            if (got.result != http::call_result::answered) {
                spdlog::warn("a small group of a meeting waits: WhatsApp did not answer");
            }
            then(got);
        }
    );
}

// ---- one that is to be made

void small_chats::note(const std::string& room, making now) {
    const std::scoped_lock lock{mutex_};
    if (const auto found = made_.find(room); found != made_.end()) found->second.is = now;
}

bool small_chats::make(const std::string& room, const std::string& subject) {
    bool looks = false;
    {
        const std::scoped_lock lock{mutex_};
        const auto& one = made_.try_emplace(room, made_at{.since = clock_()}).first->second;
        if (one.is == making::refused || one.since + made_within < clock_()) {
            made_.erase(room);
            return false;
        }
        looks = one.is == making::looking;
    }
    if (looks && may_ask("look " + room)) look_for(room, subject, {});
    return true;
}

// Page by page, until it is found or is not there.
void small_chats::look_for(std::string room, std::string subject, std::string_view after) {
    auto request = meta::render_group_list(meta::group_page_max, after, settings_);
    if (!request) return;
    call(
        std::move(*request),
        [this, room = std::move(room), subject = std::move(subject)](const http::answer& got) {
            if (is_refused(got)) {
                note(room, making::refused);
                return;
            }
            const auto page = got.result == http::call_result::answered ? meta::read_group_page(got.body)
                                                                        : std::nullopt;
            if (!page) return;  // looked for again in a minute
            if (std::ranges::find(page->groups, subject, &meta::group_facts::subject) !=
                page->groups.end()) {
                note(room, making::awaited);
            } else if (page->next.empty()) {
                order(room, subject);
            } else {
                look_for(room, subject, page->next);
            }
        }
    );
}

// One order: the answer only promises, and a second call might make a second group.
void small_chats::order(std::string room, const std::string& subject) {
    auto request = meta::render_group_create(
        {.subject = subject, .joining = meta::group_joining::on_approval}, settings_
    );
    if (!request) {
        note(room, making::refused);
        return;
    }
    {
        const std::scoped_lock lock{mutex_};
        const auto found = made_.find(room);
        if (found == made_.end() || found->second.is != making::looking) return;
        found->second.is = making::awaited;
    }
    call(std::move(*request), [this, room = std::move(room)](const http::answer& got) {
        if (is_refused(got)) note(room, making::refused);
    });
}

std::vector<rooms::act> small_chats::keep(
    const rooms::meeting& room, const chats_known& known,
    std::span<const staff_person> staff
) {
    auto moves = moves_of_chat(room, channel_, known, staff);
    const auto name = dialogs::room_name(room.planned.group_id, room.planned.number);
    if (!moves.make.empty() && !make(name, moves.make)) moves.to_tell.push_back(seen({}, {}, false));
    if (!moves.let_in.empty() && may_ask("in " + moves.let_in.front())) {
        auto request = meta::render_join_answer(
            moves.id, meta::join_answer::approve, moves.let_in, settings_
        );
        if (request) call(std::move(*request), note_refusal);
    }
    if (!moves.take_out.empty() && may_ask("out " + moves.id + moves.take_out.front())) {
        if (moves.take_out.size() > meta::group_participants_max) {
            moves.take_out.resize(meta::group_participants_max);
        }
        auto request = meta::render_group_remove(moves.id, moves.take_out, settings_);
        if (request) call(std::move(*request), note_refusal);
    }
    return std::move(moves.to_tell);
}

}  // namespace tertulia::gateway
