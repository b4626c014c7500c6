#include "dialogs/meetings/act.hpp"
#include "dialogs/meetings/advance.hpp"
#include "dialogs/meetings/meeting.hpp"
#include "dialogs/meetings/views.hpp"

#include <algorithm>
#include <array>

namespace tertulia::dialogs::meetings {
namespace {

using namespace std::string_view_literals;

constexpr std::array state_names{
    "draft"sv, "scheduled"sv, "announced"sv, "lobby"sv, "roll_call"sv, "minutes_reading"sv,
    "collection"sv, "internal_loans"sv, "admissions"sv, "loan_requests"sv, "training"sv, "fines"sv,
    "closing"sv, "minutes_review"sv, "closed"sv, "paused"sv, "adjourned"sv, "cancelled"sv};
constexpr std::array role_names{
    "system"sv, "agent"sv, "president"sv, "treasurer"sv, "secretary"sv, "deputy"sv, "handler"sv,
    "member"sv, "guest"sv, "backup"sv, "supervisor"sv};
constexpr std::array attendance_names{
    "unknown"sv, "present"sv, "late"sv, "excused"sv, "absent"sv};
constexpr std::array majority_names{"simple"sv, "two_thirds"sv, "unanimous"sv};
constexpr std::array talk_names{"open"sv, "by_turns"sv};
constexpr std::array mode_names{"relay"sv, "native_small"sv, "companion"sv};
constexpr std::array window_names{"live"sv, "day"sv};
constexpr std::array verb_names{
    "none"sv, "edit"sv, "schedule"sv, "announce"sv, "reschedule"sv, "cancel"sv, "excuse"sv,
    "confirm"sv, "check_in"sv, "open"sv, "leave"sv, "mark"sv, "approve"sv, "object"sv,
    "edit_minutes"sv, "report_payment"sv, "confirm_cash"sv, "record_savings"sv, "cannot_pay"sv,
    "internal_repay"sv, "record_internal"sv, "request_internal"sv, "propose_member"sv, "present"sv,
    "request_loan"sv, "open_vote"sv, "cast_vote"sv, "close_vote"sv, "said"sv, "quiz_answer"sv,
    "hand_up"sv, "grant_floor"sv, "propose_fine"sv, "justify"sv, "waive"sv, "confirm_fine"sv,
    "note_agreement"sv, "agree_next"sv, "set_banker"sv, "close"sv, "sign"sv, "pause"sv, "resume"sv,
    "adjourn"sv, "advance"sv, "back"sv, "take_over"sv, "release"sv, "reject"sv, "mute"sv,
    "unmute"sv, "warn"sv, "remove"sv, "flag"sv, "appeal"sv, "answer_appeal"sv, "bring_roster"sv,
    "see_payment"sv, "take_consent"sv, "timer"sv, "rate"sv, "try_out"sv, "see_chat"sv};
constexpr std::array timer_words{
    "draft_ends"sv, "announce"sv, "remind"sv, "lobby"sv, "no_moderator"sv, "step_ends"sv,
    "quorum_ends"sv, "absent"sv, "vote_ends"sv, "digest"sv, "silence"sv, "moderator"sv,
    "pause_ends"sv, "review_ends"sv};
constexpr std::array ballot_names{"abstain"sv, "yes"sv, "no"sv};
constexpr std::array fine_kind_names{"late"sv, "absent"sv, "other"sv};
constexpr std::array decision_names{"relay"sv, "hold"sv, "to_agent"sv, "block"sv};
constexpr std::array incident_names{
    "none"sv, "off_topic"sv, "flood"sv, "voice_note"sv, "proof_in_group"sv, "sales"sv, "scam"sv,
    "privacy"sv, "naming_debt"sv, "insult"sv, "pressure"sv, "sensitive"sv, "papers"sv,
    "emergency"sv, "flagged"sv, "by_hand"sv};
constexpr std::array held_names{"filter"sv, "turn"sv, "flood"sv, "end"sv};
constexpr std::array request_kind_names{"admission"sv, "loan"sv, "internal_loan"sv};
constexpr std::array request_state_names{
    "open"sv, "voting"sv, "agreed"sv, "refused"sv, "void"sv};
constexpr std::array outcome_names{"refused"sv, "agreed"sv, "void"sv};
constexpr std::array fine_state_names{
    "proposed"sv, "justified"sv, "waived"sv, "confirmed"sv, "paid"sv, "carried"sv};
constexpr std::array minutes_names{"none"sv, "approved"sv, "by_silence"sv, "objected"sv};
constexpr std::array seat_names{"away"sv, "coming"sv, "here"sv, "gone"sv, "removed"sv};
constexpr std::array refusal_names{
    "none"sv, "duplicate"sv, "stale_timer"sv, "over"sv, "not_now"sv, "not_allowed"sv,
    "not_of_group"sv, "not_in_room"sv, "muted"sv, "removed"sv, "paused"sv, "already"sv,
    "no_such"sv, "no_quorum"sv, "not_eligible"sv, "own_money"sv, "same_person"sv,
    "amount_differs"sv, "no_amount"sv, "not_enough_cash"sv, "no_fine_set"sv, "excused"sv,
    "no_consent"sv, "vote_open"sv, "not_answered"sv, "too_long"sv, "full"sv, "too_early"sv,
    "bad_plan"sv, "unfit"sv, "not_passable"sv, "announced"sv, "stale"sv, "vote_over"sv,
    "not_officers"sv, "which_objection"sv, "too_much"sv, "being_signed"sv, "treasurers"sv, "passed"sv,
    "not_in_minutes"sv};
static_assert(state_names.size() == states && role_names.size() == roles);
static_assert(verb_names.size() == verbs && timer_words.size() == timer_names);
static_assert(incident_names.size() == incident_kinds && refusal_names.size() == 41);

// A number that was stored by a newer program has no word.
template <class Table, class Which>
std::string_view word_in(const Table& table, Which which) noexcept {
    const auto at = static_cast<std::size_t>(which);
    return at < table.size() ? table[at] : std::string_view{};
}
template <class Which, class Table>
std::optional<Which> found_in(const Table& table, std::string_view word) noexcept {
    const auto found = std::ranges::find(table, word);
    if (found == table.end()) return std::nullopt;
    return static_cast<Which>(found - table.begin());
}

}  // namespace

std::string_view name_of(state which) noexcept { return word_in(state_names, which); }
std::string_view name_of(role which) noexcept { return word_in(role_names, which); }
std::string_view name_of(attendance which) noexcept { return word_in(attendance_names, which); }
std::string_view name_of(majority which) noexcept { return word_in(majority_names, which); }
std::string_view name_of(talk which) noexcept { return word_in(talk_names, which); }
std::string_view name_of(mode which) noexcept { return word_in(mode_names, which); }
std::string_view name_of(window which) noexcept { return word_in(window_names, which); }
std::string_view name_of(verb which) noexcept { return word_in(verb_names, which); }
std::string_view name_of(timer_name which) noexcept { return word_in(timer_words, which); }
std::string_view name_of(ballot which) noexcept { return word_in(ballot_names, which); }
std::string_view name_of(fine_kind which) noexcept { return word_in(fine_kind_names, which); }
std::string_view name_of(decision which) noexcept { return word_in(decision_names, which); }
std::string_view name_of(incident_kind which) noexcept { return word_in(incident_names, which); }
std::string_view name_of(held_for which) noexcept { return word_in(held_names, which); }
std::string_view name_of(request_kind which) noexcept { return word_in(request_kind_names, which); }
std::string_view name_of(request_state which) noexcept {
    return word_in(request_state_names, which);
}
std::string_view name_of(vote_outcome which) noexcept { return word_in(outcome_names, which); }
std::string_view name_of(fine_state which) noexcept { return word_in(fine_state_names, which); }
std::string_view name_of(minutes_decision which) noexcept { return word_in(minutes_names, which); }
std::string_view name_of(seat which) noexcept { return word_in(seat_names, which); }
std::string_view name_of(refusal which) noexcept { return word_in(refusal_names, which); }

std::optional<state> parse_state(std::string_view word) noexcept {
    return found_in<state>(state_names, word);
}
std::optional<role> parse_role(std::string_view word) noexcept {
    return found_in<role>(role_names, word);
}
std::optional<attendance> parse_attendance(std::string_view word) noexcept {
    return found_in<attendance>(attendance_names, word);
}
std::optional<majority> parse_majority(std::string_view word) noexcept {
    return found_in<majority>(majority_names, word);
}
std::optional<talk> parse_talk(std::string_view word) noexcept {
    return found_in<talk>(talk_names, word);
}
std::optional<mode> parse_mode(std::string_view word) noexcept {
    return found_in<mode>(mode_names, word);
}
std::optional<window> parse_window(std::string_view word) noexcept {
    return found_in<window>(window_names, word);
}
std::optional<verb> parse_verb(std::string_view word) noexcept {
    return found_in<verb>(verb_names, word);
}
std::optional<timer_name> parse_timer_name(std::string_view word) noexcept {
    return found_in<timer_name>(timer_words, word);
}
std::optional<ballot> parse_ballot(std::string_view word) noexcept {
    return found_in<ballot>(ballot_names, word);
}
std::optional<fine_kind> parse_fine_kind(std::string_view word) noexcept {
    return found_in<fine_kind>(fine_kind_names, word);
}
std::optional<decision> parse_decision(std::string_view word) noexcept {
    return found_in<decision>(decision_names, word);
}
std::optional<incident_kind> parse_incident_kind(std::string_view word) noexcept {
    return found_in<incident_kind>(incident_names, word);
}
std::optional<request_kind> parse_request_kind(std::string_view word) noexcept {
    return found_in<request_kind>(request_kind_names, word);
}

bool is_live(state which) noexcept { return which >= state::roll_call && which <= state::closing; }
bool is_room_open(state which) noexcept { return which == state::lobby || is_live(which); }
bool is_over(state which) noexcept {
    return which == state::closed || which == state::adjourned || which == state::cancelled;
}

std::string key_of(refusal which) {
    if (which == refusal::none || which == refusal::duplicate || which == refusal::stale_timer) {
        return {};
    }
    return "meeting.refused." + std::string{name_of(which)};
}

}  // namespace tertulia::dialogs::meetings
