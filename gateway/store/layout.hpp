// How every stored value lies in bytes. What is written once must be readable for ever, so:
//
//   - a variant's alternatives are stored by index: add new ones at its end, never move or remove
//   one;
//   - a struct's fields are stored in the order below: add new ones at its end, guarded for reading
//     by `if (has(archive, N))`, where N is row_format, raised by one for the change;
//   - an enumerator's number never changes.
//
// recorded_rows_test.cpp holds rows of every format there has been and fails when one reads wrong.

#pragma once

#include "gateway/store/archive.hpp"
#include "gateway/store/codec.hpp"
#include "gateway/store/meeting_layout.hpp"
#include "gateway/store/row_growth.hpp"
#include "gateway/store/store.hpp"

#include <cereal/types/chrono.hpp>
#include <cereal/types/map.hpp>
#include <cereal/types/optional.hpp>
#include <cereal/types/string.hpp>
#include <cereal/types/variant.hpp>
#include <cereal/types/vector.hpp>

namespace cereal {

// A civil date is three small numbers.
template <class Archive>
void save(Archive& archive, const std::chrono::year_month_day& date) {
    archive(
        static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()),
        static_cast<unsigned>(date.day())
    );
}
template <class Archive>
void load(Archive& archive, std::chrono::year_month_day& date) {
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    archive(year, month, day);
    date = std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day};
}

}  // namespace cereal

