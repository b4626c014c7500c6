#include "dialogs/meetings/permissions.hpp"

#include "dialogs/meetings/turn.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace tertulia::dialogs::meetings {
namespace {

using s = state;
using v = verb;
constexpr auto ag = only(role::agent);
constexpr auto pr = only(role::president);
constexpr auto tr = only(role::treasurer);
constexpr auto se = only(role::secretary);
constexpr auto ha = only(role::handler);
constexpr auto me = only(role::member);
constexpr auto gu = only(role::guest);
constexpr auto sy = only(role::system);
constexpr auto bk = only(role::backup);
constexpr auto sv = only(role::supervisor);

constexpr role_set with(role_set one, role_set other, role_set third = 0, role_set fourth = 0) {
    return static_cast<role_set>(one | other | third | fourth);
}

// What each step of the agenda is for. The moderator may do whatever an officer of the group may,
// but not count or record money for her: no one person records it and holds it.
constexpr std::array machine{
    permission{s::draft, v::edit, ag},
    permission{s::draft, v::schedule, ag},
    permission{s::draft, v::try_out, ag},
    permission{s::draft, v::confirm, me},
    permission{s::draft, v::cancel, ag},
    permission{s::scheduled, v::try_out, ag},
    permission{s::scheduled, v::confirm, me},
    permission{s::scheduled, v::announce, with(ag, sy)},
    permission{s::scheduled, v::reschedule, ag},
    permission{s::scheduled, v::cancel, ag},
    permission{s::announced, v::excuse, me},
    permission{s::announced, v::confirm, me},
    permission{s::announced, v::cancel, ag},
    permission{s::announced, v::open, with(ag, pr)},  // the lobby is entered in time, or by this
    permission{s::lobby, v::check_in, me},
    permission{s::lobby, v::open, with(ag, pr)},
    permission{s::roll_call, v::check_in, me},
    permission{s::roll_call, v::mark, with(se, ag)},
    permission{s::minutes_reading, v::approve, me},
    permission{s::minutes_reading, v::object, me},
    permission{s::minutes_reading, v::edit_minutes, with(se, ag)},
    permission{s::collection, v::report_payment, me},
    permission{s::collection, v::confirm_cash, with(tr, ag, ha)},
    permission{s::collection, v::record_savings, tr},
    permission{s::collection, v::cannot_pay, me},
    permission{s::internal_loans, v::internal_repay, me},
    permission{s::internal_loans, v::record_internal, tr},
    permission{s::internal_loans, v::request_internal, me},
    permission{s::internal_loans, v::open_vote, with(pr, ag)},
    permission{s::internal_loans, v::cast_vote, me},
    permission{s::internal_loans, v::close_vote, with(pr, ag)},
    permission{s::admissions, v::propose_member, me},
    permission{s::admissions, v::present, gu},
    permission{s::admissions, v::open_vote, with(pr, ag)},
    permission{s::admissions, v::cast_vote, me},
    permission{s::admissions, v::close_vote, with(pr, ag)},
    permission{s::loan_requests, v::request_loan, me},
    permission{s::loan_requests, v::open_vote, with(pr, ag)},
    permission{s::loan_requests, v::cast_vote, me},
    permission{s::loan_requests, v::close_vote, with(pr, ag)},
    permission{s::training, v::quiz_answer, me},
    permission{s::fines, v::propose_fine, with(se, ag)},
    permission{s::fines, v::confirm_fine, with(se, ag)},
    permission{s::closing, v::agree_next, with(pr, ag)},
    permission{s::closing, v::set_banker, tr},
    permission{s::closing, v::close, ag},
    permission{s::minutes_review, v::edit_minutes, with(se, ag)},
    permission{s::minutes_review, v::object, me},
    permission{s::minutes_review, v::sign, with(pr, tr, se, ag)},
    permission{s::minutes_review, v::rate, me},
    permission{s::closed, v::rate, me},
    permission{s::paused, v::resume, with(ag, sv)},
    permission{s::paused, v::adjourn, with(ag, sv)},
    permission{s::adjourned, v::reschedule, ag},
};

// What runs through many states.
struct throughout {
    v what{};
    role_set who{};
    s from{};
    s to{};
};
constexpr std::array running{
    throughout{v::leave, me, s::lobby, s::closing},
    throughout{v::leave, me, s::paused, s::paused},
    // Who comes late still pays and votes on what is opened afterwards.
    throughout{v::check_in, me, s::minutes_reading, s::closing},
    throughout{v::mark, with(se, ag), s::minutes_reading, s::closing},
    // She will come, after all, or cannot; is she still there; will she pay today.
    // Who moderates confirms by what changes nothing else: she looks, and is still there.
    throughout{v::confirm, with(me, ag), s::lobby, s::closing},
    throughout{v::excuse, me, s::lobby, s::closing},
    // Her reason may come after the step, and be heard until the minutes are signed.
    throughout{v::justify, me, s::fines, s::minutes_review},
    throughout{v::waive, with(pr, ag), s::fines, s::minutes_review},
    throughout{v::said, with(me, ag), s::lobby, s::closing},
    throughout{v::said, gu, s::admissions, s::admissions},
    throughout{v::hand_up, me, s::lobby, s::closing},
    throughout{v::hand_up, gu, s::admissions, s::admissions},
    throughout{v::grant_floor, with(pr, ag), s::lobby, s::closing},
    throughout{v::flag, me, s::lobby, s::closing},
    throughout{v::note_agreement, with(pr, se, ag), s::minutes_reading, s::closing},
    throughout{v::advance, with(pr, ag), s::roll_call, s::fines},
    throughout{v::back, ag, s::collection, s::closing},
    throughout{v::pause, with(pr, ag), s::lobby, s::closing},
    throughout{v::adjourn, ag, s::lobby, s::closing},
    throughout{v::take_over, bk, s::lobby, s::minutes_review},
    throughout{v::take_over, bk, s::paused, s::paused},
    throughout{v::release, ag, s::lobby, s::closing},
    throughout{v::reject, ag, s::lobby, s::closing},
    throughout{v::mute, ag, s::lobby, s::closing},
    throughout{v::unmute, ag, s::lobby, s::closing},
    throughout{v::warn, ag, s::lobby, s::closing},
    throughout{v::remove, ag, s::lobby, s::closing},
    throughout{v::appeal, me, s::lobby, s::minutes_review},
    throughout{v::appeal, me, s::paused, s::paused},
    throughout{v::answer_appeal, with(ag, sv), s::lobby, s::minutes_review},
    throughout{v::answer_appeal, with(ag, sv), s::paused, s::paused},
    throughout{v::bring_roster, sy, s::draft, s::closing},
    throughout{v::bring_roster, sy, s::paused, s::paused},
    throughout{v::see_payment, sy, s::scheduled, s::minutes_review},
    throughout{v::see_payment, sy, s::paused, s::paused},
    throughout{v::take_consent, with(sy, gu), s::admissions, s::admissions},
    throughout{v::see_chat, sy, s::scheduled, s::closing},
    throughout{v::see_chat, sy, s::paused, s::paused},
    throughout{v::timer, sy, s::draft, s::minutes_review},
    throughout{v::timer, sy, s::paused, s::paused},
};

std::vector<permission> whole_table() {
    std::vector<permission> all{machine.begin(), machine.end()};
    for (const auto& one : running) {
        for (auto in = static_cast<unsigned>(one.from); in <= static_cast<unsigned>(one.to); ++in) {
            all.push_back({static_cast<state>(in), one.what, one.who});
        }
    }
    return all;
}

// Looked up on every event.
struct cells {
    std::array<std::array<role_set, verbs>, states> who{};
    cells() {
        for (const auto& one : permission_table()) {
            auto& cell = who[static_cast<std::size_t>(one.in)][static_cast<std::size_t>(one.what)];
            cell = static_cast<role_set>(cell | one.who);
        }
    }
};

bool has_holder(const meeting& in, role office) noexcept {
    for (std::size_t i = 0; i < in.members.size(); ++i) {
        if (has(in.planned.members[i].roles, office) && is_here(in.members[i])) return true;
    }
    return false;
}

// Of the three offices those whose holder is not here.
role_set vacant(const meeting& in) noexcept {
    role_set all{};
    for (const auto office : offices) {
        if (!has_holder(in, office)) all = static_cast<role_set>(all | only(office));
    }
    return all;
}

}  // namespace

