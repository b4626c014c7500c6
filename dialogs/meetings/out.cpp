#include "dialogs/meetings/out.hpp"

#include <array>
#include <charconv>

namespace tertulia::dialogs::meetings {
namespace {

// Of a choice these come back; of any other verb nobody was offered one.
bool is_offered(verb what) noexcept {
    switch (what) {
        case verb::confirm:
        case verb::excuse:
        case verb::check_in:
        case verb::open:
        case verb::approve:
        case verb::object:
        case verb::report_payment:
        case verb::cannot_pay:
        case verb::take_consent:
        case verb::cast_vote:
        case verb::quiz_answer:
        case verb::justify:
        case verb::waive:
        case verb::agree_next:
        case verb::sign:
        case verb::take_over:
        case verb::resume:
        case verb::release:
        case verb::reject:
        case verb::appeal:
        case verb::answer_appeal:
        case verb::rate:
        case verb::schedule:
        case verb::cancel:
        case verb::try_out:
        case verb::announce:
        case verb::advance:
        case verb::pause:
        case verb::adjourn:
        case verb::close:
        case verb::open_vote:
        case verb::close_vote:
        case verb::record_savings:
            return true;
        default:
            return false;
    }
}

// Put as a question of yes and no.
bool is_answered(verb what) noexcept {
    return what == verb::answer_appeal || what == verb::cancel || what == verb::adjourn;
}

bool read_number(std::string_view& rest, int& number) {
    const auto end = rest.find(':');
    if (end == std::string_view::npos) return false;
    const auto word = rest.substr(0, end);
    const auto [stopped, failed] =
        std::from_chars(word.data(), word.data() + word.size(), number);
    rest.remove_prefix(end + 1);
    return failed == std::errc{} && stopped == word.data() + word.size();
}

}  // namespace

std::string choice_id(const act& what) {
    return "m:" + std::to_string(static_cast<int>(what.what)) + ":" + std::to_string(what.number) +
           ":" + std::to_string(static_cast<int>(what.choice)) + ":" + what.about;
}

std::optional<act> act_of_choice(std::string_view id) {
    if (!id.starts_with("m:")) return std::nullopt;
    id.remove_prefix(2);
    int what = 0;
    int number = 0;
    int choice = 0;
    if (!read_number(id, what) || !read_number(id, number) || !read_number(id, choice)) {
        return std::nullopt;
    }
    if (what < 0 || what >= static_cast<int>(verbs) || number < 0) return std::nullopt;
    if (choice < 0 || choice > static_cast<int>(ballot::no)) return std::nullopt;
    if (!is_offered(static_cast<verb>(what))) return std::nullopt;
    // What a pause carries is how long it lasts.
    const bool is_pause = static_cast<verb>(what) == verb::pause;
    return act{
        .what = static_cast<verb>(what),
        .about = std::string{id},
        .lasts = std::chrono::minutes{is_pause ? number : 0},
        .number = number,
        .agrees = is_answered(static_cast<verb>(what)) && static_cast<ballot>(choice) == ballot::yes,
        .choice = static_cast<ballot>(choice)};
}

// Names of arguments and their kinds; the choices a message may have below it.
const std::vector<message_shape>& messages_said() {
    static const std::vector<message_shape> all{
        // in the provider's small group
        {"meeting.chat_link", "group:text link:text", ""},
        {"meeting.relay_instead", "group:text reason:key", ""},
        {"meeting.chat_not_fit", "reason:key", ""},
        {"meeting.chat_line", "name:text reason:key text:text", ""},
        {"meeting.chat_turn", "place:number", ""},
        {"meeting.chat_proof", "", ""},
        {"meeting.chat_minutes", "group:text received:number due:number next:time", ""},
        {"meeting.chat_minutes_undated", "group:text received:number due:number", ""},
        // before
        {"meeting.draft", "group:text start:time count:number by_sms:number not_reached:texts",
         "announce try_out put_away"},
        {"meeting.scheduled", "group:text start:time until:time", ""},
        {"meeting.start_quiet", "start:time", ""},
        {"meeting.put_away", "group:text", ""},
        {"meeting.test", "group:text", "seen"},
        {"meeting.test_sent", "count:number", ""},
        {"meeting.test_seen", "", ""},
        {"meeting.invite", "group:text start:time keep_days:number", "will_come cannot_come"},
        {"meeting.see_you", "start:time", ""},
        {"meeting.excused", "", ""},
        {"meeting.excused_late", "", ""},
        {"meeting.remind", "group:text start:time", ""},
        {"meeting.cancelled", "group:text start:time", ""},
        {"meeting.sure_cancel", "group:text start:time count:number", "cancel"},
        {"meeting.cancel_done", "group:text start:time count:number", ""},
        {"meeting.come_in", "group:text start:time", "here"},
        {"meeting.new_date", "start:time", ""},
        {"meeting.lobby", "group:text start:time", "here"},
        {"meeting.lobby_for_moderator", "group:text start:time", "open"},
        // roll call and minutes
        {"meeting.welcome", "group:text agenda:keys end:time moderator:text", ""},
        {"meeting.welcome_day", "group:text agenda:keys end:time moderator:text", ""},
        {"meeting.roll_call", "", "here"},
        {"meeting.present", "names:texts count:number", ""},
        {"meeting.marked", "name:text", ""},
        {"meeting.opened", "present:number needed:number", ""},
        {"meeting.left", "", ""},
        {"meeting.quorum_missing", "present:number needed:number", ""},
        {"meeting.last_minutes", "lines:texts", "approve object"},
        {"meeting.noted", "", ""},
        {"meeting.objection_taken", "", ""},
        {"meeting.objection", "name:text text:text number:number", ""},
        {"meeting.objection_to_settle", "number:number", ""},
        {"meeting.objection_settled", "text:text", ""},
        {"meeting.sign_again", "group:text text:text", "sign"},
        {"meeting.minutes_corrected", "", ""},
        // money
        {"meeting.collect", "instalment:money due_on:date savings:money", "paid pays_today trouble"},
        {"meeting.claim_taken", "", ""},
        {"meeting.proof_taken", "", ""},
        {"meeting.payment_seen", "amount:money", ""},
        {"meeting.progress", "received:number due:number", ""},
        {"meeting.cash_noted", "name:text", ""},
        {"meeting.cash_second", "name:text", ""},
        {"meeting.cash_counted", "amount:money", ""},
        {"meeting.savings_recorded", "amount:money", ""},
        {"meeting.savings_noted", "name:text", ""},
        {"meeting.savings_again", "name:text", "another"},
        {"meeting.trouble_taken", "", ""},
        {"meeting.internal_announced", "name:text amount:money", ""},
        {"meeting.internal_recorded", "amount:money", ""},
        // requests and votes
        {"meeting.step", "step:key hint:key", ""},
        {"meeting.request", "name:text amount:money purpose:text", ""},
        {"meeting.request_noted", "number:number", ""},
        {"meeting.proposal_noted", "name:text", ""},
        {"meeting.guest_asked", "group:text sponsor:text", "agree decline"},
        {"meeting.guest_here", "name:text sponsor:text", ""},
        {"meeting.guest_welcome", "group:text name:text", ""},
        {"meeting.guest_goodbye", "group:text", ""},
        {"meeting.guest_thanked", "group:text", ""},
        {"meeting.guest_declined", "name:text", ""},
        {"meeting.vote", "name:text amount:money purpose:text", "yes no abstain"},
        {"meeting.vote_internal", "name:text amount:money purpose:text", "yes no abstain"},
        {"meeting.vote_admission", "name:text sponsor:text", "yes no abstain"},
        {"meeting.vote_abstains", "name:text", ""},
        {"meeting.vote_opened", "name:text", ""},
        {"meeting.vote_taken", "", ""},
        {"meeting.vote_heard", "choice:key", "yes no abstain"},
        {"meeting.vote_by_button", "", "yes no abstain"},
        {"meeting.vote_result",
         "name:text yes:number no:number abstain:number outcome:key needed:number", ""},
        // training and fines
        {"meeting.topic", "topic:text question:text", ""},
        {"meeting.quiz", "question:text", ""},
        {"meeting.quiz_right", "answer:text why:text", ""},
        {"meeting.quiz_other", "answer:text why:text", ""},
        {"meeting.quiz_result", "quiz_answered:number quiz_asked:number quiz_right:number", ""},
        {"meeting.fine", "amount:money kind:key", "reason"},
        {"meeting.fine_noted", "name:text number:number", ""},
        {"meeting.fine_reason", "name:text number:number text:text", "waive"},
        {"meeting.fine_to_waive", "name:text number:number", "waive"},
        {"meeting.fine_waived", "", ""},
        {"meeting.fine_confirmed", "amount:money", ""},
        {"meeting.fine_paid", "amount:money", ""},
        // closing
        {"meeting.closing", "received:number due:number", ""},
        {"meeting.pot", "amount:money", ""},
        {"meeting.totals", "amount:money", ""},
        {"meeting.next_proposed", "start:time", "agree"},
        {"meeting.next_agreed", "start:time", ""},
        {"meeting.agreement", "text:text name:text", ""},
        {"meeting.banker", "name:text second:text", ""},
        {"meeting.minutes_text",
         "group:text number:number present:number quorum:number count:number agreed:texts "
         "text:text lines:texts names:texts",
         ""},
        {"meeting.close", "group:text received:number due:number next:time", "object sign"},
        {"meeting.close_undated", "group:text received:number due:number", "object sign"},
        {"meeting.close_absent", "group:text agreed:texts next:time", "object"},
        {"meeting.close_absent_undated", "group:text agreed:texts", "object"},
        {"meeting.minutes_ready", "group:text", "sign"},
        {"meeting.signed", "group:text", ""},
        {"meeting.feedback", "", "liked so_so not_liked"},
        {"meeting.feedback_thanks", "", "comment"},
        {"meeting.objections_stand", "group:text", ""},
        {"meeting.closed", "group:text", ""},
        // broken off
        {"meeting.pause", "minutes:number reason:key text:text", ""},
        {"meeting.resumed", "step:key", ""},
        {"meeting.backup_wanted", "group:text reason:key", "take_over"},
        {"meeting.taken_over", "name:text", ""},
        {"meeting.new_moderator", "name:text", ""},
        {"meeting.you_moderate", "group:text", "resume"},
        {"meeting.adjourned", "group:text next:time", ""},
        {"meeting.adjourned_undated", "group:text", ""},
        {"meeting.no_quorum", "group:text next:time", ""},
        {"meeting.no_quorum_undated", "group:text", ""},
        {"meeting.adjourned_for_moderator", "group:text next:time", ""},
        {"meeting.adjourned_for_moderator_undated", "group:text", ""},
        {"meeting.sure_adjourn", "group:text", "adjourn"},
        // talk
        {"meeting.digest", "lines:lines", ""},
        {"meeting.missed", "lines:lines", ""},
        {"meeting.media", "name:text text:text number:number", ""},
        {"meeting.in_queue", "place:number", ""},
        {"meeting.you_have_floor", "", ""},
        {"meeting.floor_given", "name:text", ""},
        {"meeting.floor_free", "", ""},
        {"meeting.turn_over", "", ""},
        {"meeting.quiet", "until:time", ""},
        {"meeting.off_topic", "", ""},
        {"meeting.parked", "", ""},
        {"meeting.not_passed_on", "", ""},
        {"meeting.voice_shorter", "seconds:number", ""},
        {"meeting.too_many", "", ""},
        {"meeting.still_there", "", "here"},
        // moderation
        {"meeting.held", "reason:key", ""},
        {"meeting.private", "reason:key", ""},
        {"meeting.blocked", "reason:key", ""},
        {"meeting.emergency", "", ""},
        {"meeting.urgent", "name:text text:text", ""},
        {"meeting.scam_warning", "", ""},
        {"meeting.to_decide", "name:text number:number reason:key text:text", "release reject"},
        {"meeting.not_for_group", "name:text number:number reason:key text:text", "reject"},
        {"meeting.kept_back", "name:text reason:key text:text", ""},
        {"meeting.release_noted", "name:text", ""},
        {"meeting.reject_noted", "name:text", ""},
        {"meeting.mute_noted", "name:text until:time", ""},
        {"meeting.unmute_noted", "name:text", ""},
        {"meeting.warn_noted", "name:text", ""},
        {"meeting.remove_noted", "name:text", ""},
        {"meeting.rejected", "reason:text", ""},
        {"meeting.muted", "until:time", ""},
        {"meeting.muted_by_hand", "until:time reason:text", "appeal"},
        {"meeting.unmuted", "", ""},
        {"meeting.warned", "reason:text", "appeal"},
        {"meeting.removed", "reason:text", "appeal"},
        {"meeting.flag_taken", "", ""},
        {"meeting.which_line", "lines:texts number:number", ""},
        {"meeting.flagged", "name:text text:text reason:text number:number", ""},
        {"meeting.officer_conduct", "name:text reason:key", ""},
        {"meeting.appeal_taken", "", ""},
        {"meeting.appeal", "name:text number:number text:text", "grant deny"},
        {"meeting.appeal_granted", "reason:text", ""},
        {"meeting.appeal_denied", "reason:text", ""},
        // who leads it looks at it, and at what can be done now
        {"meeting.look.who",
         "step:key next_step:key present:number quorum:number answered:texts coming:texts "
         "cannot:texts here:texts away:texts unanswered:texts hands:number held:number paid:number "
         "due:number quiz_answered:number quiz_asked:number quiz_right:number words:key",
         "announce try_out put_away announce_now cancel open next_step pause open_vote end_vote "
         "close resume adjourn sign"},
        {"meeting.look.words_draft", "", ""},
        {"meeting.look.words_scheduled", "", ""},
        {"meeting.look.words_announced", "", ""},
        {"meeting.look.words_lobby", "", ""},
        {"meeting.look.words_live", "", ""},
        {"meeting.look.words_closing", "", ""},
        {"meeting.look.words_paused", "", ""},
        {"meeting.look.words_review", "", ""},
        {"meeting.look.words_adjourned", "", ""},
    };
    return all;
}

}  // namespace tertulia::dialogs::meetings