namespace tertulia {

template <class Archive>
void serialize(Archive& a, identity& v) {
    a(v.kind, v.value);
}
template <class Archive>
void serialize(Archive& a, address& v) {
    a(v.channel, v.to);
}

template <class Archive>
void serialize(Archive& a, typed_text& v) {
    a(v.text);
}
template <class Archive>
void serialize(Archive& a, tapped_choice& v) {
    a(v.id, v.title);
}
template <class Archive>
void serialize(Archive& a, received_media& v) {
    a(v.kind, v.id, v.url, v.mime_type, v.sha256, v.caption, v.file_name);
}
template <class Archive>
void serialize(Archive& a, shared_location& v) {
    a(v.latitude, v.longitude, v.name, v.place_address);
}
template <class Archive>
void serialize(Archive& a, shared_contact& v) {
    a(v.name, v.phones);
    if (has(a, 5)) a(v.requested);
}
template <class Archive>
void serialize(Archive& a, reaction& v) {
    a(v.message_id, v.emoji);
}
template <class Archive>
void serialize(Archive& a, form_answer& v) {
    a(v.name, v.text);
}
template <class Archive>
void serialize(Archive& a, form_reply& v) {
    a(v.form, v.answers_json);
    if (has(a, 5)) a(v.token, v.answers);
}
template <class Archive>
void serialize(Archive& a, placed_order& v) {
    a(v.raw_json);
}
template <class Archive>
void serialize(Archive& a, identity_changed& v) {
    a(v.before, v.now);
}
template <class Archive>
void serialize(Archive& a, edited_text& v) {
    a(v.message_id, v.text);
}
template <class Archive>
void serialize(Archive& a, revoked_message& v) {
    a(v.message_id);
}
template <class Archive>
void serialize(Archive& a, unsupported_content& v) {
    a(v.what, v.error_code);
}
template <class Archive>
void serialize(Archive& a, unknown_content& v) {
    a(v.type, v.raw_json);
}
template <class Archive>
void serialize(Archive& a, told_provider& v) {
    a(v.what, v.words);
}
template <class Archive>
void serialize(Archive& a, referral& v) {
    a(v.source_type, v.source_id, v.source_url, v.headline, v.click_id);
}
template <class Archive>
void serialize(Archive& a, inbound_message& v) {
    a(v.channel,
      v.id,
      v.sent_at,
      v.from,
      v.profile_name,
      v.group_id,
      v.reply_to_id,
      v.forwarded,
      v.came_from,
      v.identity_key_hash,
      v.content);
}

template <class Archive>
void serialize(Archive& a, sms_part& v) {
    a(v.link, v.from, v.to, v.reference, v.total, v.number, v.coding, v.id, v.sent_at, v.payload);
}

template <class Archive>
void serialize(Archive& a, choice& v) {
    a(v.id, v.title, v.description);
}
template <class Archive>
void serialize(Archive& a, pin_link& v) {
    a(v.client_id, v.language);
}
template <class Archive>
void serialize(Archive& a, say_text& v) {
    a(v.text, v.choices, v.list_button, v.footer);
    if (has(a, 9)) a(v.link);
}
template <class Archive>
void serialize(Archive& a, made_document& v) {
    a(v.what, v.client_id, v.loan_id, v.language);
}
template <class Archive>
void serialize(Archive& a, say_media& v) {
    a(v.kind, v.media_id, v.link, v.caption, v.file_name);
    if (has(a, 8)) a(v.made);
}
template <class Archive>
void serialize(Archive& a, say_location& v) {
    a(v.latitude, v.longitude, v.name, v.place_address);
}
template <class Archive>
void serialize(Archive& a, ask_location& v) {
    a(v.text);
}
template <class Archive>
void serialize(Archive& a, ask_contact& v) {
    a(v.text);
}
template <class Archive>
void serialize(Archive& a, say_form& v) {
    a(v.text, v.button, v.form, v.screen, v.token);
}
template <class Archive>
void serialize(Archive& a, say_link& v) {
    a(v.text, v.button, v.url);
}
template <class Archive>
void serialize(Archive& a, template_parameter& v) {
    a(v.name, v.text);
}
template <class Archive>
void serialize(Archive& a, template_button& v) {
    a(v.index, v.is_url, v.payload);
    if (has(a, 3)) a(v.title);
}
template <class Archive>
void serialize(Archive& a, say_template& v) {
    a(v.name, v.language, v.header_media_id, v.header_kind, v.body, v.buttons);
    if (has(a, 3)) a(v.header, v.text);
}
template <class Archive>
void serialize(Archive& a, send_reaction& v) {
    a(v.message_id, v.emoji);
}
template <class Archive>
void serialize(Archive& a, mark_read& v) {
    a(v.message_id, v.typing);
}
// callback_data stands apart: it is the outbox id, which the effect of a step does not have yet.
template <class Archive>
void serialize(Archive& a, outbound_message& v) {
    a(v.to, v.reply_to_id, v.content);
    if (has(a, 4)) a(v.identity_key_hash);
}

template <class Archive>
void serialize(Archive& a, provider_error& v) {
    a(v.code, v.details);
    if (has(a, 4)) a(v.means);
}

template <class Archive>
void serialize(Archive& a, currency_code& v) {
    a(v.letters[0], v.letters[1], v.letters[2]);
}
template <class Archive>
void serialize(Archive& a, money& v) {
    a(v.minor, v.currency);
}
template <class Archive>
void serialize(Archive& a, branch& v) {
    a(v.id, v.name, v.street, v.phone, v.hours, v.latitude, v.longitude);
}
template <class Archive>
void serialize(Archive& a, officer& v) {
    a(v.id, v.first_name, v.last_name, v.courtesy, v.phone, v.branch_id, v.picture);
}
template <class Archive>
void serialize(Archive& a, group& v) {
    a(v.id, v.name, v.branch_id, v.officer_id, v.meeting_rhythm, v.next_meeting, v.meeting_time);
}
template <class Archive>
void serialize(Archive& a, client& v) {
    a(v.id,
      v.first_name,
      v.last_name,
      v.courtesy,
      v.phones,
      v.language,
      v.maturity,
      v.status,
      v.branch_id,
      v.officer_id,
      v.group_id,
      v.village,
      v.met_officer);
    if (has(a, 9)) a(v.born);
}
template <class Archive>
void serialize(Archive& a, instalment& v) {
    a(v.number, v.due, v.total, v.principal, v.paid, v.met_on);
}
template <class Archive>
void serialize(Archive& a, payment& v) {
    a(v.id, v.on, v.amount, v.place, v.reversed);
    if (has(a, 9)) a(v.receipt);
}
template <class Archive>
void serialize(Archive& a, payment_on_loan& v) {
    a(v.loan_id, v.what);
}
template <class Archive>
void serialize(Archive& a, payoff_figure& v) {
    a(v.total, v.on);
}
template <class Archive>
void serialize(Archive& a, savings_account& v) {
    a(v.id, v.client_id, v.product, v.balance, v.available, v.active);
}
template <class Archive>
void serialize(Archive& a, loan& v) {
    a(v.id,
      v.client_id,
      v.group_id,
      v.product,
      v.status,
      v.cycle,
      v.principal,
      v.disbursed_on,
      v.matures_on,
      v.schedule,
      v.payments);
    if (has(a, 7)) a(v.application, v.expected_on, v.refusal);
    if (has(a, 8)) a(v.payoff);
}

template <class Archive>
void serialize(Archive& a, loan_request& v) {
    a(v.application,
      v.loan_id,
      v.product,
      v.status,
      v.principal,
      v.expected_on,
      v.reason,
      v.instalments,
      v.each,
      v.total,
      v.first_due);
}

template <class Archive>
void serialize(Archive& a, commission_part& v) {
    a(v.step, v.amount, v.earned_on, v.paid_on);
}
template <class Archive>
void serialize(Archive& a, known_referral& v) {
    a(v.number, v.state, v.hidden, v.parts);
}
template <class Archive>
void serialize(Archive& a, introduction& v) {
    a(v.code, v.by.value, v.name, v.kind);
}

template <class Archive>
void serialize(Archive& a, payment_point& v) {
    a(v.id,
      v.name,
      v.kind,
      v.street,
      v.hours,
      v.latitude,
      v.longitude,
      v.branch_id,
      v.takes_cash,
      v.takes_card);
}
template <class Archive>
void serialize(Archive& a, staff_person& v) {
    a(v.id, v.name, v.phone, v.branch_id, v.desks);
}
template <class Archive>
void serialize(Archive& a, found_point& v) {
    a(v.point, v.metres, v.bearing);
}

namespace dialogs {

template <class Archive>
void serialize(Archive& a, heard& v) {
    a(v.message, v.secret);
}
template <class Archive>
void serialize(Archive& a, timer_fired& v) {
    a(v.name, v.steps);
}
template <class Archive>
void serialize(Archive& a, undelivered& v) {
    a(v.message, v.urgency, v.expires_at);
}
template <class Archive>
void serialize(Archive& a, delivery_outcome& v) {
    a(v.outbox_id, v.purpose, v.status, v.error);
    if (has(a, 4)) a(v.touch, v.what);
}
template <class Archive>
void serialize(Archive& a, agent_acted& v) {
    a(v.agent, v.action, v.text);
}
template <class Archive>
void serialize(Archive& a, happened& v) {
    a(v.what);
}
template <class Archive>
void serialize(Archive& a, case_person& v) {
    a(v.id, v.name, v.party.value);
}
template <class Archive>
void serialize(Archive& a, client_case& v) {
    a(v.number,
      v.kind,
      v.category,
      v.priority,
      v.state,
      v.queue,
      v.excluded,
      v.holder,
      v.level,
      v.acknowledged,
      v.missed,
      v.opened_at,
      v.changed_at);
    for (auto& one : v.due) a(one);
    a(v.snoozed_by.value,
      v.snoozed_until,
      v.client_id,
      v.client_name,
      v.branch_id,
      v.answers,
      v.media,
      v.words,
      v.answer);
}
template <class Archive>
void serialize(Archive& a, case_act& v) {
    a(v.number, v.what, v.by, v.text, v.rest);
}
template <class Archive>
void serialize(Archive& a, case_news& v) {
    a(v.what,
      v.number,
      v.kind,
      v.category,
      v.client_name,
      v.words,
      v.arrears,
      v.holder_name,
      v.opened_at,
      v.due);
    if (has(a, 12)) a(v.media);
}
template <class Archive>
void serialize(Archive& a, told& v) {
    a(v.by.value, v.what);
}

template <class Archive>
void serialize(Archive& a, send& v) {
    a(v.message, v.urgency, v.keep_for, v.in_order, v.purpose, v.message.callback_data);
    if (has(a, 4)) a(v.touch);
}
template <class Archive>
void serialize(Archive& a, set_timer& v) {
    a(v.name, v.due);
}
template <class Archive>
void serialize(Archive& a, cancel_timer& v) {
    a(v.name);
}
template <class Archive>
void serialize(Archive& a, hand_over& v) {
    a(v.queue, v.reason, v.client_id);
}
template <class Archive>
void serialize(Archive& a, keep_record& v) {
    a(v.kind, v.detail);
}
template <class Archive>
void serialize(Archive& a, recipient& v) {
    a(v.party.value, v.phone, v.queue, v.excluded, v.but.value);
    if (has(a, 11)) a(v.room);
}
template <class Archive>
void serialize(Archive& a, tell& v) {
    a(v.to, v.what);
}
template <class Archive>
void serialize(Archive& a, note_case& v) {
    a(v.as_is, v.what, v.who, v.text, v.internal);
}

template <class Archive>
void serialize(Archive& a, send_application& v) {
    a(v.number, v.client_id, v.product, v.core_product, v.amount, v.language, v.answers);
}
template <class Archive>
void serialize(Archive& a, sent_application& v) {
    a(v.number, v.product, v.amount, v.at, v.told, v.told_at, v.papers);
}

template <class Archive>
void serialize(Archive& a, payment_claim& v) {
    a(v.number,
      v.client_id,
      v.loan_id,
      v.amount,
      v.paid_on,
      v.receipt,
      v.media,
      v.said_at,
      v.case_number,
      v.state,
      v.changed_at,
      v.payment_id,
      v.told);
}
template <class Archive>
void serialize(Archive& a, payment_promise& v) {
    a(v.client_id,
      v.loan_id,
      v.on,
      v.amount,
      v.made_at,
      v.made_on,
      v.state,
      v.changed_at,
      v.case_number,
      v.told);
}
template <class Archive>
void serialize(Archive& a, hardship_told& v) {
    a(v.since, v.cause, v.option, v.until, v.case_number);
}

template <class Archive>
void serialize(Archive& a, commission_step& v) {
    a(v.instalments, v.percent);
}
template <class Archive>
void serialize(Archive& a, commission_rule& v) {
    a(v.version,
      v.valid_from,
      v.amount,
      v.steps,
      v.most_per_month,
      v.for_clients,
      v.for_others,
      v.lapse_days);
}
template <class Archive>
void serialize(Archive& a, note_referrer& v) {
    a(v.code, v.kind, v.name);
}
template <class Archive>
void serialize(Archive& a, note_referral& v) {
    a(v.number, v.what, v.code, v.by.value, v.terms);
}
template <class Archive>
void serialize(Archive& a, referral_sides& v) {
    a(v.code,
      v.name,
      v.told_won,
      v.told_earned,
      v.told_paid,
      v.asked_at,
      v.number,
      v.by_code,
      v.hidden,
      v.applied,
      v.introduced,
      v.introduced_at);
}

template <class Archive>
void serialize(Archive& a, told_elsewhere& v) {
    a(v.opted_out_at, v.wants_none, v.disputes, v.claims_paid, v.in_hardship, v.with_person, v.promised);
    if (has(a, 15)) a(v.paused_until);
}
template <class Archive>
void serialize(Archive& a, planned_nudge& v) {
    a(v.id,
      v.policy,
      v.segment,
      v.day,
      v.anchor,
      v.client_id,
      v.loan_id,
      v.instalment,
      v.due);
    if (has(a, 14)) a(v.elsewhere);
}
template <class Archive>
void serialize(Archive& a, nudge_due& v) {
    a(v.what);
}
template <class Archive>
void serialize(Archive& a, touch& v) {
    a(v.at, v.client_id, v.loan_id, v.instalment, v.policy, v.day, v.nudge, v.sent);
    if (has(a, 13)) a(v.channel);
}
template <class Archive>
void serialize(Archive& a, nudge_verdict& v) {
    a(v.answer, v.by, v.reason, v.numbers, v.again, v.with_task);
}
template <class Archive>
void serialize(Archive& a, note_nudge& v) {
    a(v.id, v.verdict, v.dialog);
}
template <class Archive>
void serialize(Archive& a, plan_nudge& v) {
    a(v.counts_from, v.what);
}
template <class Archive>
void serialize(Archive& a, note_promise& v) {
    a(v.as_is);
}
template <class Archive>
void serialize(Archive& a, contact_had& v) {
    a(v.client_id, v.about, v.answers);
}

template <class Archive>
void serialize(Archive& a, frame& v) {
    a(v.dialog, v.state, v.kept);
}
template <class Archive>
void serialize(Archive& a, assurance& v) {
    a(v.verified_at,
      v.last_active_at,
      v.client_id,
      v.wrong_pins,
      v.pin_locked_until,
      v.branch_only,
      v.frozen_until);
    if (has(a, 4)) a(v.doubted, v.owner);
}
template <class Archive>
void serialize(Archive& a, heard_on& v) {
    a(v.where, v.at, v.failed_at);
}
template <class Archive>
void serialize(Archive& a, started& v) {
    a(v.message, v.urgency, v.purpose, v.touch, v.due, v.expires_at, v.carried);
}
template <class Archive>
void serialize(Archive& a, number_proof& v) {
    a(v.phone, v.nonce, v.until, v.tries_left, v.sent);
}
template <class Archive>
void serialize(Archive& a, consent& v) {
    a(v.opted_out, v.changed_at);
}
template <class Archive>
void serialize(Archive& a, preference& v) {
    a(v.name, v.value, v.source, v.at);
}
template <class Archive>
void serialize(Archive& a, agreement& v) {
    a(v.what, v.given, v.at);
}
template <class Archive>
void serialize(Archive& a, appointment& v) {
    a(v.timer, v.what, v.due);
}
template <class Archive>
void serialize(Archive& a, draft& v) {
    a(v.dialog, v.answers, v.until, v.told);
}
template <class Archive>
void serialize(Archive& a, desk_case& v) {
    a(v.number, v.client.value, v.client_name, v.kind, v.taken, v.at);
}
template <class Archive>
void serialize(Archive& a, desk& v) {
    a(v.cases, v.at, v.awaits, v.awaits_for, v.as_client);
}
template <class Archive>
void serialize(Archive& a, confirmation& v) {
    a(v.what, v.client_id, v.by, v.how, v.at);
}
template <class Archive>
void serialize(Archive& a, session& v) {
    a(v.language,
      v.language_chosen,
      v.welcomed,
      v.proof,
      v.wishes,
      v.reply_to,
      v.last_inbound_at,
      v.identity_key_hash,
      v.script_set,
      v.frames,
      v.misses,
      v.queue,
      v.handed_over_at,
      v.steps,
      v.now);
    if (has(a, 2)) a(v.later, v.drafts);
    if (has(a, 4)) {
        a(v.channels, v.prefers, v.under_way, v.proving, v.writes_as, v.writes_as_at);
    }
    if (has(a, 6)) a(v.cases, v.cases_opened, v.case_in_hand, v.desk);
    if (has(a, 7)) a(v.applications, v.applications_sent);
    if (has(a, 8)) a(v.preferences, v.agreements);
    if (has(a, 9)) {
        a(v.told_coming_at, v.pin_put_aside, v.confirmations);
        a(v.claims, v.claims_said, v.promises, v.hardship);
        a(v.referrals);
    }
    if (has(a, 10)) a(v.touches, v.goal);
    if (has(a, 11)) a(v.rooms, v.room);
}

}  // namespace dialogs

namespace gateway {

template <class Archive>
void serialize(Archive& a, event_identity& v) {
    a(v.high, v.low);
}
template <class Archive>
void serialize(Archive& a, send_mark& v) {
    a(v.outbox_id, v.state, v.tries, v.provider_id, v.error_code, v.at);
}
template <class Archive>
void serialize(Archive& a, remembered_id& v) {
    a(v.id, v.stamped);
}
// A status names its recipient and participant, who are known by the outbox id: what is kept here
// is not sealed for one person and must stand when she is erased.
template <class Archive>
void serialize(Archive& a, status_record& v) {
    a(v.outbox_id,
      v.status.channel,
      v.status.message_id,
      v.status.status,
      v.status.at,
      v.status.callback_data,
      v.status.errors,
      v.status.pricing_json);
}
template <class Archive>
void serialize(Archive& a, batch_row& v) {
    a(v.seen, v.marks, v.statuses);
}
template <class Archive>
void serialize(Archive& a, kept_timer& v) {
    a(v.name, v.steps, v.due);
}
template <class Archive>
void serialize(Archive& a, kept_media& v) {
    a(v.what);
    for (auto& byte : v.key) a(byte);
}
template <class Archive>
void serialize(Archive& a, told_row& v) {
    a(v.id, v.to, v.what);
}
template <class Archive>
void serialize(Archive& a, case_text& v) {
    a(v.text);
}
template <class Archive>
void serialize(Archive& a, merge_row& v) {
    a(v.younger, v.younger_row, v.session);
}

}  // namespace gateway
}  // namespace tertulia
