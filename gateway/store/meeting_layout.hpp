// How meetings lie in bytes; layout.hpp holds the rule by which they may grow.

#pragma once

#include "dialogs/engine/room.hpp"
#include "gateway/store/row_growth.hpp"

#include <cereal/types/array.hpp>
#include <cereal/types/chrono.hpp>
#include <cereal/types/optional.hpp>
#include <cereal/types/string.hpp>
#include <cereal/types/utility.hpp>
#include <cereal/types/variant.hpp>
#include <cereal/types/vector.hpp>

namespace tertulia::dialogs::meetings {

template <class Archive>
void serialize(Archive& a, quiz_answer_text& v) {
    a(v.text, v.right);
}
template <class Archive>
void serialize(Archive& a, bylaws& v) {
    a(v.quorum_numerator, v.quorum_denominator, v.late_after, v.absent_after, v.excuse_before);
    a(v.admission_vote, v.loan_vote, v.internal_vote, v.fine_late, v.fine_absent, v.fine_other);
    a(v.cash_handlers, v.training_least, v.tells_totals);
}
template <class Archive>
void serialize(Archive& a, step& v) {
    a(v.at, v.leader, v.timeout, v.how, v.skip_if_empty, v.topic, v.media_id, v.question);
    if (tertulia::has(a, 13)) a(v.answers, v.why);
}
template <class Archive>
void serialize(Archive& a, dues& v) {
    a(v.loan_id, v.instalment, v.due, v.savings);
}
template <class Archive>
void serialize(Archive& a, roster_member& v) {
    a(v.id, v.first_name, v.full_name, v.phone, v.roles, v.by, v.active, v.opted_out);
    a(v.agrees_totals, v.relatives, v.owes);
}
template <class Archive>
void serialize(Archive& a, officer& v) {
    a(v.id, v.name);
}
template <class Archive>
void serialize(Archive& a, quiet_hours& v) {
    a(v.from, v.to);
}
template <class Archive>
void serialize(Archive& a, plan& v) {
    a(v.group_id, v.group_name, v.number, v.created, v.start, v.end, v.how, v.lasts, v.rules);
    a(v.agenda, v.members, v.moderator, v.backup, v.supervisor, v.currency, v.internal_cash);
    a(v.last_minutes, v.next, v.language, v.utc_offset_minutes, v.quiet, v.record_days);
    if (tertulia::has(a, 12)) a(v.agenda_name, v.agenda_version, v.feedback);
}

template <class Archive>
void serialize(Archive& a, judgement& v) {
    a(v.what, v.rule, v.kind, v.mute, v.urgent);
}
template <class Archive>
void serialize(Archive& a, media_ref& v) {
    a(v.kind, v.id);
}
template <class Archive>
void serialize(Archive& a, act& v) {
    a(v.what, v.about, v.second, v.name, v.text, v.loan_id, v.transaction, v.amount, v.when);
    a(v.lasts, v.number, v.seconds, v.agrees, v.attends, v.choice, v.fine, v.to, v.which);
    a(v.media, v.judged, v.roster, v.planned);
}
template <class Archive>
void serialize(Archive& a, actor& v) {
    a(v.as, v.id, v.name);
}
template <class Archive>
void serialize(Archive& a, event& v) {
    a(v.by, v.what, v.at, v.message_id);
}
template <class Archive>
void serialize(Archive& a, line& v) {
    a(v.seq, v.what, v.before, v.after);
}

template <class Archive>
void serialize(Archive& a, spoken_line& v) {
    a(v.number, v.at, v.during, v.speaker, v.name, v.text, v.media);
}
template <class Archive>
void serialize(Archive& a, held_line& v) {
    a(v.number, v.why, v.rule, v.kind, v.by, v.at, v.during, v.text, v.media);
}
template <class Archive>
void serialize(Archive& a, fragment& v) {
    a(v.at, v.text);
}
template <class Archive>
void serialize(Archive& a, member_record& v) {
    a(v.id, v.invited, v.coming, v.attends, v.checked_in, v.in_room, v.removed, v.muted_until);
    a(v.warnings, v.off_topic, v.long_voice_notes, v.floods, v.heard, v.asked_if_there);
    a(v.said_at, v.fragments, v.told_to, v.approved, v.answered_quiz, v.claims, v.paid);
    a(v.savings, v.in_trouble, v.gone);
    if (tertulia::has(a, 12)) a(v.rated);
    if (tertulia::has(a, 13)) a(v.asked_quiz, v.quiz_right);
}
template <class Archive>
void serialize(Archive& a, guest_record& v) {
    a(v.id, v.name, v.sponsor, v.consented, v.in_room, v.told_to);
}
template <class Archive>
void serialize(Archive& a, cash_line& v) {
    a(v.about, v.amount, v.confirmed_by, v.complete);
}
template <class Archive>
void serialize(Archive& a, request& v) {
    a(v.number, v.kind, v.stands, v.who, v.name, v.sponsor, v.amount, v.purpose, v.named);
}
template <class Archive>
void serialize(Archive& a, cast& v) {
    a(v.by, v.choice);
}
template <class Archive>
void serialize(Archive& a, ballot_box& v) {
    a(v.request, v.opened, v.present, v.eligible, v.casts);
}
template <class Archive>
void serialize(Archive& a, vote_result& v) {
    a(v.request, v.kind, v.subject, v.present, v.eligible, v.yes, v.no, v.abstain, v.came);
}
template <class Archive>
void serialize(Archive& a, fine& v) {
    a(v.number, v.about, v.kind, v.amount, v.paid, v.stands);
    a(v.waived_by_president, v.waived_by_agent);
}
template <class Archive>
void serialize(Archive& a, agreement& v) {
    a(v.text, v.who, v.by);
}
template <class Archive>
void serialize(Archive& a, remark& v) {
    a(v.at, v.by, v.text, v.settled, v.corrects);
}
template <class Archive>
void serialize(Archive& a, signature& v) {
    a(v.as, v.id, v.name, v.at, v.message_id, v.chain);
}
template <class Archive>
void serialize(Archive& a, small_chat& v) {
    a(v.id, v.link, v.heard, v.inside);
}
template <class Archive>
void serialize(Archive& a, incident& v) {
    a(v.number, v.at, v.kind, v.done, v.rule, v.about, v.by, v.reason, v.appealed, v.taken_back);
}
template <class Archive>
void serialize(Archive& a, skipped_step& v) {
    a(v.at, v.reason);
}
template <class Archive>
void serialize(Archive& a, meeting& v) {
    a(v.planned, v.now, v.seq, v.chain, v.last_at, v.seen, v.members, v.guests, v.timers);
    a(v.opened, v.roll_call_ended, v.ended, v.step_began, v.paused_from, v.step_left);
    a(v.waits_for_quorum, v.objection_told);
    a(v.why_ended, v.moderator, v.moderator_heard, v.skipped, v.last_minutes, v.quiz_answers);
    a(v.spoken, v.pending, v.recent, v.held, v.queue, v.floor, v.progress_told, v.last_held);
    a(v.last_incident, v.incidents, v.incident_counts, v.transactions, v.cash, v.internal_cash);
    a(v.internal_repaid, v.internal_lent, v.requests, v.box, v.results, v.fines, v.agreements);
    a(v.next, v.banker, v.banker_second, v.remarks, v.last_remarks, v.signatures);
    if (tertulia::has(a, 12)) a(v.comments, v.tried_out);
    if (tertulia::has(a, 13)) a(v.quiz_right, v.chat);
}

template <class Archive>
void serialize(Archive& a, recipient& v) {
    a(v.is, v.id);
}
template <class Archive>
void serialize(Archive& a, digest_line& v) {
    a(v.number, v.name, v.text);
}
template <class Archive>
void serialize(Archive& a, message_key& v) {
    a(v.key);
}
template <class Archive>
void serialize(Archive& a, argument& v) {
    a(v.name, v.value);
}
template <class Archive>
void serialize(Archive& a, offered_choice& v) {
    a(v.id, v.title_key);
    if (tertulia::has(a, 13)) a(v.title);
}
template <class Archive>
void serialize(Archive& a, say& v) {
    a(v.to, v.key, v.arguments, v.choices, v.media, v.how, v.room, v.to_paste);
}
template <class Archive>
void serialize(Archive& a, case_wanted& v) {
    a(v.kind, v.about, v.words, v.urgent);
}
template <class Archive>
void serialize(Archive& a, application_wanted& v) {
    a(v.client_id, v.amount, v.purpose, v.request);
}
template <class Archive>
void serialize(Archive& a, claim_wanted& v) {
    a(v.client_id, v.loan_id, v.amount, v.proof);
}

}  // namespace tertulia::dialogs::meetings

namespace tertulia::dialogs {

template <class Archive>
void serialize(Archive& a, room_word& v) {
    a(v.room, v.what, v.looks);
}
template <class Archive>
void serialize(Archive& a, room_says& v) {
    a(v.room, v.group, v.what);
}
template <class Archive>
void serialize(Archive& a, meeting_answer& v) {
    a(v.wish, v.what);
}
template <class Archive>
void serialize(Archive& a, room_seat& v) {
    a(v.room, v.as, v.inside, v.at, v.offered);
    if (tertulia::has(a, 14)) a(v.acted);
}
template <class Archive>
void save(Archive& a, const held_meeting& v) {
    a(v.is != nullptr);
    if (v.is) a(*v.is);
}
template <class Archive>
void load(Archive& a, held_meeting& v) {
    bool there{};
    a(there);
    if (!there) return;
    auto read = std::make_shared<meetings::meeting>();
    a(*read);
    v.is = std::move(read);
}
template <class Archive>
void serialize(Archive& a, note_meeting& v) {
    a(v.room, v.group_id, v.number, v.stands, v.starts, v.made, v.line);
    a(v.wants_roster, v.wants_another, v.finished);
}

}  // namespace tertulia::dialogs
