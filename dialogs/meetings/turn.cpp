#include "dialogs/meetings/turn.hpp"

#include <algorithm>
#include <array>

namespace tertulia::dialogs::meetings {
namespace {

constexpr int a_day = 24 * 60;

std::uint64_t fingerprint(std::string_view text) noexcept {
    std::uint64_t made = 14695981039346656037U;  // FNV-1a
    for (const char letter : text) {
        made = (made ^ static_cast<unsigned char>(letter)) * 1099511628211U;
    }
    return made;
}

// Acts of a member that are done in the room.
bool needs_room(verb what) noexcept {
    switch (what) {
        case verb::said:
        case verb::hand_up:
        case verb::approve:
        case verb::internal_repay:
        case verb::request_internal:
        case verb::request_loan:
        case verb::propose_member:
        case verb::quiz_answer:
        case verb::flag:
        case verb::leave:
            return true;
        default:
            return false;
    }
}

bool is_ours(role as) noexcept {
    return as == role::agent || as == role::backup || as == role::supervisor;
}

int minute_of_day(instant at, int offset) noexcept {
    const auto local = at + std::chrono::minutes{offset};
    const auto day = std::chrono::floor<std::chrono::days>(local);
    return static_cast<int>(std::chrono::floor<std::chrono::minutes>(local - day).count());
}

}  // namespace

std::size_t characters(std::string_view text) noexcept {
    return static_cast<std::size_t>(std::ranges::count_if(text, [](char letter) {
        return (static_cast<unsigned char>(letter) & 0xC0U) != 0x80U;
    }));
}

std::string cut(std::string_view text, std::size_t most) {
    std::size_t seen = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool begins = (static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U;
        if (begins && seen++ == most) return std::string{text.substr(0, i)};
    }
    return std::string{text};
}

turn::turn(meeting& room, const event& heard)
    : room_{room}, heard_{heard}, at_{std::max(heard.at, room.last_at)} {}

turn::handler turn::handler_of(verb what) noexcept {
    // In the order of their numbers.
    static constexpr std::array<handler, verbs> all{
        nullptr, &turn::edit, &turn::schedule, &turn::announce, &turn::reschedule, &turn::cancel,
        &turn::excuse, &turn::confirm, &turn::check_in, &turn::open, &turn::leave, &turn::mark,
        &turn::approve, &turn::object, &turn::edit_minutes, &turn::report_payment,
        &turn::confirm_cash, &turn::record_savings, &turn::cannot_pay, &turn::internal_repay,
        &turn::record_internal, &turn::request_internal, &turn::propose_member, &turn::present,
        &turn::request_loan, &turn::open_vote, &turn::cast_vote, &turn::close_vote, &turn::said,
        &turn::quiz_answer, &turn::hand_up, &turn::grant_floor, &turn::propose_fine,
        &turn::justify, &turn::waive, &turn::confirm_fine, &turn::note_agreement,
        &turn::agree_next, &turn::set_banker, &turn::close, &turn::sign, &turn::pause,
        &turn::resume, &turn::adjourn, &turn::advance, &turn::back, &turn::take_over,
        &turn::release, &turn::reject, &turn::mute, &turn::unmute, &turn::warn, &turn::remove,
        &turn::flag, &turn::appeal, &turn::answer_appeal, &turn::bring_roster, &turn::see_payment,
        &turn::take_consent, &turn::timer, &turn::rate, &turn::try_out, &turn::see_chat};
    const auto at = static_cast<std::size_t>(what);
    return at < verbs ? all[at] : nullptr;
}

// What belongs to another state: a button of the draft says why. "In its turn" is said of what has one
// still.
refusal turn::refusal_of_state() const noexcept {
    const auto what = did().what;
    const bool is_of_draft = what == verb::schedule || what == verb::try_out || what == verb::edit;
    if (is_of_draft && room_.now > state::draft) return refusal::announced;
    if (what == verb::reschedule && room_.now > state::scheduled) return refusal::announced;
    for (auto at = static_cast<unsigned>(room_.now) + 1; at < static_cast<unsigned>(state::closed); ++at) {
        const auto later = static_cast<state>(at);
        const bool comes = !is_live(later) || step_of(later) != nullptr;
        if (comes && allowed_roles(later, what) != 0) return refusal::not_now;
    }
    return refusal::passed;
}

refusal turn::take() {
    const auto& by = heard_.by;
    const auto what = did().what;
    const auto handle = handler_of(what);
    if (!heard_.message_id.empty() &&
        std::ranges::find(room_.seen, fingerprint(heard_.message_id)) != room_.seen.end()) {
        return refusal::duplicate;
    }
    if (is_over(room_.now) && allowed_roles(room_.now, what) == 0) {
        return what == verb::timer ? refusal::stale_timer : refusal::over;
    }
    if (handle == nullptr) return refusal::not_now;
    if (characters(did().text) > text_characters_max) return refusal::too_long;
    roles_ = roles_of(room_, by);
    if (roles_ == 0) return refusal::not_of_group;
    const auto allowed = allowed_roles(room_.now, what);
    auto* record = by.as == role::member ? record_of(by.id) : nullptr;
    if (allowed == 0) {
        if (room_.now == state::paused) return refusal::paused;
        const bool is_late_ballot = what == verb::cast_vote && request_of(did().number) != nullptr;
        return is_late_ballot ? refusal::vote_over : refusal_of_state();
    }
    if ((allowed & roles_) == 0) {
        if (is_ours(by.as)) {
            return allowed == only(role::treasurer) ? refusal::treasurers : refusal::not_officers;
        }
        const bool might = record != nullptr && !is_here(*record) &&
                           (member_of(by.id)->roles & allowed) != 0;
        return might ? refusal::not_in_room : refusal::not_allowed;
    }
    if (record != nullptr) {
        const bool in_review = room_.now == state::minutes_review;
        if (record->removed && what != verb::appeal && what != verb::report_payment &&
            what != verb::cannot_pay && !in_review) {
            return refusal::removed;
        }
        const bool in_chat = what == verb::said && !did().second.empty();
        if (!record->in_room && !in_chat &&
            (needs_room(what) || (what == verb::object && !in_review))) {
            return refusal::not_in_room;
        }
        record->heard = at_;
        record->asked_if_there = false;
    }
    if (has(roles_, role::agent)) room_.moderator_heard = at_;
    return (this->*handle)();
}

void turn::remember_message() {
    if (heard_.message_id.empty()) return;
    if (room_.seen.size() == seen_max) room_.seen.erase(room_.seen.begin());
    room_.seen.push_back(fingerprint(heard_.message_id));
}

// ---- time

void turn::set(timer_name which, instant due) {
    room_.timers[static_cast<std::size_t>(which)] = due;
    outs.emplace_back(set_timer{which, due});
}

void turn::clear(timer_name which) noexcept {
    room_.timers[static_cast<std::size_t>(which)].reset();
}

milliseconds turn::scaled(std::chrono::minutes span) const noexcept {
    return room_.planned.lasts == window::day ? span * 24 : span;
}

bool turn::is_quiet(instant when) const noexcept {
    const auto& quiet = room_.planned.quiet;
    const int now = minute_of_day(when, room_.planned.utc_offset_minutes);
    if (quiet.from == quiet.to) return false;
    if (quiet.from < quiet.to) return now >= quiet.from && now < quiet.to;
    return now >= quiet.from || now < quiet.to;
}

// The first moment from then on at which we may speak unasked.
instant turn::awake(instant due) const noexcept {
    if (!is_quiet(due)) return due;
    const int now = minute_of_day(due, room_.planned.utc_offset_minutes);
    const int wait = (room_.planned.quiet.to - now + a_day) % a_day;
    return std::chrono::floor<std::chrono::minutes>(due) + std::chrono::minutes{wait};
}

instant turn::awake_in_room(instant due) const noexcept {
    return room_.planned.lasts == window::day ? awake(due) : due;
}

// ---- saying

void turn::tell(
    recipient to, std::string_view key, arguments with, choices offered, urgency how,
    room_change room
) {
    if (to.id.empty()) return;
    outs.emplace_back(say{
        .to = std::move(to),
        .key = std::string{key},
        .arguments = std::move(with),
        .choices = std::move(offered),
        .how = how,
        .room = room});
}

void turn::reply(std::string_view key, arguments with, choices offered) {
    const auto& by = heard_.by;
    if (by.as == role::system) return;
    auto kind = recipient::kind::officer;
    if (by.as == role::guest) kind = recipient::kind::guest;
    if (by.as == role::member) kind = recipient::kind::member;
    tell({kind, by.id}, key, std::move(with), std::move(offered), urgency::reply);
}

void turn::tell_member(
    std::string_view id, std::string_view key, arguments with, choices offered, room_change room
) {
    tell({recipient::kind::member, std::string{id}}, key, std::move(with), std::move(offered),
         urgency::room, room);
}

void turn::tell_room(std::string_view key, const arguments& with) {
    const bool pasted = room_.planned.how == mode::companion;
    const bool in_chat = hears_in_chat();
    if (in_chat) tell({recipient::kind::chat, room_.chat.id}, key, with);
    if (!pasted) {
        for (const auto& one : room_.members) {
            if (one.in_room && !(in_chat && is_in_chat(one.id))) tell_member(one.id, key, with);
        }
    }
    if (room_.moderator.empty() || (in_chat && is_in_chat(room_.moderator))) return;
    tell({recipient::kind::officer, room_.moderator}, key, with);
    std::get<say>(outs.back()).to_paste = pasted;
}

void turn::ask_room(std::string_view key, const arguments& with, const choices& offered) {
    for (const auto& one : room_.members) {
        if (one.in_room) tell_member(one.id, key, with, offered);
    }
}

void turn::alert_moderator(std::string_view key, arguments with, choices offered) {
    tell({recipient::kind::officer, room_.moderator}, key, std::move(with), std::move(offered),
         urgency::alert);
}

void turn::alert_officer(
    const officer& whom, std::string_view key, arguments with, choices offered
) {
    tell({recipient::kind::officer, whom.id}, key, std::move(with), std::move(offered),
         urgency::alert);
}

offered_choice turn::offer(const act& what, std::string_view title) {
    return {choice_id(what), std::string{title}, {}};
}

offered_choice turn::offer(verb what, std::string_view title) {
    return offer(act{.what = what}, title);
}

offered_choice turn::offer_here(verb what, std::string_view title) const {
    return offer(act{.what = what, .number = offered_in(room_.now)}, title);
}

offered_choice turn::offer_sure(verb what, std::string_view title) const {
    return offer(
        act{.what = what, .number = offered_in(room_.now), .agrees = true, .choice = ballot::yes}, title
    );
}

bool turn::is_of_another_state() const noexcept {
    return did().number != 0 && did().number != offered_in(room_.now);
}

// ---- looking up

member_record* turn::record_of(std::string_view id) noexcept {
    const auto found = std::ranges::find(room_.members, id, &member_record::id);
    return found == room_.members.end() ? nullptr : &*found;
}

const roster_member* turn::member_of(std::string_view id) const noexcept {
    return find_member(room_.planned, id);
}

guest_record* turn::guest_of(std::string_view id) noexcept {
    const auto found = std::ranges::find(room_.guests, id, &guest_record::id);
    return found == room_.guests.end() ? nullptr : &*found;
}

request* turn::request_of(int number) noexcept {
    const auto found = std::ranges::find(room_.requests, number, &request::number);
    return found == room_.requests.end() ? nullptr : &*found;
}

std::string turn::first_name(std::string_view id) const {
    if (const auto* member = member_of(id)) return member->first_name;
    const auto guest = std::ranges::find(room_.guests, id, &guest_record::id);
    return guest == room_.guests.end() ? std::string{} : guest->name;
}

// As the plan has it, never as the event says.
std::string turn::name_for(const actor& who) const {
    if (auto name = first_name(who.id); !name.empty()) return name;
    for (const auto* one :
         {&room_.planned.moderator, &room_.planned.backup, &room_.planned.supervisor}) {
        if (one->id == who.id) return one->name;
    }
    return {};
}

bool turn::is_of_money(const money& what) const noexcept {
    return what.minor > 0 && what.minor <= minor_max && what.currency == room_.planned.currency;
}

bool turn::is_fit() const noexcept { return did().judged.what == decision::relay; }

const step* turn::step_of(state in) const noexcept {
    const auto& agenda = room_.planned.agenda;
    const auto found = std::ranges::find(agenda, in, &step::at);
    return found == agenda.end() ? nullptr : &*found;
}

}  // namespace tertulia::dialogs::meetings