std::span<const permission> permission_table() noexcept {
    static const auto all = whole_table();
    return all;
}

role_set allowed_roles(state in, verb what) noexcept {
    static const cells all;
    const auto row = static_cast<std::size_t>(in);
    const auto column = static_cast<std::size_t>(what);
    return row < states && column < verbs ? all.who[row][column] : role_set{};
}

bool is_allowed(state in, verb what, role who) noexcept {
    return has(allowed_roles(in, what), who);
}

role_set roles_of(const meeting& in, const actor& who) noexcept {
    const bool gathered = is_room_open(in.now) || in.now == state::paused ||
                          in.now == state::minutes_review;
    switch (who.as) {
        case role::system:
            return only(role::system);
        case role::guest: {
            const auto found = std::ranges::find(in.guests, who.id, &guest_record::id);
            return found == in.guests.end() ? role_set{} : only(role::guest);
        }
        case role::agent:
        case role::backup:
        case role::supervisor: {
            if (who.id.empty()) return {};
            if (who.id == in.moderator) {
                const bool stands_in = gathered && !has_holder(in, role::deputy);
                return static_cast<role_set>(ag | (stands_in ? vacant(in) : role_set{}));
            }
            role_set all{};
            if (who.id == in.planned.backup.id || who.id == in.planned.moderator.id) all |= bk;
            if (who.id == in.planned.supervisor.id) all |= sv;
            return all;
        }
        case role::member:
            break;
        default:
            return {};  // an office is the roster's to give, never the event's to claim
    }
    const auto* member = find_member(in.planned, who.id);
    const auto* record = find_record(in, who.id);
    if (member == nullptr || record == nullptr || !member->active) return {};
    if (!gathered || !is_here(*record)) return me;
    auto all = static_cast<role_set>(member->roles | me);
    if (has(member->roles, role::deputy)) all = static_cast<role_set>(all | vacant(in));
    // Ours are not a member's to have, whatever a roster says.
    return static_cast<role_set>(all & with(me, with(pr, tr, se, ha), only(role::deputy)));
}

}  // namespace tertulia::dialogs::meetings
