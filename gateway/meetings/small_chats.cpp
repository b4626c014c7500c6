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
    const auto [found, fresh] = asked_.try_emplace(what, attempt{.at = now});
    if (fresh) return true;
    if (found->second.at + again_after > now) return false;
    found->second.at = now;
    return true;
}

void small_chats::ask(std::string what, adapters::outbound_request request) {
    http::call call{
        .method = std::move(request.method),
        .url = std::move(request.url),
        .headers = std::move(request.headers),
        .body = std::move(request.body)};
    client_.start(std::move(call), [this, what = std::move(what)](const http::answer& got) {
        if (got.result != http::call_result::answered) {
            spdlog::warn("a small group of a meeting waits: WhatsApp did not answer");
            return;
        }
        const auto judged = meta::judge_group_call(
            {.status = got.status, .body = got.body, .retry_after = got.retry_after}
        );
        using enum adapters::reaction;
        if (judged.reaction == accepted || judged.reaction == retry ||
            judged.reaction == slow_channel) {
            return;
        }
        spdlog::warn("WhatsApp did not do it for a small group ({}): {}", judged.code, judged.reason);
        const std::scoped_lock lock{mutex_};
        asked_[what].is = fate::refused;
    });
}

std::vector<rooms::act> small_chats::keep(
    const rooms::meeting& room, const chats_known& known,
    std::span<const staff_person> staff
) {
    auto moves = moves_of_chat(room, channel_, known, staff);
    const auto make = "make " + dialogs::room_name(room.planned.group_id, room.planned.number);
    if (!moves.make.empty()) {
        bool hopeless = false;
        bool asked = false;
        {
            const std::scoped_lock lock{mutex_};
            const auto found = asked_.find(make);
            asked = found != asked_.end();
            hopeless = asked && (found->second.is == fate::refused ||
                                 found->second.at + made_within < clock_());
            if (hopeless) asked_.erase(found);
        }
        if (hopeless) {
            moves.to_tell.push_back(seen({}, {}, false));
        } else if (!asked && may_ask(make)) {
            // The answer only promises; a second call might make a second group.
            const auto call = meta::render_group_create(
                {.subject = moves.make, .joining = meta::group_joining::on_approval}, settings_
            );
            if (call) ask(make, *call);
        }
    }
    if (!moves.let_in.empty() && may_ask("in " + moves.let_in.front())) {
        const auto call = meta::render_join_answer(
            moves.id, meta::join_answer::approve, moves.let_in, settings_
        );
        if (call) ask("in " + moves.let_in.front(), *call);
    }
    if (!moves.take_out.empty() && may_ask("out " + moves.id + moves.take_out.front())) {
        if (moves.take_out.size() > meta::group_participants_max) {
            moves.take_out.resize(meta::group_participants_max);
        }
        const auto call = meta::render_group_remove(moves.id, moves.take_out, settings_);
        if (call) ask("out " + moves.id + moves.take_out.front(), *call);
    }
    return std::move(moves.to_tell);
}

}  // namespace tertulia::gateway
